"""Sessions: a table of who is signed in, which expire, can be revoked, and hold what was unmasked.

A cookie holds a random number; the table holds its keyed hash, so that reading the table signs nobody in. Several
server processes share table and key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Session", "Sessions", "signing_key"]

_TABLE = """
create table if not exists sessions (
    hash text primary key, name text not null, role text not null, way text not null,
    made_at real not null, seen_at real not null, kept text not null default '{}'
)
"""
_IDLE = 2 * 3600.0
_LONGEST = 12 * 3600.0
_RENEW = 60.0


@dataclass
class Session:
    """Somebody who is signed in.

    Attributes
    ----------
    hash : str
        Of the number in the cookie.
    name, role : str
        Who it is.
    kept : dict
        What the pages remember: cases unmasked until when, cases looked at, scores hidden.
    """

    hash: str
    name: str
    role: str
    kept: dict[str, Any] = field(default_factory=dict)


def signing_key(file: Path) -> bytes:
    """Return the key kept in a file that only its owner reads; made at first use.

    Parameters
    ----------
    file : Path
        Where it lies.

    Returns
    -------
    bytes
        32 of them, the same for every process.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(secrets.token_bytes(32))
        try:
            os.link(fresh, file)  # fails where another process was first: whole or not at all
        except FileExistsError:
            file.chmod(0o600)
    finally:
        fresh.unlink(missing_ok=True)
    return file.read_bytes()


class Sessions:
    """The table.

    Parameters
    ----------
    file : Path
        An SQLite file that only its owner reads.
    key : bytes
        Of the hashes.
    way : str
        How people signed in: a session of another way, or of the token of an earlier start, does not hold.
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, file: Path, key: bytes, way: str, clock: Callable[[], float] = time.time) -> None:
        self._file, self._key, self._clock = file, key, clock
        self._way = self.sign(way)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        file.chmod(0o600)
        with self._opened() as table:
            table.execute(_TABLE)

    def sign(self, text: str) -> str:
        """Return the keyed hash of a text."""
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def begin(self, name: str, role: str) -> str:
        """Sign somebody in; return the number for the cookie."""
        number, now = secrets.token_urlsafe(32), self._clock()
        row = (self.sign(number), name, role, self._way, now, now)
        with self._opened() as table:
            table.execute("delete from sessions where seen_at < ? or made_at < ?", (now - _IDLE, now - _LONGEST))
            table.execute("insert into sessions values (?, ?, ?, ?, ?, ?, '{}')", row)
        return number

    def find(self, number: str | None) -> Session | None:
        """Return the session of a cookie; None where it has expired, was revoked, or never was."""
        if not number:
            return None
        with self._opened() as table:
            query = "select name, role, way, made_at, seen_at, kept from sessions where hash = ?"
            found = table.execute(query, (self.sign(number),)).fetchone()
            if found is None:
                return None
            name, role, way, made_at, seen_at, kept = found
            now = self._clock()
            if way != self._way or now - seen_at > _IDLE or now - made_at > _LONGEST:
                return None
            if now - seen_at > _RENEW:
                table.execute("update sessions set seen_at = ? where hash = ?", (now, self.sign(number)))
        return Session(self.sign(number), name, role, json.loads(kept))

    def remember(self, session: Session, change: Callable[[dict[str, Any]], None]) -> None:
        """Change what the pages remember; two requests of one session lose nothing of each other."""
        with self._opened() as table:
            table.execute("begin immediate")
            found = table.execute("select kept from sessions where hash = ?", (session.hash,)).fetchone()
            kept: dict[str, Any] = json.loads(found[0]) if found else {}
            change(kept)
            table.execute("update sessions set kept = ? where hash = ?", (json.dumps(kept), session.hash))
            table.execute("commit")
        session.kept = kept

    def end(self, session: Session) -> None:
        """Sign out."""
        with self._opened() as table:
            table.execute("delete from sessions where hash = ?", (session.hash,))

    def revoke(self, name: str) -> int:
        """End every session of a name; return how many."""
        with self._opened() as table:
            return table.execute("delete from sessions where name = ?", (name,)).rowcount

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=30, isolation_level=None)) as table:
            yield table
