"""The database of a ledger: SQLite inside the store, or PostgreSQL for a team. One writer at a time on both."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from analytics.errors import LedgerError, UsageError
from analytics.showing import without_secrets

__all__ = ["Database", "sqlite_file"]

_WAIT_SECONDS = 60
_LOCK = 5_432_160_321
"""Number of the advisory lock that writers to a PostgreSQL ledger hold."""
_WRITES = "splitship_writes"
_HEAD = "0001"
_MIGRATING = threading.Lock()
"""Alembic has one context a process."""


def sqlite_file(root: Path) -> Path:
    """Return where the ledger of a store lies where no other database is named."""
    return root / "cases" / "cases.sqlite"


class Database:
    """Where events are kept.

    Parameters
    ----------
    root : Path
        The store.
    url : str, optional
        ``postgresql://user@host/database``; SQLite inside the store where not given.

    Raises
    ------
    UsageError
        The URL is none, or psycopg is not installed.
    LedgerError
        The database cannot be reached, or was made by a later splitship.
    """

    def __init__(self, root: Path, url: str | None = None) -> None:
        self.is_sqlite = url is None
        self.shown = without_secrets(url) if url else str(sqlite_file(root))
        if url is None:
            _made(sqlite_file(root))
        self._engine = _sqlite_engine(sqlite_file(root)) if url is None else _postgres_engine(url)
        self._migrate()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the ledger."""
        engine = self._engine if self.is_sqlite else self._engine.execution_options(isolation_level="REPEATABLE READ")
        with self._told(), engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield the connection of the one writer; all of what it does counts at its end, or none."""
        options = {_WRITES: True}
        with self._told(), self._engine.execution_options(**options).begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            kind = type(error.orig).__name__
            raise LedgerError(
                f"{self.shown}: the case ledger cannot be used ({kind}). Check that the database runs, that you may "
                "read and add to its tables, and that its place is not full; SPLITSHIP_DEBUG=1 shows the cause."
            ) from error

    def _migrate(self) -> None:
        with self.reading() as connection:
            found = _version(connection)
        if found == _HEAD:
            return
        if found is not None and found > _HEAD:
            raise LedgerError(
                f"{self.shown}: the cases were written by a later splitship (version {found} of the tables; this one "
                f"knows {_HEAD}). Install that version."
            )
        with _MIGRATING, self.writing() as connection:
            if _version(connection) != _HEAD:
                _upgrade(connection)


def _made(file: Path) -> None:
    """Make the file of a ledger, which only its owner reads: notes hold names."""
    folder = file.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise LedgerError(
            f"{folder}: cannot be written to ({error.strerror}). Cases need a store you may add to."
        ) from error


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _sqlite_engine(file: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),  # a folder may be named with what has a meaning in a URL
        poolclass=NullPool,
        connect_args={"timeout": _WAIT_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would begin by itself, and too late to lock
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


def _postgres_engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number
        raise UsageError(
            "--cases is no database URL. Write it as postgresql://user@host/database, or leave it out for SQLite."
        ) from None  # the cause would show the URL, and the password in it
    if parsed.get_backend_name() not in {"postgresql", "postgres"}:
        raise UsageError(
            f"--cases names {parsed.get_backend_name()}. Cases are kept in PostgreSQL (postgresql://user@host/database)"
            " or, without --cases, in SQLite inside the store."
        )
    try:
        return create_engine(parsed.set(drivername="postgresql+psycopg"), poolclass=NullPool)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise UsageError("PostgreSQL needs psycopg: pip install 'splitship[team]'.") from error
