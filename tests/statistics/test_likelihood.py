"""Each ground speaks the way it should, and none where nothing is known."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, dirichlet

from analytics.statistics.habits import Habits
from analytics.statistics.likelihood import Lot, Weights, _divided, _log_beta_binomial, weigh
from tests.statistics.conftest import START

DAY = START.toordinal() + 60


def lots(*values: float, gap: int = 1, goods: tuple[str, ...] = (), serial: int | None = None) -> list[Lot]:
    return [
        Lot(
            f"x{place}", DAY + place * gap, value,
            frozenset(goods[place].split()) if goods else frozenset(),
            ("6 O", 5000 + place * serial) if serial else None,
        )
        for place, value in enumerate(values)
    ]  # fmt: skip


OTHERS = [400.0, 450.0, 380.0, 420.0, 410.0]


def test_values_speak_for_parts_of_a_usual_order_and_against_whole_ones(habits: Habits):
    assert weigh(lots(140, 140, 140), OTHERS, "shop", habits).values > 1
    assert weigh(lots(400, 420, 410), OTHERS, "shop", habits).values < -1


def test_a_small_rest_is_less_like_a_lot_than_parts_of_a_like_size():
    total = math.log(392.0)
    assert _divided([math.log(380.0), math.log(12.0)], total) < _divided([math.log(200.0), math.log(192.0)], total)


def test_pace_speaks_for_shipments_closer_than_this_person_orders(habits: Habits):
    rare, often = [400.0] * 2, [400.0] * 60
    assert (
        weigh(lots(140, 140, 140), rare, "shop", habits).pace > weigh(lots(140, 140, 140), often, "shop", habits).pace
    )
    near, far = lots(200, 200, gap=1), lots(200, 200, gap=9)
    assert weigh(near, rare, "shop", habits).pace > weigh(far, rare, "shop", habits).pace


def test_goods_speak_for_parts_of_one_list_and_against_the_same_list_again(habits: Habits):
    habits = replace(habits, repeats=(0.8, 2.0))
    parts = lots(200, 200, goods=("a b c d e f", "g h i j k l"))
    again = lots(200, 200, goods=("a b c d e f", "a b c d e f"))
    assert weigh(parts, OTHERS, "shop", habits).goods > 0 > weigh(again, OTHERS, "shop", habits).goods


def test_goods_that_are_not_known_say_nothing(habits: Habits):
    assert weigh(lots(200, 200, goods=("a b", "")), OTHERS, "shop", habits).goods == 0
    assert weigh(lots(200, 200, goods=("a", "b")), OTHERS, "shop", replace(habits, repeats=None)).goods == 0


def test_numbers_that_run_on_over_days_speak_for_it_and_others_hardly_against(habits: Habits):
    assert weigh(lots(200, 200, 200, serial=1), OTHERS, "shop", habits).numbers > 3
    assert -0.5 < weigh(lots(200, 200, 200, serial=77), OTHERS, "shop", habits).numbers < 0
    assert weigh(lots(200, 200), OTHERS, "shop", habits).numbers == 0


def test_numbers_of_two_series_say_nothing(habits: Habits):
    first, second = lots(200, 200, serial=1)
    assert weigh([first, replace(second, serial=("9 Z", 5001))], OTHERS, "shop", habits).numbers == 0


@given(st.floats(-2000, 2000), st.floats(-50, 50))
def test_a_score_lies_between_0_and_1_and_grows_with_the_weight(pace, values):
    weights = Weights(pace, values, 0.0, 0.0)
    assert 0 <= weights.score <= 1
    assert replace(weights, pace=pace + 1).score >= weights.score


def test_even_odds_are_a_half():
    assert Weights(1.0, -1.0, 0.5, -0.5).score == 0.5
    assert Weights(math.log(9), 0.0, 0.0, 0.0).score == pytest.approx(0.9)


def test_the_laws_are_those_of_scipy():
    assert _log_beta_binomial(2, 7, 0.8, 2.0) == pytest.approx(betabinom.logpmf(2, 7, 0.8, 2.0))
    parts = [0.2, 0.5, 0.3]
    total = math.log(700.0)
    logs = [math.log(700.0 * part) for part in parts]
    expected = dirichlet.logpdf(parts, [2.5] * 3) - 2 * total
    assert _divided(logs, total) == pytest.approx(expected)
