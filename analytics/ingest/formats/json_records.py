"""JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl

from analytics.errors import UnreadableFile
from analytics.ingest.encodings import detect_encoding, open_utf8
from analytics.ingest.formats.flattening import flat
from analytics.ingest.mapping import SourceSettings
from analytics.ingest.tables import DAMAGE, LINE, RAW, RawTable, cell_names

__all__ = ["open_json"]

_LINES_PER_BATCH = 1 << 16


def open_json(path: Path, settings: SourceSettings) -> RawTable:
    """Open JSON Lines: one object a line; headings are all keys of all objects, in order of first appearance.

    Numbers are taken digit for digit; an object inside is laid flat (``to.city``), a list becomes its JSON text. A line
    that is no object is damaged.
    """
    encoding = settings.encoding or detect_encoding(path)
    headings: dict[str, None] = {}
    texts: set[str] = set()
    for lines in _lines(path, encoding):
        for _, text in lines:
            found = _object(text) or {}
            headings.update(dict.fromkeys(found))
            texts.update(heading for heading, value in found.items() if type(value) is str)
    names = cell_names(len(headings))
    if not headings:
        raise UnreadableFile(f"{path}: no line is a JSON object. JSON Lines has one object on each line.")

    def batches() -> Iterator[pl.DataFrame]:
        for lines in _lines(path, encoding):
            yield _json_batch(lines, list(headings), names)

    typed = frozenset(at for at, heading in enumerate(headings) if heading not in texts)
    return RawTable("jsonl", tuple(headings), typed, batches)


def _lines(path: Path, encoding: str) -> Iterator[list[tuple[int, str]]]:
    """Give numbered lines that hold something, in batches."""
    found: list[tuple[int, str]] = []
    with closing(open_utf8(path, encoding)) as stream:
        for number, line in enumerate(stream, start=1):
            text = line.decode("utf-8").strip()
            if text:
                found.append((number, text))
            if len(found) == _LINES_PER_BATCH:
                yield found
                found = []
    yield found


class _Number(str):
    """A JSON number, digit for digit."""

    __slots__ = ()


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text, parse_float=_Number, parse_int=_Number, parse_constant=lambda _: None)
    except ValueError:
        return None
    return flat(value) if isinstance(value, dict) else None


def _json_batch(lines: list[tuple[int, str]], headings: list[str], names: list[str]) -> pl.DataFrame:
    objects = [_object(text) for _, text in lines]
    columns: dict[str, Any] = {
        LINE: [number for number, _ in lines],
        DAMAGE: [None if item is not None else "json_broken" for item in objects],
        RAW: [None if item is not None else text for item, (_, text) in zip(objects, lines, strict=True)],
    }
    for heading, name in zip(headings, names, strict=True):
        columns[name] = [_cell(item.get(heading)) if item else None for item in objects]
    schema = {LINE: pl.Int64, DAMAGE: pl.String, RAW: pl.String, **dict.fromkeys(names, pl.String)}
    return pl.DataFrame(columns, schema=schema)


def _cell(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False)
