"""Crowds below a limit are told from round numbers, falling densities and lumps."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analytics.statistics.crowds import Crowd, measure_crowd
from analytics.typologies.just_below_clustering.step import units_tested
from tests.shared_data import shared

LIMIT = 800_00
CENT = pl.lit("0.01").cast(pl.Decimal(18, 2))


def crowd(cents: np.ndarray, limit: int = LIMIT) -> Crowd | None:
    distinct, counts = np.unique(cents.astype(np.int64), return_counts=True)
    return measure_crowd(distinct, counts, limit, bandwidth=0.2, band=0.1)


def falling(rng: np.random.Generator, count: int) -> np.ndarray:
    """Amounts whose density falls all the way, with nothing at the limit."""
    return np.round(rng.exponential(60_000, count)) + 1


def is_found(found: Crowd | None) -> bool:
    return found is not None and found.p_value < 0.01 and found.elsewhere_share <= 0.1


def test_a_crowd_below_the_limit_is_found_with_its_size():
    rng = np.random.default_rng(1)
    found = crowd(np.concatenate([falling(rng, 20_000), rng.integers(76_000, 80_001, 400)]))
    assert found.method == "step"
    assert is_found(found)
    assert found.excess_low < 400 * 0.94 < found.excess_high  # six in a hundred have a heaped ending


def test_a_heap_of_exactly_the_limit_is_no_crowd():
    rng = np.random.default_rng(1)
    assert not is_found(crowd(np.concatenate([falling(rng, 20_000), np.full(2_000, LIMIT)])))


def test_prices_that_end_in_99_are_no_crowd():
    rng = np.random.default_rng(1)
    assert not is_found(crowd(np.concatenate([falling(rng, 20_000), np.full(2_000, 79_999)])))


def test_heaps_at_every_round_number_are_no_crowd():
    rng = np.random.default_rng(1)
    rounded = falling(rng, 20_000)
    rounded = np.where(rng.random(20_000) < 0.4, np.round(rounded / 5_000) * 5_000, rounded)
    assert not is_found(crowd(rounded[rounded > 0]))


def test_a_density_that_falls_is_no_crowd():
    rng = np.random.default_rng(4)
    found = [is_found(crowd(falling(rng, 4_000))) for _ in range(60)]
    assert sum(found) <= 2


def test_a_lump_here_is_nothing_where_there_are_lumps_everywhere():
    """Fees that are paid again and again, just below many values: the limit is one of them."""
    rng = np.random.default_rng(1)
    fees = np.repeat((np.arange(20_000, 320_000, 8_000) - 350) // 100 * 100 + 50, 150)
    found = crowd(np.concatenate([falling(rng, 20_000), fees]))
    assert found.elsewhere_share > 0.1
    assert not is_found(found)


def test_where_nothing_lies_above_the_limit_the_trend_below_it_is_what_counts():
    rng = np.random.default_rng(2)
    under = falling(rng, 20_000)
    under = under[under <= LIMIT]
    assert not is_found(crowd(under))
    found = crowd(np.concatenate([under, rng.integers(76_000, 80_001, 400)]))
    assert found.method == "rise"
    assert is_found(found)
    assert found.excess_low < 376 < found.excess_high


@pytest.mark.parametrize("cents", [np.arange(100, 90_000) * 100, np.array([70_001, 70_002])])
def test_only_whole_amounts_or_hardly_any_tell_nothing(cents):
    assert crowd(cents) is None


def units(rng: np.random.Generator, count: int, *, crowded: int = 0) -> pl.DataFrame:
    """Rows of int_amounts__of_units: sellers whose values are spread evenly, some with a crowd."""
    frames = []
    for number in range(count):
        cents = rng.integers(40_000, 160_000, 1_500)
        if number < crowded:
            cents = np.concatenate([cents, rng.integers(77_000, 80_001, 250)])
        distinct, often = np.unique(cents, return_counts=True)
        frames.append(pl.DataFrame({"cents": distinct, "shipments": often, "sources": often, "unit": f"S{number:03d}"}))
    return pl.concat(frames).select(
        pl.lit("seller").alias("unit_kind"), "unit", pl.lit("USD").alias("limit_currency"),
        pl.lit("800.00").cast(pl.Decimal(18, 2)).alias("limit_amount"),
        amount=(pl.col("cents").cast(pl.Decimal(18, 2)) * CENT).cast(pl.Decimal(18, 2)), shipments="shipments",
        sources="sources",
    )  # fmt: skip


def test_sellers_with_a_crowd_are_found_among_others():
    tested = units_tested(units(np.random.default_rng(1), 30, crowded=3), bandwidth=0.2, band=0.1)
    found = tested.filter(pl.col("q_value") <= 0.05, pl.col("elsewhere_share") <= 0.1)
    assert {"S000", "S001", "S002"} <= set(found["unit"])
    assert len(found) <= 4  # one in twenty may be chance
    assert tested["tests"].to_list() == [30] * 30


def test_evenly_spread_values_make_flags_no_oftener_than_stated():
    rng = np.random.default_rng(6)
    with_flags = 0
    for _ in range(40):
        tested = units_tested(units(rng, 8), bandwidth=0.2, band=0.1)
        with_flags += bool(tested.filter(pl.col("q_value") <= 0.05, pl.col("elsewhere_share") <= 0.1).height)
    assert with_flags <= 5  # 2 are expected at most; 5 or fewer have a chance of 98% then


def test_a_price_paid_again_and_again_counts_once():
    rng = np.random.default_rng(1)
    one = units(rng, 1)
    fee = one.head(1).with_columns(amount=pl.lit("787.50").cast(pl.Decimal(18, 2)), shipments=300, sources=1)
    tested = units_tested(pl.concat([one, fee.select(one.columns)], how="vertical_relaxed"), bandwidth=0.2, band=0.1)
    assert tested["statistic"][0] > 3
    assert tested["once_statistic"][0] < 1.645


def test_nothing_to_test_is_nothing_found():
    assert units_tested(units(np.random.default_rng(1), 1).head(0), bandwidth=0.2, band=0.1).is_empty()


@pytest.mark.parametrize(
    ("limit", "fires"),
    [(250, True), (500, True), (800, False), (1200, False), (1500, False), (300, False), (600, False)],
)
def test_card_payments_crowd_below_their_limits_and_not_below_other_values(limit: int, fires: bool):
    payments = pl.read_parquet(shared("data/birmingham_purchase_cards/transactions.parquet"))
    cents = (payments["amount_gbp"] * 100).round().cast(pl.Int64).to_numpy()
    found = crowd(cents[cents > 0], limit * 100)
    assert found.method == "step"
    assert is_found(found) is fires
