"""The most that may be asked, and what only a person decides."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.errors import UsageError
from analytics.exposure.penalties import manual_penalty, most_penalty, with_penalty_terms
from analytics.exposure.settings import Settings
from tests.exposure.tables import tables


def terms(culpability, day=date(2025, 1, 15), **figures):
    readings = pl.DataFrame({"last_day": [day], **{name: [value] for name, value in figures.items()}})
    return with_penalty_terms(readings, tables()["ref_penalties"], Settings(culpability=culpability))


@pytest.mark.parametrize(
    ("culpability", "loss", "dutiable", "domestic", "cents"),
    [
        ("negligence", 48186, 120000, 120000, 96372),
        ("gross_negligence", 20000, 120000, 120000, 80000),
        ("gross_negligence", 48186, 120000, 120000, 120000),
        ("negligence", 0, 120000, 120000, 24000),
        ("gross_negligence", 0, 120000, 120000, 48000),
        ("fraud", 48186, 120000, 120000, 120000),
        ("fraud", 0, 120000, 120000, 120000),
    ],
)
def test_the_most_by_culpability(culpability, loss, dutiable, domestic, cents):
    frame = terms(culpability, loss=loss, dutiable=dutiable, domestic=domestic)
    assert frame.select(most_penalty(pl.col("loss"), pl.col("dutiable"), pl.col("domestic"))).item() == cents


@pytest.mark.parametrize(
    ("day", "is_said"),
    [(date(2025, 8, 2), False), (date(2025, 8, 3), True), (date(2027, 6, 30), True), (date(2027, 7, 1), False)],
)
def test_what_a_person_decides_is_said_in_its_window(day, is_said):
    assert ("1321(c)" in terms("negligence", day=day)["penalty_said"][0]) is is_said


@pytest.mark.parametrize(
    ("earlier", "violations", "amount"),
    [(0, 0, "0"), (0, 1, "5000"), (0, 3, "25000"), (1, 1, "10000"), (2, 2, "20000")],
)
def test_the_first_violation_costs_less_than_the_later_ones(earlier, violations, amount):
    assert manual_penalty(date(2025, 8, 10), earlier=earlier, violations=violations) == Decimal(amount)


@pytest.mark.parametrize("day", [date(2025, 8, 2), date(2027, 7, 1)])
def test_outside_its_window_it_is_refused(day):
    with pytest.raises(UsageError, match="2025-08-03"):
        manual_penalty(day)


def test_negative_numbers_are_refused():
    with pytest.raises(UsageError, match="0 or more"):
        manual_penalty(date(2025, 8, 10), violations=-1)
