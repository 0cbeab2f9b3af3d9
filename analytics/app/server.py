"""The server: an app of Flask with its pages, run by waitress."""

from __future__ import annotations

import getpass
import importlib.metadata
import secrets
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from jinja2 import StrictUndefined
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from analytics.app import security
from analytics.app.context import EXTENSION, Server, csrf_token, server
from analytics.app.pages import PAGES
from analytics.app.sessions import Sessions, signing_key
from analytics.app.users import read_users
from analytics.app.warming import warm
from analytics.cases.words import us_day
from analytics.errors import (
    IllegalTransition,
    NotAllowed,
    SplitshipError,
    StaleCase,
    StoreLocked,
    UnknownCase,
    UnknownTable,
    UsageError,
)
from analytics.reports import wording

__all__ = ["listening", "make_app", "make_server", "serve"]

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})
_MOST_BYTES = 64 * 1024 * 1024
_STATUS = (
    (UnknownCase, HTTPStatus.NOT_FOUND),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    ((IllegalTransition, StaleCase), HTTPStatus.CONFLICT),
    (StoreLocked, HTTPStatus.SERVICE_UNAVAILABLE),
)
_FILTERS = ("counted", "day", "days", "dollars", "listed", "money", "name_of", "percent", "short")


def make_server(
    root: Path,
    *,
    cases: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8321,
    users: Path | None = None,
    behind_proxy: str | None = None,
) -> Server:
    """Return what the requests of a server share.

    Parameters
    ----------
    root : Path
        The store.
    cases : str, optional
        Address of the database of cases.
    host, port : str and int
        Where it listens.
    users : Path, optional
        File of those who may sign in; a single user with a token in the address where not given.
    behind_proxy : str, optional
        The header in which a proxy names the user.

    Returns
    -------
    Server

    Raises
    ------
    UsageError
        It would serve a network without named users, or believe a proxy without a list of names.
    """
    if users is None and host not in _HERE:
        raise UsageError(f"--host {host} is open to a network. Name who may sign in: --users FILE.")
    if users is None and behind_proxy is not None:
        raise UsageError("--behind-proxy takes the names of users from a proxy. Give each a role: --users FILE.")
    known = read_users(users) if users is not None else None
    folder = root / "cases"
    key = signing_key(folder / "app.key")
    token = None if known else secrets.token_urlsafe(24)
    way = f"token {token}" if token else f"users {behind_proxy}"
    return Server(
        root=root,
        cases=cases,
        sessions=Sessions(folder / "sessions.sqlite", key, way),
        port=port,
        token=token,
        owner=getpass.getuser(),
        users_file=users,
        proxy_header=behind_proxy,
        hosts=known.hosts if known else (),
        proxies=known.proxies if known else (),
    )


def make_app(shared: Server) -> Flask:
    """Return the app: its pages, the checks before them, and what templates may use."""
    app = Flask("analytics.app", static_folder="static", template_folder="templates")
    app.extensions[EXTENSION] = shared
    app.config["MAX_CONTENT_LENGTH"] = _MOST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = 2 * 1024 * 1024
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "finalize": _shown}
    app.jinja_env.filters.update({name: getattr(wording, name) for name in _FILTERS} | _OWN_FILTERS)
    app.jinja_env.globals["csrf"] = csrf_token
    app.context_processor(_at_hand)
    security.guard(app)
    for page in PAGES:
        app.register_blueprint(page)
    app.add_url_rule("/", "index", lambda: redirect(url_for("queue.show"), 303))
    app.add_url_rule("/plotly-<version>.js", "plotly", _plotly)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(SplitshipError, _failed)
    return app


def serve(shared: Server, host: str, ready: Callable[[], None]) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    shared : Server
        What the requests share.
    host : str
        Where it listens.
    ready : callable
        Called once browsers can connect.
    """
    server = listening(shared, host)
    Thread(target=warm, args=(shared,), daemon=True).start()
    ready()
    server.run()


def listening(shared: Server, host: str) -> Any:
    """Return the server of waitress: it listens, and answers once it runs."""
    from waitress.server import create_server  # type: ignore[import-untyped]

    return create_server(
        make_app(shared),
        host=host,
        port=shared.port,
        threads=8,
        ident=None,
        clear_untrusted_proxy_headers=False,  # who is believed is said in `security`
    )


def _shown(value: Any) -> Any:
    """Show a dash for what is not known, and hidden characters of foreign text as what they are."""
    if value is None:
        return wording.DASH
    return wording.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _usd(amount: Decimal | float | None) -> str:
    """Return whole dollars, or "unknown"."""
    return "unknown" if amount is None else wording.dollars(Decimal(str(amount)))


def _iso(value: date | str | None) -> str:
    """Return a day, or the minute of an instant, as tables show it."""
    text = "" if value is None else str(value)
    return text[:16].replace("T", " ") if "T" in text else text[:10] or wording.DASH


def _together(texts: list[str | None]) -> str:
    """Return the parts of a field as one text; what is hidden is said once."""
    return " ".join(dict.fromkeys(text for text in texts if text))


def _said(value: Any) -> str:
    """Return what an event says, as a line."""
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_said(part)}" for name, part in value.items() if part is not None)
    if isinstance(value, list):
        return ", ".join(_said(part) for part in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


_OWN_FILTERS: dict[str, Any] = {"usd": _usd, "iso": _iso, "together": _together, "said": _said, "us_day": us_day}


def _at_hand() -> dict[str, Any]:
    said: list[str] = []
    session = g.get("session")
    if session is not None and session.kept.get("said"):
        said = session.kept["said"]
        server().sessions.remember(session, lambda kept: kept.pop("said", None))
    return {
        "me": session,
        "said": said,
        "plotly_version": _plotly_version(),
        "is_part": "HX-Request" in request.headers,
    }


def _plotly_version() -> str:
    return importlib.metadata.version("plotly")


def _plotly(version: str) -> Response:
    """Serve Plotly from the installed wheel; the version in the address lets browsers keep it."""
    del version
    response = make_response((files("plotly") / "package_data" / "plotly.min.js").read_bytes())
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    return response


def _refused(error: HTTPException) -> AnyResponse | tuple[str, int]:
    return _error_page(str(error.description), error.code or HTTPStatus.INTERNAL_SERVER_ERROR)


def _failed(error: SplitshipError) -> AnyResponse | tuple[str, int]:
    usual = HTTPStatus.BAD_REQUEST if isinstance(error, UsageError | UnknownTable) else HTTPStatus.INTERNAL_SERVER_ERROR
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), usual)
    return _error_page(str(error), status)


def _error_page(message: str, code: int) -> tuple[str, int]:
    template = "refused_part.html" if "HX-Request" in request.headers else "refused.html"
    return render_template(template, message=message, code=int(code), phrase=HTTPStatus(code).phrase), int(code)
