"""The share just under a limit is read off the bands beside it; whoever stands just under it teaches nothing."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analytics.statistics.bunching import learn_near_law


def buyers(counts: dict[int, int], days: int = 1) -> pl.DataFrame:
    """So many buyers a band, none in two bands."""
    bands = [band for band, count in counts.items() for _ in range(count)]
    columns = {"buyer": range(len(bands)), "band": bands, "days": [days] * len(bands)}
    return pl.DataFrame(columns, schema={"buyer": pl.UInt32, "band": pl.Int64, "days": pl.Int64})


LEVEL = dict.fromkeys(range(-2, 4), 100)


def test_a_level_trend_expects_a_sixth():
    assert learn_near_law(buyers(LEVEL)).shares.mean == pytest.approx(1 / 6, abs=0.001)


@pytest.mark.parametrize("near", [0, 100, 5_000])
def test_those_just_under_the_limit_do_not_teach_the_share(near):
    assert learn_near_law(buyers({**LEVEL, 0: near})) == learn_near_law(buyers(LEVEL))


def test_a_falling_trend_is_met_where_it_passes_the_limit():
    fall = {band: round(1000 * 0.7**band) for band in range(-2, 4)}
    assert learn_near_law(buyers(fall)).shares.mean == pytest.approx(1000 / sum(fall.values()), abs=0.001)


def test_a_buyer_counts_once_a_band_however_often():
    often = pl.DataFrame({"buyer": [9_999], "band": [-1], "days": [400]}, schema=buyers({}).schema)
    alone, beside = learn_near_law(buyers(LEVEL)), learn_near_law(pl.concat([buyers(LEVEL), often]))
    assert beside.shares.mean == pytest.approx(alone.shares.mean, abs=0.001)


@pytest.mark.parametrize(("above", "method"), [(25, "trend"), (24, "rise"), (0, "rise")])
def test_where_hardly_anything_lies_above_the_bands_below_decide(above, method):
    law = learn_near_law(buyers({-2: 100, -1: 100, 1: above, 2: above}))
    assert law.method == method
    if method == "rise":
        assert law.shares.mean == pytest.approx(100 / (300 + 2 * above), abs=0.002)


def test_a_rise_below_is_not_carried_on():
    assert learn_near_law(buyers({-2: 10, -1: 90})).shares.mean == pytest.approx(90 / 190, abs=0.01)


def test_the_spread_is_never_less_than_a_fiftieth():
    assert learn_near_law(buyers(LEVEL)).shares.spread == 0.02


def test_buyers_of_one_band_each_are_far_apart():
    apart = learn_near_law(buyers(LEVEL, days=5)).shares.spread
    rng = np.random.default_rng(4)
    mixed = pl.DataFrame({"buyer": np.repeat(np.arange(500), 8), "band": rng.choice([-2, -1, 1, 2, 3], 4_000)})
    alike = mixed.group_by("buyer", "band").agg(days=pl.len().cast(pl.Int64)).sort("buyer", "band")
    assert apart > 0.5
    assert learn_near_law(alike).shares.spread < 0.05
