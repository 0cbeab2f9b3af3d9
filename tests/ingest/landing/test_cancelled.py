"""Rows that a column of statuses calls cancelled, voided or returned."""

from __future__ import annotations

import pytest

from analytics.errors import AmbiguousInput

LIVE = {"shipment_id": "S1", "Status": "Delivered"}


def mapping(setting):
    return f'[[source]]\nmatch = "*.csv"\n{setting}\n'


def answered(heading="Status"):
    return mapping(f'columns.record_action = "{heading}"')


def actions(intake, landed):
    return {row["shipment_id"]: row["record_action"] for row in landed(intake)}


@pytest.mark.parametrize(
    ("heading", "live", "cancelled"),
    [
        ("Status", "Delivered", "Cancelled"),
        ("Order Status", "shipped", "CANCELED BY SELLER"),
        ("Shipment Status", "In Transit", "Label Voided"),
        ("State", "new", "void"),
        ("Estado", "entregado", "Anulado"),
        ("Status", "zugestellt", "storniert"),
        ("状态", "已签收", "已取消"),
        ("Void", "", "Y"),
        ("Is Cancelled", "No", "true"),
        ("Cancelled At", "", "2025-03-01 10:00"),
    ],
)
def test_cancelled_rows_are_asked_about_and_cancel_where_the_mapping_says_so(desk, landed, heading, live, cancelled):
    file = desk.rows("a.csv", {"shipment_id": "S1", heading: live}, {"shipment_id": "S2", heading: cancelled})
    with pytest.raises(AmbiguousInput, match="1 row that the shipment was cancelled or voided") as error:
        desk.take(file)
    assert f'columns.record_action = "{heading}"' in str(error.value)
    assert actions(desk.take(file, mapping=answered(heading)), landed) == {"S1": "add", "S2": "cancel"}


def test_they_count_where_the_mapping_says_so(desk, landed):
    file = desk.rows("a.csv", LIVE, {"shipment_id": "S2", "Status": "Cancelled"})
    assert set(actions(desk.take(file, mapping=mapping('columns.record_action = ""')), landed).values()) == {"add"}


@pytest.mark.parametrize("status", ["Delivered", "not cancelled", "avoided", "未取消", "non-void"])
def test_other_statuses_ask_nothing(desk, landed, status):
    assert actions(desk.take(desk.rows("a.csv", {**LIVE, "Status": status})), landed) == {"S1": "add"}


def test_a_later_status_takes_an_earlier_row_back(desk, landed):
    desk.take(desk.rows("week1.csv", LIVE), mapping=answered())
    again = desk.rows("week2.csv", {**LIVE, "Status": "Cancelled"}, {"shipment_id": "S2", "Status": "Shipped"})
    assert actions(desk.take(again, mapping=answered()), landed) == {"S1": "cancel", "S2": "add"}


def test_a_column_of_statuses_leaves_the_other_columns_needed(desk):
    file = desk.rows("a.csv", {**LIVE, "declared_value": None}, {**LIVE, "Status": "void", "declared_value": None})
    with pytest.raises(AmbiguousInput, match="no heading is understood as declared_value"):
        desk.take(file)


def test_several_cancelled_lines_of_one_shipment_contradict_nothing(desk):
    lines = [{"shipment_id": "S2", "Status": "Voided", "description": text} for text in ("shirt", "cap")]
    (item,) = desk.take(desk.rows("a.csv", LIVE, *lines), mapping=answered()).inputs
    assert (item.accepted, item.reasons) == (3, {})


def test_actions_under_a_heading_of_statuses_are_actions(desk, landed):
    rows = [{"shipment_id": f"S{at}", "Status": action} for at, action in enumerate(["A", "R", "X"])]
    assert list(actions(desk.take(desk.rows("a.csv", *rows), mapping=answered()), landed).values()) == [
        "add",
        "replace",
        "cancel",
    ]


def test_returned_rows_are_asked_about_and_may_be_left_out(desk):
    file = desk.rows("a.csv", LIVE, {"shipment_id": "S2", "Status": "Returned to Sender"})
    with pytest.raises(AmbiguousInput, match="1 row that the shipment was returned"):
        desk.take(file)
    assert desk.take(file, mapping=mapping('where_not = { "Status" = ["return*"] }')).inputs[0].accepted == 1


def test_refunded_rows_count_and_are_noted(desk):
    (item,) = desk.take(desk.rows("a.csv", LIVE, {"shipment_id": "S2", "Status": "Partially refunded"})).inputs
    assert item.accepted == 2
    assert "'Status' says of 1 row that they were refunded: they count" in item.notes
