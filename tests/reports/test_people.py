"""Parties to speak to, and recipients new and returning."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from analytics.reports.people import parties_to_speak_to, recipients
from analytics.reports.periods import Period
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)
BEFORE = MONDAY - timedelta(weeks=1)


def sold():
    """Seller s1: S1 and S2 in f1 this week, S2 in f2 of last week as well, S3 in none; seller s2: S4 in f3 alone."""
    return store_of(
        shipments=[
            {"shipment_uid": "S1", "seller_id": "s1", "seller_name": "Lumen", "arrival_date": MONDAY},
            {"shipment_uid": "S2", "seller_id": "s1", "seller_name": "Lumen", "arrival_date": BEFORE},
            {"shipment_uid": "S3", "seller_id": "s1", "seller_name": "Lumen", "arrival_date": MONDAY},
            {"shipment_uid": "S4", "seller_id": "s2", "arrival_date": MONDAY},
            {"shipment_uid": "S5", "arrival_date": MONDAY},
        ],
        flags=[
            {"flag_id": "f1", "window_end": MONDAY, "typology": "order_split"},
            {"flag_id": "f2", "window_end": BEFORE, "typology": "order_split"},
            {"flag_id": "f3", "window_end": MONDAY},
        ],
        flag_shipments=[
            {"flag_id": "f1", "shipment_uid": "S1"},
            {"flag_id": "f1", "shipment_uid": "S2"},
            {"flag_id": "f2", "shipment_uid": "S2"},
            {"flag_id": "f3", "shipment_uid": "S4"},
            {"flag_id": "f3", "shipment_uid": "S5"},
        ],
    )


def test_counts_a_sellers_shipments_once_and_leaves_out_single_flags():
    found = parties_to_speak_to(read_tables(sold()), WEEK)
    assert found.height == 1
    row = found.row(0, named=True)
    assert (row["role"], row["party"], row["name"], row["typology"]) == ("seller", "s1", "Lumen", "order_split")
    assert (row["shipments"], row["flagged"], row["flags"], row["flags_now"]) == (3, 2, 2, 1)
    assert (row["per_thousand"], row["flagged_usd"]) == (666.7, Decimal(200))
    assert row["weekly"] == [0, 0, 0, 0, 0, 0, 1, 1]


def flagged(**weeks_of):
    """Flags of people by how many weeks ago."""
    days = [(person, MONDAY - timedelta(weeks=ago)) for person, weeks in weeks_of.items() for ago in weeks]
    flags = [
        {"flag_id": f"f{number}", "identity_id": person, "window_start": day, "window_end": day}
        for number, (person, day) in enumerate(days)
    ]
    return read_tables(store_of(flags=flags, identities=[{"identity_id": "i1"}]))


def test_tells_new_from_growing_from_returning():
    found, count = recipients(flagged(i1=[0], i2=[0, 0, 1], i3=[0, 1, 1], i4=[1]), WEEK)
    status = {
        row["identity_id"]: (row["status"], row["flags"], row["flags_before"]) for row in found.iter_rows(named=True)
    }
    assert status == {"i1": ("new", 1, 0), "i2": ("growing", 2, 1), "i3": ("returning", 1, 2)}
    assert count == 3


def test_recipients_come_with_name_and_the_dearest_first():
    found, _ = recipients(flagged(i1=[0], i2=[0, 0]), WEEK)
    assert found["identity_id"].to_list() == ["i2", "i1"]
    assert found["display_name"].to_list() == [None, "Maria Lopez"]


def test_a_long_list_is_cut_and_its_length_told():
    found, count = recipients(flagged(**{f"i{number}": [0] for number in range(40)}), WEEK)
    assert (found.height, count) == (25, 40)
