"""Interest by quarter: days on both sides of a change, what no rate reaches, leap days and gaps in the rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.cases.packet.disclosure.growth import growth_of
from tests.exposure.tables import reference


def rates(*rows, compounding="daily"):
    return reference(
        "ref_interest_rates",
        *(
            {"regime": "us", "annual_rate": Decimal(rate), "compounding": compounding, "valid_from": begin,
             "valid_to": end}
            for rate, begin, end in rows
        ),
    )  # fmt: skip


EIGHT_THEN_SEVEN = rates(("0.08", date(2023, 10, 1), date(2025, 1, 1)), ("0.07", date(2025, 1, 1), date(2025, 7, 1)))


def spans(growth):
    return [(quarter.start, quarter.end, quarter.rate) for quarter in growth.quarters]


def test_a_stretch_of_one_rate_is_shown_by_quarters():
    growth = growth_of([date(2024, 12, 16)], EIGHT_THEN_SEVEN, date(2025, 5, 1))
    assert spans(growth) == [
        (date(2024, 12, 16), date(2025, 1, 1), Decimal("0.08")),
        (date(2025, 1, 1), date(2025, 4, 1), Decimal("0.07")),
        (date(2025, 4, 1), date(2025, 5, 1), Decimal("0.07")),
    ]
    assert growth.by_day[date(2024, 12, 16)].days == (16, 90, 30)
    assert growth.is_whole


@pytest.mark.parametrize(
    ("until", "days", "interest"),
    [
        (date(2024, 12, 15), 0, "0.00"),
        (date(2024, 12, 16), 0, "0.00"),
        (date(2024, 12, 17), 1, "0.22"),
        (date(2025, 1, 1), 16, "3.51"),
        (date(2025, 1, 2), 17, "3.71"),
    ],
)
def test_interest_runs_from_the_day_and_without_the_last(until, days, interest):
    found = growth_of([date(2024, 12, 16)], EIGHT_THEN_SEVEN, until).by_day[date(2024, 12, 16)]
    assert (sum(found.days), found.on(Decimal("1000.00"))) == (days, Decimal(interest))


@pytest.mark.parametrize(("until", "unrated"), [(date(2025, 7, 1), 0), (date(2025, 7, 2), 1), (date(2025, 8, 1), 31)])
def test_days_past_the_newest_rate_are_counted_and_bear_nothing(until, unrated):
    growth = growth_of([date(2025, 6, 30)], EIGHT_THEN_SEVEN, until)
    found = growth.by_day[date(2025, 6, 30)]
    assert (found.unrated, found.on(Decimal("1000.00"))) == (unrated, Decimal("0.19"))
    assert (growth.is_whole, growth.reach) == (not unrated, date(2025, 7, 1))


def test_a_day_before_the_first_rate_has_no_interest_and_not_nought():
    found = growth_of([date(2023, 9, 30)], EIGHT_THEN_SEVEN, date(2023, 10, 2)).by_day[date(2023, 9, 30)]
    assert (found.share, found.on(Decimal(100)), found.unrated) == (None, None, 2)


def test_a_gap_ends_what_is_known():
    gap = rates(("0.08", date(2024, 1, 1), date(2024, 4, 1)), ("0.07", date(2024, 7, 1), None))
    growth = growth_of([date(2024, 3, 1), date(2024, 7, 1)], gap, date(2024, 8, 1))
    assert [growth.by_day[day].unrated for day in sorted(growth.by_day)] == [122, 0]
    assert growth.by_day[date(2024, 7, 1)].days == (0, 31)


def test_simple_interest_adds_up():
    simple = rates(("0.073", date(2024, 1, 1), None), compounding="simple")
    found = growth_of([date(2024, 1, 1)], simple, date(2024, 4, 10)).by_day[date(2024, 1, 1)]
    assert (found.days, found.share) == ((91, 9), Decimal("0.02"))


def test_without_a_day_nothing_is_computed():
    growth = growth_of([date(2025, 1, 1)], EIGHT_THEN_SEVEN, None)
    assert (growth.by_day, growth.quarters, growth.is_whole) == ({}, (), False)
