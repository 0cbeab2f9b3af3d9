"""Ids that lost digits join nobody: a key is rejected, another id is left out, a file of them fails."""

from __future__ import annotations

import json

import polars as pl
import pytest

from analytics.errors import UnreadableFile
from analytics.ingest import InputRecord, require_usable

SHORTENED = ["7.74512E+11", "7,74512E+11", "7E+11", "7.74512e+11", "7.74512E11", "-7.7E+11", "9.4E+21"]
SHORTENED += ["'7.74512E+11", '="7.74512E+11"', "940011189922310" + "0" * 7]
WHOLE = [
    "12E4",
    "5E10",
    "774512345678",
    "E+11",
    "1.5",
    "1Z999E10123",
    "9400111899223" + "1" * 9,
]


def reasons(rows):
    return [[item["reason"] for item in json.loads(row["reasons"])] for row in rows]


@pytest.mark.parametrize("key", SHORTENED)
def test_a_shortened_key_is_rejected(desk, rejected, key):
    assert reasons(rejected(desk.take(desk.rows("a.csv", {"shipment_id": key}, {})))) == [["key_altered"]]


@pytest.mark.parametrize("key", ["N/A", "#N/A", "n/a", "TBD", "Pending", "PENDING", "#REF!", "0", "-", "???", "待定"])
def test_a_placeholder_is_no_key(desk, landed, rejected, key):
    twins = [{"shipment_id": key, "declared_value": "415.00"}, {"shipment_id": key, "declared_value": "395.50"}]
    intake = desk.take(desk.rows("a.csv", *twins, {"shipment_id": "S1"}))
    assert reasons(rejected(intake)) == [["key_placeholder"]] * 2
    assert [row["shipment_id"] for row in landed(intake)] == ["S1"]


@pytest.mark.parametrize("key", ["PENDING-1", "TBD2", "00", "NA12", "X1", "NULL7"])
def test_a_number_that_begins_as_a_placeholder_is_a_key(desk, landed, key):
    assert landed(desk.take(desk.rows("a.csv", {"shipment_id": key})))[0]["shipment_id"] == key


@pytest.mark.parametrize("key", WHOLE)
def test_a_whole_key_is_none_of_them(desk, landed, key):
    assert landed(desk.take(desk.rows("a.csv", {"shipment_id": key})))[0]["shipment_id"] == key


def test_a_cancel_row_cannot_name_a_shortened_key(desk, rejected):
    text = "shipment_id,record_action\n7.74512E+11,cancel\n"
    assert reasons(rejected(desk.take(desk.write("a.csv", text)))) == [["key_altered"]]


@pytest.mark.parametrize("column", ["order_id", "consignee_id", "consignee_phone", "house_bill", "entry_number"])
def test_another_shortened_id_is_left_out_and_listed(desk, landed, column):
    intake = desk.take(desk.rows("a.csv", {column: "7.74512E+11"}))
    assert landed(intake)[0][column] is None
    assert intake.inputs[0].unread == {f"{column}: id_altered": 1}


def test_a_shortened_tax_id_is_left_out_and_said(desk, landed):
    intake = desk.take(desk.rows("a.csv", {"consignee_tax_id": "2.22334E+08"}, {"shipment_id": "S2"}))
    assert {row["consignee_tax_id_hash"] for row in landed(intake)} == {None}
    assert "1 tax ids in scientific notation left out: their last digits are lost" in intake.inputs[0].notes


def test_a_long_number_of_a_typed_column_is_shortened(desk, rejected):
    path = desk.folder / "a.parquet"
    row = {"arrival_date": "2025-03-04", "consignee_name": "Ann", "consignee_address": "1 Elm", "declared_value": 1.0}
    pl.DataFrame([{"shipment_id": 9400111899223100000000.0, **row}, {"shipment_id": 12345.0, **row}]).write_parquet(
        path
    )
    assert reasons(rejected(desk.take(path))) == [["key_altered"]]


def record(**changes):
    return InputRecord(**{"path": "a.csv", "sha256": "", "format": "csv", "read": 4, "accepted": 4, **changes})


@pytest.mark.parametrize(
    "sound",
    [
        {},
        {"accepted": 0, "read": 0},
        {"accepted": 0, "repeated": 4},
        {"accepted": 0, "repeated": 1, "rejected": 3, "reasons": {"value_missing": 3}},
        {"accepted": 2, "rejected": 2, "reasons": {"key_altered": 2}},
        {"accepted": 0, "skipped": "the same bytes"},
    ],
)
def test_an_input_that_gave_something_is_usable(sound):
    require_usable([record(**sound)])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"accepted": 0, "rejected": 4, "reasons": {"value_missing": 1, "date_missing": 4}}, "4 date_missing, 1 value"),
        ({"accepted": 1, "rejected": 3, "reasons": {"key_altered": 3}}, "3 of 4 shipment numbers lost digits"),
        ({"accepted": 0, "rejected": 4, "reasons": {"two_versions": 4}}, r"shipment_id = \"{file}:{row}\""),
    ],
)
def test_an_input_of_no_use_fails_with_its_reasons_counted(changes, said):
    with pytest.raises(UnreadableFile, match=said) as raised:
        require_usable([record(), record(path="b.csv", **changes)])
    assert str(raised.value).startswith("b.csv: ")
    assert str(raised.value).endswith("Nothing of this call was kept.")


def test_headings_without_rows_are_an_empty_day(desk):
    (item,) = desk.take(desk.write("a.csv", desk.rows("b.csv", {}).read_text().splitlines()[0] + "\n")).inputs
    assert item.notes == ["no rows below the headings: taken for an empty day"]
