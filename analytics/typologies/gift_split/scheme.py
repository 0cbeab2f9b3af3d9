"""Plants gifts that a seller sends: two to one person on near days, and a dozen to as many persons in a week."""

from __future__ import annotations

import polars as pl

from analytics.traffic.injector import Injector, money
from analytics.traffic.law import CHINA
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_IS_CHINA = pl.col("origin").is_in(CHINA)
_GIFT_CENTS = 6_000
_MANY, _FEWER = 12, 6
_NOBODY = dict.fromkeys(("seller_id", "seller_name", "marketplace", "order_id", "order_issuer"))


def _gifts_in_parts(injector: Injector, schemes: int) -> None:
    """What a seller sends as two gifts on near days, over the gift limit; as often a private person, exactly at it."""
    day = injector.rows["date"]
    rows = (pl.col("seller") >= 0) & (pl.col("mode") == "mail") & pl.col("claimed") & ~_IS_CHINA
    for number, group in zip(range(2 * schemes), injector.groups(["seller", "week"], 2, rows), strict=False):
        first, again = sorted(group[:2].tolist())
        if day[first] == day[again]:
            continue
        for row, cents in ((first, _GIFT_CENTS), (again, _GIFT_CENTS if number % 2 == 0 else 10_000 - _GIFT_CENTS)):
            injector.put(row, is_gift="true", declared_value=f"{cents // 100}.00", customs_value=None)
            injector.fact(row, is_gift=True, cents=cents)
            if number % 2:
                injector.put(row, **_NOBODY, shipper_name=injector.cell("shipper_name", first))
                injector.fact(row, seller=-1, order=-1)
        for name in [column for column in injector.manifest.columns if column.startswith("consignee_")]:
            injector.put(again, **{name: injector.cell(name, first)})
        injector.fact(again, person=injector.facts["person"][first])
        if number % 2 == 0:
            injector.true("gift_split", first, [first, again])


def _gifts_to_many(injector: Injector, schemes: int) -> None:
    """A sender whose gifts of a week go to a dozen persons; as often a private person whose gifts go to six."""
    rows = (pl.col("mode") == "mail") & ~pl.col("is_gift")
    person, cents = injector.facts["person"], injector.rng.integers(3_000, 9_900, (2 * schemes, _MANY))
    for number, group in zip(range(2 * schemes), injector.groups(["week"], 2 * _MANY, rows), strict=False):
        chosen = list({person[row]: row for row in group.tolist()}.values())[: _MANY if number % 2 == 0 else _FEWER]
        name = f"{injector.cell('consignee_name', chosen[0])} {'Trading' if number % 2 == 0 else ''}".strip()
        for place, row in enumerate(chosen):
            worth = int(cents[number, place])
            injector.put(row, **_NOBODY, shipper_name=name, is_gift="true", entry_type="mail", exemption_claimed=None,
                         declared_value=money(worth), customs_value=None)  # fmt: skip
            injector.fact(row, is_gift=True, seller=-1, order=-1, entry="mail", claim=None, cents=worth)
        if number % 2 == 0:
            injector.true("gift_split", name, chosen)


SCHEME = Scheme(injected=(Injected(_gifts_in_parts, 4, place=140), Injected(_gifts_to_many, 0.5)))
"""What is planted, and what is true of any shipments."""
