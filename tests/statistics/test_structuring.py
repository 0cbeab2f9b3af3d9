"""Days just under the limit: silent where people buy as they like, loud where days fall on one side only."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analytics.statistics.structuring import quarters_tested

QUARTER = date(2024, 1, 1)


def days(*persons: tuple[str, int, int], repeats: int = 0) -> pl.DataFrame:
    """Rows of int_days__around_the_limit: a person's days just under, further off, and the same parcel again."""
    rows = []
    for person, near, off in persons:
        kinds = [(True, False)] * near + [(False, False)] * off + [(True, True)] * repeats
        rows += [
            (person, "standard", "USD", QUARTER + timedelta(days=place), is_near, QUARTER, is_repeat)
            for place, (is_near, is_repeat) in enumerate(kinds)
        ]
    schema = {
        "identity_id": pl.String, "pool": pl.String, "limit_currency": pl.String, "arrival_date": pl.Date,
        "is_near": pl.Boolean, "quarter_start": pl.Date, "is_repeat": pl.Boolean,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


CROWD = [(f"p{number:03d}", number % 2, 1 + number % 3) for number in range(200)]


def test_many_days_on_one_side_stand_out():
    tested = quarters_tested(days(*CROWD, ("walker", 9, 0)), 3)
    walker = tested.filter(pl.col("identity_id") == "walker").row(0, named=True)
    assert walker["q_value"] < 0.01
    assert tested.filter(pl.col("q_value") <= 0.05)["identity_id"].to_list() == ["walker"]


def test_who_buys_at_about_that_value_has_days_on_both_sides():
    tested = quarters_tested(days(*CROWD, ("trader", 9, 16)), 3)
    assert tested.filter(pl.col("identity_id") == "trader")["q_value"][0] > 0.5


def test_two_days_are_not_tested_and_three_are():
    tested = quarters_tested(days(*CROWD[:50], ("two", 2, 0), ("three", 3, 0)), 3)
    assert set(tested["identity_id"]) & {"two", "three"} == {"three"}


def test_the_same_goods_for_the_same_money_count_once():
    with_repeats = quarters_tested(days(("again", 1, 0), repeats=12), 1)
    assert with_repeats["near_days"].to_list() == [1]


def test_where_everybody_stays_under_nobody_stands_out():
    tested = quarters_tested(days(*[(f"p{number}", 5, 0) for number in range(60)]), 3)
    assert tested["q_value"].min() > 0.05


def test_without_days_there_is_nothing():
    assert quarters_tested(days(), 3).is_empty()


@pytest.mark.parametrize("alike", [True, False])
def test_chance_raises_no_more_than_the_stated_rate(alike: bool):
    """Values spread evenly around the limit; people alike in their share of near days, or not."""
    rng = np.random.default_rng(9)
    false_runs = 0
    for _ in range(200):
        shares = np.full(150, 0.25) if alike else rng.beta(2, 6, 150)
        tries = rng.integers(1, 12, 150)
        hits = rng.binomial(tries, shares)
        persons = [
            (f"p{number}", int(near), int(off))
            for number, (near, off) in enumerate(zip(hits, tries - hits, strict=True))
        ]
        false_runs += bool((quarters_tested(days(*persons), 3)["q_value"] <= 0.05).any())
    assert false_runs / 200 <= 0.05 + 0.03  # three standard errors of 200 runs are less
