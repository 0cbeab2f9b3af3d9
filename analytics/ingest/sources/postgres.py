"""A table or view in PostgreSQL, through ADBC: ``postgresql://user@host/database?table=schema.name``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

import polars as pl

from analytics.errors import UnreadableFile, UsageError
from analytics.ingest.tables import RawTable, batch, cell_names
from analytics.showing import without_secrets

__all__ = ["PostgresTable", "is_postgres_url", "open_postgres", "table_of"]

_SCHEMES = ("postgresql://", "postgres://")
_NUMERIC = {"smallint", "integer", "bigint", "numeric", "real", "double precision"}
_COLUMNS = """
select attname, format_type(atttypid, null)
from pg_attribute
where attrelid = cast($1 as regclass) and attnum > 0 and not attisdropped
order by attnum
"""
_REFUSALS = {
    "42P01": "there is no such table",
    "3F000": "there is no such schema",
    "42501": "this user may not read it",
    "57014": "the query was cancelled",
}
_SESSION = ("set datestyle to 'ISO, YMD'", "set timezone to 'UTC'", "set extra_float_digits to 1")


class PostgresTable:
    """Where a table is, without user and password in anything that is shown.

    Parameters
    ----------
    url : str
        With the table in the query (``?table=schema.name``) or after a hash (``#schema.name``).

    Attributes
    ----------
    connection : str
        The URL for the driver.
    shown : str
        Scheme, host and database, and the table after a hash: what does not change with who reads it.
    table : str
        schema.name
    """

    def __init__(self, url: str) -> None:
        parts = _parts(url)
        query = dict(parse_qsl(parts.query))
        self.table = query.pop("table", "") or parts.fragment
        bare = without_secrets(urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")))
        self.shown = f"{bare}#{self.table}" if self.table else bare
        if not self.table:
            raise UsageError(f"{bare}: which table? Add it to the URL: ?table=schema.name")
        self.connection = urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


def _parts(url: str) -> SplitResult:
    """Take a URL apart; one with a bare ``/``, ``?`` or ``#`` in its password would be parted in the wrong place."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = None
    if parts is None or ("@" in url and "@" not in parts.netloc and "@" in parts.path + parts.query + parts.fragment):
        raise UsageError(
            "postgresql://…: the URL cannot be taken apart. Write / ? # @ and [ in user and password as %2F %3F %23 "
            "%40 and %5B: postgresql://user:password@host/database?table=schema.name"
        )
    return parts


def is_postgres_url(text: str) -> bool:
    """Tell whether an input is a database table and no file."""
    return text.lower().startswith(_SCHEMES)


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
    with _asked(place) as cursor:
        columns = _columns(cursor, place)
    names = cell_names(len(columns))
    shown = ", ".join(
        f"cast(whole_input_row.{_quoted(name)} as text) as {cell}"
        for (name, _), cell in zip(columns, names, strict=True)
    )
    rows = f"{_quoted_table(place.table)} as whole_input_row"
    query = f'select {shown} from {rows} order by cast(whole_input_row as text) collate "C"'

    def batches() -> Iterator[pl.DataFrame]:
        row = 1
        with _asked(place) as cursor:
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


@contextmanager
def _asked(place: PostgresTable) -> Iterator[Any]:
    """Give a cursor; what the server refuses is told by its code, since its own words may quote values."""
    driver, refused = _driver(place)
    try:
        connection = driver.connect(place.connection)
    except refused:
        raise UnreadableFile(
            f"{place.shown}: no connection. Check that the server runs and that user, password and database are right."
        ) from None
    with closing(connection), closing(connection.cursor()) as cursor:
        try:
            yield cursor
        except refused as error:
            code = str(getattr(error, "sqlstate", None) or type(error).__name__)
            reason = _REFUSALS.get(code, f"SQLSTATE {code}")
            raise UnreadableFile(
                f"{place.shown}: the server did not read the table ({reason}). Check its name, the rights on it, and "
                "that the table or view can be read as a whole."
            ) from None


def _driver(place: PostgresTable) -> tuple[Any, type[Exception]]:
    try:
        import adbc_driver_postgresql.dbapi as driver
        from adbc_driver_manager import Error
    except ImportError:
        raise UsageError(
            f"{place.shown}: reading a database needs the extra postgres. Run: pip install 'splitship[postgres]'"
        ) from None
    return driver, Error


def _prepare(cursor: Any) -> None:
    """Make the server write days, times and numbers in one way, whatever its settings."""
    for statement in _SESSION:
        cursor.execute(statement)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted_table(table: str) -> str:
    return ".".join(_quoted(part) for part in table.split("."))
