"""Parties to speak to, and what to ask them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from analytics.reports.periods import Period
from analytics.reports.sections.parties import parties_to_speak_to, question
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


def test_questions_follow_role_and_kind():
    assert "single orders" in question("seller", "order_split")
    assert "put on bills" in question("carrier", "informal_entry_split")
    assert "order, bill or mailing" in question("filer", "over_informal_limit")
    assert "declares them to be gifts" in question("seller", "gift_split")
    assert "none is available" in question("filer", "suspended_claim")
    assert question("carrier", "daily_limit") != question("filer", "daily_limit")
