"""What rows say, and the files they land in."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from analytics.ingest.landing.landed import TableFile, _said
from analytics.ingest.words.canonical import COLUMNS

_MARK = "\x1f"
_CELLS = some.sampled_from([None, "", "a", "Zoë", f"a{_MARK}b", _MARK])
_ROWS = some.lists(some.dictionaries(some.sampled_from(COLUMNS), _CELLS), max_size=4)


def said_slowly(row: dict[str, str | None]) -> str:
    """Cells in their places, those at the end left out where they are empty; as JSON where a cell holds the mark."""
    cells = [row.get(column) or "" for column in COLUMNS]
    if any(_MARK in cell for cell in cells):
        return json.dumps({column: row.get(column) for column in COLUMNS}, ensure_ascii=False, separators=(",", ":"))
    return _MARK.join(cells).rstrip(_MARK)


@given(_ROWS)
def test_a_row_says_its_cells_in_their_places(rows: list[dict[str, str | None]]) -> None:
    frame = pl.DataFrame(
        {column: [row.get(column) for row in rows] for column in COLUMNS},
        schema=dict.fromkeys(COLUMNS, pl.String()),
    )
    expected = [said_slowly(row) for row in rows]
    if any(text.startswith("{") for text in expected):  # JSON may be spelled in more than one way
        assert [text.startswith("{") for text in _said(frame)] == [text.startswith("{") for text in expected]
    else:
        assert _said(frame).to_list() == expected


def test_rows_land_in_the_order_they_came(tmp_path: Path) -> None:
    with TableFile.opened(tmp_path / "t.parquet") as file:
        for start in range(0, 50, 10):
            file.append(pl.DataFrame({"a": range(start, start + 10)}))
        file.append(pl.DataFrame({"a": []}, schema={"a": pl.Int64}))
    assert file.rows == 50
    assert pl.read_parquet(file.path)["a"].to_list() == list(range(50))


def test_columns_without_a_value_keep_their_types(tmp_path: Path) -> None:
    types = {"a": pl.Int64(), "b": pl.String(), "c": pl.String(), "d": pl.Decimal(18, 2), "e": pl.Datetime("us", "UTC")}
    rows = pl.DataFrame({"a": [1, 2], **{name: [None, None] for name in "bcde"}}, schema=types)
    with TableFile.opened(tmp_path / "t.parquet") as file:
        file.append(rows)
        file.append(rows.with_columns(b=pl.lit("x"), d=pl.lit("1.50").cast(pl.Decimal(18, 2))))
    found = pl.read_parquet(file.path)
    assert found.schema == rows.schema
    assert found["b"].to_list() == [None, None, "x", "x"]
    assert found["c"].null_count() == found["e"].null_count() == 4


def test_without_a_row_there_is_no_file(tmp_path: Path) -> None:
    with TableFile.opened(tmp_path / "t.parquet") as file:
        file.append(pl.DataFrame({"a": []}))
    assert not file.path.exists()


def test_what_cannot_be_written_is_an_error_and_not_forgotten(tmp_path: Path) -> None:
    def landed() -> None:
        with TableFile.opened(tmp_path / "t.parquet") as file:
            file.append(pl.DataFrame({"a": [1]}))
            file.append(pl.DataFrame({"b": ["another column"]}))

    with pytest.raises(ValueError, match="schema"):
        landed()
