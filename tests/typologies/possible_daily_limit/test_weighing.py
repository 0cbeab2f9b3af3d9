"""What is learned from a file, what day and value say, and the share of true pairs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from analytics.typologies.possible_daily_limit.comparing import COLUMNS, LEVELS
from analytics.typologies.possible_daily_limit.conduct import observe
from analytics.typologies.possible_daily_limit.groups import grouped, worth_weighing
from analytics.typologies.possible_daily_limit.learning import PLACES, learn, placed, shipped_shares
from analytics.typologies.possible_daily_limit.posterior import posterior

MONDAY = date(2025, 1, 13)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sign", LEVELS)
def test_shipped_shares_are_shares(sign, place):
    shares = [shipped_shares()[sign, place, level] for level in LEVELS[sign]]
    for side in zip(*shares, strict=True):
        assert all(share > 0 for share in side)
        assert sum(side) == pytest.approx(1, abs=0.1)


def aliases(*rows):
    """Keys of aliases: identity, name, phone, house."""
    full = [
        {**dict.fromkeys(COLUMNS), "party_class": "person", "street": "larkspur", "postal": "50309",
         "alias_id": f"a{at:04}", "identity_id": identity, "name": name, "phone": phone, "house": house}
        for at, (identity, name, phone, house) in enumerate(rows)
    ]  # fmt: skip
    frame = pl.DataFrame(full, schema={**dict.fromkeys(COLUMNS, pl.String), "identity_id": pl.String})
    return placed(frame.drop("identity_id"), frame.select("alias_id", "identity_id"))


def test_a_file_of_nobody_weighs_as_shipped():
    learned = learn(aliases())
    assert (learned.of_one, learned.of_two, learned.neighbors) == (0, 0, ())
    one, two = shipped_shares()["name", "dwelling", "same"]
    assert learned.weights["name", "dwelling", "same"] == pytest.approx(np.log10(one / two))


def test_neighbors_whose_names_are_alike_make_such_names_say_less():
    strangers = [
        (f"i{at}", f"{given} okafor", f"515555{at * 37 % 10_000:04}", str(at // 2))
        for at, given in enumerate(("tamsin", "tamsim") * 200)
    ]
    learned, usual = learn(aliases(*strangers)), learn(aliases())
    assert learned.of_two > 100
    assert learned.weights["name", "dwelling", "slip"] < usual.weights["name", "dwelling", "slip"] - 1


def test_a_place_with_several_units_or_many_identities_is_a_building():
    crowd = aliases(*((f"i{at}", "x y", None, "1" if at < 5 else "2") for at in range(9)))
    kinds = crowd.kinds(crowd.aliases["identity_id"])
    assert {kinds[f"i{at}"] for at in range(5)} == {"building"}
    assert {kinds[f"i{at}"] for at in range(5, 9)} == {"dwelling"}


def days(*counts):
    rows = [
        (f"i{at}-{no}", MONDAY + timedelta(days=at), 0.02) for at, count in enumerate(counts) for no in range(count)
    ]
    return pl.DataFrame(
        rows, schema={"identity_id": pl.String, "arrival_date": pl.Date, "share": pl.Float64}, orient="row"
    )


def test_who_orders_every_day_meets_by_chance():
    conduct = observe(days(*[10] * 50), [], PLACES)
    seldom, often = conduct.day(np.array([1.0, 30.0]), np.array([1.0, 30.0]), ["dwelling", "dwelling"])
    assert seldom == pytest.approx(50)
    assert often == 1


def test_households_that_order_together_make_a_common_day_say_less():
    together = pl.DataFrame(
        [(identity, MONDAY + timedelta(days=day), 0.02) for day in range(40) for identity in ("m", "n")],
        schema=days().schema, orient="row",
    )  # fmt: skip
    conduct = observe(pl.concat([days(*[5] * 400), together]), [("m", "n", "dwelling")], PLACES)
    assert conduct.together["dwelling"] > 1 == conduct.together["building"]


def test_values_that_the_file_seldom_has_say_more():
    conduct = observe(days(200), [], PLACES)
    usual, seldom = conduct.value(np.array([0.02, 0.6]), np.array([0.02, 0.6]))
    assert seldom > usual


def test_the_share_of_true_pairs_is_learned():
    rng = np.random.default_rng(7)
    is_one = rng.random(4_000) < 0.05
    identity = np.where(is_one, rng.normal(2.3, 0.8, 4_000), rng.normal(-2.3, 0.8, 4_000))
    even = np.ones(4_000)
    told = posterior(identity, even, even, np.ones(4_000, dtype=bool))
    assert told.share == pytest.approx(is_one.mean(), abs=0.01)
    assert ((told.probability >= 0.5) == is_one).mean() > 0.99


def test_few_pairs_leave_the_usual_share():
    told = posterior(np.array([0.0]), np.ones(1), np.ones(1), np.ones(1, dtype=bool))
    assert told.share == pytest.approx(0.02, abs=0.001)


def test_pairs_of_a_day_are_joined_and_filed_under_the_largest():
    rows = [("a", "b", 100, 300, 0.9), ("b", "c", 300, 200, 0.85), ("d", "e", 50, 50, 0.99)]
    frame = pl.DataFrame(
        [(*row, MONDAY) for row in rows],
        schema=["identity_id_l", "identity_id_r", "total_amount_l", "total_amount_r", "probability", "day"],
        orient="row",
    )
    assert grouped(frame, ["day"]) == [
        ("b", "a", MONDAY, 0.85), ("b", "b", MONDAY, 0.85), ("b", "c", MONDAY, 0.85),
        ("d", "d", MONDAY, 0.99), ("d", "e", MONDAY, 0.99),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([("a", "b", 500, 400)], 1),
        ([("a", "b", 300, 250)], 0),
        ([("a", "b", 300, 250), ("a", "c", 300, 240), ("b", "c", 250, 240)], 0),
        ([("a", "b", 300, 290), ("a", "c", 300, 280), ("b", "c", 290, 280)], 3),
        ([("a", "b", 300, 290), ("a", "c", 300, 550), ("b", "c", 290, 550)], 3),
        ([("a", "b", 300, 290), ("c", "d", 300, 280)], 0),
    ],
)
def test_pairs_that_cannot_be_over_the_limit_even_with_a_third_are_left_out(rows, kept):
    day = (MONDAY, "standard", Decimal(800), "USD")
    frame = pl.DataFrame(
        [(left, right, *day, Decimal(one), Decimal(two), one + two > 800) for left, right, one, two in rows],
        schema={
            "identity_id_l": pl.String, "identity_id_r": pl.String, "arrival_date": pl.Date, "pool": pl.String,
            "limit_amount": pl.Decimal(18, 2), "limit_currency": pl.String, "total_amount_l": pl.Decimal(18, 2),
            "total_amount_r": pl.Decimal(18, 2), "is_over_limit": pl.Boolean,
        },
        orient="row",
    )  # fmt: skip
    assert worth_weighing(frame).height == kept
