"""What the flags of a case put at issue: by interpretation, duty by duty, what a disclosure would tender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from analytics.cases.reentered import Reentered, reentered
from analytics.reports.disclosure import PriorDisclosure, prior_disclosure
from analytics.store import Store

__all__ = ["Money", "money_of_case"]

_RANK = {"value": 0, "duty": 1, "fees": 2, "total": 3, "penalty": 4, "penalty_floor": 5, "disclosure": 6}
_NAMES = {"reading": "interpretation", "floor_usd": "low_usd", "ceiling_usd": "high_usd"}
_OF_FLAG = ("flag_id", "low_usd", "base_usd", "high_usd", "is_unknown")
_DISCLOSED = ("all", "lots")


@dataclass(frozen=True)
class Money:
    """What some flags put at issue.

    Attributes
    ----------
    exposure : polars.DataFrame
        One row per flag, component and interpretation: ``low_usd``, ``base_usd``, ``high_usd``, ``is_unknown``,
        ``assumptions`` (JSON list of sentences).
    duties, owed : polars.DataFrame
        Rows of ``exposure_layers`` (each duty on each shipment) and ``exposure_shipments`` (what each owes, counted
        once), of the flags that a disclosure counts.
    owed_by_flag : polars.DataFrame
        Of those flags the ones whose loss is not told by shipment: ``flag_id``, ``low_usd``, ``base_usd``,
        ``high_usd``, ``is_unknown``.
    drivers : polars.DataFrame
        Rows of ``exposure_drivers``.
    clock : polars.DataFrame
        Rows of ``statute_clock``.
    disclosure : PriorDisclosure or None
        What a disclosure of the flags that totals count would tender; None where none of them puts duty at issue.
    reentered : mapping of str to Reentered
        Claims whose house bill was then entered with duty, by ``shipment_uid``.
    """

    exposure: pl.DataFrame
    duties: pl.DataFrame
    owed: pl.DataFrame
    owed_by_flag: pl.DataFrame
    drivers: pl.DataFrame
    clock: pl.DataFrame
    disclosure: PriorDisclosure | None
    reentered: Mapping[str, Reentered] = field(default_factory=dict)


def money_of_case(store: Store, flag_ids: Sequence[str], counted: Sequence[str]) -> Money:
    """Return what some flags put at issue.

    Parameters
    ----------
    store : Store
        Where they are.
    flag_ids, counted : sequence of str
        The flags that stand, and those of them that totals count.
    """
    of_flags = pl.col("flag_id").is_in(list(flag_ids))
    rank = pl.col("component").replace_strict(_RANK, return_dtype=pl.Int8)
    exposure = store.table("exposure").filter(of_flags).sort("flag_id", rank, "reading").rename(_NAMES).collect()
    totals = exposure.filter(
        pl.col("component") == "total",
        pl.col("interpretation").is_in(_DISCLOSED),
        pl.col("flag_id").is_in(list(counted)),
    )
    chosen = totals["flag_id"].unique().sort().to_list()
    lots = store.table("flag_shipments").filter(pl.col("flag_id").is_in(chosen)).select("flag_id", "shipment_uid")
    owed = store.table("exposure_shipments").join(lots, on="shipment_uid", how="semi")
    by_shipment = lots.join(owed, on="shipment_uid", how="semi").select("flag_id").unique().collect()
    return Money(
        exposure=exposure,
        duties=_duties(store, owed),
        owed=owed.sort("arrival_date", "shipment_uid").collect(),
        owed_by_flag=totals.join(by_shipment, on="flag_id", how="anti").select(_OF_FLAG).sort("flag_id"),
        drivers=store.table("exposure_drivers").filter(of_flags).sort("flag_id", "driver").collect(),
        clock=store.table("statute_clock").filter(of_flags).sort("flag_id", "kind", "clock").collect(),
        disclosure=prior_disclosure(store, chosen) if chosen else None,
        reentered=reentered(store),
    )


def _duties(store: Store, owed: pl.LazyFrame) -> pl.DataFrame:
    layers = store.table("exposure_layers").join(owed, on="shipment_uid", how="semi")
    return layers.sort("shipment_uid", "layer", "driver").collect()
