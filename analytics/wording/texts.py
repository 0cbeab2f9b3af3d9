"""Writes lists and objects as JSON text, a money amount or a rounded figure with the places it is kept with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

__all__ = ["as_list", "as_object", "joined_lists", "joined_objects"]

_JSON = json.JSONEncoder(ensure_ascii=False).encode


def as_list(texts: Iterable[str]) -> str:
    """Write texts as a JSON list.

    >>> as_list(["One.", "Two."])
    '["One.", "Two."]'
    """
    return "[" + ", ".join(map(_JSON, texts)) + "]"


def as_object(values: Mapping[str, object]) -> str:
    """Write named values as a JSON object; a name whose value is None is left out.

    >>> as_object({"days": 2, "score": Decimal("0.850"), "unit": None})
    '{"days": 2, "score": 0.850}'
    """
    told = (f"{_JSON(name)}: {_value(value)}" for name, value in values.items() if value is not None)
    return "{" + ", ".join(told) + "}"


def joined_lists(*lists: str) -> str:
    """Put JSON lists one behind the other.

    >>> joined_lists('["One."]', "[]", '["Two."]')
    '["One.", "Two."]'
    """
    return "[" + ", ".join(text[1:-1] for text in lists if text != "[]") + "]"


def joined_objects(*objects: str) -> str:
    """Put JSON objects of different names one behind the other.

    >>> joined_objects('{"one": 1}', '{"two": 2}')
    '{"one": 1, "two": 2}'
    """
    return "{" + ", ".join(text[1:-1] for text in objects if text != "{}") + "}"


def _value(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return as_object(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _JSON(value)
