"""Puts figures on each flag: value, duty, fees, penalty; what makes the difference; what ages out when."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.exposure.clocks import clocks_of_flags
from analytics.exposure.components import components, dollars, readings_of_flags
from analytics.exposure.drivers import drivers_of_flags
from analytics.exposure.duties import REFERENCES, DutyTables, duties_of_lines, duties_of_shipments
from analytics.exposure.published import published_layers, published_shipments
from analytics.exposure.settings import PARAMETERS, Settings
from analytics.exposure.shipments import priced_shipments

__all__ = ["exposure_step", "reckoned"]

_PIECES, _LINES = "int_shipments__of_flags", "int_lines__of_flags"
_TERMS = (
    "ref_fees", "ref_limits", "ref_interest_rates", "ref_penalties", "ref_penalty_floors", "ref_refunds",
    "ref_tolerances", "ref_clocks",
)  # fmt: skip
_ALSO = ("exposure_layers", "exposure_shipments", "exposure_drivers", "statute_clock")


def exposure_step() -> Step:
    """Return the step that writes ``exposure`` and, beside it, its layers, its drivers and the statute clock."""
    return Step(
        name="exposure",
        grain=("flag_id", "component", "reading"),
        reads=(_PIECES, _LINES, *REFERENCES, *_TERMS),
        params=PARAMETERS,
        build=_build,
        also_writes=_ALSO,
        description="One flag, component and reading of what an excess means.",
    )


def _build(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    settings = Settings.of(params)
    tables = {name: engine.frame(name) for name in (*REFERENCES, *_TERMS)}
    made = reckoned(engine.frame(_PIECES), engine.frame(_LINES), tables, settings)
    for name, frame in made.items():
        engine.write(name, frame)


def reckoned(
    shipments: pl.DataFrame, lines: pl.DataFrame, tables: Mapping[str, pl.DataFrame], settings: Settings
) -> dict[str, pl.DataFrame]:
    """Reckon everything of some flags.

    Parameters
    ----------
    shipments, lines : polars.DataFrame
        ``int_shipments__of_flags`` and ``int_lines__of_flags``, in any order.
    tables : mapping
        The reference tables by name.
    settings : Settings
        The answers of the run.

    Returns
    -------
    dict
        The tables by name, sorted.
    """
    ordered = lines.sort("shipment_uid", "landed_id")
    duties = duties_of_lines(ordered, DutyTables.of(tables), settings)
    priced = priced_shipments(shipments.sort("flag_id", "shipment_uid"), duties_of_shipments(duties), tables, settings)
    readings = readings_of_flags(priced, tables, settings)
    is_whole_loss = pl.col("is_whole") & pl.col("lost").is_in(["exemption", "informal_entry"])
    totals = readings.filter(is_whole_loss).select("flag_id", at_stake_usd=dollars(pl.col("total_base")))
    return {
        "exposure": components(readings, settings),
        "exposure_layers": published_layers(duties),
        "exposure_shipments": published_shipments(priced),
        "exposure_drivers": drivers_of_flags(priced, duties, readings, settings),
        "statute_clock": clocks_of_flags(priced, tables["ref_clocks"], totals, settings.regime),
    }
