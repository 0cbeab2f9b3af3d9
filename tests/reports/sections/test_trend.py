"""The weekly trend."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.trend import SECTION, trend_chart, trend_text, weekly_trend
from analytics.reports.tables import read_tables
from analytics.reports.wording import DASH
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)
RUN = {"finished_at": "2025-03-14T10:00:00+00:00"}


def test_the_trend_begins_with_the_data_and_has_a_row_for_a_quiet_week():
    store = store_of(
        shipments=[{"arrival_date": MONDAY - timedelta(weeks=2)}],
        flags=[{"window_end": MONDAY, "excess_usd": "100.00"}],
    )
    trend = weekly_trend(read_tables(store), WEEK)
    assert trend["monday"].to_list() == [MONDAY - timedelta(weeks=2), MONDAY - timedelta(weeks=1), MONDAY]
    assert trend["flags"].to_list() == [0, 0, 1]
    assert trend["base_usd"].to_list() == [Decimal(0), Decimal(0), Decimal(100)]


def measured(weeks, **rows):
    """The trend of a store with one shipment in each of these weeks back from the last."""
    shipments = [
        {"shipment_uid": f"S{back}", "shipment_id": f"S{back}", "arrival_date": MONDAY - timedelta(weeks=back)}
        for back in weeks
    ]
    return Contents(store_of(shipments=shipments, **rows), WEEK).of(SECTION)


def test_a_year_is_shown_and_no_more():
    weeks = measured((60, 52, 51, 0)).weeks
    assert (weeks.height, weeks["monday"][0]) == (52, MONDAY - timedelta(weeks=51))


def test_nothing_is_claimed_of_a_week_without_a_shipment():
    trend = measured((3, 0), flags=[{"window_end": MONDAY, "excess_usd": "100.00"}])
    assert trend.weeks["base_usd"].to_list() == [Decimal(0), None, None, Decimal(100)]
    chart = trend_chart(trend)
    lines = [series for series in chart.series if series.kind == "line"]
    assert [(list(line.at), bool(line.name)) for line in lines] == [(["2025-02-17"], True), (["2025-03-10"], False)]
    assert "The store has no shipment of 2 other weeks; nothing is shown for them." in chart.text
    assert chart.rows[1][2:] == [DASH] * 5


def test_a_week_under_way_is_hatched_up_to_the_greatest_amount():
    trend = measured((1, 0), flags=[{"window_end": MONDAY, "excess_usd": "100.00"}], runs=[RUN])
    assert trend.provisional == [(MONDAY, None)]
    hatched = [series for series in trend_chart(trend).series if series.is_hatched]
    assert [(list(each.at), list(each.values), each.name) for each in hatched] == [
        (["2025-03-07", "2025-03-13"], [100.0, 100.0], "Provisional: more shipments expected")
    ]


def test_a_week_that_the_period_cuts_is_provisional():
    contents = Contents(store_of(shipments=[{}]), Period(date(2025, 3, 1), date(2025, 3, 15)))
    assert contents.of(SECTION).provisional == [(MONDAY, None)]


def test_an_empty_store_has_a_trend_that_says_so():
    trend = Contents(store_of(), WEEK).of(SECTION)
    assert trend_text(trend) == "No week shown has a flag."
    assert trend_chart(trend).rows[-1][2:] == [DASH] * 5
