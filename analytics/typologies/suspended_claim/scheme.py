"""Plants claims for goods of China and Hong Kong on days on which these had no exemption."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.traffic.facts import facts_frame
from analytics.traffic.honest import World, modes
from analytics.traffic.law import each
from analytics.traffic.lots import claims, persons
from analytics.traffic.scheme import Scheme, Shipped
from analytics.traffic.trade import choose_sellers

__all__ = ["SCHEME"]


def _claims_while_suspended(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    return _suspended(rng, world, schemes, deliberate=True)


def _claims_just_after(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    return _suspended(rng, world, schemes, deliberate=False)


def _suspended(rng: np.random.Generator, world: World, schemes: int, *, deliberate: bool) -> pl.DataFrame:
    """Claims for goods of China and Hong Kong on days on which these had no exemption."""
    days = np.arange(world.days)
    closed = days[world.limits(days, np.ones(world.days, dtype=bool)) < 0]
    closed = closed if deliberate else closed[:4]
    count = schemes if len(closed) else 0
    seller = choose_sellers(rng, world.sellers, count, world.is_china(np.arange(len(world.sellers))))
    mode = modes(rng, world, seller)
    return facts_frame(
        person=persons(rng, world, count), day=rng.choice(closed, count) if count else [], seller=seller, mode=mode,
        cents=rng.integers(900, 70_000, count), order=np.arange(count), entry=claims(rng, mode),
        deliberate=deliberate, u_carrier=rng.random(count), u_flight=rng.random(count),
    )  # fmt: skip


def _true_by_law(rows: pl.DataFrame) -> list[pl.DataFrame]:
    return [each(rows.filter("stated", pl.col("limit").is_null()))]


SCHEME = Scheme(
    shipped=(Shipped(90, 25, _claims_while_suspended), Shipped(100, 8, _claims_just_after)),
    true_by_law=_true_by_law,
)
"""What is planted, and what is true of any shipments."""
