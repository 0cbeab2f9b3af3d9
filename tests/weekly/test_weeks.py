"""Which week is written."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.weekly.weeks import week_of
from tests.reports.fake_store import store_of


def store(*days):
    return store_of(shipments=[{"shipment_uid": f"S{n}", "arrival_date": day} for n, day in enumerate(days)])


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2025, 3, 16), "2025-W10"),  # the Sunday of week 11: it is not over
        (date(2025, 3, 17), "2025-W11"),  # the Monday after
        (date(2025, 3, 30), "2025-W11"),  # week 12 is over and has no data
        (date(2025, 3, 9), None),
    ],
)
def test_the_last_week_that_is_over_and_has_data(today, week):
    found = week_of(store(date(2025, 3, 3), date(2025, 3, 16), date(2025, 4, 7)), today)
    assert (found and found.label) == week


def test_no_data_no_week():
    assert week_of(store(), date(2025, 3, 17)) is None
