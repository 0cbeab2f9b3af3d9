"""What the figures rest on: rows read and turned away, fields that were there, dates and claims that were assumed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.reports.captions import file_name
from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section, Table
from analytics.reports.tables import Tables
from analytics.reports.wording import percent

__all__ = ["FIELDS", "SECTION", "Intake", "Quality", "measure_quality"]

FIELDS = (
    "consignee_name", "consignee_address", "identity_id", "order_id", "seller_id", "carrier_code", "filer_code",
    "origin_country", "mode", "conveyance_id", "hts_code",
)  # fmt: skip
"""Fields that typologies need, in the order in which they are shown."""
_SHOWN_REASONS, _SHOWN_INPUTS = 15, 12
_COUNTS = ("read", "accepted", "rejected", "repeated")


@dataclass(frozen=True)
class Intake:
    """Rows of all inputs together; what was read is accepted, rejected or repeated."""

    files: int
    read: int
    accepted: int
    rejected: int
    repeated: int


@dataclass(frozen=True)
class Quality:
    """What the figures rest on.

    Attributes
    ----------
    intake : Intake
        All inputs of the store, each counted once.
    inputs : list of dict
        The inputs, in the order in which they were first screened.
    reasons : polars.DataFrame
        ``column``, ``reason``, ``rows``, ``message`` (one example), the most frequent first.
    unread : polars.DataFrame
        ``column``, ``reason``, ``cells``, ``message``: optional cells that could not be read, the most frequent first.
    bases : polars.DataFrame
        ``kind`` (date or claim), ``basis``, ``shipments`` of the period.
    filled : polars.DataFrame
        ``field``, ``share`` of the period's shipments that carry it.
    """

    intake: Intake
    inputs: list[dict[str, Any]]
    reasons: pl.DataFrame
    unread: pl.DataFrame
    bases: pl.DataFrame
    filled: pl.DataFrame


def measure_quality(tables: Tables, period: Period) -> Quality:
    """Count what came in, what was turned away and why, and what the period's shipments carry."""
    inputs = _inputs(tables.runs)
    arrived = tables.shipments.filter(period.holds("arrival_date"))
    bases = [
        arrived.group_by(basis=column)
        .agg(shipments=pl.len())
        .select(kind=pl.lit(kind), basis="basis", shipments="shipments")
        for kind, column in (("date", "date_basis"), ("claim", "exemption_basis"))
    ]
    shares = arrived.select(pl.col(field).is_not_null().mean() for field in FIELDS).collect().row(0)
    return Quality(
        intake=Intake(files=len(inputs), **{name: sum(int(row.get(name, 0)) for row in inputs) for name in _COUNTS}),
        inputs=inputs,
        reasons=_reasons(tables.rejected),
        unread=_counted(tables.unread_cells, "cells"),
        bases=pl.concat(bases).sort("kind", "shipments", "basis", descending=[True, True, False]).collect(),
        filled=pl.DataFrame({"field": FIELDS, "share": shares}, schema={"field": pl.String, "share": pl.Float64}),
    )


def _inputs(runs: pl.DataFrame) -> list[dict[str, Any]]:
    """Each input once, as the run counted it that read the most of it: a later run skips what was screened before."""
    best: dict[str, dict[str, Any]] = {}
    for text in runs["inputs"]:
        for entry in json.loads(text):
            known = best.get(entry["sha256"])
            if known is None or entry.get("read", 0) > known.get("read", 0):
                best[entry["sha256"]] = entry
    return list(best.values())


def _reasons(rejected: pl.DataFrame) -> pl.DataFrame:
    fields = {"column": pl.String, "reason": pl.String, "message": pl.String}
    parsed = rejected.select(why=pl.col("reasons").str.json_decode(pl.List(pl.Struct(fields))))
    flat = parsed.explode("why").drop_nulls("why").unnest("why")
    return _counted(flat, "rows")


def _counted(found: pl.DataFrame, what: str) -> pl.DataFrame:
    """Count by column and reason, the most frequent first."""
    return (
        found.group_by("column", "reason")
        .agg(pl.len().cast(pl.Int64).alias(what), message=pl.col("message").min())
        .select("column", "reason", what, "message")
        .sort(what, "column", "reason", descending=[True, False, False])
    )


def _sheets(_: Quality, contents: Contents) -> Mapping[str, pl.DataFrame]:
    """Return the rejected rows: what came in as rejected belongs to the store as a whole."""
    return {"rejected": contents.tables.rejected.sort("source_file", "source_line", "reasons")}


def _tables(found: Quality) -> list[Table]:
    """Return what came in, why rows were rejected or cells not read, and what the period's shipments carry."""
    counts = ("files", *_COUNTS)
    intake = [[f"{getattr(found.intake, name):,}" for name in counts]]
    filled = [[row["field"], percent(row["share"])] for row in found.filled.iter_rows(named=True)]
    bases = [
        [row["kind"], (row["basis"] or "not known").replace("_", " "), f"{row['shipments']:,}"]
        for row in found.bases.iter_rows(named=True)
    ]
    inputs = [
        [file_name(row["path"]), *(f"{row.get(name, 0):,}" for name in _COUNTS)]
        for row in found.inputs[-_SHOWN_INPUTS:]
    ]
    more = f"The last {_SHOWN_INPUTS} of {len(found.inputs)}." if len(found.inputs) > _SHOWN_INPUTS else ""
    tables = [
        Table(("Inputs", "Rows read", "Accepted", "Rejected", "Repeated"), intake, numbers=frozenset(range(5))),
        _reason_table(found.reasons, "rows", "Rejected, by reason"),
        _reason_table(found.unread, "cells", "Unread cells: their rows are kept and the cells are empty"),
        Table(("Field", "Filled"), filled, "Fields that the period's shipments carry", frozenset({1})),
        Table(("Taken from", "Which", "Shipments"), bases, "Dates and claims of the period", frozenset({2})),
        Table(("File", "Read", "Accepted", "Rejected", "Repeated"), inputs, "Inputs", frozenset(range(1, 5)), more),
    ]
    return [table for table in tables if table.rows]


def _reason_table(found: pl.DataFrame, what: str, title: str) -> Table:
    rows = [
        [row["column"], row["reason"].replace("_", " "), row["message"], f"{row[what]:,}"]
        for row in found.head(_SHOWN_REASONS).iter_rows(named=True)
    ]
    more = f"The {_SHOWN_REASONS} most frequent of {found.height} reasons." if found.height > _SHOWN_REASONS else ""
    return Table(("Column", "Reason", "Example", what.capitalize()), rows, title, frozenset({3}), more)


SECTION = Section(
    key="quality",
    place=110,
    title="What the figures rest on",
    lead="Every row that was read is accepted, rejected with a reason, or a repeat of an earlier one.",
    measure=lambda contents: measure_quality(contents.tables, contents.period),
    words={"file_name": file_name},
    tables=_tables,
    sheets=_sheets,
)
