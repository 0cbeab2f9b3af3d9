"""Sign in by name and password, and sign out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from analytics.app import security
from analytics.app.context import me, server
from analytics.app.users import is_right

__all__ = ["enter", "leave", "login", "page"]

page = Blueprint("sign_in", __name__)
_PAST_LIMIT = 429


@page.get("/login")
def login() -> str:
    """Show the form of the password, or where the address with the token is found."""
    return _form()


@page.post("/login")
def enter() -> Response | tuple[str, int]:
    """Check a name and a password; an answer for a wrong name is that for a wrong password."""
    here = server()
    if here.users_file is None or here.proxy_header is not None:
        return _form("This server has no passwords. Open the address that it printed when it started."), 403
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    keys = (f"name {name}", f"address {security.address()}")
    wait = max(here.attempts.wait(key) for key in keys)
    if wait:
        return _form(f"Too many attempts. Try again in {-(-wait // 60)} minutes."), _PAST_LIMIT
    user = here.user(name)
    if not is_right(password, user.password if user else None) or user is None:
        for key in keys:
            here.attempts.failed(key)
        return _form("Name or password is wrong. Type both again."), 403
    here.attempts.succeeded(keys[0])
    response = redirect(_local(request.form.get("next", "")), 303)
    security.set_cookie(response, here.sessions.begin(user.name, user.role))
    return response


@page.post("/logout")
def leave() -> Response:
    """End the session."""
    server().sessions.end(me())
    response = redirect(url_for("sign_in.login"), 303)
    response.delete_cookie(server().cookie)
    return response


def _form(problem: str | None = None) -> str:
    has_passwords = server().users_file is not None
    goal = _local(request.values.get("next", ""))
    return render_template("sign_in.html", problem=problem, has_passwords=has_passwords, goal=goal)


def _local(address: str) -> str:
    """Return an address of this server; the queue where another was asked for."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_path and not address.startswith("/login") else url_for("queue.show")
