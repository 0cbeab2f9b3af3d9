"""Sorted files hold what the table holds, to the byte the same however it lies."""

from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from pyarrow import parquet

from analytics.engines import sorted_files
from analytics.engines.sorted_files import write_sorted

ROWS, LOOKED_AT, A_GROUP = 1_000, 64, 300
FRAME = pl.DataFrame({"key": range(ROWS)}).with_columns(
    text=pl.format("t{}", "key"),
    often=pl.format("o{}", pl.col("key") % 3),
    gaps=pl.when(pl.col("key") % 2 == 0).then(pl.col("key")),
    day=pl.lit(date(2025, 3, 14)),
    amount=pl.lit(Decimal("800.00")).cast(pl.Decimal(18, 2)),
    wide=pl.lit(Decimal("-1")).cast(pl.Decimal(38, 0)),
    is_one=pl.lit(True),
    one=pl.lit("it's one"),
    share=pl.lit(0.25),
    at=pl.lit(datetime(2025, 3, 14, 12, tzinfo=UTC)),
    none=pl.lit(None, pl.String),
    no_amount=pl.lit(None, pl.Decimal(18, 2)),
    late=pl.when(pl.col("key") >= ROWS - 1).then(pl.lit("here")),
    changes=pl.when(pl.col("key") < ROWS - 1).then(pl.lit("a")).otherwise(pl.lit("b")),
    **{'a "name"; --': pl.lit("x")},
)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(sorted_files, "LOOKED_AT", LOOKED_AT)
    monkeypatch.setattr(sorted_files, "ROWS_A_GROUP", A_GROUP)


def written(frame, file, order=("key",), threads=1):
    with duckdb.connect(config={"threads": threads, "preserve_insertion_order": False}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.register("incoming", frame.to_arrow())
        connection.execute("create table t as select * from incoming")
        assert write_sorted(connection, "t", order, file) == frame.height
    return file


@pytest.mark.parametrize("rows", [0, 1, LOOKED_AT - 1, LOOKED_AT, A_GROUP, A_GROUP + 1, ROWS])
def test_what_is_written_is_what_was_there_in_order(tmp_path, rows):
    frame = FRAME.head(rows)
    found = pl.read_parquet(written(frame.sample(fraction=1.0, shuffle=True, seed=1), tmp_path / "t.parquet"))
    assert_frame_equal(found, frame)


def test_the_same_rows_give_the_same_bytes(tmp_path):
    files = [
        written(frame, tmp_path / f"{threads}.parquet", threads=threads)
        for threads, frame in enumerate((FRAME, FRAME.reverse(), FRAME.sample(fraction=1.0, shuffle=True, seed=2)), 1)
    ]
    assert len({file.read_bytes() for file in files}) == 1


@pytest.mark.parametrize("order", [(), ("one", "key"), ("none", "key")])
def test_rows_are_sorted_by_what_differs_or_by_all(tmp_path, order):
    file = written(FRAME.reverse(), tmp_path / "t.parquet", order=order)
    assert_frame_equal(pl.read_parquet(file), FRAME)


def test_a_table_of_one_row_many_times_is_written_whole(tmp_path):
    frame = pl.DataFrame({"a": ["x"] * ROWS, "b": [1] * ROWS})
    assert_frame_equal(pl.read_parquet(written(frame, tmp_path / "t.parquet", order=("a",))), frame)


def test_equal_zeros_keep_their_signs(tmp_path):
    frame = pl.DataFrame({"key": range(ROWS), "zero": [0.0] * (ROWS - 1) + [-0.0]})
    found = pl.read_parquet(written(frame, tmp_path / "t.parquet"))["zero"]
    assert [str(value) for value in (found[0], found[-1])] == ["0.0", "-0.0"]


def test_groups_are_full_but_the_last_and_can_be_skipped(tmp_path):
    told = parquet.ParquetFile(written(FRAME.reverse(), tmp_path / "t.parquet")).metadata
    groups = [told.row_group(number) for number in range(told.num_row_groups)]
    assert [group.num_rows for group in groups] == [300, 300, 300, 100]
    assert [group.column(0).statistics.min for group in groups] == [0, 300, 600, 900]
    assert [group.column(FRAME.columns.index("none")).statistics.null_count for group in groups] == [300, 300, 300, 100]


def test_what_comes_back_often_is_written_as_a_dictionary(tmp_path):
    group = parquet.ParquetFile(written(FRAME, tmp_path / "t.parquet")).metadata.row_group(0)
    columns = {group.column(at).path_in_schema: group.column(at) for at in range(group.num_columns)}
    with_dictionary = {name for name, column in columns.items() if column.has_dictionary_page}
    assert {"often", "one", "day", "amount"} <= with_dictionary
    assert not with_dictionary & {"key", "text"}
