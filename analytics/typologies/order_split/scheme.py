"""Plants orders over the limit that are sent in lots of less, and orders that come apart and are meant harmlessly."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.traffic.facts import facts_frame, no_facts
from analytics.traffic.honest import World, modes
from analytics.traffic.injector import Injector
from analytics.traffic.law import over, within
from analytics.traffic.lists import Ints, chance, read_words
from analytics.traffic.lots import (
    SPAN_DAYS,
    Parts,
    claims,
    disguises,
    free_days,
    free_sellers,
    lots,
    split,
    totals_over,
)
from analytics.traffic.scheme import Injected, Scheme, Shipped

__all__ = ["SCHEME"]


def _split_orders(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order over the limit, sent in lots of less."""
    parts = split(rng, totals_over(rng, schemes), rng.choice([2, 3, 4], schemes, p=[0.5, 0.3, 0.2]), 80_000)
    return _free_lots(rng, world, parts, deliberate=True)


def _late_parts(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order over the limit whose second part was not in stock: the figures of a split, not the purpose."""
    parts = split(rng, totals_over(rng, schemes), np.full(schemes, 2), 80_000)
    return _free_lots(rng, world, parts, deliberate=False)


def _small_parts(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order sent in parts that are together below the limit, or exactly at it: no split."""
    totals = np.where(chance(rng, schemes, 0.2), 80_000, rng.integers(4_000, 70_000, schemes))
    return _free_lots(rng, world, split(rng, totals, np.full(schemes, 2), 80_000), deliberate=False)


def _free_lots(rng: np.random.Generator, world: World, parts: Parts, *, deliberate: bool) -> pl.DataFrame:
    """Lots of one order that each claim the exemption."""
    first_day = free_days(rng, world, parts.schemes, SPAN_DAYS)
    if not len(first_day):
        return no_facts()
    columns = lots(rng, world, parts, deliberate=deliberate)
    end = np.minimum(first_day + SPAN_DAYS, world.days - 1)[parts.scheme]
    first_of = np.asarray(columns["seller"])[np.flatnonzero(parts.number == 0)]
    seller = free_sellers(rng, world, first_of, end[parts.number == 0])[parts.scheme]
    mode = modes(rng, world, seller)
    return facts_frame(**{
        **columns, "seller": seller, "mode": mode, "entry": claims(rng, mode),
        "day": _lot_days(rng, parts, first_day, world.days - 1),
        "writing": disguises(rng, parts) if deliberate else 0,
    })  # fmt: skip


def _lot_days(rng: np.random.Generator, parts: Parts, first_day: Ints, last_day: int) -> Ints:
    """Spread lots over the days after the first one."""
    gap = np.where(parts.number > 0, rng.integers(0, SPAN_DAYS, len(parts)), 0)
    return np.minimum(first_day[parts.scheme] + gap, last_day)


def _harmless_orders(injector: Injector, _: int) -> None:
    """Give orders that were split without a purpose the papers that show it: weight, words, one bill."""
    words = read_words("patterns.toml")
    for number, rows in enumerate(_harmless(injector.known)):
        for row in rows[1:]:
            said = injector.cell("description", row)
            if number % 4 == 0:
                injector.put(row, description=f"{said} {injector.draw(words['backorder'])}")
            elif number % 4 == 1:
                injector.put(row, description=f"{said} {injector.draw(words['replacement'])}")
            elif number % 4 == 2:
                injector.put(row, house_bill=injector.cell("house_bill", rows[0]), entry_number=None)
        if number % 4 == 3:
            for row in rows:
                injector.put(row, weight_kg=f"{int(injector.rng.integers(70, 95))}.000", quantity="1")


def _harmless(known: pl.DataFrame) -> list[list[int]]:
    """Rows of the orders that were split and not meant so."""
    orders = known.filter(pl.col("typology") == "order_split", ~pl.col("is_deliberate"))
    return orders.group_by("scheme_id").agg(pl.col("row").sort()).sort("scheme_id")["row"].to_list()


def _true_by_law(rows: pl.DataFrame) -> list[pl.DataFrame]:
    return [over(within(rows).filter(pl.col("order") >= 0, ~pl.col("is_gift")), ["order"], "limit")]


SCHEME = Scheme(
    shipped=(Shipped(60, 14, _split_orders), Shipped(70, 5, _late_parts), Shipped(80, 40, _small_parts)),
    injected=(Injected(_harmless_orders, 0, place=150),),
    true_by_law=_true_by_law,
)
"""What is planted, and what is true of any shipments."""
