"""``splitship app``: serve the investigators' pages to a browser."""

from __future__ import annotations

import getpass
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.narration import note, say
from analytics.cli.options import DEFAULT_STORE, Store
from analytics.errors import UsageError

__all__ = ["PLACE", "command"]

PLACE = 190
"""Among the verbs of the help."""
_USUAL_PORT = 8321
_HERE = "127.0.0.1"


def command(
    store: Store = DEFAULT_STORE,
    cases: Annotated[str | None, typer.Option("--cases", help="Database of the cases; the store by default.")] = None,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; beyond this machine only with --users.")
    ] = _HERE,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port; 0 for any free port.")] = None,
    users: Annotated[Path | None, typer.Option("--users", help="TOML of users, roles and hashed passwords.")] = None,
    behind_proxy: Annotated[
        str | None,
        typer.Option("--behind-proxy", metavar="HEADER", help="Header with the user name that a proxy sends."),
    ] = None,
    hash_password: Annotated[
        bool, typer.Option("--hash-password", help="Read a password, print its hash for --users, and stop.")
    ] = False,
) -> None:
    """Serve queue, cases, review and search to a browser, and print the address to open."""
    if find_spec("flask") is None or find_spec("waitress") is None:
        raise UsageError("the app is not installed. Install it: pip install 'splitship[app]'")
    if hash_password:
        _print_hash()
        return
    from analytics.app.server import make_server, serve
    from analytics.cases.lookup import url_in_use
    from analytics.opened import open_store

    open_store(store)
    shared = make_server(
        store, cases=cases or url_in_use(), host=host, port=_port(host, port), users=users, behind_proxy=behind_proxy
    )
    shared.ledger()
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{shared.port}/{f'?token={shared.token}' if shared.token else ''}"

    def ready() -> None:
        say(address)
        sys.stdout.flush()  # whoever reads it from a pipe waits for it, and the server does not end
        if host != _HERE and behind_proxy is None:
            note("passwords and names travel in the clear: put a proxy with TLS before it, or keep it on this machine")
        note("serving until you interrupt it (Ctrl+C)")

    serve(shared, host, ready)


def _print_hash() -> None:
    from analytics.app.users import hash_password

    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise UsageError("the two passwords differ. Type the same one twice.")
    say(hash_password(first))


def _port(host: str, asked: int | None) -> int:
    """Return the port to listen on: the one asked for, else the usual one, else any free one."""
    wanted = _USUAL_PORT if asked is None else asked
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in (wanted, *([0] if asked is None else [])):
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((host, port))
            except OSError:
                continue
            return int(tried.getsockname()[1])
    raise UsageError(f"port {wanted} of {host} is taken or not allowed. Name another: --port N")
