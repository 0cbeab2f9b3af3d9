"""What comes in, week by week and file by file: missing fields, rejected rows, late arrivals, files sent twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from analytics.days import day_of_event
from analytics.reports.arrivals import measure_lateness
from analytics.reports.captions import file_name
from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.quality import FIELDS
from analytics.reports.tables import Tables

__all__ = ["QualityTrends", "measure_quality_trends"]

_SAME = "the same bytes"
"""How the note begins that the intake leaves on a file whose content was read before."""
_FILES = {
    "file": pl.String,
    "read_on": pl.Date,
    "rows": pl.Int64,
    "rejected": pl.Int64,
    "repeated": pl.Int64,
}


@dataclass(frozen=True)
class QualityTrends:
    """What came in over time.

    Attributes
    ----------
    missing : polars.DataFrame
        By ``field`` and ``monday`` of the quarter: ``shipments`` of the week, and the ``missing`` share of them.
    files : polars.DataFrame
        By file that rows were read of, the first read first: ``file``, ``read_on``, ``rows``, ``rejected``,
        ``repeated``.
    reasons : polars.DataFrame
        By ``monday`` of the week in which a file was read: ``file``, ``reason``, ``rows`` rejected for it.
    again : polars.DataFrame
        Files whose content was read before: ``file``, ``handed_in``.
    lateness : polars.DataFrame
        ``days`` after arrival and the ``share`` of shipments in the store by then; empty where it cannot be told.
    runs, shipments : int
        What that was measured on.
    """

    missing: pl.DataFrame
    files: pl.DataFrame
    reasons: pl.DataFrame
    again: pl.DataFrame
    lateness: pl.DataFrame
    runs: int
    shipments: int


def measure_quality_trends(contents: Contents) -> QualityTrends:
    """Measure what came in.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    tables = contents.tables
    read = list(_read(tables.runs))
    late = measure_lateness(contents.store, tables)
    return QualityTrends(
        missing=_missing(tables, contents.period),
        files=_files(read),
        reasons=_reasons(tables.rejected, read),
        again=_again(read),
        lateness=late.curve,
        runs=late.runs,
        shipments=late.shipments,
    )


def _missing(tables: Tables, period: Period) -> pl.DataFrame:
    """Aggregate where the shipments lie; only one row a week is read."""
    arrived = tables.shipments.filter(period.quarter.holds("arrival_date"))
    shares = [pl.col(field).is_null().mean().alias(field) for field in FIELDS]
    weeks = arrived.group_by(monday=pl.col("arrival_date").dt.truncate("1w")).agg(
        pl.len().cast(pl.Int64).alias("shipments"), *shares
    )
    long = weeks.collect().unpivot(FIELDS, index=["monday", "shipments"], variable_name="field", value_name="missing")
    order = pl.col("field").replace_strict({field: place for place, field in enumerate(FIELDS)}, return_dtype=pl.Int64)
    return long.sort(order, "monday").select("field", "monday", "shipments", pl.col("missing").round(6))


def _read(runs: pl.DataFrame) -> Iterator[tuple[date, dict[str, Any]]]:
    """Give each input of each run with the day of the run, in New York."""
    for finished, text in runs.sort("finished_at", "run_id").select("finished_at", "inputs").iter_rows():
        day = day_of_event(str(finished))
        yield from ((day, entry) for entry in json.loads(text))


def _files(read: list[tuple[date, dict[str, Any]]]) -> pl.DataFrame:
    rows = [
        (file_name(entry["path"]), day, entry["read"], entry.get("rejected", 0), entry.get("repeated", 0))
        for day, entry in read
        if entry.get("read")
    ]
    return pl.DataFrame(rows, schema=_FILES, orient="row")


def _again(read: list[tuple[date, dict[str, Any]]]) -> pl.DataFrame:
    rows = [(file_name(entry["path"]), day) for day, entry in read if str(entry.get("skipped") or "").startswith(_SAME)]
    return pl.DataFrame(rows, schema={"file": pl.String, "handed_in": pl.Date}, orient="row")


def _reasons(rejected: pl.DataFrame, read: list[tuple[date, dict[str, Any]]]) -> pl.DataFrame:
    """Count rejected rows by the week in which their file was first read, by file and by reason."""
    first = {entry["path"]: day for day, entry in reversed(read) if entry.get("read")}
    days = pl.DataFrame(list(first.items()), schema={"source_file": pl.String, "day": pl.Date}, orient="row")
    reason = pl.col("reasons").str.json_decode(pl.List(pl.Struct({"reason": pl.String})))
    flat = rejected.select("source_file", reason=reason).explode("reason").unnest("reason").drop_nulls("reason")
    counted = (
        flat.join(days, on="source_file", how="left")
        .group_by("source_file", "reason", monday=pl.col("day").dt.truncate("1w"))
        .agg(rows=pl.len().cast(pl.Int64))
        .sort("monday", "rows", "source_file", "reason", descending=[True, True, False, False], nulls_last=True)
    )
    file = pl.col("source_file").map_elements(file_name, return_dtype=pl.String)
    return counted.select("monday", "reason", "rows", file=file).select("monday", "file", "reason", "rows")
