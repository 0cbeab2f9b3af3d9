"""What the report reads from a store: each table once, only the columns it may show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from analytics.contracts.fields import shown_of_consignee
from analytics.errors import UnknownTable

__all__ = [
    "Store",
    "Tables",
    "counted",
    "data_days",
    "is_lead",
    "of_each_flag",
    "read_tables",
    "scenario_of_last",
    "with_value",
]

_SHIPMENTS = (
    "shipment_uid", "shipment_id", "arrival_date", "date_basis", "value_usd", "declared_value",
    "customs_value", "currency",
    "exemption_claimed", "exemption_basis", "identity_id", "alias_id", "party_class", "source_file", "source_line",
    *shown_of_consignee(),
    "order_id", "entry_type", "mode", "carrier_code", "filer_code", "port_of_entry", "conveyance_id", "master_bill",
    "seller_name", "seller_id", "origin_country", "hts_code", "description",
)  # fmt: skip


_PUTS_NOTHING = pl.col("reading") == "none"
"""Of a typology whose flags put no value at issue."""


class Store(Protocol):
    """Where published tables come from."""

    @property
    def root(self) -> Path:
        """The folder of the store."""

    def table(self, name: str) -> pl.LazyFrame:
        """Return one published table."""


@dataclass(frozen=True)
class Tables:
    """The published tables that the measures are taken from.

    Attributes
    ----------
    shipments : polars.LazyFrame
        Not collected: it may be the one large table.
    flags : polars.DataFrame
        The flags that put a value at issue and are not explained by what their shipments show, with ``floor_usd``,
        ``base_usd`` and ``ceiling_usd`` of the value at issue, ``is_unknown``, and ``is_plain_to_see``: exact name and
        address would have shown it too; null where that makes no difference.
    leads : polars.DataFrame
        The flags that put no value at issue by themselves (`counted`), with the same columns.
    explained : polars.DataFrame
        The flags whose shipments show an innocent explanation, with the same columns.
    flagged : polars.DataFrame
        One row per flag and shipment of it, with the shipment's columns.
    daily_totals, identities, aliases, links : polars.LazyFrame
        Not collected either.
    exposure, rejected, unread_cells, typology_status, suppressions, date_sensitivity, limits, runs : polars.DataFrame
        The tables of those names.
    typologies : polars.DataFrame
        The registry, one row a typology: ``typology``, ``reading``, ``at_stake``.
    identity_thresholds, flag_thresholds : polars.DataFrame
        The identity thresholds that were tried, and what each leaves of the flags.
    reading : str
        The reading of an excess that the headline takes, as the last run was told.
    scenario : mapping
        Every switch of the last run with its answer.
    """

    shipments: pl.LazyFrame
    daily_totals: pl.LazyFrame
    flags: pl.DataFrame
    leads: pl.DataFrame
    explained: pl.DataFrame
    flagged: pl.DataFrame
    exposure: pl.DataFrame
    identities: pl.LazyFrame
    aliases: pl.LazyFrame
    links: pl.LazyFrame
    rejected: pl.DataFrame
    unread_cells: pl.DataFrame
    typology_status: pl.DataFrame
    suppressions: pl.DataFrame
    typologies: pl.DataFrame
    date_sensitivity: pl.DataFrame
    limits: pl.DataFrame
    runs: pl.DataFrame
    identity_thresholds: pl.DataFrame
    flag_thresholds: pl.DataFrame
    reading: str = "all"
    scenario: Mapping[str, Any] = field(default_factory=dict)

    @property
    def status_at_issue(self) -> pl.DataFrame:
        """Rows of ``typology_status`` of the typologies that put a value at issue."""
        never = self.typologies.filter(_PUTS_NOTHING)
        return self.typology_status.join(never, on="typology", how="anti", maintain_order="left")


def data_days(store: Store) -> tuple[date, date] | None:
    """Return the first and last day with a shipment, or None where there is none."""
    days = store.table("shipments").select(first=pl.col("arrival_date").min(), last=pl.col("arrival_date").max())
    first, last = days.collect().row(0)
    return None if first is None else (first, last)


def counted(store: Store) -> pl.DataFrame:
    """Return the flags that totals count: neither explained nor a lead, in the command, Python, report and workbook.

    A flag is explained where its shipments show an innocent explanation that matters. It is a lead where its strength
    is supporting, or its typology puts no value at issue by itself.

    Returns
    -------
    polars.DataFrame
        ``flag_id``, sorted.
    """
    is_counted = _is_counted(_typologies(store.table("ref_typologies").collect()))
    return store.table("flags").filter(is_counted).select("flag_id").sort("flag_id").collect()


def is_lead(typologies: pl.DataFrame) -> pl.Expr:
    """Tell whether a flag puts no value at issue by itself: its strength is supporting, or its typology never does.

    Parameters
    ----------
    typologies : polars.DataFrame
        ``typology`` and ``reading``.
    """
    never = typologies.filter(_PUTS_NOTHING)["typology"].implode()
    return (pl.col("strength") == "supporting") | pl.col("typology").is_in(never)


def _is_counted(typologies: pl.DataFrame) -> pl.Expr:
    return ~pl.col("is_suppressed") & ~is_lead(typologies)


def read_tables(store: Store) -> Tables:
    """Read what the report needs.

    Parameters
    ----------
    store : Store
        Anything with ``.table(name) -> polars.LazyFrame``.

    Returns
    -------
    Tables
        Small tables in memory, large ones as lazy frames.
    """
    runs = store.table("runs").sort("finished_at", "run_id").collect()
    scenario = scenario_of_last(runs)
    reading = str(scenario.get("excess_reading", "all"))
    exposure = store.table("exposure").sort("flag_id", "component", "reading").collect()
    shipments = store.table("shipments").select(_SHIPMENTS)
    typologies = _typologies(store.table("ref_typologies").collect())
    every_flag = _with_value(store.table("flags").collect(), exposure, reading)
    is_counted = _is_counted(typologies)
    return Tables(
        shipments=shipments,
        daily_totals=store.table("daily_totals"),
        flags=every_flag.filter(is_counted),
        leads=every_flag.filter(~pl.col("is_suppressed"), ~is_counted),
        explained=every_flag.filter("is_suppressed"),
        flagged=_in_flags(store, shipments),
        exposure=exposure,
        identities=store.table("identities"),
        aliases=store.table("aliases"),
        links=store.table("identity_links"),
        rejected=store.table("rejected").select("source_file", "source_line", "reasons", "shipment_id").collect(),
        unread_cells=_unread_cells(store),
        typology_status=store.table("typology_status").sort("typology").collect(),
        suppressions=store.table("suppressions").sort("flag_id", "benign").collect(),
        typologies=typologies,
        date_sensitivity=store.table("date_sensitivity").sort("flag_id", "date_basis").collect(),
        identity_thresholds=store.table("identity_thresholds").sort("threshold").collect(),
        flag_thresholds=store.table("flag_thresholds").sort("flag_id", "threshold").collect(),
        limits=_with_scopes(_held(store.table("ref_limits").collect(), scenario), store.table("ref_scopes").collect()),
        runs=runs,
        reading=reading,
        scenario=scenario,
    )


def with_value(
    flags: pl.DataFrame, exposure: pl.DataFrame, registry: pl.DataFrame, reading: str = "all"
) -> pl.DataFrame:
    """Return flags with what each puts at issue, and whether totals count it.

    Parameters
    ----------
    flags, exposure, registry : polars.DataFrame
        The tables ``flags``, ``exposure`` and ``ref_typologies``.
    reading : str, default="all"
        The interpretation that the base takes.

    Returns
    -------
    polars.DataFrame
        The flags, the largest first, with ``floor_usd``, ``base_usd``, ``ceiling_usd``, ``is_unknown`` and
        ``is_counted``.
    """
    valued = _with_value(flags, exposure, reading)
    return valued.with_columns(is_counted=_is_counted(_typologies(registry)))


def _in_flags(store: Store, shipments: pl.LazyFrame) -> pl.DataFrame:
    """Return the shipments of flags: filtered before they are joined, so that no more of a large table is read."""
    pairs = store.table("flag_shipments").select("flag_id", "shipment_uid").collect()
    wanted = pl.col("shipment_uid").is_in(pairs["shipment_uid"].unique().implode())
    joined = pairs.lazy().join(shipments.filter(wanted), on="shipment_uid")
    return joined.sort("flag_id", "arrival_date", "shipment_uid").collect()


def scenario_of_last(runs: pl.DataFrame) -> dict[str, Any]:
    """Return the answers that the last run took to the open questions of the law."""
    latest = runs.sort("finished_at", "run_id")
    settings = json.loads(latest["settings"][-1]) if latest.height else {}
    return dict(settings.get("scenario", {}))


def of_each_flag(exposure: pl.DataFrame, component: str, reading: str = "all") -> pl.DataFrame:
    """Return one row per flag: least floor and greatest ceiling over the readings, headline of one of them."""
    return (
        exposure.filter(pl.col("component") == component)
        .group_by("flag_id")
        .agg(
            pl.col("floor_usd").min(),
            base_usd=pl.coalesce(
                pl.col("base_usd").filter(pl.col("reading") == reading).first(), pl.col("base_usd").max()
            ),
            ceiling_usd=pl.col("ceiling_usd").max(),
            is_unknown=pl.col("is_unknown").any(),
        )
    )


def _unread_cells(store: Store) -> pl.DataFrame:
    """Return what the report counts of unread cells; a store of an earlier version has no such table."""
    columns = ["column", "reason", "message"]
    try:
        return store.table("unread_cells").select(columns).collect()
    except UnknownTable:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))


def _typologies(registry: pl.DataFrame) -> pl.DataFrame:
    """Return one row per typology: its last stretch."""
    last = registry.sort("typology", "valid_from").unique("typology", keep="last", maintain_order=True)
    return last.select("typology", "reading", "at_stake")


def _held(limits: pl.DataFrame, scenario: Mapping[str, Any]) -> pl.DataFrame:
    """Leave out the rows that hold under another answer than the run took."""
    answer = scenario.get("eo_suspension", "valid")
    return limits.filter(pl.col("if_suspension").is_null() | (pl.col("if_suspension") == answer))


def _with_scopes(limits: pl.DataFrame, scopes: pl.DataFrame) -> pl.DataFrame:
    """Write named scopes out: ``NONPOSTAL`` becomes ``NOT(mail)``."""
    names = {
        f"{kind}_scope": dict(rows.select("scope", "expression").iter_rows())
        for (kind,), rows in scopes.group_by("scope_kind")
    }
    return limits.with_columns(pl.col(column).replace(known) for column, known in names.items())


def _with_value(flags: pl.DataFrame, exposure: pl.DataFrame, reading: str) -> pl.DataFrame:
    """Join the value at issue: least floor and greatest ceiling over the readings, headline from one of them.

    A flag without such a reading falls back on its excess over the limit, or its total where no limit was available.
    """
    value = of_each_flag(exposure, "value", reading)
    fallback = pl.coalesce("excess_usd", "total_usd")
    amounts = [pl.coalesce(name, fallback).cast(pl.Decimal(18, 2)) for name in ("floor_usd", "base_usd", "ceiling_usd")]
    joined = flags.join(value, on="flag_id", how="left").with_columns(*amounts, pl.col("is_unknown").fill_null(True))
    seen = pl.col("attributes").str.json_path_match("$.would_exact_name_show_it") == "true"
    joined = joined.with_columns(is_plain_to_see=seen)
    return joined.sort("base_usd", "flag_id", descending=[True, False])
