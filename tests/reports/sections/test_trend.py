"""The weekly trend."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from analytics.reports.periods import Period
from analytics.reports.sections.trend import weekly_trend
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)


def test_the_trend_begins_with_the_data_and_has_a_row_for_a_quiet_week():
    store = store_of(
        shipments=[{"arrival_date": MONDAY - timedelta(weeks=2)}],
        flags=[{"window_end": MONDAY, "excess_usd": "100.00"}],
    )
    trend = weekly_trend(read_tables(store), WEEK)
    assert trend["monday"].to_list() == [MONDAY - timedelta(weeks=2), MONDAY - timedelta(weeks=1), MONDAY]
    assert trend["flags"].to_list() == [0, 0, 1]
    assert trend["base_usd"].to_list() == [Decimal(0), Decimal(0), Decimal(100)]
