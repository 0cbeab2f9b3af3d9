"""What the flags of a period may cost, what makes the difference, and what ages out when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from analytics.days import day_of_event
from analytics.errors import UsageError
from analytics.exposure.penalties import floor_state
from analytics.reports.headline import Value, amounts_of, flag_groups, value_at_issue
from analytics.reports.periods import Period
from analytics.reports.tables import Store, Tables, counted, of_each_flag

__all__ = ["CLOCKS", "COMPONENTS", "Owed", "drivers_of", "leading_flags", "measure_owed", "summed_drivers"]

COMPONENTS = ("value", "duty", "fees", "total", "penalty", "penalty_floor", "disclosure")
_ORDERS = ("all", "tipping", "greedy", "latch")
_WHOLE = ("all", "lots")
_FIGURES = ("floor_usd", "base_usd", "ceiling_usd")
CLOCKS = ("penalty_negligence", "records_exempt", "records_entry")


@dataclass(frozen=True)
class Owed:
    """What may be owed on the flags of one period, and the time limits of all flags.

    Attributes
    ----------
    flags : int
        Flags of the period that put duty or fees at issue.
    components : dict
        Component to its `Value`, each shipment counted once; those that the store has.
    unknown : dict
        Component to the number of flags with a part that could not be computed.
    flags_owing : polars.DataFrame
        Those flags with ``floor_usd``, ``base_usd`` and ``ceiling_usd`` of duty and fees, and ``is_unknown``.
    readings : polars.DataFrame
        ``reading`` and the three figures of duty and fees; one row where no flag has readings by order.
    drivers : polars.DataFrame
        ``driver``, ``statement``, ``low_usd``, ``base_usd``, ``high_usd``, ``is_in_range``; the widest first, then
        what no figure allows for.
    layers : polars.DataFrame
        ``layer``, ``shipments``, ``base_usd``, ``ceiling_usd``, ``widest_usd``, ``is_unknown``, ``source``.
    clock : polars.DataFrame
        ``quarter`` (its first day), ``clock``, ``kind``, ``flags``, ``at_stake_usd``: what ends in it, of all flags.
    clock_rows : polars.DataFrame
        ``statute_clock`` of the flags of the period.
    sheets : dict
        The tables of the workbook: what the figures of the period are made of.
    undated : list of dict
        Time limits that no manifest dates: ``wording``, ``source``, ``confidence``.
    culpability : str
        Whose penalty is shown.
    floor_state : str
        Whether the floor under penalties is in force; empty where none is shown.
    today : date or None
        The day of the last run.
    """

    flags: int
    components: dict[str, Value]
    unknown: dict[str, int]
    flags_owing: pl.DataFrame
    readings: pl.DataFrame
    drivers: pl.DataFrame
    layers: pl.DataFrame
    clock: pl.DataFrame
    clock_rows: pl.DataFrame
    sheets: dict[str, pl.DataFrame]
    undated: list[dict[str, str]]
    culpability: str
    floor_state: str
    today: date | None


def measure_owed(store: Store, tables: Tables, period: Period) -> Owed:
    """Take what may be owed on the flags of a period.

    Parameters
    ----------
    store : Store
        Anything with ``.table(name) -> polars.LazyFrame``.
    tables : Tables
        What the report read of it.
    period : Period
        The days to report on.
    """
    flags = tables.flags.filter(period.holds("window_end"))
    lots = tables.flagged.join(flags.select("flag_id"), on="flag_id", how="semi")
    exposure = tables.exposure.join(flags.select("flag_id"), on="flag_id", how="semi")
    each = {name: amounts_of(tables, name, flags) for name in COMPONENTS}
    known = {name: rows for name, rows in each.items() if rows.height}
    leading = leading_flags(exposure, lots)
    clocks, drivers = (store.table(name).collect() for name in ("statute_clock", "exposure_drivers"))
    of_all = tables.exposure.join(tables.flags.select("flag_id"), on="flag_id", how="semi")
    layers = store.table("exposure_layers").join(lots.lazy(), on="shipment_uid", how="semi").collect()
    of_period = {
        "exposure": exposure,
        "duties": layers.sort("shipment_uid", "layer", "driver"),
        "assumptions": drivers.join(flags.select("flag_id"), on="flag_id", how="semi").sort("flag_id", "driver"),
        "time_limits": clocks.join(flags.select("flag_id"), on="flag_id", how="semi").sort("flag_id", "clock"),
    }
    last = tables.runs.row(-1, named=True) if tables.runs.height else None
    return Owed(
        flags=each["total"].height,
        components={name: value_at_issue(rows, lots) for name, rows in known.items()},
        unknown={name: int(rows["is_unknown"].sum()) for name, rows in known.items()},
        flags_owing=each["total"].sort("flag_id"),
        readings=_readings(exposure, leading),
        drivers=summed_drivers(drivers, exposure, leading),
        layers=_layers(layers),
        clock=_by_quarter(clocks, leading_flags(of_all, tables.flagged)),
        clock_rows=of_period["time_limits"],
        sheets=of_period,
        undated=_undated(clocks),
        culpability=_culpability(last),
        floor_state=_floor_state(exposure),
        today=day_of_event(str(last["finished_at"])) if last else None,
    )


def leading_flags(exposure: pl.DataFrame, lots: pl.DataFrame) -> list[str]:
    """Return of each group of flags that share shipments the one with the greatest headline of duty and fees."""
    totals = of_each_flag(exposure, "total").select("flag_id", "base_usd")
    group_of = flag_groups(totals["flag_id"].to_list(), lots.join(totals, on="flag_id", how="semi"))
    grouped = totals.with_columns(group=pl.col("flag_id").replace_strict(group_of, return_dtype=pl.String()))
    first = grouped.sort("base_usd", "flag_id", descending=[True, False]).unique("group", keep="first")
    return first["flag_id"].sort().to_list()


def _readings(exposure: pl.DataFrame, leading: Sequence[str]) -> pl.DataFrame:
    """Add duty and fees up under each reading; a flag that has no reading by order stays as it is."""
    totals = exposure.filter(pl.col("component") == "total", pl.col("flag_id").is_in(leading))
    has_orders = totals["reading"].is_in(_ORDERS[1:]).any()
    rows = []
    for reading in _ORDERS if has_orders else _ORDERS[:1]:
        is_own = pl.col("reading") == reading
        ranked = totals.filter(is_own | pl.col("reading").is_in(_WHOLE)).sort(
            "flag_id", is_own, descending=[False, True]
        )
        sums = ranked.unique("flag_id", keep="first", maintain_order=True).select(pl.col(_FIGURES).sum())
        rows.append(sums.select(pl.lit(reading).alias("reading"), pl.all()))
    return pl.concat(rows)


def summed_drivers(drivers: pl.DataFrame, exposure: pl.DataFrame, leading: Sequence[str]) -> pl.DataFrame:
    """Add up over flags what each assumption is worth, around the sum of their headlines.

    Parameters
    ----------
    drivers, exposure : polars.DataFrame
        ``exposure_drivers`` and ``exposure``.
    leading : sequence of str
        The flags to add up.

    Returns
    -------
    polars.DataFrame
        ``driver``, ``statement``, ``low_usd``, ``base_usd``, ``high_usd``, ``is_in_range``; the widest first.
    """
    base = of_each_flag(exposure.filter(pl.col("flag_id").is_in(leading)), "total")["base_usd"].sum()
    summed = (
        drivers.filter(pl.col("flag_id").is_in(leading))
        .group_by("driver")
        .agg(
            pl.col("statement").first(),
            (pl.col("low_usd") - pl.col("base_usd")).sum(),
            (pl.col("high_usd") - pl.col("base_usd")).sum(),
            pl.col("is_in_range").all(),
        )
    )
    placed = summed.with_columns(
        pl.lit(base, dtype=pl.Decimal(38, 2)).alias("base_usd"),
        *((pl.col(end) + pl.lit(base, dtype=pl.Decimal(38, 2))).alias(end) for end in ("low_usd", "high_usd")),
    )
    width = pl.col("high_usd") - pl.col("low_usd")
    return placed.sort(~pl.col("is_in_range"), width, "driver", descending=[False, True, False]).select(
        "driver", "statement", "low_usd", "base_usd", "high_usd", "is_in_range"
    )


def drivers_of(store: Store, flag_ids: Sequence[str] | None = None) -> pl.DataFrame:
    """Return what each assumption is worth over some flags of a store: `summed_drivers` of the leading ones.

    Without ``flag_ids`` it is about the flags that totals count (`counted`).

    Raises
    ------
    UsageError
        A flag puts no duty or fee at issue in this store.
    """
    exposure = store.table("exposure").sort("flag_id", "component", "reading").collect()
    lots = store.table("flag_shipments").sort("flag_id", "shipment_uid").collect()
    if flag_ids is None:
        exposure, lots = (frame.join(counted(store), on="flag_id", how="semi") for frame in (exposure, lots))
    else:
        missing = sorted(set(flag_ids) - set(exposure.filter(pl.col("component") == "total")["flag_id"]))
        if missing:
            raise UsageError(f"flag {missing[0]!r} puts no duty at issue here. List them: splitship export exposure")
        exposure, lots = (frame.filter(pl.col("flag_id").is_in(list(flag_ids))) for frame in (exposure, lots))
    return summed_drivers(store.table("exposure_drivers").collect(), exposure, leading_flags(exposure, lots))


def _layers(layers: pl.DataFrame) -> pl.DataFrame:
    summed = layers.group_by("layer").agg(
        pl.col("shipment_uid").n_unique().alias("shipments"),
        pl.col("base_usd", "ceiling_usd", "widest_usd").sum(),
        pl.col("is_unknown").any(),
        pl.col("source").unique().sort().str.join("; "),
    )
    return summed.sort("base_usd", "widest_usd", "layer", descending=[True, True, False])


def _by_quarter(clocks: pl.DataFrame, leading: Sequence[str]) -> pl.DataFrame:
    dated = clocks.filter(
        pl.col("clock").is_in(CLOCKS), pl.col("last_end").is_not_null(), pl.col("flag_id").is_in(leading)
    )
    ends = dated.with_columns(quarter=pl.col("last_end").dt.truncate("1q"))
    summed = ends.group_by("quarter", "clock", "kind").agg(
        flags=pl.len().cast(pl.Int64), at_stake_usd=pl.col("at_stake_usd").sum()
    )
    return summed.sort("quarter", "clock")


def _undated(clocks: pl.DataFrame) -> list[dict[str, str]]:
    open_ended = clocks.filter(pl.col("last_end").is_null()).select("wording", "source", "confidence")
    return open_ended.unique().sort("wording").to_dicts()


def _floor_state(exposure: pl.DataFrame) -> str:
    told = exposure.filter(pl.col("component") == "penalty_floor")["assumptions"]
    return floor_state(told[0]) if told.len() else ""


def _culpability(run: dict[str, object] | None) -> str:
    settings = json.loads(str(run["settings"])) if run else {}
    return str(settings.get("parameters", {}).get("culpability", "negligence"))
