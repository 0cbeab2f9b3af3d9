"""The records of a JSON document: a list of them, or an object that holds such lists."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from analytics.errors import UnreadableFile
from analytics.ingest.headings.understanding import recognised
from analytics.ingest.readers.flattening import flat
from analytics.ingest.readers.json_tables import as_rows, records_under
from analytics.ingest.readers.json_values import JsonReader, Record, as_record, has_double_key

__all__ = ["listed_records", "records_within"]

_CHUNK, _LONGEST_RECORD, _LARGEST = 1 << 20, 1 << 26, 1 << 27
_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
_LEVELS, _SAMPLE = 3, 20
_WHOLE = "the document"
_Lists = dict[str, list[Any]]


class _Window:
    """The part of a text that is looked at."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._place = 0

    def peek(self) -> str:
        """Return the next character that is not blank; none at the end."""
        while True:
            found = _BLANK.match(self._text, self._place)
            self._place = found.end() if found else self._place
            if self._place < len(self._text) or not self._grow():
                return self._text[self._place : self._place + 1]

    def skip(self) -> None:
        """Pass the character that was peeked at."""
        self._place += 1

    def value(self, reader: JsonReader) -> tuple[Any, str]:
        """Return the value that begins here, and its text.

        Raises
        ------
        ValueError
            It is no JSON, or is cut off.
        """
        self.peek()
        while True:
            try:
                value, end = reader.value_at(self._text, self._place)
            except ValueError:
                if len(self._text) - self._place > _LONGEST_RECORD or not self._grow():
                    raise
            else:
                text, self._place = self._text[self._place : end], end
                return value, text

    def _grow(self) -> bool:
        rest = self._text[self._place :]
        more = self._stream.read(max(_CHUNK, len(rest)))
        self._text, self._place = rest + more, 0
        return bool(more)


def listed_records(path: Path, stream: TextIO) -> Iterator[Record]:
    """Give the objects of a list, or the rows of cells below a row of headings, one held at a time, numbered from 1.

    Raises
    ------
    UnreadableFile
        The list is cut off, or is no JSON from some record on.
    """
    reader, window, number = JsonReader(), _Window(stream), 0
    headings: list[str] | None = None
    window.peek()
    window.skip()
    while (mark := window.peek()) != "]":
        if number and mark == ",":
            window.skip()
        elif number:
            raise _broken(path, number + 1)
        number += 1
        try:
            value, text = window.value(reader)
        except (ValueError, RecursionError):
            raise _broken(path, number) from None
        if headings is not None and isinstance(value, list):
            (value,) = as_rows(headings, [value])
        elif number == 1 and isinstance(value, list) and value and all(isinstance(cell, str) for cell in value):
            headings = value
            continue
        yield as_record(number, value, text)
    window.skip()
    if window.peek():
        raise UnreadableFile(f"{path}: more follows the list of records. Write one list, or JSON Lines.")


def _broken(path: Path, number: int) -> UnreadableFile:
    return UnreadableFile(
        f"{path}: the list is cut off, broken or nested too deep in record {number}. "
        "Write the file again, or write JSON Lines, where one broken line costs one row."
    )


def records_within(path: Path, stream: TextIO, notes: list[str]) -> Iterator[Record]:
    """Give the records of objects that hold lists of records, or are records themselves; they are numbered from 1.

    The lists whose keys are best understood are taken; what is taken and what is not is added to the notes.

    Raises
    ------
    UnreadableFile
        The document is damaged, or too large to be held as a whole.
    """
    text = stream.read(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise UnreadableFile(f"{path}: a JSON object of over {_LARGEST >> 20} MB. Write a list, or JSON Lines.")
    reader, window = JsonReader(), _Window(io.StringIO(text))
    values: list[Any] = []
    while window.peek():
        try:
            values.append(window.value(reader)[0])
        except (ValueError, RecursionError):
            raise UnreadableFile(
                f"{path}: cut off, broken or nested too deep in object {len(values) + 1}. Write the file again."
            ) from None
    lists = _best_lists(values[0]) if len(values) == 1 and isinstance(values[0], dict) else {}
    if lists:
        notes.append(f"records taken from {', '.join(f'{name} ({len(items):,})' for name, items in lists.items())}")
        values = [item for items in lists.values() for item in items]
    for number, value in enumerate(values, start=1):
        yield as_record(number, value)


def _best_lists(whole: Mapping[str, Any]) -> _Lists:
    """Return the lists of objects whose keys are best understood; none where the whole is understood better."""
    lists = dict(_lists_in(whole, "", 1))
    by_itself = len(recognised(_keys([{key: item for key, item in whole.items() if not isinstance(item, list)}])))
    known = {name: len(recognised(_keys(items[:_SAMPLE]))) for name, items in lists.items()}
    best = max(known.values(), default=0)
    if not lists or (best <= by_itself and best):
        return {}
    if not best:
        return lists if len(lists) == 1 and not by_itself else {}
    return {name: items for name, items in lists.items() if known[name] == best}


def _lists_in(value: Mapping[str, Any], over: str, level: int) -> Iterator[tuple[str, list[Any]]]:
    if records := [] if has_double_key(value) else records_under(value):
        yield over.rstrip(".") or _WHOLE, records
    for key, item in value.items():
        if isinstance(item, list) and item and all(isinstance(one, dict) for one in item[:_SAMPLE]):
            yield f"{over}{key}", item
        elif isinstance(item, dict) and level < _LEVELS:
            yield from _lists_in(item, f"{over}{key}.", level + 1)


def _keys(objects: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(path for item in objects for path in flat(dict(item))))
