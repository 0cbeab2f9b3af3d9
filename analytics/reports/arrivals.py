"""How late shipments come into the store, and for which weeks more must still be expected."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import polars as pl

from analytics.days import day_of_event
from analytics.errors import UnknownTable
from analytics.reports.periods import Period
from analytics.reports.tables import Store, Tables
from analytics.statistics.lateness import reported_shares

__all__ = ["Lateness", "measure_lateness"]

_STILL_EXPECTED = 0.01
"""A week of which this share or more is still to come is provisional."""
_LONGEST = 365


@dataclass(frozen=True)
class Lateness:
    """How late shipments come.

    Attributes
    ----------
    curve : polars.DataFrame
        ``days`` after arrival, and the ``share`` of shipments in the store by then; empty where it cannot be told.
    last_run : date or None
        The day of the last run that read rows, in New York.
    runs : int
        Runs after the first that read rows: what the first one brought may have been there long before.
    shipments : int
        Shipments that these runs brought.
    """

    curve: pl.DataFrame
    last_run: date | None
    runs: int
    shipments: int

    def missing(self, week: Period) -> float | None:
        """Return the share of a week's shipments that is still to come; None where it cannot be told."""
        if self.last_run is None or self.curve.is_empty():
            return None
        shares = self.curve["share"].to_list()
        ages = [(self.last_run - week.start).days - number for number in range(week.days)]
        come = [0.0 if age < 0 else shares[min(age, len(shares) - 1)] for age in ages]
        return 1 - sum(come) / len(come)

    def is_provisional(self, week: Period) -> bool:
        """Tell whether more of a week must still be expected: it was not over at the last run, or rows come late."""
        if self.last_run is None:
            return False
        missing = self.missing(week)
        return week.end >= self.last_run if missing is None else missing >= _STILL_EXPECTED


def measure_lateness(store: Store, tables: Tables) -> Lateness:
    """Take from runs and shipments how many days after arrival a run first brought a row.

    Files are told apart by their path. A path that several runs read is left out: which of them brought a row is not
    known. A shipment that was replaced came with its first version.

    Parameters
    ----------
    store : Store
        Where earlier versions of shipments are.
    tables : Tables
        Runs and shipments.

    Returns
    -------
    Lateness
        The curve reaches as far as the latest row, at most a year.
    """
    brought = _brought(tables.runs)
    if brought.is_empty():
        return Lateness(_curve([]), None, 0, 0)
    last_run = max(brought["run_day"])
    lots = _lots(store, tables, brought)
    later = lots.filter(~pl.col("is_first"))
    runs = brought.filter(~pl.col("is_first"))["run_day"].n_unique()
    shares = _shares(lots, last_run) if later.height else []
    return Lateness(_curve(shares), last_run, runs, int(later["shipments"].sum()))


def _shares(lots: pl.DataFrame, last_run: date) -> list[float]:
    lag = (pl.col("run_day") - pl.col("arrival_date")).dt.total_days().clip(0, _LONGEST)
    had_days = (pl.lit(last_run) - pl.col("arrival_date")).dt.total_days().clip(0, _LONGEST)
    told = lots.select("shipments", "is_first", lag=lag, had=had_days)
    lags, had, counts = (told[name].to_numpy() for name in ("lag", "had", "shipments"))
    shares = reported_shares(lags, had, counts, told["is_first"].to_numpy())
    return [round(float(share), 6) for share in shares]


def _curve(shares: list[float]) -> pl.DataFrame:
    return pl.DataFrame({"days": range(len(shares)), "share": shares}, schema={"days": pl.Int64, "share": pl.Float64})


def _brought(runs: pl.DataFrame) -> pl.DataFrame:
    """Return the files with rows and the day of the run that first read them; a path of two contents is left out."""
    rows = []
    for finished, text in runs.sort("finished_at", "run_id").select("finished_at", "inputs").iter_rows():
        day = day_of_event(str(finished))
        entries = [entry for entry in json.loads(text) if entry.get("read")]
        rows += [(entry["path"], entry["sha256"], day, str(finished)) for entry in entries]
    names = {"source_file": pl.String, "sha256": pl.String, "run_day": pl.Date, "run": pl.String}
    read = pl.DataFrame(rows, schema=names, orient="row").with_columns(is_first=pl.col("run") == pl.col("run").first())
    same = read.filter(pl.col("sha256").n_unique().over("source_file") == 1)
    return same.unique("source_file", keep="first", maintain_order=True).select("source_file", "run_day", "is_first")


def _lots(store: Store, tables: Tables, brought: pl.DataFrame) -> pl.DataFrame:
    """Count shipments by day of arrival and run, aggregated before anything is read into memory."""
    earlier = _first_versions(store, brought)
    now = tables.shipments.select("shipment_id", "arrival_date", "source_file")
    first = now.join(earlier.lazy(), on="shipment_id", how="left")
    by_file = first.group_by("arrival_date", source_file=pl.coalesce("first_file", "source_file")).agg(
        shipments=pl.len().cast(pl.Int64)
    )
    counted = by_file.collect().join(brought, on="source_file")
    return counted.group_by("arrival_date", "run_day", "is_first").agg(pl.col("shipments").sum()).sort(pl.all())


def _first_versions(store: Store, brought: pl.DataFrame) -> pl.DataFrame:
    """Return the file of the first version of each shipment that has earlier ones."""
    try:
        versions = store.table("shipment_versions").select("shipment_id", "source_file")
    except UnknownTable:
        return pl.DataFrame(schema={"shipment_id": pl.String, "first_file": pl.String})
    known = versions.collect().join(brought, on="source_file").sort("run_day", "source_file")
    first = known.unique("shipment_id", keep="first", maintain_order=True)
    return first.select("shipment_id", first_file="source_file")
