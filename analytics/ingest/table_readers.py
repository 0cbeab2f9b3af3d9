"""Readers of Parquet, XLSX and JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet

from analytics.errors import UnreadableFile
from analytics.ingest.encodings import open_utf8
from analytics.ingest.heading_rows import ROWS_LOOKED_AT, HeadingRows, find_headings, no_headings
from analytics.ingest.mapping import SourceSettings
from analytics.ingest.tables import BATCH_ROWS, DAMAGE, LINE, RAW, RawTable, as_text, batch, cell_names

__all__ = ["open_jsonl", "open_parquet", "open_xlsx", "sheet_names"]

_LINES_PER_BATCH = 1 << 16


def open_parquet(path: Path) -> RawTable:
    """Open a Parquet file; rows are numbered from 1.

    Raises
    ------
    UnreadableFile
        The file is cut off or damaged.
    """
    try:
        schema = pl.read_parquet_schema(path)
    except (pl.exceptions.ComputeError, OSError) as error:
        raise UnreadableFile(f"{path}: not a whole Parquet file ({error}). Fetch it again.") from None
    names = cell_names(len(schema))

    def batches() -> Iterator[pl.DataFrame]:
        row = 1
        with pyarrow.parquet.ParquetFile(path) as opened:
            for arrow in opened.iter_batches(BATCH_ROWS):
                cells = as_text(pl.DataFrame(pl.from_arrow(arrow)))
                cells.columns = names
                yield batch(cells, range(row, row + cells.height))
                row += cells.height

    typed = frozenset(at for at, dtype in enumerate(schema.values()) if dtype.is_numeric())
    return RawTable("parquet", tuple(schema), typed, batches)


def sheet_names(path: Path) -> list[str]:
    """Return the sheets of a workbook, in its order.

    Raises
    ------
    UnreadableFile
        The file is no workbook.
    """
    import fastexcel

    try:
        return fastexcel.read_excel(path).sheet_names
    except fastexcel.FastExcelError as error:
        reason = str(error).splitlines()[0]
        raise UnreadableFile(f"{path}: not a whole XLSX workbook ({reason}). Save it again.") from None


def open_xlsx(path: Path, sheet: str, settings: SourceSettings) -> RawTable:
    """Open one sheet of a workbook; lines are the rows of the sheet.

    Parameters
    ----------
    path : Path
        The workbook.
    sheet : str
        Name of the sheet.
    settings : SourceSettings
        ``header_row``, where the headings are not to be found out.

    Raises
    ------
    UnreadableFile
        The sheet has no headings.
    """
    import fastexcel

    workbook = fastexcel.read_excel(path)
    texts = workbook.load_sheet(
        sheet, header_row=None, skip_rows=0, dtypes="string", schema_sample_rows=None
    ).to_polars()
    found = _headings(f"{path}#{sheet}", texts, settings)
    top = found.first_row - 1
    names = cell_names(len(found.headings))
    kinds = workbook.load_sheet(sheet, header_row=None, skip_rows=top, schema_sample_rows=None).to_polars().dtypes
    typed = frozenset(at for at, dtype in enumerate(kinds) if dtype.is_numeric())

    def batches() -> Iterator[pl.DataFrame]:
        texts.columns = names
        rows = batch(texts, range(1, texts.height + 1)).slice(top)
        yield rows.filter(pl.any_horizontal(pl.col(names).is_not_null()))

    return RawTable("xlsx", found.headings, typed, batches, [*found.notes])


def _headings(name: str, texts: pl.DataFrame, settings: SourceSettings) -> HeadingRows:
    wanted = max(ROWS_LOOKED_AT, *(settings.header_row or (0,)))
    found = find_headings(texts.head(wanted).rows(), settings)
    if found is None:
        raise no_headings(name, settings)
    return found


def open_jsonl(path: Path, encoding: str) -> RawTable:
    """Open JSON Lines: one object a line; headings are all keys of all objects, in order of first appearance.

    Numbers are taken digit for digit; an object or list inside becomes its JSON text. A line that is no object is
    damaged.
    """
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
    return value if isinstance(value, dict) else None


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
