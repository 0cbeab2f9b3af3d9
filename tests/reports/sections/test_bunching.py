"""Values under the limit, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.reports.periods import Period
from analytics.reports.sections.bunching import bunching_text, measure_bunching
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


ENTRY_LIMIT = {"rule_id": "US-INF-01", "provision": "informal_entry", "grouping_key": "order",
               "limit_amount": "2500.00", "limit_currency": "USD", "valid_from": date(2013, 1, 7)}  # fmt: skip
ENTRY = {"exemption_claimed": False, "entry_type": "11"}


def entered(*rows, limits=(ENTRY_LIMIT,)):
    shipments = [{"shipment_uid": f"S{number}", "identity_id": "i1", **ENTRY, **row} for number, row in enumerate(rows)]
    store = store_of(shipments=shipments, daily_totals=[], ref_limits=list(limits))
    return measure_bunching(read_tables(store), WEEK)


def test_where_nothing_is_claimed_entries_lie_around_the_limit_of_informal_entry():
    rows = [{"value_usd": value} for value in ("2375.00", "2375.01", "2500.00", "2500.01", "2625.00", "2625.01")]
    found = entered(*rows)
    assert (found.kind, found.limit, found.width, found.near) == ("informal entry", Decimal(2500), 25, 125)
    assert (found.below, found.above) == (2, 2)
    assert "around the limit of informal entry: 2 shipments over $2,375.00" in bunching_text(found)


def test_the_customs_value_of_an_entry_counts_and_claims_and_untold_entries_do_not():
    rows = [
        {"value_usd": "2900.00", "customs_value": "2400.00"},
        {"value_usd": "2400.00", "exemption_claimed": True},
        {"value_usd": "2400.00", "entry_type": None},
        {"value_usd": "2400.00", "currency": "EUR"},
        {"value_usd": "2400.00", "arrival_date": date(2024, 12, 1)},
    ]
    assert entered(*rows).below == 1
    assert entered(*rows, limits=[]) is None
    assert entered(*rows, limits=[{**ENTRY_LIMIT, "valid_to": date(2025, 3, 16)}]) is None


def test_the_limit_around_which_most_lie_is_shown():
    claims = [{"shipment_uid": f"C{number}", "identity_id": "i1", "value_usd": "799.00"} for number in range(2)]
    entry = {"shipment_uid": "E1", "identity_id": "i2", "value_usd": "2400.00", **ENTRY}
    for entries, kind in ((2, "exemption"), (3, "informal entry")):
        rows = [*claims, *({**entry, "shipment_uid": f"E{number}"} for number in range(entries))]
        store = store_of(shipments=rows, daily_totals=[{}], ref_limits=[ENTRY_LIMIT])
        assert measure_bunching(read_tables(store), WEEK).kind == kind
