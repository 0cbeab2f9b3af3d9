"""Which days a report is about."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.errors import UsageError
from analytics.reports.periods import Period, choose_period
from tests.reports.fake_store import store_of

WEEK_11 = Period(date(2025, 3, 10), date(2025, 3, 16))


def test_the_default_is_the_last_week_with_data():
    store = store_of(
        shipments=[
            {"arrival_date": date(2025, 3, 3), "shipment_uid": "A"},
            {"arrival_date": date(2025, 3, 16), "shipment_uid": "B"},
        ]
    )
    assert choose_period(store) == WEEK_11


@pytest.mark.parametrize("text", ["2025-W11", "2025-w11", " 2025-W11 "])
def test_reads_an_iso_week(text):
    assert choose_period(store_of(), week=text) == WEEK_11


def test_a_year_may_have_53_weeks_and_weeks_may_begin_in_the_year_before():
    assert choose_period(store_of(), week="2026-W53").start == date(2026, 12, 28)
    assert choose_period(store_of(), week="2025-W01").start == date(2024, 12, 30)


def test_reads_days_as_text_and_as_dates():
    expected = Period(date(2025, 2, 27), date(2025, 3, 2))
    assert choose_period(store_of(), start="2025-02-27", end="2025-03-02") == expected
    assert choose_period(store_of(), start=date(2025, 2, 27), end=date(2025, 3, 2)) == expected


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({"week": "2025-11"}, "2025-W11"),
        ({"week": "2025-W53"}, "52 or 53"),
        ({"week": "2025-W00"}, "no week 0"),
        ({"week": "2025-W11", "start": "2025-03-10"}, "give the week, or"),
        ({"start": "2025-03-10"}, "give the first and the last"),
        ({"end": "2025-03-10"}, "give the first and the last"),
        ({"start": "10/03/2025", "end": "2025-03-12"}, "write it like"),
        ({"start": "2025-03-12", "end": "2025-03-10"}, "exchange"),
        ({}, "holds no shipment"),
    ],
)
def test_a_call_that_is_not_clear_says_what_to_do(call, said):
    with pytest.raises(UsageError, match=said):
        choose_period(store_of(), **call)


def test_looks_back_in_equal_steps():
    assert WEEK_11.back(1) == Period(date(2025, 3, 3), date(2025, 3, 9))
    assert Period(date(2025, 3, 1), date(2025, 3, 10)).back(2) == Period(date(2025, 2, 9), date(2025, 2, 18))


def test_widens_to_whole_weeks_and_ends_where_it_ended():
    assert WEEK_11.widened(13) == Period(date(2024, 12, 16), date(2025, 3, 16))
    assert len(WEEK_11.widened(13).mondays()) == 13
    assert Period(date(2025, 3, 10), date(2025, 3, 12)).widened(2) == Period(date(2025, 3, 3), date(2025, 3, 12))
    assert Period(date(2024, 1, 3), date(2025, 3, 16)).widened(13).start == date(2024, 1, 1)


def test_names_itself():
    assert (WEEK_11.label, WEEK_11.title, WEEK_11.noun) == ("2025-W11", "Week 11 of 2025", "week")
    other = Period(date(2025, 3, 1), date(2025, 3, 10))
    assert (other.label, other.title, other.noun) == ("2025-03-01 to 2025-03-10", "10 days", "period")
