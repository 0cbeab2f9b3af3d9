"""Which ways of entry are open to goods on a day, and by which rule; what is closed has a reason and no figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from analytics.exposure.landed.program import Goods

__all__ = ["Door", "exemption_door", "informal_door"]

_ENTERED_TOGETHER = "order"


@dataclass(frozen=True)
class Door:
    """A way of entry on a day.

    Attributes
    ----------
    closed : str or None
        Why it is closed; None where it is open.
    rule_id, source, confidence : str or None
        The rule, where it is written, and what was seen of that.
    """

    closed: str | None
    rule_id: str | None = None
    source: str | None = None
    confidence: str | None = None


def exemption_door(goods: Goods, rules: pl.DataFrame) -> Door:
    """Tell whether a parcel may come in under the exemption.

    Parameters
    ----------
    goods : Goods
        The parcel.
    rules : polars.DataFrame
        `analytics.rules` for the day, its origin and mode.
    """
    held = rules.filter(pl.col("kind") == "exemption", pl.col("pool") == "standard").to_dicts()
    if not held:
        return Door("no rule is known for the day")
    rule = held[0]
    cited = (rule["rule_id"], rule["source"], rule["confidence"])
    if rule["status"] != "eligible" or rule["limit_amount"] is None:
        return Door(f"the exemption is {_plain(rule['status'])}", *cited)
    limit = rule["limit_amount"]
    return Door(_over("the limit of the exemption", goods.value, limit), *cited)


def informal_door(goods: Goods, rules: pl.DataFrame, value: Decimal) -> Door:
    """Tell whether goods of some value may be entered informally.

    Parameters
    ----------
    goods : Goods
        The parcel.
    rules : polars.DataFrame
        `analytics.rules` for the day, its origin and mode.
    value : Decimal
        What is on the entry, in US dollars.
    """
    is_meant = (pl.col("kind") == "entry_limit") & (pl.col("grouping_key") == _ENTERED_TOGETHER)
    held = rules.filter(is_meant, pl.col("limit_amount").is_not_null()).to_dicts()
    if not held:
        return Door(f"no rule of informal entry by {goods.mode} is known for the day")
    rule = held[0]
    reason = _over("the limit of informal entry", value, rule["limit_amount"])
    return Door(reason, rule["rule_id"], rule["source"], rule["confidence"])


def _over(what: str, value: Decimal, limit: Decimal) -> str | None:
    return f"worth USD {value:,.2f}, over {what}, USD {limit:,.2f}" if value > limit else None


def _plain(status: str) -> str:
    return {"suspended_by_reg": "suspended by regulation"}.get(status, status)
