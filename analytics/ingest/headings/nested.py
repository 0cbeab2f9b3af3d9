"""Values inside the JSON of a cell, by their path: digit for digit, as the file writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import polars as pl

__all__ = ["nested_text", "number_paths", "value_at"]

ALL = "[]"
"""The step of a path that stands for every item of a list."""


def nested_text(cell: pl.Expr, path: str, *, sums: bool) -> pl.Expr:
    """Return the text at a path inside the JSON of a cell.

    Parameters
    ----------
    cell : Expr
        JSON texts.
    path : str
        Keys parted by points; ``[]`` behind a key, or a step of its own, stands for every item of a list.
    sums : bool
        Numbers of several items are added up, instead of listed.
    """
    steps = tuple(path.replace(ALL, f".{ALL}").strip(".").replace("..", ".").split("."))
    return cell.map_elements(lambda text: value_at(text, steps, sums=sums), return_dtype=pl.String)


def value_at(text: str, steps: Sequence[str], *, sums: bool) -> str | None:
    """Return the value at a path inside a JSON text; null where there is none.

    Parameters
    ----------
    text : str
        JSON.
    steps : sequence of str
        Keys, numbers of items from 0, or `ALL`.
    sums : bool
        Several numbers are added up; where one is no number, or missing, nothing is.
    """
    try:
        whole = json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    found = list(_walk(whole, steps))
    if ALL not in steps:
        return found[0] if found else None
    if sums:
        return _total(found)
    listed = dict.fromkeys(item for item in found if item)
    return "; ".join(listed) or None


def number_paths(text: str) -> list[str]:
    """Return the paths from a list of items, such as ``[].value``, at which every item holds a number.

    Parameters
    ----------
    text : str
        JSON of one cell; whatever else it is gives no path.
    """
    try:
        items = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return []
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        return []
    return [f"{ALL}.{key}" for key in items[0] if "." not in key and all(_is_number(item.get(key)) for item in items)]


def _is_number(value: Any) -> bool:
    """Tell whether a value of JSON is a number, or a text of one."""
    if not isinstance(value, str):
        return isinstance(value, Decimal)
    return value.replace(".", "", 1).isdecimal()


def _walk(value: Any, steps: Sequence[str]) -> Iterator[str | None]:
    """Give the text at the end of every way that a path names."""
    if not steps:
        yield value if isinstance(value, str) or value is None else json.dumps(value, ensure_ascii=False)
    elif steps[0] == ALL and isinstance(value, list):
        for item in value:
            yield from _walk(item, steps[1:])
    elif isinstance(value, dict) and steps[0] in value:
        yield from _walk(value[steps[0]], steps[1:])
    elif isinstance(value, list) and steps[0].isdigit() and int(steps[0]) < len(value):
        yield from _walk(value[int(steps[0])], steps[1:])
    else:
        yield None


def _total(found: Sequence[str | None]) -> str | None:
    """Add numbers up, exactly; a text that is none is shown, so that the row says what could not be read."""
    if not found or any(item is None for item in found):
        return None
    try:
        return format(sum((Decimal(item) for item in found if item), Decimal()), "f")
    except InvalidOperation:
        return "; ".join(str(item) for item in found)
