"""The short ways through whole columns give what the careful way gives, cell by cell and row by row."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from polars.testing import assert_frame_equal

from analytics.errors import SplitshipError
from analytics.ingest.values import shortcuts
from analytics.ingest.words.canonical import BOOLEANS, CODES, COLUMNS, COUNTRIES, INTEGERS, MONEY, NUMBERS, TIMES
from tests.examples import at_length
from tests.ingest.conftest import SOUND, Desk
from tests.shared_data import shared

ROOT = Path(__file__).parents[2]
INPUTS = {".csv", ".tsv", ".txt", ".jsonl", ".json", ".parquet", ".xls", ".xlsx"}
ANYTHING = ["", " ", "N/A", "-", "Ann", " Ann", "Ann ", "\u00a0Ann", "Zoë", "İ", "\u212a", "a\x1fb", "'12", '="12"']
ODD = {
    "shipment_id": ["S1", "PENDING", "tbd", "7.74512E+11", "12345678901234500000", "S1.0"],
    "consignee_postal_code": ["02134", "2134", "213", "21340001", "90210"],
    "consignee_state": ["MA", "ma.", "CA"],
    "hts_code": ["6109.10.0012", "610910", "10121", "0000.00", "7711", "6109.10, 6110.20", "HTS 6109.10"],
    "record_action": ["add", "REPLACE", "cancel", "undo"],
    "mode": ["air", "Truck", "40", "sled"],
    "entry_type": ["86", "type 86", "T86", "zz"],
    "currency": ["USD", "usd", "GBP", "JPY", "$", "XXX"],
}
DAYS = [
    "2025-03-04",
    "2025-03-05",
    "2025-02-30",
    "03/25/2025",
    "3/4/2025",
    "2025-03-04T23:30:00Z",
    "soon",
    "0001-01-01",
]
AMOUNTS = ["10.00", "10", "0.005", "10.005", "-3", "(4)", "1,000.50", "$7", "USD 7", "C$ 7", "£8", "1e5", "9" * 13, "٣"]
KINDS = (
    (TIMES, DAYS),
    (MONEY, AMOUNTS),
    (NUMBERS, ["1", "2.5", "2 lb 3 oz", "3 kg", "0.00049", "100000000", "x"]),
    (INTEGERS, ["1", "1 of 2", "2.0", "-1", "x"]),
    (BOOLEANS, ["yes", "N", "true", "perhaps"]),
    (COUNTRIES, ["US", "us", "China", "Made in Vietnam", "Atlantis", "NA"]),
    (CODES, ["AB", "ab"]),
)
ROWS = 24


def pool(column: str) -> list[str]:
    """Cells that a column may hold: sound ones, odd ones, and what may stand in any."""
    return [*(cell for columns, cells in KINDS if column in columns for cell in cells), *ODD.get(column, []), *ANYTHING]


@contextmanager
def the_careful_way() -> Iterator[None]:
    with patch.object(shortcuts, "ALLOWED", False):
        yield


def taken(file: Path, mapping: str | None = None) -> tuple[object, list[pl.DataFrame]]:
    """Return what is told of an input, or the error, and its rows: landed, rejected and unread."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        try:
            intake = desk.take(file, mapping=mapping)
        except SplitshipError as error:
            return str(error), []
        told = [asdict(item) for item in intake.inputs]
        return told, [pl.read_parquet(path) for path in (*intake.landed, *intake.rejected, *intake.unread)]


def assert_same_both_ways(file: Path, mapping: str | None = None) -> None:
    told, tables = taken(file, mapping)
    with the_careful_way():
        expected, references = taken(file, mapping)
    assert told == expected
    for table, reference in zip(tables, references, strict=True):
        assert_frame_equal(table, reference)


@some.composite
def files(draw: some.DrawFn) -> tuple[str, str | None]:
    """Draw a CSV of some columns, of which each holds few of its cells, many times; and perhaps a mapping."""
    optional = [column for column in COLUMNS if column not in SOUND]
    columns = [*SOUND, *draw(some.lists(some.sampled_from(optional), max_size=8, unique=True))]
    cells: dict[str, list[str]] = {}
    for column in columns:
        few = draw(some.lists(some.sampled_from(pool(column)), min_size=1, max_size=3))
        plain = [f"S{row}" for row in range(ROWS)] if column == "shipment_id" else [SOUND.get(column, "")] * ROWS
        kept = draw(some.sampled_from([0, ROWS // 2, ROWS]))
        cells[column] = [plain[row] if row < kept else few[row % len(few)] for row in range(ROWS)]
    text = io.StringIO()
    csv.writer(text).writerows([columns, *zip(*cells.values(), strict=True)])
    said = draw(some.sampled_from(["", 'date_format = "MDY"', 'date_format = "YMD"\ntimezone = "Asia/Shanghai"', None]))
    return text.getvalue(), None if said is None else f'[[source]]\nmatch = "a.csv"\ndecimal = "."\n{said}\n'


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files())
def test_hostile_cells_are_read_alike(drawn: tuple[str, str | None]) -> None:
    text, mapping = drawn
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.csv"
        file.write_text(text, encoding="utf-8", newline="")
        assert_same_both_ways(file, mapping)


test_many_files_of_hostile_cells_are_read_alike = at_length(test_hostile_cells_are_read_alike, 60, files())


@pytest.mark.parametrize(
    "file",
    sorted(file for file in (ROOT / "data_samples").rglob("*") if file.suffix in INPUTS),
    ids=lambda file: file.name,
)
def test_samples_are_read_alike(file: Path) -> None:
    assert_same_both_ways(file)


@pytest.mark.slow
def test_dirty_files_are_read_alike() -> None:
    dirty = [file for file in sorted(shared("cases").rglob("*")) if file.suffix in INPUTS]
    assert dirty
    for file in dirty:
        assert_same_both_ways(file)


def test_each_distinct_value_is_read_once() -> None:
    cells = pl.DataFrame({"mode": ["air", "TRUCK"] * 50})
    seen: list[int] = []

    def counted(rows: pl.Series) -> pl.Series:
        seen.append(rows.len())
        return rows.str.to_lowercase()

    read = {"meaning": pl.col("mode").map_batches(counted, pl.String)}
    short = cells.with_columns(**shortcuts.by_distinct(cells, "mode", read))
    with the_careful_way():
        assert_frame_equal(cells.with_columns(**shortcuts.by_distinct(cells, "mode", read)), short)
    assert seen == [2, 100]
