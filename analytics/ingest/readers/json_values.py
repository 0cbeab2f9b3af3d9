"""JSON values read without loss: numbers digit for digit, doubled keys noticed, nesting bounded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analytics.ingest.readers.flattening import flat

__all__ = ["BROKEN", "DOUBLED", "TOO_DEEP", "JsonReader", "Record", "as_record", "has_double_key"]

BROKEN, DOUBLED, TOO_DEEP = "json_broken", "json_duplicate_key", "json_too_deep"


class _Number(str):
    """A JSON number, digit for digit."""

    __slots__ = ()


@dataclass(frozen=True)
class Record:
    """One object of a file.

    Attributes
    ----------
    line : int
        Its line, or its number where objects have no lines of their own.
    cells : mapping
        Path of every value to the value; none where the object is damaged.
    damage : str or None
        Why it is no sound object.
    raw : str or None
        What is written, where it is damaged.
    """

    line: int
    cells: Mapping[str, Any] = field(default_factory=dict)
    damage: str | None = None
    raw: str | None = None


class _Doubled(dict[str, Any]):
    """An object in which a key comes twice, so that one of its values is lost."""


class JsonReader:
    """Reads values one by one."""

    def __init__(self) -> None:
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_object, parse_float=_Number, parse_int=_Number, parse_constant=_Number
        )

    def value_at(self, text: str, place: int) -> tuple[Any, int]:
        """Return the value that begins at a place of a text, and where it ends.

        Raises
        ------
        ValueError
            What is there is no JSON, or is cut off.
        RecursionError
            It nests too deep.
        """
        return self._decoder.raw_decode(text, place)

    def record(self, line: int, text: str) -> Record:
        """Read one object that is a text of its own."""
        try:
            value, end = self.value_at(text, 0)
        except ValueError:
            return Record(line, damage=BROKEN, raw=text)
        except RecursionError:
            return Record(line, damage=TOO_DEEP, raw=text)
        return as_record(line, value, text) if end == len(text) else Record(line, damage=BROKEN, raw=text)


def as_record(line: int, value: Any, text: str | None = None) -> Record:
    """Return a value as a record.

    Parameters
    ----------
    line : int
        Its line or number.
    value : object
        What was read.
    text : str, optional
        What is written, where that is known.
    """
    damage = None if isinstance(value, dict) else BROKEN
    cells: dict[str, Any] = {}
    try:
        if damage is None:
            damage = DOUBLED if _has_double(value) else None
            cells = {path: _cell(item) for path, item in flat(value).items()}
    except RecursionError:
        damage = TOO_DEEP
    if damage is None:
        return Record(line, cells)
    return Record(line, damage=damage, raw=text if text is not None else json.dumps(value, ensure_ascii=False))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Doubled(pairs)


def has_double_key(value: object) -> bool:
    """Tell whether a key of an object itself comes twice in it.

    Parameters
    ----------
    value : object
        As `JsonReader` gave it.
    """
    return type(value) is _Doubled


def _has_double(value: Any) -> bool:
    """Tell whether a key comes twice in an object anywhere inside a value."""
    if isinstance(value, dict):
        return type(value) is _Doubled or any(_has_double(item) for item in value.values())
    return isinstance(value, list) and any(_has_double(item) for item in value)


def _cell(value: Any) -> Any:
    """Return what a cell holds: a list, or an object that could not be laid flat, as its JSON text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value
