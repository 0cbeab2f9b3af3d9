"""Parquet: unusual types are text, what is damaged is named, an empty file is an empty day."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.errors import InputError, UnreadableFile
from analytics.ingest.formats.parquet import open_parquet
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.readers.arrow_text import plain_column

SOUND = {
    "shipment_id": ["P1", "P2"],
    "arrival_date": ["2025-03-04", "2025-03-05"],
    "consignee_id": ["c1", "c2"],
    "declared_value": ["10.00", "20.00"],
}


def written(path, columns, **options):
    """Write columns, given by name or as pairs of name and array."""
    pairs = list(columns.items()) if isinstance(columns, dict) else columns
    arrays = [value if isinstance(value, pa.Array) else pa.array(value) for _, value in pairs]
    pq.write_table(pa.table(arrays, names=[name for name, _ in pairs]), path, **options)
    return path


def cells(path):
    """Cells of the first column as text."""
    return [row[3] for found in open_parquet(path, SourceSettings()).batches() for row in found.rows()]


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        ([Decimal("1.50"), None], pa.decimal256(60, 2), ["1.50", None]),
        ([Decimal("1.50")], pa.decimal128(20, 2), ["1.50"]),
        ([timedelta(days=4)], pa.duration("s"), ["345600 s"]),
        ([[("a", "b")]], pa.map_(pa.string(), pa.string()), ['{"a": "b"}']),
        ([date(9999, 12, 31), date(1, 1, 1)], pa.date32(), ["9999-12-31", "0001-01-01"]),
        ([2_932_897], pa.date32(), ["10000-01-01"]),
        ([datetime(2025, 3, 4, 5, 6, 7)], pa.timestamp("us"), ["2025-03-04 05:06:07"]),
        ([253_402_300_800], pa.timestamp("s"), ["10000-01-01 00:00:00.000"]),
        ([1.0, 0.1, float("nan"), 1e-7], pa.float64(), ["1", "0.1", None, "0.0000001"]),
        ([9007199254740991.0, 12.0], pa.float64(), ["9007199254740991", "12"]),
        ([9.274899985e21, 12.5, 12.0], pa.float64(), ["9.274899985e+21", "12.5", "12"]),
        ([0.1], pa.float32(), ["0.1"]),
        ([1.5], pa.float16(), ["1.5"]),
        ([{"street": "1 Elm", "no": 7}], None, ['{"street":"1 Elm","no":7}']),
        ([[1, 2]], None, ["[1,2]"]),
        ([True, None], pa.bool_(), ["true", None]),
        ([None, None], pa.null(), [None, None]),
        (["a", "b", "a"], pa.dictionary(pa.int8(), pa.string()), ["a", "b", "a"]),
        ([2**64 - 1], pa.uint64(), ["18446744073709551615"]),
    ],
    ids=str,
)
def test_a_column_of_any_type_is_text_without_loss(tmp_path, values, kind, texts):
    if kind in {pa.date32(), pa.timestamp("s")} and isinstance(values[0], int):
        array = pa.array(values, pa.int32() if kind == pa.date32() else pa.int64()).view(kind)
    else:
        array = pa.array(values, kind)
    assert cells(written(tmp_path / "a.parquet", {"x": array})) == texts


def test_an_empty_file_is_an_empty_day(desk):
    columns = {name: pa.array([], pa.string()) for name in [*SOUND, "consignee_tax_id"]}
    record = desk.take(written(desk.folder / "a.parquet", columns)).inputs[0]
    assert (record.read, record.skipped) == (0, None)


def test_two_columns_of_one_name_are_two_headings(desk):
    pairs = [("shipment_id", ["X1", "X2"]), *SOUND.items()]
    with pytest.raises(InputError, match="shipment_id could be"):
        desk.take(written(desk.folder / "a.parquet", pairs))


def test_a_far_day_costs_its_own_row_only(desk, landed, rejected):
    days = pa.array([20_151, 2_147_483_647], pa.int32()).view(pa.date32())
    intake = desk.take(written(desk.folder / "a.parquet", SOUND | {"arrival_date": days}))
    assert [row["shipment_id"] for row in landed(intake)] == ["P1"]
    assert [row["shipment_id"] for row in rejected(intake)] == ["P2"]


def test_text_that_is_no_utf8_is_named_with_its_column_and_row_group(desk):
    bad = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0\4\0\0\0"), pa.py_buffer(b"c1\xff\xfe")]
    )
    with pytest.raises(UnreadableFile, match=r"'consignee_id' \(string\), row group 1 of 1.*UTF8"):
        desk.take(written(desk.folder / "a.parquet", SOUND | {"consignee_id": bad}))


def test_a_damaged_page_is_named_with_its_column_and_row_group(desk):
    many = {name: values * 500 for name, values in SOUND.items()}
    many["consignee_id"] = [f"c{at}" for at in range(1000)]
    path = written(desk.folder / "a.parquet", many, row_group_size=400, compression="none", use_dictionary=False)
    content = bytearray(path.read_bytes())
    place = pq.ParquetFile(path).metadata.row_group(1).column(2).data_page_offset
    content[place : place + 40] = b"\xff" * 40
    path.write_bytes(bytes(content))
    with pytest.raises(UnreadableFile, match=r"damaged in column 'consignee_id', row group 2 of 3"):
        desk.take(path)


@pytest.mark.parametrize("keep", [4, 20, -1, -5, -9])
def test_a_file_that_is_cut_off_is_an_error(desk, keep):
    content = written(desk.folder / "whole.parquet", SOUND).read_bytes()
    with pytest.raises(UnreadableFile, match=r"cut\.parquet: not a whole Parquet file"):
        desk.take(desk.write("cut.parquet", content[:keep]))


def test_an_encrypted_footer_is_told(desk):
    with pytest.raises(UnreadableFile, match="encrypted"):
        desk.take(desk.write("a.parquet", b"PARE" + b"x" * 50 + b"PARE"))


def test_parquet_is_told_by_its_content(desk, landed):
    path = written(desk.folder / "export.csv", SOUND)
    assert [row["shipment_id"] for row in landed(desk.take(path))] == ["P1", "P2"]


def test_nested_odd_values_become_json():
    column = pa.array(
        [{"m": [("k", Decimal("1.5"))], "l": [timedelta(seconds=1)]}, None],
        pa.struct([("m", pa.map_(pa.string(), pa.decimal256(40, 1))), ("l", pa.list_(pa.duration("s")))]),
    )
    first, second = plain_column(column).to_pylist()
    assert (json.loads(first), second) == ({"m": {"k": "1.5"}, "l": ["0:00:01"]}, None)
