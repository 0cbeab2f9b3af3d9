"""Plants goods of China that become goods of Viet Nam when the exemption ends, and goods of both all along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from analytics.traffic.injector import Injector
from analytics.traffic.law import CHINA
from analytics.traffic.lists import Ints
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_SWITCH = date(2025, 5, 2)
_IS_CHINA = pl.col("origin").is_in(CHINA)
_IN_WINDOW = pl.col("date").is_between(_SWITCH - timedelta(days=90), _SWITCH + timedelta(days=89))
_BEFORE, _AFTER = 12, 4


def _origins_that_change(injector: Injector, schemes: int) -> None:
    """Goods of China until its exemption ended, of Viet Nam from that day on; as often from both all along."""
    day = injector.rows["date"]
    rows = _IS_CHINA & _IN_WINDOW & (pl.col("mode") != "mail")
    for number, group in zip(range(2 * schemes), _on_both_sides(injector, rows), strict=False):
        before = [row for row in group.tolist() if day[row] < _SWITCH][:_BEFORE]
        after = [row for row in group.tolist() if day[row] >= _SWITCH][:_AFTER]
        product = f"N{injector.facts['seller'][before[0]]}-{number}"
        for row in (*before, *after):
            injector.put(row, product_id=product)
        moved = after if number % 2 == 0 else [*after, *before[::2]]
        for row in moved:
            injector.put(row, origin_country="VN", export_country="VN", shipper_country="VN")
            injector.fact(row, origin="VN")
        for row in after:
            injector.put(row, entry_type="86", exemption_claimed=None, entry_number=f"E2T{row:08}")
            injector.fact(row, entry="86", claim=None)
        if number % 2 == 0:
            injector.true("origin_shift", product, after)


def _on_both_sides(injector: Injector, rows: pl.Expr) -> Iterator[Ints]:
    """Give the rows of sellers with enough of them before and after the day."""
    day = injector.rows["date"]
    for group in injector.groups(["seller"], _BEFORE + _AFTER, rows):
        sides = [day[row] < _SWITCH for row in group.tolist()]
        if sum(sides) >= _BEFORE and len(sides) - sum(sides) >= _AFTER:
            yield group


SCHEME = Scheme(injected=(Injected(_origins_that_change, 1, place=30),))
"""What is planted, and what is true of any shipments."""
