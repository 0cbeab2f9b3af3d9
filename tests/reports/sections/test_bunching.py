"""Values under the limit, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.reports.periods import Period
from analytics.reports.sections.bunching import bunching_chart, bunching_rows, bunching_text, measure_bunching
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


def spread(near=0, above=2):
    """Two in each bin of ten dollars below $750 and, above $850, so many as said; some just under the limit."""
    low = [f"{500 + 10 * place + cents}.50" for place in range(25) for cents in (3, 7)]
    high = [f"{850 + 10 * place + cents}.50" for place in range(5) for cents in range(above)]
    return [*low, *high, *["795.00"] * near]


def test_what_is_expected_is_read_off_the_bins_further_away():
    found = bunched(*spread(near=30))
    assert (found.below, found.expected, found.is_carried_on) == (30, pytest.approx(10, abs=0.01), False)
    assert found.excess == pytest.approx(20, abs=0.01)
    assert 0 < found.excess_low < 20 < found.excess_high
    assert found.bins["expected"].to_list() == pytest.approx([2] * 40, abs=0.01)
    interval = f"(95% interval {found.excess_low:.0f} to {found.excess_high:.0f})"
    assert bunching_text(found).endswith(
        "30 shipments over $750.00 and up to $800.00; 0 in the band of that width above. Without a limit 10 would be "
        f"expected. That leaves 20 beyond expectation {interval}. "
        "A crowd under a limit is a reason to look and proves nothing about one shipment."
    )


def test_a_difference_that_chance_makes_is_called_so():
    assert "no more than chance." in bunching_text(bunched(*spread(near=11)))
    assert "fewer than expected" in bunching_text(bunched(*spread(near=0), *spread(), *spread(), *spread()))


def test_where_hardly_anything_lies_above_the_trend_below_is_carried_on_and_that_is_said():
    found = bunched(*spread(near=30, above=0))
    assert found.is_carried_on
    assert "Hardly any value lies above the limit, so the trend below it is carried on." in bunching_text(found)


def test_too_few_values_expect_nothing_and_draw_no_curve():
    found = bunched("799.00", "600.00")
    assert (found.expected, found.bins["expected"].null_count()) == (None, 40)
    assert "Too few shipments lie further from the limit" in bunching_text(found)
    assert [series.kind for series in bunching_chart(found).series] == ["bars"]
    assert {len(row) for row in bunching_rows(found)} == {3}


def test_the_curve_is_drawn_over_the_bars_with_its_band():
    chart = bunching_chart(bunched(*spread(near=30)))
    assert [series.kind for series in chart.series] == ["bars", "band", "line"]
    assert chart.rows[29] == ["$790.00", "$800.00", "30", "2.0"]
    band, line = chart.series[1:]
    assert all(low < at < high for low, at, high in zip(band.base, line.values, band.values, strict=True))


def test_values_of_other_quarters_do_not_count():
    assert bunched(*spread(), arrival_date=date(2024, 12, 1)) is None


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
