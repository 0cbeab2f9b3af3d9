"""Puts a figure on each flag: value, duty, fees and their total, as least, headline and most."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.contracts.findings import Exposure
from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.exposure.assumptions import assumptions
from analytics.exposure.partial import MEASURES, partial_readings
from analytics.exposure.pieces import priced_pieces

__all__ = ["exposure_step"]

_READS = ("int_pieces__of_flags", "int_lines__of_flags", "ref_hts_rates", "ref_fees")
_WHOLE_READING = {
    "daily_limit": "all",
    "suspended_claim": "all",
    "order_split": "lots",
    "informal_entry_split": "lots",
    "consignment_split": "lots",
}
_CENT = pl.lit("0.01").cast(pl.Decimal(18, 2))


def exposure_step() -> Step:
    """Return the step that writes ``exposure``."""
    return Step(
        name="exposure",
        grain=("flag_id", "component", "reading"),
        reads=_READS,
        params=(),
        build=_build,
        description="One flag, component and reading of what an excess means.",
    )


def _build(engine: Engine, _: Mapping[str, ParameterValue]) -> None:
    pieces = priced_pieces(*(engine.frame(table) for table in _READS))
    partial = partial_readings(pieces.filter(pl.col("typology") == "daily_limit"))
    readings = pl.concat([_whole(pieces), partial], how="diagonal").join(_gaps(pieces), on="flag_id")
    components = Exposure.validate(_components(readings), cast=True)
    engine.write("exposure", components.sort("flag_id", "component", "reading"))


def _gaps(pieces: pl.DataFrame) -> pl.DataFrame:
    """Say of each flag what could not be computed."""
    unknown = pl.col("is_duty_unknown", "is_other_schedule", "is_fee_unknown").any()
    return pieces.group_by("flag_id").agg(pl.col("typology").first(), unknown)


def _whole(pieces: pl.DataFrame) -> pl.DataFrame:
    """Reckon the reading in which all pieces lose the exemption, or all lots have to be entered as one."""
    summed = pieces.group_by("flag_id").agg(
        pl.col("typology").first(),
        pl.col(*MEASURES, "customs").sum(),
        pl.col("formal_minimum", "formal_maximum", "formal_rate").first(),
    )
    is_informal = pl.col("typology") == "informal_entry_split"
    reckoned = summed.with_columns(
        fee=pl.when(is_informal).then(_formal_fee() - pl.col("fee")).otherwise("fee").clip(0).fill_null(0),
        duty_floor=pl.when(is_informal).then(0).otherwise("duty_floor"),
        duty_base=pl.when(is_informal).then(0).otherwise("duty_base"),
        reading=pl.col("typology").replace_strict(_WHOLE_READING),
    )
    ends = [pl.col(measure).alias(f"{measure}_{end}") for measure in MEASURES for end in ("least", "most")]
    return reckoned.select("flag_id", "reading", *ends)


def _formal_fee() -> pl.Expr:
    """Reckon the fee of one formal entry for all pieces, rounded to the cent."""
    ad_valorem = (pl.col("customs").cast(pl.Decimal(20, 0)) * pl.col("formal_rate")).round(0).cast(pl.Int64)
    return ad_valorem.clip(pl.col("formal_minimum"), pl.col("formal_maximum"))


def _components(readings: pl.DataFrame) -> pl.DataFrame:
    is_informal = pl.col("typology") == "informal_entry_split"
    no_duty, no_fee = pl.col("is_duty_unknown") & ~is_informal, pl.col("is_fee_unknown")
    duty = pl.col("duty_floor_least"), pl.col("duty_base_most")
    fee = pl.col("fee_least"), pl.col("fee_most")
    columns = {
        "value": (pl.col("value_least"), pl.col("value_most"), pl.lit(False)),
        "duty": (*duty, no_duty),
        "fees": (*fee, no_fee),
        "total": (duty[0] + fee[0], duty[1] + fee[1], no_duty | no_fee),
    }
    parts = [
        readings.select(
            "flag_id",
            "reading",
            component=pl.lit(component),
            floor_usd=_dollars(least),
            base_usd=_dollars(most),
            ceiling_usd=_dollars(most),
            is_unknown=is_unknown,
            assumptions=assumptions(component),
        )
        for component, (least, most, is_unknown) in columns.items()
    ]
    return pl.concat(parts).select(Exposure.column_names())


def _dollars(amount: pl.Expr) -> pl.Expr:
    return (amount.cast(pl.Decimal(20, 2)) * _CENT).cast(pl.Decimal(18, 2))
