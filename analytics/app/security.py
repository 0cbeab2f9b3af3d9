"""What every request must pass, and what every answer says to the browser.

In this order: the host is one of ours; the request was not made by a page of another site; somebody is signed in; a
form came from a page of this session.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from analytics.app.context import Server, is_csrf_token, server
from analytics.app.sessions import Session

__all__ = ["POLICY", "address", "guard", "set_cookie"]

POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "connect-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self' 'unsafe-inline'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # no-referrer would make browsers send the origin null
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_SAFE = frozenset({"GET", "HEAD"})
_OPEN = frozenset({"sign_in.login", "sign_in.enter", "static"})
"""What may be asked for by nobody in particular: the form of the password, its sending, styles and scripts."""
_HERE = frozenset({"127.0.0.1", "::1"})


def guard(app: Flask) -> None:
    """Put the checks before every request of an app, and the headers on every answer."""
    app.before_request(_check_host)
    app.before_request(_check_site)
    app.before_request(_check_who)
    app.before_request(_check_form)
    app.after_request(_with_headers)


def set_cookie(response: AnyResponse, number: str) -> None:
    """Hand the browser the number of a session."""
    response.set_cookie(
        server().cookie, number, httponly=True, samesite="Lax", secure=_scheme() == "https", path="/", max_age=12 * 3600
    )


def address() -> str:
    """Return where a request came from: what a proxy of this machine or the users file says, if one passed it on."""
    peer = request.remote_addr or ""
    passed_on = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return passed_on if passed_on and peer in {*_HERE, *server().proxies} else peer


def _check_host() -> None:
    """Refuse a name that is not ours: a page whose name was pointed at this machine gets no answer."""
    if not _is_ours(request.host, server()):
        abort(400, "This server is not known by that name. Add it to hosts in the users file.")


def _is_ours(host: str, here: Server) -> bool:
    """Tell whether a host is this machine with the very port, or a name of the users file, whatever its port."""
    parts = urlsplit(f"//{host}")
    try:
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return here.scheme_of(name) is not None and (name not in {"localhost", *_HERE} or port == here.port)


def _scheme() -> str | None:
    return server().scheme_of(urlsplit(f"//{request.host}").hostname or "")


def _check_site() -> None:
    """Refuse what a page of another site made the browser ask."""
    site, mode = request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode")
    if request.method in _SAFE:
        if site in {"cross-site", "same-site"} and mode != "navigate":
            abort(403, "Another site asked for this. Open it from its own address.")
        return
    origin = request.headers.get("Origin")
    if origin is None or not _is_origin(origin) or site not in {None, "same-origin"}:
        abort(403, "This form was sent from another site. Open the page here and send it again.")


def _is_origin(origin: str) -> bool:
    parts = urlsplit(origin)
    return parts.scheme == _scheme() and parts.netloc == request.host


def _check_who() -> AnyResponse | None:
    """Find who asks: by the token of the address, the header of the proxy, or the cookie of the session."""
    g.session = None
    here = server()
    if here.proxy_header is not None:
        _by_proxy(here)
        return None
    g.session = _still_known(here, here.sessions.find(request.cookies.get(here.cookie)))
    if request.method == "GET" and here.token is not None and "token" in request.args:
        return _by_token(here, request.args["token"])
    if g.session is None and request.endpoint not in _OPEN:
        if request.method in _SAFE:
            return redirect(url_for("sign_in.login", next=request.full_path.rstrip("?")), 303)
        abort(401, "Your session has ended. Sign in and do it again.")
    return None


def _by_token(here: Server, token: str) -> AnyResponse:
    """Turn the token of the address into a session, and take it out of the address."""
    if not here.token or not _is_same(token, here.token):
        abort(403, "The token of this address is not that of the running server. Copy the address it printed.")
    rest = {name: value for name, value in request.args.items() if name != "token"}
    response = redirect(url_for(request.endpoint or "index", **{**(request.view_args or {}), **rest}), 303)
    if g.session is None:
        set_cookie(response, here.sessions.begin(here.owner, "admin"))
    return response


def _by_proxy(here: Server) -> None:
    """Believe the name in the header, where the proxy itself sent it and the file knows the name."""
    name = request.headers.get(here.proxy_header or "", "")
    user = here.user(name) if request.remote_addr in {*_HERE, *here.proxies} else None
    if user is None:
        if request.endpoint == "static":
            return
        abort(403, "The proxy named no user of this server. Ask an admin to add you to the users file.")
    session = here.sessions.find(request.cookies.get(here.cookie))
    if session is None or session.name != user.name:
        g.fresh = here.sessions.begin(user.name, user.role)
        session = here.sessions.find(g.fresh)
    g.session = _still_known(here, session)


def _still_known(here: Server, session: Session | None) -> Session | None:
    """Return the session with the role that the file gives now; None where it knows the name no more."""
    user = here.user(session.name) if session else None
    if session is None or user is None:
        return None
    session.role = user.role
    return session


def _check_form() -> None:
    """Refuse a form that does not come from a page of this session."""
    if request.method in _SAFE or request.endpoint == "sign_in.enter":
        return
    if g.session is None or not is_csrf_token(request.headers.get("X-CSRF-Token") or request.form.get("csrf")):
        abort(403, "This form is from another session. Load the page again and repeat it.")


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "plotly":
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"  # its version is in the address
    elif request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if "fresh" in g:
        set_cookie(response, g.fresh)
    return response


def _is_same(one: str, other: str) -> bool:
    import hmac

    return hmac.compare_digest(one.encode(), other.encode())
