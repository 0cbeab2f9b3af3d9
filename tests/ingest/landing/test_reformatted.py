"""Rows that come again under their shipment number written in another way."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analytics.errors import AmbiguousInput

LIMITS = pl.DataFrame(
    {
        "limit_amount": ["800.00"],
        "limit_currency": ["USD"],
        "pool": ["standard"],
        "valid_from": [date(2016, 3, 10)],
        "valid_to": [None],
    },
    schema_overrides={"valid_to": pl.Date},
)
OTHERS = [{"shipment_id": f"A-{n}", "consignee_name": f"Other {n}"} for n in range(9)]


def setting(value):
    return f'[[source]]\nmatch = "*.csv"\nreformatted = "{value}"\n'


def outcome(desk, before, *after, mapping=None):
    desk.take(desk.rows("week1.csv", before))
    (item,) = desk.take(desk.rows("week2.csv", *after), mapping=mapping).inputs
    return item.accepted, item.repeated, item.reformatted


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("000007801", "7801"),
        ("7801", "000007801"),
        ("9400 0007901", "94000007901"),
        ("1Z-999-AA1", "1Z999AA1"),
        ("1Z999AA1", "1z999aa1"),
        ("ABC.12/3", "ABC_12-3"),
    ],
)
def test_a_number_written_in_another_way_is_counted_and_kept(desk, first, second):
    assert outcome(desk, {"shipment_id": first}, {"shipment_id": second}, *OTHERS) == (10, 0, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"declared_value": "10.01"},
        {"arrival_date": "2025-03-05"},
        {"consignee_name": "Bo Else", "consignee_address": "2 Oak Lane"},
        {"currency": "GBP"},
        {"shipment_id": "78010"},
        {"record_action": "cancel"},
    ],
)
def test_what_differs_is_another_shipment(desk, change):
    assert outcome(desk, {"shipment_id": "00-7801"}, {"shipment_id": "7801", **change}, *OTHERS) == (10, 0, 0)


def test_one_file_may_hold_both_ways(desk):
    item = desk.take(desk.rows("a.csv", {"shipment_id": "007801"}, {"shipment_id": "7801"}, *OTHERS)).inputs[0]
    assert (item.accepted, item.reformatted) == (11, 1)
    assert "the first is line 3, as line 2 of" in item.notes[-1]


def test_a_file_of_nearly_nothing_else_is_asked_about(desk):
    with pytest.raises(AmbiguousInput, match="written in another way"):
        outcome(desk, {"shipment_id": "007801"}, {"shipment_id": "7801"})


def test_a_day_that_may_pass_a_limit_is_asked_about(desk):
    desk.limits = LIMITS
    dear = {"declared_value": "400.01"}
    with pytest.raises(AmbiguousInput, match='reformatted = "repeats"'):
        outcome(desk, {"shipment_id": "007801", **dear}, {"shipment_id": "7801", **dear}, *OTHERS)


def test_a_day_that_passes_no_limit_is_not(desk):
    desk.limits = LIMITS
    sound = {"declared_value": "400.00"}
    assert outcome(desk, {"shipment_id": "007801", **sound}, {"shipment_id": "7801", **sound}, *OTHERS) == (10, 0, 1)


@pytest.mark.parametrize(("value", "expected"), [("repeats", (9, 1, 0)), ("shipments", (10, 0, 1))])
def test_the_mapping_says_what_they_are(desk, value, expected):
    rows = {"shipment_id": "007801"}, {"shipment_id": "7801"}, *OTHERS
    assert outcome(desk, *rows, mapping=setting(value)) == expected


def test_the_setting_has_two_values(desk):
    with pytest.raises(Exception, match='Write "repeats" or "shipments"'):
        outcome(desk, {}, {}, mapping=setting("same"))
