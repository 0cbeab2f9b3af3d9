"""What is published of the reckoning itself: each duty on each shipment, and each shipment once."""

from __future__ import annotations

import polars as pl

from analytics.contracts.exposure import ExposureLayers, ExposureShipments
from analytics.exposure.components import dollars

__all__ = ["published_layers", "published_shipments"]


def published_layers(duties: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of ``exposure_layers``: what each duty comes to on each shipment."""
    summed = duties.group_by("shipment_uid", "layer", "driver").agg(
        pl.len().cast(pl.Int64).alias("lines"),
        *(dollars(pl.col(name).sum()).alias(f"{name}_usd") for name in ("floor", "base", "ceiling", "widest")),
        pl.col("rate_least").min(),
        pl.col("rate_most").max(),
        pl.col("is_unknown").any(),
        pl.col("source").sort_by("source").first(),
    )
    return ExposureLayers.validate(summed.select(ExposureLayers.column_names()), cast=True).sort(
        "shipment_uid", "layer", "driver"
    )


def published_shipments(shipments: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of ``exposure_shipments`` from shipments as `priced_shipments` gives them."""
    lost = shipments.filter(pl.col("lost") == "exemption").unique("shipment_uid", keep="first", maintain_order=True)
    amounts = {
        "duty_floor_usd": "duty_floor",
        "duty_base_usd": "duty_base",
        "duty_ceiling_usd": "duty_ceiling",
        "fee_usd": "fee",
    }
    interest = pl.when("is_interest_unknown").then(None).otherwise(dollars(pl.col("interest_base")))
    rows = lost.select(
        "shipment_uid",
        "arrival_date",
        "value_usd",
        **{name: dollars(pl.col(column)) for name, column in amounts.items()},
        interest_usd=interest,
        is_unknown=pl.col("is_duty_unknown") | pl.col("is_fee_unknown"),
    )
    return ExposureShipments.validate(rows, cast=True).sort("shipment_uid")
