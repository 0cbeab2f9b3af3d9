"""Bunching, kinds and concentration, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from analytics.reports.figures import typologies_figure
from analytics.reports.patterns import measure_bunching, measure_concentration, typologies_by_week
from analytics.reports.periods import Period
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)


def bunched(*values, totals=({},), **more):
    shipments = [
        {"shipment_uid": f"S{number}", "identity_id": "i1", "value_usd": value, **more}
        for number, value in enumerate(values)
    ]
    return measure_bunching(read_tables(store_of(shipments=shipments, daily_totals=totals)), WEEK)


@pytest.mark.parametrize(
    ("value", "below", "above"),
    [("750.00", 0, 0), ("750.01", 1, 0), ("800.00", 1, 0), ("800.01", 0, 1), ("850.00", 0, 1), ("850.01", 0, 0)],
)
def test_exactly_the_limit_still_counts_as_under_it(value, below, above):
    found = bunched(value)
    assert (found.below, found.above) == (below, above)


def test_bins_exclude_their_lower_and_include_their_upper_edge():
    bins = bunched("790.00", "790.01", "800.00", "100.00").bins
    assert (bins.height, bins["low"][0], bins["high"][-1]) == (40, Decimal(500), Decimal(900))
    counts = {row["high"]: row["shipments"] for row in bins.iter_rows(named=True) if row["shipments"]}
    assert counts == {Decimal(790): 1, Decimal(800): 2}


def test_expects_a_third_of_the_three_bands_below():
    assert bunched("600.01", "650.01", "700.01", "749.00", "750.00", "750.01").expected == pytest.approx(5 / 3)


def test_takes_the_limit_that_most_days_came_under_and_leaves_out_days_without_one():
    totals = [
        {"limit_amount": "200.00"},
        {"identity_id": "i2"},
        {"identity_id": "i3"},
        {"identity_id": "i4", "limit_amount": None, "limit_currency": None},
    ]
    assert bunched("799.00", totals=totals) is None
    found = bunched("799.00", totals=[*totals, {"rule_id": "other"}])
    assert (found.limit, found.below) == (Decimal(800), 1)


def test_values_are_taken_in_the_currency_of_the_limit():
    pounds = [{"limit_currency": "GBP", "limit_amount": "135.00"}]
    assert bunched("130.00", totals=pounds, currency="GBP").below == 1
    assert bunched("130.00", totals=pounds, currency="USD") is None


def test_unclaimed_shipments_do_not_count():
    assert bunched("799.00", exemption_claimed=False) is None


def test_counts_kinds_by_week_with_zeros_for_what_was_tested():
    store = store_of(
        shipments=[{"arrival_date": MONDAY - timedelta(weeks=1)}],
        flags=[{"flag_id": "f1", "window_end": MONDAY}, {"flag_id": "f2", "window_end": MONDAY + timedelta(days=6)}],
        typology_status=[
            {"typology": "daily_limit"},
            {"typology": "order_split"},
            {"typology": "informal_entry_split", "tested": "not tested: no conveyance_id"},
        ],
    )
    found = typologies_by_week(read_tables(store), WEEK)
    before = MONDAY - timedelta(weeks=1)
    assert found.rows() == [
        (before, "daily_limit", 0),
        (MONDAY, "daily_limit", 2),
        (before, "order_split", 0),
        (MONDAY, "order_split", 0),
    ]


def test_orders_recipients_by_value_and_finds_who_holds_half():
    excess = {"i1": "600.00", "i2": "200.00", "i3": "100.00", "i4": "100.00"}
    flags = [
        {"flag_id": f"f{person}", "identity_id": person, "excess_usd": value, "window_end": MONDAY}
        for person, value in excess.items()
    ]
    flags.append({"flag_id": "nobody", "identity_id": None, "excess_usd": "999.00", "window_end": MONDAY})
    found = measure_concentration(read_tables(store_of(flags=flags)), WEEK)
    assert (found.recipients, found.half_recipients, found.top_ten_share) == (4, 1, 1)
    assert found.curve.rows() == [(0, 0), (0.25, 0.6), (0.5, 0.8), (0.75, 0.9), (1, 1)]
    assert found.largest["share"].to_list() == [0.6, 0.2, 0.1, 0.1]


def test_nobody_flagged_is_no_concentration():
    assert measure_concentration(read_tables(store_of()), WEEK) is None


def _week(**flags):
    rows = [(date(2025, 3, 10), typology, count) for typology, count in flags.items()]
    return pl.DataFrame(rows, schema=["monday", "typology", "flags"], orient="row")


@pytest.mark.parametrize(
    ("flags", "drawn"),
    [
        ({"daily_limit": 1, "gift_split": 0}, {"Daily limit": 1}),
        (dict.fromkeys("abcde", 1), dict.fromkeys("ABCDE", 1)),
        ({"a": 5, "b": 4, "c": 3, "d": 2, "e": 1, "f": 1}, {"A": 5, "B": 4, "C": 3, "D": 2, "Other kinds": 2}),
    ],
)
def test_of_many_kinds_the_less_frequent_are_drawn_as_one(flags, drawn):
    bars = typologies_figure(_week(**flags)).data
    assert {bar.name: bar.y[0] for bar in bars} == drawn
