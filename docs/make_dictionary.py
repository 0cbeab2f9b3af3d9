"""Writes docs/data_dictionary.md from the contracts; `make docs` runs it, a test compares the page."""

from __future__ import annotations

from pathlib import Path

import dataframely as dy

from analytics.contracts.ddl import duckdb_types
from analytics.contracts.logs import LOGS
from analytics.contracts.published import PUBLISHED
from analytics.contracts.shipments import LandedLines

__all__ = ["dictionary"]

_TARGET = Path(__file__).resolve().parent / "data_dictionary.md"
_OPENING = """# Data dictionary

`make docs` writes this page from `analytics/contracts/`. Do not edit it. Every table is a Parquet file of the store.
`splitship export TABLE` exports it. A table may have more columns after these. Rows are sorted by the columns named
under *sorted by*. Columns in **bold** are never null.
"""

_REMEMBERED = "# Stored inputs\n\nThe store keeps every accepted row as it was read, in `landed/`.\n"
_ADDED = "Verdicts, notices and other user input are appended to logs. Export a log like a table.\n"


def dictionary() -> str:
    """Return the page."""
    published = [_section(table.name, table.schema, ", ".join(table.order)) for table in PUBLISHED.values()]
    landed = _section("landed_lines", LandedLines, "input_no, source_line")
    logs = [_section(name, schema, "order of arrival") for name, schema in LOGS.items()]
    return "\n".join([_OPENING, *published, _REMEMBERED, landed, _ADDED, *logs])


def _section(name: str, schema: type[dy.Schema], order: str) -> str:
    lines = [f"## {name}", "", f"{_first_paragraph(schema)}", "", f"Sorted by {order}.", ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    types = duckdb_types(schema)
    for column, declared in schema.columns().items():
        shown = f"`{column}`" if declared.nullable else f"**`{column}`**"
        lines.append(f"| {shown} | {types[column]} | {declared.description or ''} |")
    return "\n".join([*lines, ""])


def _first_paragraph(schema: type[dy.Schema]) -> str:
    text = (schema.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(text.split())


if __name__ == "__main__":
    _TARGET.write_text(dictionary(), encoding="utf-8")
