"""JSON: an object on each line, a list of objects, or an object that holds such a list."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TextIO, cast

import polars as pl

from analytics.errors import UnreadableFile
from analytics.ingest.decode.encodings import detect_encoding, open_utf8
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.readers.format import Format
from analytics.ingest.readers.json_documents import listed_records, records_within
from analytics.ingest.readers.json_values import JsonReader, Record
from analytics.ingest.tables import DAMAGE, LINE, RAW, RawTable, cell_names

__all__ = ["FORMAT", "open_json"]

_BEGINS = re.compile(rb"\{|\[\s*[\[{\]]")

_AT_ONCE = 1 << 16
_LONGEST_LINE = 1 << 24
_MOST_HEADINGS = 4096
_BLANK = " \t\r\n\ufeff"


def open_json(path: Path, settings: SourceSettings) -> RawTable:
    """Open a JSON file; headings are the paths of all values of all objects, in order of first appearance.

    Numbers are taken digit for digit. An object inside an object is laid flat: each of its values has a heading such
    as ``to_address.city``; a list is its JSON text. An object that is damaged, or has a key twice, is a damaged row.

    Raises
    ------
    UnreadableFile
        There is no object in it, or it is damaged as a whole.
    """
    encoding = settings.encoding or detect_encoding(path)
    notes: list[str] = []
    headings, texts = _headings(path, _records(path, encoding, notes))
    names = cell_names(len(headings))

    def batches() -> Iterator[pl.DataFrame]:
        found = _records(path, encoding, [])
        while some := list(islice(found, _AT_ONCE)):
            yield _batch(some, headings, names)

    typed = frozenset(at for at, heading in enumerate(headings) if heading not in texts)
    return RawTable("json" if notes else "jsonl", tuple(headings), typed, batches, notes)


def _headings(path: Path, records: Iterator[Record]) -> tuple[list[str], set[str]]:
    """Return all headings, and those that some text stands under."""
    headings: dict[str, None] = {}
    texts: set[str] = set()
    for record in records:
        headings.update(dict.fromkeys(record.cells))
        texts.update(heading for heading, value in record.cells.items() if type(value) is str)
        if len(headings) > _MOST_HEADINGS:
            raise UnreadableFile(f"{path}: over {_MOST_HEADINGS:,} different keys. Write records of the same keys.")
    if not headings:
        raise UnreadableFile(f"{path}: the file holds no JSON object. Write one object on each line (JSON Lines).")
    return list(headings), texts


def _records(path: Path, encoding: str, notes: list[str]) -> Iterator[Record]:
    """Give the records, whichever way the file holds them."""
    with _opened(path, encoding) as stream:
        shape = _shape(stream)
    with _opened(path, encoding) as stream:
        if shape == "lines":
            reader = JsonReader()
            lines = ((number, line.strip(_BLANK)) for number, line in enumerate(stream, start=1))
            yield from (reader.record(number, text) for number, text in lines if text)
            return
        notes.append("one JSON document: its records are counted from 1, and the count stands for the line")
        yield from listed_records(path, stream) if shape == "list" else records_within(path, stream, notes)


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    with closing(open_utf8(path, encoding)) as binary:
        yield io.TextIOWrapper(cast("IO[bytes]", binary), encoding="utf-8", newline="\n")


def _shape(stream: TextIO) -> str:
    """Tell lines of objects, a list and another document apart by the first line."""
    first = ""
    while not first and (line := stream.readline(_LONGEST_LINE)):
        first = line.strip(_BLANK)
    if first.startswith("["):
        return "list"
    try:
        _, end = JsonReader().value_at(first, 0)
    except RecursionError:
        return "lines"
    except ValueError as error:
        is_cut_off = getattr(error, "pos", 0) >= len(first)
        return "document" if is_cut_off else "lines"
    has_more = any(line.strip(_BLANK) for line in stream)
    return "lines" if has_more or end < len(first) else "document"


def _batch(records: list[Record], headings: list[str], names: list[str]) -> pl.DataFrame:
    columns: dict[str, list[object]] = {
        LINE: [record.line for record in records],
        DAMAGE: [record.damage for record in records],
        RAW: [record.raw for record in records],
    }
    for heading, name in zip(headings, names, strict=True):
        columns[name] = [record.cells.get(heading) for record in records]
    schema = {LINE: pl.Int64, DAMAGE: pl.String, RAW: pl.String, **dict.fromkeys(names, pl.String)}
    return pl.DataFrame(columns, schema=schema)


FORMAT = Format(
    "jsonl", 80, (".jsonl", ".ndjson", ".json"), lambda head: bool(_BEGINS.match(head.text)), table=open_json
)
