"""Plants orders and conveyances over the informal limit, entered in parts below it, and mail that is not added up."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.traffic.facts import facts_frame
from analytics.traffic.honest import World
from analytics.traffic.law import over
from analytics.traffic.lists import Ints
from analytics.traffic.lots import SPAN_DAYS, Parts, lots, split
from analytics.traffic.scheme import Scheme, Shipped

__all__ = ["SCHEME"]

_INFORMAL_CENTS = 250_000


def _entered_orders(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order over the informal limit, entered informally in lots on different days."""
    parts, days = _entered(rng, world, schemes, SPAN_DAYS)
    return facts_frame(**{**lots(rng, world, parts, deliberate=True), **days, "mode": "air", "entry": "11"})


def _mailed_orders(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order over the informal limit, mailed in lots without a claim."""
    parts, days = _entered(rng, world, schemes, SPAN_DAYS)
    of_orders = lots(rng, world, parts, deliberate=True)
    return facts_frame(**{**of_orders, **days, "mode": "mail", "entry": "mail", "claim": False})


def _one_flight(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    return _shared_conveyance(rng, world, schemes, "air", deliberate=True)


def _one_mailbag(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """Different orders that came with one mail: these are not added up."""
    return _shared_conveyance(rng, world, schemes, "mail", deliberate=False)


def _shared_conveyance(
    rng: np.random.Generator, world: World, schemes: int, mode: str, *, deliberate: bool
) -> pl.DataFrame:
    """Different orders of one consignee on one conveyance, together over the informal limit."""
    parts, days = _entered(rng, world, schemes, 1)
    of_orders = lots(rng, world, parts, deliberate=False)
    same = {name: rng.random(schemes)[parts.scheme] for name in ("u_carrier", "u_flight")}
    return facts_frame(**{
        **of_orders, **days, **same, "order": np.arange(len(parts)), "lot": 0, "mode": mode, "deliberate": deliberate,
        "entry": "mail" if mode == "mail" else "11", "claim": False if mode == "mail" else None,
    })  # fmt: skip


def _entered(rng: np.random.Generator, world: World, schemes: int, span: int) -> tuple[Parts, dict[str, Ints]]:
    """Parts each below the informal limit and together above, with the days on which they arrive."""
    totals = np.floor(_INFORMAL_CENTS * rng.uniform(1.02, 2.6, schemes)).astype(np.int64)
    parts = split(rng, totals, rng.choice([2, 3], schemes), _INFORMAL_CENTS)
    first_day = rng.integers(0, max(1, world.days - span), schemes)
    gap = parts.number * (span // 4) if span > 1 else np.zeros(len(parts), dtype=np.int64)
    day = np.minimum(first_day[parts.scheme] + gap, world.days - 1)
    return parts, {"day": day}


def _true_by_law(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """By the customs value (19 USC 1401a): lots of one order, and what one person got by one flight."""
    entered = rows.filter(pl.col("customs") <= pl.col("informal"))
    flown = entered.filter(pl.col("entry") == "11", pl.col("conveyance") != "")
    return [
        over(entered.filter(pl.col("order") >= 0), ["order"], "informal", "customs"),
        over(flown, ["conveyance", "date", "person"], "informal", "customs"),
    ]


SCHEME = Scheme(
    shipped=(
        Shipped(110, 5, _entered_orders),
        Shipped(120, 3, _mailed_orders),
        Shipped(130, 5, _one_flight),
        Shipped(140, 3, _one_mailbag),
    ),
    true_by_law=_true_by_law,
)
"""What is planted, and what is true of any shipments."""
