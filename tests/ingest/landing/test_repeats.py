"""Repeats are counted once, versions and recycled numbers told apart, and nothing is lost."""

from __future__ import annotations

import json

import polars as pl
import pytest


def reasons(row):
    return [item["reason"] for item in json.loads(row["reasons"])]


def counts(intake):
    return [(item.read, item.accepted, item.rejected, item.repeated) for item in intake.inputs]


def test_an_equal_row_in_the_same_file_is_a_repeat(desk, landed):
    intake = desk.take(desk.rows("a.csv", {}, {"shipment_id": "S2"}, {}))
    assert counts(intake) == [(3, 2, 0, 1)]
    assert [row["source_line"] for row in landed(intake)] == [2, 3]


def test_an_equal_row_in_another_file_of_the_call_is_a_repeat(desk):
    intake = desk.take(desk.rows("a.csv", {}), desk.rows("b.csv", {}, {"shipment_id": "S2"}))
    assert counts(intake) == [(1, 1, 0, 0), (2, 1, 0, 1)]


def test_an_equal_row_of_an_earlier_run_is_a_repeat(desk):
    desk.take(desk.rows("a.csv", {}))
    assert counts(desk.take(desk.rows("b.csv", {}, {"shipment_id": "S2"}))) == [(2, 1, 0, 1)]


def test_a_rejected_row_is_repeated_too(desk):
    bad = {"declared_value": "-1"}
    desk.take(desk.rows("a.csv", bad))
    intake = desk.take(desk.rows("b.csv", bad, bad, {"shipment_id": "S2"}))
    assert counts(intake) == [(3, 1, 0, 2)]
    assert intake.inputs[0].reasons == {}


def test_other_forms_and_columns_of_the_same_content_are_repeats(desk):
    desk.take(desk.rows("a.csv", {"is_gift": ""}))
    path = desk.folder / "b.jsonl"
    path.write_text(
        '{"Consignee Name": "Ann Example ", "ship to address": "1 Test Street", "declared_value": "10.00", '
        '"arrival_date": "2025-03-04", "shipment_id": "S1", "remark": "other"}\n'
    )
    assert counts(desk.take(path)) == [(1, 0, 0, 1)]


@pytest.mark.parametrize("column", ["declared_value", "consignee_name", "order_id", "line_no", "declared_at"])
def test_another_content_is_no_repeat(desk, column):
    other = {"declared_value": "11", "line_no": "2", "declared_at": "2025-03-01"}.get(column, "other")
    desk.take(desk.rows("a.csv", {}))
    assert counts(desk.take(desk.rows("b.csv", {column: other}))) == [(1, 1, 0, 0)]


TEMPLATE = """
[[source]]
match = "*.csv"
columns = { shipment_id = "{file}:{row}" }
"""


def test_rows_without_a_key_are_never_collapsed(desk, landed):
    intake = desk.take(desk.rows("pay.csv", {"shipment_id": None}, {"shipment_id": None}), mapping=TEMPLATE)
    assert counts(intake) == [(2, 2, 0, 0)]
    assert [(row["shipment_id"], row["has_own_key"]) for row in landed(intake)] == [
        ("pay.csv:2", False),
        ("pay.csv:3", False),
    ]
    assert any("2 rows without a key" in note for note in intake.inputs[0].notes)


def test_files_of_one_name_do_not_share_keys(desk, landed):
    first = desk.take(desk.rows("pay.csv", {"shipment_id": None}), mapping=TEMPLATE)
    changed = desk.rows("pay.csv", {"shipment_id": None}, {"shipment_id": None})
    second = desk.take(changed, mapping=TEMPLATE)
    keys = [row["shipment_id"] for intake in (first, second) for row in landed(intake)]
    assert keys == ["pay.csv:2", "pay.csv~1:2", "pay.csv~1:3"]
    assert counts(second) == [(2, 2, 0, 0)]


def test_rows_whose_key_is_missing_are_never_collapsed(desk):
    assert counts(desk.take(desk.rows("a.csv", {"shipment_id": ""}, {"shipment_id": ""}))) == [(2, 0, 2, 0)]


def test_ragged_lines_are_never_collapsed(desk):
    path = desk.rows("a.csv", {})
    path.write_text(path.read_text() + f"S2{',' * 99}a cell too many\n" * 2)
    assert counts(desk.take(path)) == [(3, 1, 2, 0)]


