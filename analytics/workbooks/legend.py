"""What the columns of a workbook mean, from the contracts of the tables they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from analytics.contracts.published import PUBLISHED

__all__ = ["legend"]


def legend(sheets: Mapping[str, pl.DataFrame], own: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """Return the meaning of each column of some sheets.

    Parameters
    ----------
    sheets : mapping
        Name of the sheet to what it holds.
    own : mapping
        Name of the sheet to what those of its columns mean that are in no published table.

    Returns
    -------
    polars.DataFrame
        ``sheet``, ``column`` and ``meaning``, in the order of the workbook. A column that is not described is taken
        from the published table that shares most columns with the sheet.
    """
    rows = [
        (name, column, own.get(name, {}).get(column) or _declared(column, frame.columns))
        for name, frame in sheets.items()
        for column in frame.columns
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("sheet", "column", "meaning"), pl.String), orient="row")


def _declared(column: str, columns: Sequence[str]) -> str | None:
    """Return what the nearest published table says of a column."""
    holding = [table for table in PUBLISHED.values() if column in table.schema.columns()]
    if not holding:
        return None
    nearest = max(holding, key=lambda table: (len(set(columns) & set(table.schema.columns())), table.name))
    declared = nearest.schema.columns()[column]
    told = declared.description or ""
    return told.removeprefix("JSON ").capitalize() if told.startswith("JSON ") else told
