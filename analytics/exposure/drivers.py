"""Which assumption makes the difference: the total of each flag with one assumption at either end, the others as is."""

from __future__ import annotations

import polars as pl

from analytics.contracts.exposure import ExposureDrivers
from analytics.exposure.assumptions import DRIVERS
from analytics.exposure.components import dollars
from analytics.exposure.settings import Settings

__all__ = ["drivers_of_flags"]

_VOID = "contested_ieepa"
_FIGURES = ("floor", "base", "ceiling", "widest")


def drivers_of_flags(
    shipments: pl.DataFrame, duties: pl.DataFrame, readings: pl.DataFrame, settings: Settings
) -> pl.DataFrame:
    """Return the rows of ``exposure_drivers``, of the reading in which all shipments of a flag lose the exemption.

    Parameters
    ----------
    shipments, duties, readings : polars.DataFrame
        As `priced_shipments`, `duties_of_lines` and `readings_of_flags` give them.
    settings : Settings
        The answers of the run.
    """
    lost = readings.filter(pl.col("lost") == "exemption")
    whole = lost.filter("is_whole").select("flag_id", "total_base", "fees_floor", "fees_base", "fees_ceiling")
    swings = pl.concat([_of_duties(shipments, duties, whole, settings), _of_entries(whole), _of_reading(lost, whole)])
    moved = swings.filter((pl.col("low") != pl.col("total_base")) | (pl.col("high") != pl.col("total_base")))
    named = moved.select(
        "flag_id",
        "driver",
        low_usd=dollars(pl.col("low")),
        base_usd=dollars(pl.col("total_base")),
        high_usd=dollars(pl.col("high")),
        is_in_range="is_in_range",
        statement=pl.col("driver").replace_strict(DRIVERS, default=pl.col("driver")),
    )
    return ExposureDrivers.validate(named, cast=True).sort("flag_id", "driver")


def _of_duties(shipments: pl.DataFrame, duties: pl.DataFrame, whole: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Swing each uncertain duty between what the floor and what the ceiling hold of it; a void one to the whole."""
    uncertain = duties.filter(~pl.col("driver").is_in(["certain", "rate_unknown"]))
    of_shipment = uncertain.group_by("shipment_uid", "driver").agg(pl.col(_FIGURES).sum())
    summed = (
        shipments.select("flag_id", "shipment_uid")
        .join(of_shipment, on="shipment_uid")
        .group_by("flag_id", "driver")
        .agg(pl.col(_FIGURES).sum())
    )
    is_void = (pl.col("driver") == _VOID) & pl.lit(_VOID not in settings.counted)
    most = pl.when(is_void).then("widest").otherwise("ceiling")
    return whole.join(summed, on="flag_id").select(
        "flag_id",
        "driver",
        "total_base",
        low=pl.col("total_base") - pl.col("base") + pl.col("floor"),
        high=pl.col("total_base") - pl.col("base") + most,
        is_in_range=~is_void,
    )


def _of_entries(whole: pl.DataFrame) -> pl.DataFrame:
    duty = pl.col("total_base") - pl.col("fees_base")
    return whole.select(
        "flag_id",
        driver=pl.lit("entries"),
        total_base="total_base",
        low=duty + pl.col("fees_floor"),
        high=duty + pl.col("fees_ceiling"),
        is_in_range=pl.lit(value=True),
    )


def _of_reading(lost: pl.DataFrame, whole: pl.DataFrame) -> pl.DataFrame:
    """Swing the reading: the least that any of them loses, duties and fees otherwise as in the headline."""
    by_order = lost.filter(pl.col("is_whole").is_null())
    least = by_order.group_by("flag_id").agg(low=(pl.col("duty_base_least") + pl.col("fee_least")).min())
    return whole.join(least, on="flag_id").select(
        "flag_id",
        driver=pl.lit("reading"),
        total_base="total_base",
        low=pl.min_horizontal("low", "total_base"),
        high="total_base",
        is_in_range=pl.lit(value=True),
    )
