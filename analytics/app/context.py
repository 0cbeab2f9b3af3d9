"""What a request has at hand: the server it reached, who asks, the store as it stands, and the ledger of cases."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import current_app, g

from analytics.app.attempts import Attempts
from analytics.app.sessions import Session, Sessions
from analytics.app.users import User, Users, read_users
from analytics.days import today

if TYPE_CHECKING:
    import polars as pl

    from analytics.cases import Ledger
    from analytics.opened import OpenedStore

__all__ = [
    "EXTENSION",
    "Listed",
    "Server",
    "all_cases",
    "csrf_token",
    "is_csrf_token",
    "ledger",
    "me",
    "say",
    "server",
    "store",
]

EXTENSION = "splitship"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass
class Server:
    """What every request of one server shares.

    Attributes
    ----------
    root : Path
        The store.
    cases : str or None
        Address of the database of cases; None for the one in the store.
    sessions : Sessions
        Who is signed in.
    port : int
        Where it listens.
    token : str or None
        What the address of a single user holds; None where users have names.
    users_file : Path or None
        Who may sign in.
    proxy_header : str or None
        The header in which a proxy names the user.
    hosts : tuple of str
        Names under which it may be reached.
    """

    root: Path
    cases: str | None
    sessions: Sessions
    port: int
    token: str | None = None
    owner: str = "me"
    users_file: Path | None = None
    proxy_header: str | None = None
    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    attempts: Attempts = field(default_factory=Attempts)
    _opened: tuple[tuple[int, int], OpenedStore] | None = None
    _ledger: tuple[tuple[tuple[int, int], date], Ledger] | None = None
    _users: tuple[int, Users] | None = None
    _made: dict[str, tuple[tuple[int, int], Any]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def cookie(self) -> str:
        """Name of the session cookie: with the port, since cookies of one host are shared by its ports."""
        return f"splitship-{self.port}"

    def scheme_of(self, name: str) -> str | None:
        """Return how browsers reach a name: None where it is not one of this server.

        A named host is reached by TLS, which a proxy ends, unless the users file writes it with ``http://``.
        """
        for host in self.hosts:
            scheme, _, known = host.rpartition("://")
            if known.casefold() == name.casefold():
                return scheme or "https"
        return "http" if name in _LOCAL else None

    def store(self) -> OpenedStore:
        """Return the store as the last run left it; opened again after each run."""
        from analytics.opened import open_store

        status = (self.root / "store.json").stat()
        stamp = status.st_mtime_ns, status.st_size
        with self._lock:
            if self._opened is None or self._opened[0] != stamp:
                self._opened = stamp, open_store(self.root)
            return self._opened[1]

    def remembered(self, name: str, make: Callable[[], Any]) -> Any:
        """Return something that only a change of the store changes; made once for each."""
        self.store()
        stamp = self._opened[0] if self._opened else (0, 0)
        known = self._made.get(name)
        if known is None or known[0] != stamp:
            known = self._made[name] = stamp, make()
        return known[1]

    def ledger(self) -> Ledger:
        """Return the ledger as of the last run and this day; each request acts on it as its user."""
        from analytics.cases import open_ledger

        opened = self.store()
        key = (self._opened[0] if self._opened else (0, 0), today())
        with self._lock:
            if self._ledger is None or self._ledger[0] != key:
                self._ledger = key, open_ledger(opened, self.cases, by=self.owner)
            return self._ledger[1]

    def names(self) -> list[str]:
        """Return who may sign in and work on cases."""
        if self.users_file is None:
            return [self.owner]
        self.user("")
        known = self._users[1].by_name if self._users else {}
        return sorted(name for name, user in known.items() if user.role != "viewer")

    def user(self, name: str) -> User | None:
        """Return a user as the file says now; a change of it holds at once."""
        if self.users_file is None:
            return User(self.owner, "admin") if hmac.compare_digest(name.encode(), self.owner.encode()) else None
        changed = self.users_file.stat().st_mtime_ns
        with self._lock:
            if self._users is None or self._users[0] != changed:
                self._users = changed, read_users(self.users_file)
            return self._users[1].by_name.get(name)


def server() -> Server:
    """Return the server that a request reached."""
    found: Server = current_app.extensions[EXTENSION]
    return found


def me() -> Session:
    """Return who asks."""
    found: Session = g.session
    return found


def store() -> OpenedStore:
    """Return the store, the same throughout a request."""
    if "store" not in g:
        g.store = server().store()
    found: OpenedStore = g.store
    return found


def ledger() -> Ledger:
    """Return the ledger, in the name and role of who asks."""
    if "ledger" not in g:
        g.ledger = server().ledger().acting_as(me().name, me().role)
    found: Ledger = g.ledger
    return found


class Listed:
    """The cases of a request, read once: what the queue asks of a ledger."""

    def cases(self) -> pl.DataFrame:
        """Return one row a case."""
        return all_cases()


def all_cases() -> pl.DataFrame:
    """Return every case as it was when the request first asked."""
    if "cases" not in g:
        g.cases = ledger().cases()
    found: pl.DataFrame = g.cases
    return found


def csrf_token() -> str:
    """Return what every form of a session holds; empty where nobody is signed in."""
    session: Session | None = g.get("session")
    return server().sessions.sign(f"csrf:{session.hash}") if session else ""


def is_csrf_token(given: Any) -> bool:
    """Tell whether a form came from a page of this session."""
    return hmac.compare_digest(csrf_token().encode(), str(given or "").encode())


def say(*sentences: str) -> None:
    """Have the next page say something."""

    def add(kept: dict[str, Any]) -> None:
        kept["said"] = [*kept.get("said", []), *sentences]

    server().sessions.remember(me(), add)