def test_the_same_bytes_are_skipped_in_a_later_run_and_under_another_name(desk):
    desk.take(desk.rows("may.csv", {}))
    again = desk.take(desk.folder / "may.csv", desk.rows("june.csv", {}))
    assert [item.skipped for item in again.inputs] == ["the same bytes were screened in run r1"] * 2
    assert (again.landed, again.rejected, again.next_input_no) == ([], [], 1)


def test_the_same_bytes_twice_in_one_call_are_read_once(desk):
    intake = desk.take(desk.rows("may.csv", {}), desk.rows("june.csv", {}))
    assert counts(intake) == [(1, 1, 0, 0), (0, 0, 0, 0)]
    assert intake.inputs[1].skipped.endswith("may.csv")


def test_two_versions_in_one_file_are_rejected_with_both_lines_named(desk, rejected):
    intake = desk.take(desk.rows("a.csv", {}, {"shipment_id": "S2"}, {"arrival_date": "2025-03-05"}))
    assert [(row["source_line"], reasons(row)) for row in rejected(intake)] == [
        (2, ["two_versions"]),
        (4, ["two_versions"]),
    ]
    assert all("Lines 2, 4 hold" in row["reasons"] for row in rejected(intake))
    assert json.loads(rejected(intake)[0]["raw"])["shipment_id"] == "S1"
    assert intake.inputs[0].reasons == {"two_versions": 2}


def test_declared_at_puts_versions_in_order(desk):
    rows = [{"declared_at": "2025-03-01 10:00"}, {"declared_at": "2025-03-02 10:00", "declared_value": "11"}]
    assert counts(desk.take(desk.rows("a.csv", *rows))) == [(2, 2, 0, 0)]


@pytest.mark.parametrize("second", ["2025-03-01", ""])
def test_declared_at_that_does_not_tell_them_apart_puts_nothing_in_order(desk, second):
    rows = [{"declared_at": "2025-03-01"}, {"declared_at": second, "arrival_date": "2025-03-05"}]
    assert counts(desk.take(desk.rows("a.csv", *rows))) == [(2, 0, 2, 0)]


def test_versions_in_two_files_both_land(desk):
    desk.take(desk.rows("a.csv", {}))
    assert counts(desk.take(desk.rows("b.csv", {"declared_value": "11"}))) == [(1, 1, 0, 0)]


@pytest.mark.parametrize(("day", "accepted"), [("2026-03-04", 0), ("2026-03-05", 2)])
def test_a_number_used_again_after_a_year_is_a_new_shipment(desk, day, accepted):
    intake = desk.take(desk.rows("a.csv", {}, {"arrival_date": day}))  # 365 and 366 days later
    assert intake.inputs[0].accepted == accepted


def test_a_cancel_row_needs_only_its_key(desk, landed):
    desk.take(desk.rows("a.csv", {}))
    intake = desk.take(desk.write("b.csv", "shipment_id,record_action\nS1,cancel\n"))
    (row,) = landed(intake)
    assert (row["record_action"], row["arrival_date"], row["declared_value"]) == ("cancel", None, None)
    assert row["line_no"] is None  # the whole shipment, however many lines it has


@pytest.mark.parametrize(("at", "rejected"), [("", 3), ("2025-03-02 08:00", 0)])
def test_a_shipment_cancelled_in_its_own_file_needs_a_clock(desk, at, rejected):
    lines = [{"line_no": line, "declared_at": at and "2025-03-01 08:00"} for line in ("1", "2")]
    cancel = {"line_no": "", "declared_at": at, "record_action": "cancel"}
    other = {"shipment_id": "S2", "line_no": "1"}
    intake = desk.take(desk.rows("a.csv", *lines, cancel, other))
    assert counts(intake) == [(4, 4 - rejected, rejected, 0)]


def test_lines_of_one_shipment_land_together(desk):
    intake = desk.take(desk.rows("a.csv", {"line_no": "1"}, {"line_no": "2", "declared_value": "5"}))
    assert counts(intake) == [(2, 2, 0, 0)]


