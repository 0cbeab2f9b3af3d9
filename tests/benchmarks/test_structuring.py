"""Walkers are planted by the law, and in a real year they are found while honest customers are left alone."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from benchmarks.structuring import (
    LIMIT_CENTS,
    flagged_days,
    measure,
    parcels_of_year,
    plant_walkers,
    to_days,
)
from tests.shared_data import shared

DAY = date(2010, 2, 1)


@pytest.fixture(scope="module")
def parcels() -> pl.DataFrame:
    return parcels_of_year(shared("data/online_retail_2009_2010"))


def made(*rows: tuple[str, int, int, bool]) -> pl.DataFrame:
    """Customer, day, pence, whether it was planted."""
    named = [(f"p{place}", who, DAY + timedelta(days=day), pence, is_planted)
             for place, (who, day, pence, is_planted) in enumerate(rows)]  # fmt: skip
    return pl.DataFrame(named, schema=["parcel", "customer", "day", "cents", "is_planted"], orient="row")


def test_walkers_follow_the_law(parcels: pl.DataFrame) -> None:
    planted = plant_walkers(parcels, 50, 1).filter("is_planted")
    walks = planted.group_by("customer").agg(pl.len(), pl.col("day").sort().diff().dt.total_days().alias("gaps"))
    assert walks.height == 50
    assert set(walks["len"]) == {4, 5, 6, 7}
    assert set(walks["gaps"].explode().drop_nulls()) == {2, 3, 4, 5, 6, 7}
    assert planted["cents"].min() >= 0.86 * LIMIT_CENTS - 1
    assert planted["cents"].max() <= LIMIT_CENTS
    assert set(walks["customer"]) <= set(parcels["customer"])


@pytest.mark.parametrize(
    ("pence", "is_near"),
    [(28380, None), (28381, False), (43860, False), (43861, True), (51600, True), (51601, False), (74821, None)],
)
def test_days_are_counted_as_the_program_counts_them(pence: int, is_near: bool | None) -> None:
    near = to_days(made(("a", 0, pence, False)), LIMIT_CENTS)["is_near"].to_list()
    assert near == ([] if is_near is None else [is_near])


def test_a_parcel_over_the_limit_is_set_aside_where_others_are_near_it() -> None:
    days = to_days(made(("a", 0, 50_000, False), ("a", 0, 60_000, False)), LIMIT_CENTS)
    assert days.select("counted_amount", "is_near").rows() == [(500, True)]


def test_what_flags_name_is_told_apart() -> None:
    rows = [("w", day, 50_000, True) for day in range(4)] + [("w", 9, 49_000, False), ("h", 1, 50_000, False)]
    everything = made(*rows)
    found = measure(everything, everything.select("customer", "day"))
    assert (found.walkers, found.found, found.named, found.right, found.others) == (1, 1, 6, 4, 1)
    two = measure(everything, everything.select("customer", "day").head(2))
    assert (two.found, two.named, two.others) == (0, 2, 0)


def test_walkers_in_a_real_year_are_found(parcels: pl.DataFrame) -> None:
    tries = [measure(it, flagged_days(to_days(it, LIMIT_CENTS)))
             for it in (plant_walkers(parcels, 20, seed) for seed in range(1, 11))]  # fmt: skip
    assert sum(it.found for it in tries) / 200 >= 0.55
    assert sum(it.right for it in tries) >= 0.95 * sum(it.named for it in tries)


def test_many_walkers_do_not_hide_each_other(parcels: pl.DataFrame) -> None:
    many = plant_walkers(parcels, 400, 1)
    found = measure(many, flagged_days(to_days(many, LIMIT_CENTS)))
    assert found.found >= 0.9 * 400
    assert found.right >= 0.95 * found.named


def test_honest_customers_are_left_alone_at_other_limits(parcels: pl.DataFrame) -> None:
    limits = range(200, 1_201, 40)
    flagged = sum(flagged_days(to_days(parcels, limit * 100))["customer"].n_unique() for limit in limits)
    assert flagged <= len(limits) * parcels["customer"].n_unique() / 10_000
