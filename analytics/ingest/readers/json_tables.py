"""Records that a JSON document does not hold as a list: under their keys, by column, or as rows below headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analytics.ingest.headings.understanding import recognised

__all__ = ["KEY", "as_rows", "records_under"]

KEY = "key"
"""Heading of the keys under which records stand."""
_FEWEST = 2
_ALIKE = 0.5
_Records = list[dict[str, Any]]


def records_under(value: Mapping[str, Any]) -> _Records:
    """Return the records of an object that is a table by itself; none where it is not.

    Parameters
    ----------
    value : mapping
        ``{number: record}``, ``{heading: [cells]}``, ``{heading: {row: cell}}``, or headings beside rows of cells.
    """
    if len(value) < _FEWEST:
        return []
    items = list(value.values())
    if all(isinstance(item, dict) for item in items) and _are_alike(items):
        by_column = len(recognised(list(value))) > len(recognised(list(items[0])))
        return _by_column(value) if by_column else [{KEY: key, **item} for key, item in value.items()]
    if all(isinstance(item, list) for item in items):
        return _of_columns(value) or _of_rows(items)
    return _of_rows([item for item in items if isinstance(item, list)])


def as_rows(headings: Sequence[Any], rows: Sequence[Any]) -> list[Any]:
    """Return rows of cells as records; a row that holds no list, or more cells than headings, stays as it is.

    Parameters
    ----------
    headings : sequence
        Texts.
    rows : sequence
        Lists of cells.
    """
    names = [str(heading) for heading in headings]
    return [
        dict(zip(names, row, strict=False)) if isinstance(row, list) and len(row) <= len(names) else row for row in rows
    ]


def _are_alike(items: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether all objects have most keys of the first: records do, the parts of one record do not."""
    first = items[0].keys()
    return bool(first) and all(len(first & item.keys()) >= _ALIKE * len(first | item.keys()) for item in items)


def _by_column(value: Mapping[str, Mapping[str, Any]]) -> _Records:
    rows = dict.fromkeys(row for cells in value.values() for row in cells)
    return [{heading: cells[row] for heading, cells in value.items() if row in cells} for row in rows]


def _of_columns(value: Mapping[str, list[Any]]) -> _Records:
    """Read columns of equally many cells under headings of which some are understood."""
    columns = list(value.values())
    cells = [cell for column in columns for cell in column]
    if len({len(column) for column in columns}) != 1 or any(isinstance(cell, dict | list) for cell in cells):
        return []
    return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)] if recognised(list(value)) else []


def _of_rows(lists: Sequence[list[Any]]) -> _Records:
    """Read one list of headings beside one list of rows."""
    heads = [item for item in lists if item and all(isinstance(cell, str) for cell in item)]
    rows = [item for item in lists if item and all(isinstance(row, list) for row in item)]
    return as_rows(heads[0], rows[0]) if len(heads) == len(rows) == 1 else []
