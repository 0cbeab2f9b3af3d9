"""An optional cell that cannot be read is null, its row stays, and the cell is listed."""

from __future__ import annotations

from decimal import Decimal

import pytest


def cells(rows):
    return [(row["source_line"], row["column"], row["reason"], row["raw"]) for row in rows]


@pytest.mark.parametrize(
    ("column", "written", "reason"),
    [
        ("is_gift", "perhaps", "boolean_unreadable"),
        ("has_invoice", "Y/N", "boolean_unreadable"),
        ("exemption_claimed", "Express", "boolean_unreadable"),
        ("mode", "teleport", "mode_unknown"),
        ("record_action", "explode", "record_action_unknown"),
        ("origin_country", "Atlantis", "country_unknown"),
        ("origin_country", "N.A.", "country_unknown"),  # not Namibia
        ("export_country", "Atlantis", "country_unknown"),
        ("shipper_country", "Atlantis", "country_unknown"),
        ("consignee_country", "Atlantis", "country_unknown"),  # and not the United States
        ("hts_code", "61", "hts_unreadable"),
        ("sequence_no", "first", "number_unreadable"),
        ("weight_kg", "2 stone", "number_unreadable"),
        ("weight_kg", "N.A.", "number_unreadable"),
        ("quantity", "1/2", "number_unreadable"),
        ("quantity", "-1", "negative_value"),
        ("quantity", "2 boxes", "number_unreadable"),
        ("quantity", "100000000", "number_out_of_range"),
        ("weight_kg", "1e9", "number_unreadable"),
        ("weight_kg", "1\u0662", "number_unreadable"),
        ("customs_value", "1000000000.00", "value_out_of_range"),
        ("hts_code", "6109.10, 6110.30", "hts_several"),
        ("hts_code", "6109100012/6110303059", "hts_several"),
        ("hts_code", "6109 6110", "hts_several"),
        ("origin_country", "CN/HK", "country_unknown"),
        ("customs_value", "as agreed", "value_unreadable"),
        ("customs_value", "-3", "negative_value"),
        ("order_date", "2025-02-30", "date_impossible"),
        ("order_date", "last week", "date_unreadable"),
        ("estimated_arrival_date", "soon", "date_unreadable"),
        ("released_at", "25:00", "date_unreadable"),
        ("declared_at", "yesterday", "date_unreadable"),
    ],
)
def test_an_odd_optional_cell_costs_no_row(desk, landed, unread, column, written, reason):
    intake = desk.take(desk.rows("a.csv", {column: written}, {"shipment_id": "S2", column: ""}))
    name = {"exemption_claimed": "exemption_claimed_declared"}.get(column, column)
    assert [row["shipment_id"] for row in landed(intake)] == ["S1", "S2"]
    assert landed(intake)[0][name] == ("add" if column == "record_action" else None)
    assert cells(unread(intake)) == [(2, column, reason, written)]
    assert intake.inputs[0].unread == {f"{column}: {reason}": 1}


def test_a_customs_value_in_another_currency_is_unread_and_leaves_the_declared_value(desk, landed, unread):
    intake = desk.take(desk.rows("a.csv", {"declared_value": "12 GBP", "customs_value": "12 EUR"}))
    (row,) = landed(intake)
    assert (row["declared_value"], row["currency"], row["customs_value"]) == (Decimal("12.00"), "GBP", None)
    assert cells(unread(intake)) == [(2, "customs_value", "currency_contradicts", "12 EUR")]


def test_the_day_rejects_where_the_estimate_stands_for_it(desk, rejected, unread):
    intake = desk.take(desk.rows("a.csv", {"arrival_date": "", "estimated_arrival_date": "soon"}))
    assert len(rejected(intake)) == 1
    assert unread(intake) == []


def test_a_rejected_row_and_a_repeat_list_no_cells(desk, unread):
    rows = [{"mode": "teleport"}, {"mode": "teleport"}, {"mode": "teleport", "shipment_id": ""}]
    intake = desk.take(desk.rows("a.csv", *rows))
    record = intake.inputs[0]
    assert (record.read, record.accepted, record.rejected, record.repeated) == (3, 1, 1, 1)
    assert cells(unread(intake)) == [(2, "mode", "mode_unknown", "teleport")]


def test_rows_that_clash_list_no_cells(desk, unread):
    rows = [{"mode": "teleport", "arrival_date": "2025-03-04"}, {"mode": "teleport", "arrival_date": "2025-03-06"}]
    intake = desk.take(desk.rows("a.csv", *rows))
    assert intake.inputs[0].accepted == 0
    assert (unread(intake), intake.unread) == ([], [])


def test_a_file_without_odd_cells_leaves_no_list(desk):
    assert desk.take(desk.rows("a.csv", {"mode": "air", "weight_kg": "1.5"})).unread == []


def test_a_cancel_row_needs_its_key_alone(desk, landed, unread):
    intake = desk.take(
        desk.rows("a.csv", {"record_action": "cancel", "declared_at": "yesterday", "declared_value": ""})
    )
    assert [row["record_action"] for row in landed(intake)] == ["cancel"]
    assert cells(unread(intake)) == [(2, "declared_at", "date_unreadable", "yesterday")]


@pytest.mark.parametrize("written", ["\\N", "(null)", "undefined", "#VALUE!"])
def test_marks_of_an_export_for_nothing_are_no_order(desk, landed, written):
    (row,) = landed(desk.take(desk.rows("a.csv", {"order_id": written})))
    assert row["order_id"] is None
