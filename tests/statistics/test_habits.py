"""What is usual is learned by robust means, and plain loops say the same."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analytics.statistics.habits import Habits, _medians_of_others, centre, learn_habits
from tests.statistics.conftest import DAYS, START, compared, honest_orders


def test_medians_of_others_are_those_of_a_plain_loop():
    rng = np.random.default_rng(3)
    sizes = np.array([1, 2, 3, 4, 7, 10])
    groups = [np.sort(rng.normal(size=size)) for size in sizes]
    start = np.repeat(np.cumsum(sizes) - sizes, sizes)
    rank = np.arange(sizes.sum()) - start
    found = _medians_of_others(np.concatenate(groups), start, rank, np.repeat(sizes, sizes))
    plain = [np.median(np.delete(group, at)) if len(group) > 1 else 0.0 for group in groups for at in range(len(group))]
    assert found == pytest.approx(plain)


def test_a_centre_is_drawn_towards_the_typical_value_and_less_so_with_more_orders():
    assert centre(5.0, np.array([])) == 5.0
    few, many = centre(5.0, np.full(2, 7.0)), centre(5.0, np.full(20, 7.0))
    assert 5.0 < few < many < 7.0


def test_the_pace_of_a_person_grows_with_the_orders_and_with_the_season(habits: Habits):
    day = START.toordinal() + 90
    assert habits.pace(1, day) < habits.pace(10, day) <= 0.5
    orders, goods = honest_orders(2)
    late = orders.with_columns(
        arrival_date=pl.when(pl.int_range(pl.len()) % 3 == 0).then(pl.date(2024, 6, 1)).otherwise("arrival_date")
    )
    busy = learn_habits(late, compared(late, goods), 10)
    assert busy.pace(5, START.toordinal() + 150) > 2 * busy.pace(5, START.toordinal() + 30)


def test_orders_that_follow_at_once_are_told_from_the_pace(habits: Habits):
    assert len(habits.prompt_days) == 10
    assert habits.prompt_days.sum() == pytest.approx(1.0)
    assert habits.prompt_days[0] > 2 * habits.prompt_days[1:].max()  # one in twelve comes twice on one day
    assert 0.03 < habits.prompt_share < 0.25


def test_densities_are_densities(habits: Habits):
    for density in (habits.first_values, habits.next_values):
        assert np.exp(density.log_density).sum() * 0.25 == pytest.approx(1.0, abs=0.02)
        assert density.at(0.0) > density.at(2.0) > density.at(40.0)


def test_a_few_splits_among_many_orders_do_not_move_what_is_usual(habits: Habits):
    orders, goods = honest_orders(1)
    last = orders["serial_no"].max()
    lots = orders.head(12).with_columns(
        order_uid=pl.format("x{}", pl.int_range(12)), identity_id=pl.lit("p0001"), value_usd=pl.lit(60.0),
        serial_no=last + 1 + pl.int_range(12),
    )  # fmt: skip
    moved = pl.concat([orders, lots]).with_columns(orders_of_person=pl.len().over("identity_id"))
    again = learn_habits(moved, compared(moved, goods), 10)
    assert again.prompt_share == pytest.approx(habits.prompt_share, abs=0.02)
    assert again.first_values.at(0.0) == pytest.approx(habits.first_values.at(0.0), abs=0.1)
    assert again.sellers["shop"] == pytest.approx(habits.sellers["shop"], abs=0.05)


def test_without_product_numbers_goods_are_not_learned():
    orders, _ = honest_orders(1, persons=50)
    assert learn_habits(orders, compared(orders, {}), 10).repeats is None


def test_one_order_is_enough_to_learn_from():
    orders, goods = honest_orders(1, persons=30)
    one = orders.head(1)
    assert learn_habits(one, compared(one, goods), 10).days == 1 <= DAYS
