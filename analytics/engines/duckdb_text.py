"""Names, files and columns as DuckDB reads them in a statement: names of columns may be anybody's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

__all__ = ["escaped", "listed", "quoted"]


def quoted(name: str) -> str:
    """A name of a table or column."""
    return '"' + name.replace('"', '""') + '"'


def listed(columns: Iterable[str]) -> str:
    """Names of several columns."""
    return ", ".join(map(quoted, columns))


def escaped(file: Path) -> str:
    """The path of a file, between apostrophes."""
    return str(file).replace("'", "''")
