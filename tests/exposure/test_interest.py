"""Interest runs at the shipped rates, or at those that were brought, and only where every day has one."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from analytics.exposure.interest import interest_factors
from tests.exposure.tables import reference, tables

UNIT = 10**12


def rate(share, begin, end=None, compounding="simple"):
    return {
        "regime": "us", "annual_rate": Decimal(share), "compounding": compounding, "valid_from": begin, "valid_to": end,
    }  # fmt: skip


def share(*rates, start=date(2025, 1, 1), until=date(2026, 1, 1)):
    return interest_factors(pl.Series([start]), reference("ref_interest_rates", *rates), until)["interest_share"][0]


def shipped(start, until):
    return interest_factors(pl.Series([start]), tables()["ref_interest_rates"], until)["interest_share"][0]


@pytest.mark.parametrize(
    ("first", "before", "after"),
    [
        (date(2016, 4, 1), 3, 4),
        (date(2018, 4, 1), 4, 5),
        (date(2019, 1, 1), 5, 6),
        (date(2019, 7, 1), 6, 5),
        (date(2020, 7, 1), 5, 3),
        (date(2022, 4, 1), 3, 4),
        (date(2022, 7, 1), 4, 5),
        (date(2022, 10, 1), 5, 6),
        (date(2023, 1, 1), 6, 7),
        (date(2023, 10, 1), 7, 8),
        (date(2025, 1, 1), 8, 7),
        (date(2026, 4, 1), 7, None),
    ],
)
def test_the_shipped_rates_change_on_the_first_day_of_a_quarter(first, before, after):
    day = timedelta(days=1)
    for start, percent in ((first - day, before), (first, after)):
        found = shipped(start, start + day)
        assert found == (None if percent is None else round(Decimal(percent) / 36500 * UNIT))


def test_interest_past_the_newest_quarter_is_unknown():
    assert shipped(date(2025, 1, 15), date(2026, 4, 1)) is not None
    assert shipped(date(2025, 1, 15), date(2026, 4, 2)) is None


def test_a_year_at_seven_per_cent():
    assert share(rate("0.07", date(2025, 1, 1))) == 7 * UNIT // 100


def test_daily_interest_bears_interest():
    exact = (1 + Decimal("0.07") / 365) ** 365 - 1
    assert abs(share(rate("0.07", date(2025, 1, 1), compounding="daily")) - int(exact * UNIT)) <= 1


def test_rates_follow_one_another():
    half = date(2025, 7, 1)
    found = share(rate("0.07", date(2024, 1, 1), half), rate("0.08", half))
    assert found == round(Decimal(181 * 7 + 184 * 8) / 36500 * UNIT)


@pytest.mark.parametrize(
    "rates",
    [
        [],
        [rate("0.07", date(2025, 1, 2))],
        [rate("0.07", date(2025, 1, 1), date(2025, 12, 31))],
        [rate("0.07", date(2025, 1, 1), date(2025, 3, 1)), rate("0.07", date(2025, 3, 2))],
    ],
)
def test_a_day_without_a_rate_leaves_it_unknown(rates):
    assert share(*rates) is None


def test_no_day_no_interest():
    assert share(rate("0.07", date(2025, 1, 1)), until=None) is None
    assert share(rate("0.07", date(2025, 1, 1)), until=date(2025, 1, 1)) == 0