@pytest.mark.parametrize(
    ("column", "other"),
    [
        ("arrival_date", "2025-03-05"),
        ("currency", "GBP"),
        ("consignee_name", "Bob Example"),
        ("consignee_address", "2 Test Street"),
        ("consignee_postal_code", "10001"),
        ("consignee_id", "C2"),
        ("consignee_tax_id", "111-22-3344"),
    ],
)
def test_lines_that_disagree_are_rejected_together(desk, rejected, column, other):
    base = {
        "currency": "USD",
        "consignee_postal_code": "10002",
        "consignee_id": "C1",
        "consignee_tax_id": "222-33-4455",
    }
    rows = [{**base, "line_no": "1"}, {**base, "line_no": "2", column: other}, {**base, "shipment_id": "S2"}]
    found = rejected(desk.take(desk.rows("a.csv", *rows)))
    assert [row["source_line"] for row in found] == [2, 3]
    assert {(item["column"], item["reason"]) for row in found for item in json.loads(row["reasons"])} == {
        (column, "lines_disagree")
    }


def test_lines_agree_whatever_their_case_and_where_one_says_nothing(desk):
    rows = [{"line_no": "1", "consignee_city": "Reno"}, {"line_no": "2", "consignee_name": "ANN EXAMPLE"}]
    assert counts(desk.take(desk.rows("a.csv", *rows))) == [(2, 2, 0, 0)]


def test_amended_lines_are_not_held_against_what_they_replace(desk):
    day = {"1": "2025-03-04", "2": "2025-03-05"}
    rows = [
        {"line_no": line, "arrival_date": day[version], "declared_at": f"2025-03-0{version} 08:00"}
        for version in day
        for line in ("1", "2")
    ]
    assert counts(desk.take(desk.rows("a.csv", *rows))) == [(4, 4, 0, 0)]


def test_rows_come_in_the_order_of_the_file(desk, landed, rejected):
    rows = [{"shipment_id": f"S{n}", "declared_value": "-1" if n % 3 else "1"} for n in range(40)]
    rows += [{"shipment_id": "S3", "arrival_date": "2025-03-05"}, {"shipment_id": "S5", "declared_value": "-1"}]
    intake = desk.take(desk.rows("a.csv", *rows))
    for found in (landed(intake), rejected(intake)):
        lines = [row["source_line"] for row in found]
        assert lines == sorted(lines)
    assert counts(intake) == [(42, 13, 28, 1)]


def test_the_same_call_gives_the_same_bytes(desk):
    path = desk.rows("a.csv", {}, {"shipment_id": "S2", "consignee_tax_id": "111-22-3344"}, {"shipment_id": ""})
    first, second = desk.take(path, remember=False), desk.take(path, remember=False)
    for left, right in zip([*first.landed, *first.rejected], [*second.landed, *second.rejected], strict=True):
        assert left.read_bytes() == right.read_bytes()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([{}, {"arrival_date": "2025-03-05"}], [{}]),
        ([{"line_no": "1"}, {"line_no": "2", "arrival_date": "2025-03-05"}], [{"line_no": "1"}]),
    ],
)
def test_a_row_rejected_for_what_stood_beside_it_may_land_when_handed_in_alone(desk, first, second):
    assert counts(desk.take(desk.rows("a.csv", *first))) == [(2, 0, 2, 0)]
    assert counts(desk.take(desk.rows("b.csv", *second))) == [(1, 1, 0, 0)]


def test_a_row_rejected_for_want_of_a_rate_may_land_when_there_is_one(desk):
    yen = {"currency": "JPY"}
    assert counts(desk.take(desk.rows("a.csv", yen))) == [(1, 0, 1, 0)]
    desk.rates = desk.rates.with_columns(currency=pl.col("currency").replace("EUR", "JPY"))
    assert counts(desk.take(desk.rows("b.csv", yen, {"shipment_id": "S2"}))) == [(2, 2, 0, 0)]


def test_a_separator_inside_a_cell_does_not_make_two_rows_alike(desk):
    rows = [
        {"consignee_name": "Ann\x1fB", "consignee_address": "1 Elm"},
        {"consignee_name": "Ann", "consignee_address": "B\x1f1 Elm"},
    ]
    desk.take(desk.rows("a.csv", rows[0]))
    assert counts(desk.take(desk.rows("b.csv", rows[1]))) == [(1, 1, 0, 0)]
