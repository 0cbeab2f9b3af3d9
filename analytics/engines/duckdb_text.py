"""Names, files and columns as DuckDB reads them in a statement: names of columns may be anybody's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analytics.contracts.paths import as_pattern

__all__ = ["escaped", "listed", "quoted", "rows_of"]


def quoted(name: str) -> str:
    """A name of a table or column."""
    return '"' + name.replace('"', '""') + '"'


def listed(columns: Iterable[str]) -> str:
    """Names of several columns."""
    return ", ".join(map(quoted, columns))


def escaped(file: Path) -> str:
    """The path of a file to write, between apostrophes."""
    return _between_apostrophes(str(file.absolute()))


def rows_of(files: Iterable[Path]) -> str:
    """A select of the rows of Parquet files; in their paths ``[1]`` is no pattern and ``a=b`` no column."""
    patterns = ", ".join(f"'{_between_apostrophes(as_pattern(file))}'" for file in files)
    return f"select * from read_parquet([{patterns}], hive_partitioning = false)"


def _between_apostrophes(text: str) -> str:
    return text.replace("'", "''")
