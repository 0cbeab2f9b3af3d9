"""Days just under the limit: silent where people buy as they like, loud where days fall on one side only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from analytics.statistics.chance import adjusted
from analytics.typologies.structuring.step import learn_laws, quarters_tested

QUARTER, LIMIT, WIDTH, BUYERS = date(2024, 1, 1), 80_000, Decimal("0.15"), 20
SCHEMA = {
    "identity_id": pl.String, "pool": pl.String, "limit_currency": pl.String, "arrival_date": pl.Date,
    "quarter_start": pl.Date, "limit_amount": pl.Decimal(18, 2), "counted_amount": pl.Decimal(18, 2),
    "is_near": pl.Boolean,
}  # fmt: skip


def days(
    persons: Iterable[tuple[str, Iterable[float]]], *, pool: str = "standard", quarter: date = QUARTER
) -> pl.DataFrame:
    """Rows of int_days__of_no_split_order: each person's days as shares of the limit."""
    rows = []
    for person, shares in persons:
        for place, share in enumerate(shares):
            cents = round(share * LIMIT)
            if 0.55 * LIMIT < cents <= 1.45 * LIMIT:
                amount, is_near = Decimal(cents) / 100, 0.85 * LIMIT < cents <= LIMIT
                day = quarter + timedelta(days=place)
                rows.append((person, pool, "USD", day, quarter, Decimal(LIMIT) / 100, amount, is_near))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def measured(frame: pl.DataFrame) -> pl.DataFrame:
    return quarters_tested(frame, learn_laws(frame, WIDTH, BUYERS), 3)


def flagged(frame: pl.DataFrame) -> list[str]:
    return measured(frame).filter(pl.col("q_value") <= 0.05)["identity_id"].to_list()


def honest(rng: np.random.Generator, count: int, spread: float = 0.5) -> list[tuple[str, list[float]]]:
    """Buyers each with a value of their own, and days around it."""
    usual = 0.7 * np.exp(rng.normal(0, 0.5, count))
    return [
        (f"p{number:04d}", (level * np.exp(rng.normal(0, spread, rng.poisson(4)))).tolist())
        for number, level in enumerate(usual)
    ]


def walkers(rng: np.random.Generator, count: int) -> list[tuple[str, list[float]]]:
    return [(f"w{number:03d}", rng.uniform(0.86, 1, rng.integers(4, 8)).tolist()) for number in range(count)]


CROWD = honest(np.random.default_rng(3), 300)
NEAR = [0.9, 0.95, 0.97, 0.99, 1.0, 0.92]


def test_many_days_on_one_side_stand_out():
    assert flagged(days([*CROWD, ("walker", NEAR)])) == ["walker"]


def test_who_buys_at_about_that_value_has_days_on_both_sides():
    row = measured(days([*CROWD, ("trader", [*NEAR, *[1.1, 0.8] * 8])])).filter(identity_id="trader")
    assert row["q_value"][0] > 0.5


@pytest.mark.parametrize("count", [10, 100, 300])
def test_schemers_do_not_teach_what_is_usual(count):
    found: list[str] = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        people = honest(rng, 600)
        found += flagged(days([*people, *walkers(rng, count)]))
    assert sum(name.startswith("w") for name in found) >= 0.85 * 5 * count
    assert sum(name.startswith("p") for name in found) <= 0.05 * len(found)


def test_the_share_is_the_same_with_schemers_and_without():
    rng = np.random.default_rng(1)
    shares = {measured(days([*CROWD, *walkers(rng, count)]))["usual_share"][0] for count in (0, 500)}
    assert len(shares) == 1


@pytest.mark.parametrize("spread", [0.25, 0.5, 0.8])
@pytest.mark.parametrize("size", [60, 400])
def test_honest_buyers_are_left_alone(size, spread):
    frames = (days(honest(np.random.default_rng(seed), size, spread)) for seed in range(25))
    assert sum(bool(flagged(frame)) for frame in frames) <= 1


@pytest.mark.parametrize(
    ("shares", "is_tested", "is_flagged"),
    [
        ([0.9, 0.95], False, False),
        ([0.9, 0.95, 0.97], True, True),
        ([0.9, 0.95, 1.2], True, False),
        ([0.85, 0.85, 0.85], True, False),
        ([0.850125, 0.950125, 1.0], True, True),
        ([0.9, 1.0, 1.000125], True, False),
    ],
    ids=["two days", "three days", "two near", "edge of the band", "limit itself", "a hundredth over it"],
)
def test_bounds(shares, is_tested, is_flagged):
    level = [(f"p{number:03d}", [1.1 + number % 3 * 0.15]) for number in range(400)]
    level += [(f"q{number:03d}", [0.6 + number % 2 * 0.15]) for number in range(200)]
    row = measured(days([*level, ("x", shares)])).filter(identity_id="x")
    assert (len(row) == 1) is is_tested
    assert (row["q_value"] <= 0.05).any() is is_flagged


def test_fewer_days_than_would_be_flagged_have_chance_one():
    row = measured(days([*CROWD, ("x", [0.9, 0.95, 1.2])])).filter(identity_id="x")
    assert (row["near_days"][0], row["p_value"][0], row["one_in"][0]) == (2, 1.0, 1)


def test_q_values_are_adjusted_for_all_that_were_tested():
    frame = measured(pl.concat([days(CROWD), days(honest(np.random.default_rng(8), 200), pool="gift")]))
    assert frame["tests"].unique().to_list() == [len(frame)]
    assert frame["pool"].n_unique() == 2
    assert frame["q_value"].to_list() == adjusted(frame["p_value"].to_numpy()).tolist()


def test_quarters_are_apart():
    halves = [days([*CROWD, ("x", NEAR[:3])]), days([("x", NEAR[3:])], quarter=date(2024, 4, 1))]
    assert measured(pl.concat(halves)).filter(identity_id="x")["near_days"].to_list() == [3, 3]


@pytest.mark.parametrize(("buyers", "is_learned"), [(19, False), (20, True)])
def test_from_too_few_buyers_nothing_is_learned(buyers, is_learned):
    frame = days([*((f"p{number}", [0.7]) for number in range(buyers)), ("walker", NEAR)])
    (learned,) = learn_laws(frame, WIDTH, BUYERS)
    assert (learned.buyers, learned.law is not None) == (buyers, is_learned)
    assert measured(frame).is_empty() is not is_learned


def test_rows_in_another_order_change_nothing():
    frame = days([*CROWD, ("walker", NEAR)])
    assert measured(frame.sample(fraction=1, shuffle=True, seed=2)).equals(measured(frame))


def test_without_days_there_is_nothing():
    assert measured(days([])).is_empty()
