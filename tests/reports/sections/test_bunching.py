"""Values under the limit, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.reports.periods import Period
from analytics.reports.sections.bunching import measure_bunching
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
