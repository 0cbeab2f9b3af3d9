"""Joins pairs of one day that may be one party to the day they make together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

__all__ = ["grouped", "worth_weighing"]

_DAY = ("arrival_date", "pool", "limit_amount", "limit_currency")
_SIDES = ("l", "r")


def worth_weighing(pairs: pl.DataFrame) -> pl.DataFrame:
    """Keep pairs that are over the limit together, or may be with a third whom one of them is paired with.

    Parameters
    ----------
    pairs : polars.DataFrame
        ``int_days__adding_up_together``.
    """
    both = pl.concat(
        pairs.select(
            *_DAY,
            identity_id=f"identity_id_{one}",
            other_id=f"identity_id_{other}",
            other_amount=f"total_amount_{other}",
        )
        for one, other in (_SIDES, _SIDES[::-1])
    )
    largest = both.sort("other_amount", "other_id", descending=[True, False])
    top = largest.group_by(*_DAY, "identity_id", maintain_order=True).head(len(_SIDES))
    third = pl.lit(0).cast(pl.Decimal(18, 2))
    beside = pairs
    for side, opposite in (_SIDES, _SIDES[::-1]):
        named = top.rename({"identity_id": f"identity_id_{side}"})
        others = pairs.join(named, on=[*_DAY, f"identity_id_{side}"]).filter(
            pl.col("other_id") != pl.col(f"identity_id_{opposite}")
        )
        keys = ["identity_id_l", "identity_id_r", *_DAY]
        most = others.group_by(keys).agg(pl.col("other_amount").max().alias(f"third_{side}"))
        beside = beside.join(most, on=keys, how="left")
    whole = pl.col("total_amount_l") + pl.col("total_amount_r")
    more = pl.max_horizontal(pl.col("third_l").fill_null(third), pl.col("third_r").fill_null(third))
    return beside.filter(pl.col("is_over_limit") | (whole + more >= pl.col("limit_amount"))).select(pairs.columns)


def grouped(leads: pl.DataFrame, day: Sequence[str]) -> list[tuple[Any, ...]]:
    """Group the identities of each day that pairs hold together.

    Parameters
    ----------
    leads : polars.DataFrame
        Pairs that stand: ``identity_id_l``, ``identity_id_r``, the columns of `day`, ``total_amount_l``,
        ``total_amount_r``, ``probability``.
    day : sequence of str
        Columns that name the day, pool and limit.

    Returns
    -------
    list of tuple
        The identity that a lead is filed under (the one with most on that day, of equals the smaller id), an identity
        of it, the day, and how likely the least likely of its identities belongs; sorted.
    """
    rows = []
    for key, pairs in leads.group_by(day, maintain_order=True):
        amounts, nearest, links = _sides(pairs)
        for group in _components(links):
            main = min(group, key=lambda identity: (-amounts[identity], identity))
            chance = min(nearest[identity] for identity in group)
            rows += [(main, identity, *key, chance) for identity in sorted(group)]
    return sorted(rows, key=lambda row: tuple(map(str, row)))


def _sides(pairs: pl.DataFrame) -> tuple[dict[str, Any], dict[str, float], list[tuple[str, str]]]:
    amounts: dict[str, Any] = {}
    nearest: dict[str, float] = {}
    links = []
    columns = ("identity_id_l", "identity_id_r", "total_amount_l", "total_amount_r", "probability")
    for left, right, amount_l, amount_r, chance in pairs.select(columns).iter_rows():
        links.append((left, right))
        for identity, amount in ((left, amount_l), (right, amount_r)):
            amounts[identity] = amount
            nearest[identity] = max(nearest.get(identity, 0.0), chance)
    return amounts, nearest, links


def _components(links: Sequence[tuple[str, str]]) -> list[set[str]]:
    groups: dict[str, set[str]] = {}
    for left, right in links:
        joined = groups.get(left, {left}) | groups.get(right, {right})
        groups.update(dict.fromkeys(joined, joined))
    return list({id(group): group for group in groups.values()}.values())
