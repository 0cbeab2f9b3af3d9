"""Plants days of one person over the limit, in parts each within it, and days that only look like it."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.traffic.facts import facts_frame, no_facts
from analytics.traffic.honest import World, modes
from analytics.traffic.law import over, within
from analytics.traffic.lots import (
    Parts,
    claims,
    disguises,
    free_days,
    free_sellers,
    numbered,
    persons,
    split,
    totals_over,
)
from analytics.traffic.scheme import Scheme, Shipped
from analytics.traffic.trade import choose_sellers

__all__ = ["SCHEME"]


def _split_days(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One person, one day, over the limit: under several spellings, by several carriers, ports, filers and sellers."""
    parts = split(rng, totals_over(rng, schemes), rng.choice([2, 3, 4], schemes, p=[0.5, 0.35, 0.15]), 80_000)
    return _one_day(rng, world, parts, deliberate=True)


def _big_days(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One person buys a lot on one day, in one name, meaning no harm."""
    parts = split(rng, totals_over(rng, schemes), np.full(schemes, 2), 80_000)
    return _one_day(rng, world, parts, deliberate=False, one_seller=True)


def _exact_days(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One person, one day, exactly the limit: no split."""
    parts = split(rng, np.full(schemes, 80_000), rng.choice([2, 3], schemes), 80_000)
    return _one_day(rng, world, parts, deliberate=False)


def _oversize(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One part over the limit and, for every second one, a small one beside it: wrongly claimed, but no split."""
    count = 1 + (np.arange(schemes) % 2)
    scheme, number = numbered(count)
    cents = np.where(number == 0, rng.integers(80_001, 180_000, len(scheme)), rng.integers(1_000, 9_000, len(scheme)))
    return _one_day(rng, world, Parts(scheme, number, cents), deliberate=False)


def _oversize_beside_split(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One true split with a part over the limit beside it, which must not hide it."""
    parted = split(rng, totals_over(rng, schemes), np.full(schemes, 2), 80_000)
    big = Parts(np.arange(schemes), np.full(schemes, 8), rng.integers(80_001, 160_000, schemes))
    names = ("scheme", "number", "cents")
    both = Parts(*(np.concatenate([getattr(parts, name) for parts in (parted, big)]) for name in names))
    return _one_day(rng, world, both, deliberate=True)


def _one_day(  # one row a part, all of one person on one day
    rng: np.random.Generator, world: World, parts: Parts, *, deliberate: bool, one_seller: bool = False
) -> pl.DataFrame:
    schemes = parts.schemes
    first_day = free_days(rng, world, schemes)
    if not len(first_day):
        return no_facts()
    day = first_day[parts.scheme]
    seller = choose_sellers(rng, world.sellers, schemes)[parts.scheme]
    if not one_seller:
        seller = choose_sellers(rng, world.sellers, len(parts))
    seller = free_sellers(rng, world, seller, day)
    mode = modes(rng, world, seller)
    return facts_frame(
        person=persons(rng, world, schemes)[parts.scheme], day=day, cents=parts.cents, seller=seller,
        order=np.arange(len(parts)), mode=mode, entry=claims(rng, mode), deliberate=deliberate,
        writing=disguises(rng, parts) if deliberate else 0,
        u_carrier=rng.random(len(parts)), u_flight=rng.random(len(parts)),
    )  # fmt: skip


def _true_by_law(rows: pl.DataFrame) -> list[pl.DataFrame]:
    return [over(within(rows), ["person", "date", "is_gift"], "limit")]


SCHEME = Scheme(
    shipped=(
        Shipped(10, 20, _split_days),
        Shipped(20, 7, _big_days),
        Shipped(30, 5, _exact_days),
        Shipped(40, 6, _oversize),
        Shipped(50, 4, _oversize_beside_split),
    ),
    true_by_law=_true_by_law,
)
"""What is planted, and what is true of any shipments."""
