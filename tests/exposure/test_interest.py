"""Interest runs only at rates that were brought."""

from datetime import date
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


def test_no_rate_is_shipped():
    assert tables()["ref_interest_rates"].is_empty()


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
