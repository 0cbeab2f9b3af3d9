"""Columns of any Arrow type as types that Polars holds, or as text where it does not; nothing is lost on the way."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

__all__ = ["is_numeric", "plain_column"]

_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
"""January 1 of the year 1 and December 31 of 9999, counted from 1970; calendars of most libraries end there."""
_FIRST_INEXACT = 2.0**53
"""From here on a number of 64 bits skips whole numbers, so that an id in it is no longer what was meant."""
_UNITS_OF_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def is_numeric(kind: pa.DataType) -> bool:
    """Tell whether a type holds numbers, whose decimal mark is a point."""
    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind))


def plain_column(column: pa.Array) -> pa.Array:
    """Return a column as a type that Polars holds, else as text.

    Parameters
    ----------
    column : Array
        As the file types it.

    Raises
    ------
    ArrowInvalid
        A text is no UTF-8, or the column is damaged.
    """
    column.validate(full=True)
    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        return plain_column(column.storage)
    if types.is_dictionary(kind):
        return plain_column(column.dictionary_decode())
    if types.is_temporal(kind):
        return _temporal(column)
    if types.is_float64(kind):
        return _floats(column)
    if types.is_float16(kind):
        return pc.cast(column, pa.float32())
    if types.is_decimal256(kind):
        return pc.cast(column, pa.string())
    return column if _is_held(kind) else _as_json(column)


def _floats(column: pa.Array) -> pa.Array:
    """Return numbers as they are, unless one is too large to be exact: then as text, such a one as 9.27e+21."""
    numbers = pc.if_else(pc.is_nan(column), None, column)
    largest = pc.max(pc.abs(numbers)).as_py()
    return numbers if largest is None or largest < _FIRST_INEXACT else pc.cast(numbers, pa.string())


def _temporal(column: pa.Array) -> pa.Array:
    kind = column.type
    if types.is_duration(kind):
        return pc.binary_join_element_wise(pc.cast(column, pa.int64()).cast(pa.string()), kind.unit, " ")
    if types.is_interval(kind):
        return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())
    if types.is_time(kind):
        return pc.cast(column, pa.string())
    day = _UNITS_OF_DAY[kind.unit] if types.is_timestamp(kind) else 1
    counts = column.view(pa.int64() if types.is_timestamp(kind) else pa.int32()) if not types.is_date64(kind) else None
    if counts is None:
        return _temporal(pc.cast(column, pa.date32(), safe=False))
    ends = pc.min_max(counts).as_py()
    is_far = ends["min"] is not None and (ends["min"] < _FIRST_DAY * day or ends["max"] >= (_LAST_DAY + 1) * day)
    return pc.cast(column, pa.string()) if is_far else column


def _is_held(kind: pa.DataType) -> bool:
    """Tell whether Polars holds a type, and all types inside it."""
    if types.is_map(kind) or types.is_union(kind) or types.is_decimal256(kind) or types.is_duration(kind):
        return False
    if types.is_nested(kind):
        return all(_is_held(kind.field(at).type) for at in range(kind.num_fields))
    return not isinstance(kind, pa.BaseExtensionType) and not types.is_interval(kind) and not types.is_float16(kind)


def _as_json(column: pa.Array) -> pa.Array:
    """Return nested values as JSON text; a map becomes an object."""
    return pa.array([None if not value.is_valid else json.dumps(_json(value), ensure_ascii=False) for value in column])


def _json(value: Any) -> Any:
    if not value.is_valid:
        return None
    if types.is_map(value.type):
        return {str(key): item if item is None else _leaf(item) for key, item in value.as_py()}
    if types.is_struct(value.type):
        return {value.type.field(at).name: _json(value[at]) for at in range(value.type.num_fields)}
    if types.is_list(value.type) or types.is_large_list(value.type) or types.is_fixed_size_list(value.type):
        return [_json(item) for item in value.values]
    return _leaf(value.as_py())


def _leaf(value: object) -> Any:
    return value if isinstance(value, str | int | float | bool | dict | list) else str(value)
