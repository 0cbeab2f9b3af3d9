"""A table or view in PostgreSQL, through ADBC: ``postgresql://user@host/database?table=schema.name``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import polars as pl

from analytics.errors import UnreadableFile, UsageError
from analytics.ingest.tables import RawTable, batch, cell_names

__all__ = ["PostgresTable", "is_postgres_url", "open_postgres", "table_of"]

_SCHEMES = ("postgresql://", "postgres://")
_NUMERIC = {"smallint", "integer", "bigint", "numeric", "real", "double precision"}
_COLUMNS = """
select attname, format_type(atttypid, null)
from pg_attribute
where attrelid = cast($1 as regclass) and attnum > 0 and not attisdropped
order by attnum
"""
_SESSION = ("set datestyle to 'ISO, YMD'", "set timezone to 'UTC'", "set extra_float_digits to 1")


class PostgresTable:
    """Where a table is, without a password in anything that is shown.

    Parameters
    ----------
    url : str
        With the table in the query (``?table=schema.name``) or after a hash (``#schema.name``).

    Attributes
    ----------
    connection : str
        The URL for the driver.
    shown : str
        The URL without its password.
    table : str
        schema.name
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        self.table = query.pop("table", "") or parts.fragment
        host = parts.netloc.rpartition("@")[2]
        user = parts.username
        bare = urlunsplit((parts.scheme, f"{user}@{host}" if user else host, parts.path, "", ""))
        self.shown = f"{bare}#{self.table}" if self.table else bare
        if not self.table:
            raise UsageError(f"{bare}: which table? Add it to the URL: ?table=schema.name")
        self.connection = urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


def is_postgres_url(text: str) -> bool:
    """Tell whether an input is a database table and no file."""
    return text.startswith(_SCHEMES)


def table_of(url: str) -> PostgresTable:
    """Return where a URL points to.

    Raises
    ------
    UsageError
        The URL names no table.
    """
    return PostgresTable(url)


def open_postgres(place: PostgresTable) -> RawTable:
    """Open a table; every column comes as the text the server writes for it, rows in the order of their text.

    Raises
    ------
    UsageError
        The extra ``postgres`` is not installed.
    UnreadableFile
        The server cannot be reached, or there is no such table.
    """
    columns = _run(place, lambda cursor: _columns(cursor, place))
    names = cell_names(len(columns))
    shown = ", ".join(
        f"cast(whole_input_row.{_quoted(name)} as text) as {cell}"
        for (name, _), cell in zip(columns, names, strict=True)
    )
    rows = f"{_quoted_table(place.table)} as whole_input_row"
    query = f'select {shown} from {rows} order by cast(whole_input_row as text) collate "C"'

    def batches() -> Iterator[pl.DataFrame]:
        row = 1
        with closing(_connect(place)) as connection, closing(connection.cursor()) as cursor:
            _prepare(cursor)
            cursor.execute(query)
            for arrow in cursor.fetch_record_batch():
                cells = pl.DataFrame(pl.from_arrow(arrow))
                yield batch(cells, range(row, row + cells.height))
                row += cells.height

    typed = frozenset(at for at, (_, kind) in enumerate(columns) if kind in _NUMERIC)
    return RawTable("postgresql", tuple(name for name, _ in columns), typed, batches)


def _columns(cursor: Any, place: PostgresTable) -> list[tuple[str, str]]:
    cursor.execute(_COLUMNS, (_quoted_table(place.table),))
    return [(str(name), str(kind)) for name, kind in cursor.fetchall()]


def _run(place: PostgresTable, ask: Callable[[Any], list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Ask the server once; what it refuses is an error that says where and why."""
    from adbc_driver_manager import Error

    with closing(_connect(place)) as connection, closing(connection.cursor()) as cursor:
        try:
            return ask(cursor)
        except Error as error:
            reason = str(error).splitlines()[0]
            raise UnreadableFile(
                f"{place.shown}: the server would not read it ({reason}). Check the table's name and the rights on it."
            ) from None


def _connect(place: PostgresTable) -> Any:
    try:
        import adbc_driver_postgresql.dbapi as driver
        from adbc_driver_manager import Error
    except ImportError:
        raise UsageError(
            f"{place.shown}: reading a database needs the extra postgres. Run: pip install 'splitship[postgres]'"
        ) from None
    try:
        return driver.connect(place.connection)
    except Error:
        raise UnreadableFile(
            f"{place.shown}: no connection. Check that the server runs and that user, password and database are right."
        ) from None


def _prepare(cursor: Any) -> None:
    """Make the server write days, times and numbers in one way, whatever its settings."""
    for statement in _SESSION:
        cursor.execute(statement)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted_table(table: str) -> str:
    return ".".join(_quoted(part) for part in table.split("."))
