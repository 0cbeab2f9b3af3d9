"""Plants presents that a seller sends as two gifts on near days, over the gift limit together or exactly at it."""

from __future__ import annotations

import polars as pl

from analytics.traffic.injector import Injector
from analytics.traffic.law import CHINA
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_IS_CHINA = pl.col("origin").is_in(CHINA)
_GIFT_CENTS = 6_000


def _gifts_in_parts(injector: Injector, schemes: int) -> None:
    """What a seller sends as two gifts on near days, together over the gift limit; as often exactly at it."""
    day = injector.rows["date"]
    rows = (pl.col("seller") >= 0) & (pl.col("mode") == "mail") & pl.col("claimed") & ~_IS_CHINA
    for number, group in zip(range(2 * schemes), injector.groups(["seller", "week"], 2, rows), strict=False):
        first, again = sorted(group[:2].tolist())
        if day[first] == day[again]:
            continue
        for row, cents in ((first, _GIFT_CENTS), (again, _GIFT_CENTS if number % 2 == 0 else 10_000 - _GIFT_CENTS)):
            injector.put(row, is_gift="true", declared_value=f"{cents // 100}.00", customs_value=None)
            injector.fact(row, is_gift=True, cents=cents)
        for name in [column for column in injector.manifest.columns if column.startswith("consignee_")]:
            injector.put(again, **{name: injector.cell(name, first)})
        injector.fact(again, person=injector.facts["person"][first])
        if number % 2 == 0:
            injector.true("gift_split", first, [first, again])


SCHEME = Scheme(injected=(Injected(_gifts_in_parts, 4, place=140),))
"""What is planted, and what is true of any shipments."""
