"""Plants orders over the limit in lots without an order number, and a large purchase with a small one after it."""

from __future__ import annotations

import polars as pl

from analytics.traffic.injector import EXEMPT, SOLD, Injector, money
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_LIMIT_CENTS = 80_000
_FREE = EXEMPT & SOLD & (pl.col("limit") == _LIMIT_CENTS) & (pl.col("mode") != "mail")
_GROUP = 6


def _lots_without_a_number(injector: Injector, schemes: int) -> None:
    """One order in two or three lots of a few days; as often a large purchase and a small one."""
    day = injector.rows["day"]
    for number, group in zip(range(2 * schemes), injector.groups(["seller", "week"], _GROUP, _FREE), strict=False):
        rows = sorted({day[row]: row for row in group.tolist()}.values(), key=lambda row: int(day[row]))
        count = 2 + number % 4 // 2
        if len(rows) < count:
            continue
        is_scheme = number % 2 == 0
        for place, row in enumerate(rows[:count]):
            cents = int(injector.rng.integers(45_000, 78_000)) if is_scheme or place == 0 else 1_900
            injector.put(row, declared_value=money(cents), customs_value=None, order_id=None)
            injector.give(row, rows[0])
            injector.fact(row, cents=cents, order=-1)
        if is_scheme:
            injector.true("inferred_order_split", rows[0], rows[:count])


SCHEME = Scheme(injected=(Injected(_lots_without_a_number, 2),))
"""What is planted, and what is true of any shipments."""
