"""What each case puts at issue, counted as the report counts: each shipment once, no lead and nothing explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from analytics.reports.headline import values_by
from analytics.reports.tables import of_each_flag, scenario_of_last, with_value

if TYPE_CHECKING:
    from analytics.store import Store

__all__ = ["money_of_cases"]

_FIGURES = ("floor_usd", "base_usd", "ceiling_usd")


def money_of_cases(store: Store, cases: pl.DataFrame) -> pl.DataFrame:
    """Return what the flags of each case put at issue.

    Parameters
    ----------
    store : Store
        An opened store.
    cases : polars.DataFrame
        ``case_id`` and ``flag_ids``, a JSON list.

    Returns
    -------
    polars.DataFrame
        ``case_id``; ``value_usd``, ``duty_base_usd`` and ``duty_high_usd`` of the flags that totals count, null where a
        case has none, and the high null where it is not known; ``weight_usd``, value of its leads included.
    """
    held = cases.select("case_id", flag_id=pl.col("flag_ids").str.json_decode(pl.List(pl.String))).explode("flag_id")
    held = held.drop_nulls("flag_id")
    ids = pl.col("flag_id").is_in(held["flag_id"].unique().implode())
    reading = str(scenario_of_last(store.table("runs").collect()).get("excess_reading", "all"))
    exposure = store.table("exposure").filter(pl.col("component").is_in(["value", "duty"]), ids).collect()
    flags = with_value(
        store.table("flags").filter(ids).collect(), exposure, store.table("ref_typologies").collect(), reading
    )
    lots = _lots(store, ids)
    counted = held.join(flags.filter("is_counted").select("flag_id", *_FIGURES), on="flag_id")
    every = held.join(of_each_flag(exposure, "value", reading), on="flag_id")
    duty = held.join(flags.filter("is_counted").select("flag_id"), on="flag_id", how="semi").join(
        of_each_flag(exposure, "duty", reading), on="flag_id"
    )
    told = duty.group_by("case_id").agg(is_unknown=pl.col("is_unknown").any())
    of_duty = values_by(duty, lots, "case_id").join(told, on="case_id", how="left")
    high = pl.when(~pl.col("is_unknown")).then("ceiling_usd")
    parts = [
        values_by(every, lots, "case_id").select("case_id", weight_usd="base_usd"),
        values_by(counted, lots, "case_id").select("case_id", value_usd="base_usd"),
        of_duty.select("case_id", duty_high_usd=high, duty_base_usd="base_usd"),
    ]
    found = cases.select("case_id")
    for part in parts:
        found = found.join(part, on="case_id", how="left")
    return found.sort("case_id")


def _lots(store: Store, ids: pl.Expr) -> pl.DataFrame:
    pairs = store.table("flag_shipments").filter(ids).select("flag_id", "shipment_uid").collect()
    wanted = pl.col("shipment_uid").is_in(pairs["shipment_uid"].unique().implode())
    worth = store.table("shipments").filter(wanted).select("shipment_uid", "value_usd").collect()
    return pairs.join(worth, on="shipment_uid")
