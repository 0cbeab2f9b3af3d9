"""What the flags of a case put at issue: by interpretation, duty by duty, what a disclosure would tender."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analytics.reports.disclosure import PriorDisclosure, prior_disclosure
from analytics.store import Store

__all__ = ["Money", "money_of_case"]

_COMPONENTS = ("value", "duty", "fees", "total", "penalty", "disclosure")
_DISCLOSED = ("all", "lots")


@dataclass(frozen=True)
class Money:
    """What some flags put at issue.

    Attributes
    ----------
    exposure : polars.DataFrame
        One row per flag, component and interpretation: ``low_usd``, ``base_usd``, ``high_usd``, ``is_unknown``,
        ``assumptions`` (JSON list of sentences).
    duties : polars.DataFrame
        Rows of ``exposure_layers``: each duty on each shipment.
    owed : polars.DataFrame
        Rows of ``exposure_shipments``: what each shipment owes, counted once.
    drivers : polars.DataFrame
        Rows of ``exposure_drivers``.
    clock : polars.DataFrame
        Rows of ``statute_clock``.
    disclosure : PriorDisclosure or None
        What a disclosure of the flags that totals count would tender; None where none of them puts duty at issue.
    """

    exposure: pl.DataFrame
    duties: pl.DataFrame
    owed: pl.DataFrame
    drivers: pl.DataFrame
    clock: pl.DataFrame
    disclosure: PriorDisclosure | None


def money_of_case(store: Store, flag_ids: Sequence[str], counted: Sequence[str], shipments: pl.DataFrame) -> Money:
    """Return what some flags put at issue.

    Parameters
    ----------
    store : Store
        Where they are.
    flag_ids, counted : sequence of str
        The flags that stand, and those of them that totals count.
    shipments : polars.DataFrame
        ``shipment_uid`` of the shipments of the flags.
    """
    of_flags, uids = pl.col("flag_id").is_in(list(flag_ids)), shipments.lazy().select("shipment_uid")
    rank = pl.col("component").replace_strict(dict(zip(_COMPONENTS, range(6), strict=True)), return_dtype=pl.Int8)
    renamed = {"reading": "interpretation", "floor_usd": "low_usd", "ceiling_usd": "high_usd"}
    exposure = store.table("exposure").filter(of_flags).sort("flag_id", rank, "reading").rename(renamed)
    layers = store.table("exposure_layers").join(uids, on="shipment_uid", how="semi")
    owed = store.table("exposure_shipments").join(uids, on="shipment_uid", how="semi")
    return Money(
        exposure=exposure.collect(),
        duties=layers.sort("shipment_uid", "layer", "driver").collect(),
        owed=owed.sort("arrival_date", "shipment_uid").collect(),
        drivers=store.table("exposure_drivers").filter(of_flags).sort("flag_id", "driver").collect(),
        clock=store.table("statute_clock").filter(of_flags).sort("flag_id", "kind", "clock").collect(),
        disclosure=_disclosure(store, counted),
    )


def _disclosure(store: Store, flag_ids: Sequence[str]) -> PriorDisclosure | None:
    is_total = (pl.col("component") == "total") & pl.col("reading").is_in(_DISCLOSED)
    totals = store.table("exposure").filter(is_total, pl.col("flag_id").is_in(list(flag_ids))).select("flag_id")
    chosen = totals.unique().sort("flag_id").collect()["flag_id"].to_list()
    return prior_disclosure(store, chosen) if chosen else None
