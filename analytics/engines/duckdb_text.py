"""Names, files, columns and models as DuckDB reads them in a statement: names of columns may be anybody's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlglot import exp

from analytics.contracts.paths import as_pattern
from analytics.contracts.steps import ParameterValue

__all__ = ["escaped", "listed", "quoted", "rows_of", "with_values", "without_copies"]

_IMPORT = re.compile(r"^(\w+) as \((select \* from \w+)\)", re.MULTILINE)
"""A CTE that only gives a table a name. DuckDB would copy the table where the name is used more than once."""
_MARKER = re.compile(r"\$(?P<name>[a-z]\w*)")


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


def without_copies(sql: str) -> str:
    """Say of each CTE that only gives a table a name that it is the table itself."""
    return _IMPORT.sub(r"\1 as not materialized (\2)", sql)


def with_values(sql: str, params: Mapping[str, ParameterValue]) -> str:
    """Put values for the markers of a model that becomes a view, which binds none: as sqlglot writes each."""
    written = {name: exp.convert(value).sql("duckdb") for name, value in params.items()}
    return _MARKER.sub(lambda found: written.get(found["name"], found[0]), sql)


def _between_apostrophes(text: str) -> str:
    return text.replace("'", "''")
