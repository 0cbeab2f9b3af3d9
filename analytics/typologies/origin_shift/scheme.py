"""Plants goods of China that become those of another country when that begins to pay, and goods of both all along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from analytics.traffic.injector import ENTERED, Injector
from analytics.traffic.law import CHINA
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_SWITCH = date(2025, 5, 2)
_RISE = date(2026, 7, 24)  # duties on goods of nearly all countries, by 12.5 percent on China's
_IS_CHINA = pl.col("origin").is_in(CHINA)
_BEFORE, _AFTER = 12, 4


def _origins_that_change(injector: Injector, schemes: int) -> None:
    """Goods of China until its exemption ended, of Viet Nam from that day on; as often from both all along."""
    rows = _IS_CHINA & (pl.col("mode") != "mail")
    for number, (before, after) in zip(range(2 * schemes), _on_both_sides(injector, rows, _SWITCH), strict=False):
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


def _origins_that_change_with_the_duty(injector: Injector, schemes: int) -> None:
    """Entries of China until duty rose, of Malaysia from then on and still sent from China; as often of both."""
    rows = (pl.col("origin") == "CN") & ENTERED
    for number, (before, after) in zip(range(2 * schemes), _on_both_sides(injector, rows, _RISE), strict=False):
        product, is_scheme = f"M{injector.facts['seller'][before[0]]}-{number}", number % 2 == 0
        for row in (*before, *after):
            injector.put(row, product_id=product)
        for row in after if is_scheme else [*after, *before[::2]]:
            sent = {} if is_scheme else {"export_country": "MY", "shipper_country": "MY"}
            injector.put(row, origin_country="MY", **sent)
            injector.fact(row, origin="MY")
        if is_scheme:
            injector.true("origin_shift", product, after)
            for row in after:
                injector.true("origin_mismatch", injector.rows.select("seller", "week").row(row), [row])


def _on_both_sides(injector: Injector, rows: pl.Expr, switch: date) -> Iterator[tuple[list[int], list[int]]]:
    """Give rows of sellers with enough of them in the months before and after the day."""
    day = injector.rows["date"]
    in_window = pl.col("date").is_between(switch - timedelta(days=90), switch + timedelta(days=89))
    for group in injector.groups(["seller"], _BEFORE + _AFTER, rows & in_window):
        before = [row for row in group.tolist() if day[row] < switch]
        after = [row for row in group.tolist() if day[row] >= switch]
        if len(before) >= _BEFORE and len(after) >= _AFTER:
            yield before[:_BEFORE], after[:_AFTER]


SCHEME = Scheme(
    injected=(Injected(_origins_that_change, 1, place=30), Injected(_origins_that_change_with_the_duty, 1)),
)
"""What is planted, and what is true of any shipments."""
