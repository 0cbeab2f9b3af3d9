"""How well each typology does: what it raises, what it shares with others, what people decided, what it may miss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.reports.casebook import CLOSED, DISMISSED, judged_by_typology, own_cases
from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.section import Contents, Section, Table
from analytics.reports.theme import ACCENT, BAND
from analytics.reports.wording import DASH, name_of, percent
from analytics.statistics.below_line import Bound, bounds
from analytics.statistics.chance import wilson_interval
from analytics.wording.performance import bound_words, decided_title, precision_text, precision_words, raised_title

__all__ = ["CONFIDENCE", "FEWEST", "SECTION", "Performance", "measure_performance"]

FEWEST = 10
"""Closed cases with a flag of a typology from which on its precision is given."""
CONFIDENCE = 0.95
"""Of the interval and of the bound."""
_RAISED_HEADINGS = ("Typology", "Flags", "Leads", "Consignees", "With more than one", "Shared", "Most often with")
_DECIDED_HEADINGS = ("Typology", "Closed", "Dismissed", "Confirmed", "Precision, 95% Wilson interval", "Below the line")
_RAISED = {
    "typology": pl.String(),
    "flags": pl.Int64(),
    "leads": pl.Int64(),
    "identities": pl.Int64(),
    "repeat_share": pl.Float64(),
    "shared": pl.Int64(),
    "shared_with": pl.String(),
}
_DECIDED = {
    "typology": pl.String(),
    **dict.fromkeys(("closed", "dismissed", "confirmed"), pl.Int64()),
    **dict.fromkeys(("precision", "low", "high"), pl.Float64()),
    "sample_id": pl.String(),
    **dict.fromkeys(("population", "drawn", "judged"), pl.Int64()),
    "missed_share": pl.Float64(),
}


@dataclass(frozen=True)
class Performance:
    """What each typology raised and what became of it; explained flags are in no figure.

    Attributes
    ----------
    weeks : int
        ISO weeks up to the end of the period that `raised` covers.
    raised : polars.DataFrame
        One row a typology: ``typology``, ``flags`` and ``leads``, ``identities`` (consignees with one of them),
        ``repeat_share`` (of those, the share with more than one), ``shared`` (flags and leads that have a shipment in
        common with another typology) and ``shared_with`` (with which most often).
    decided : polars.DataFrame
        One row a typology with a closed case or a sample: ``closed`` cases with such a flag, ``dismissed`` and
        ``confirmed`` (closed otherwise), ``precision`` (the share confirmed, from `FEWEST` cases on) with ``low`` and
        ``high``, and of the last sample below the line ``sample_id``, ``population``, ``drawn``, ``judged`` and
        ``missed_share``, at most.
    """

    weeks: int
    raised: pl.DataFrame
    decided: pl.DataFrame


def measure_performance(contents: Contents) -> Performance:
    """Count by typology.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    tables, quarter = contents.tables, contents.period.quarter
    every = pl.concat([tables.flags.with_columns(is_lead=False), tables.leads.with_columns(is_lead=True)])
    return Performance(
        weeks=len(quarter.mondays()),
        raised=_raised(every.filter(quarter.holds("window_end")), tables.flagged),
        decided=_decided(contents, every),
    )


def _raised(flags: pl.DataFrame, flagged: pl.DataFrame) -> pl.DataFrame:
    each = flags.drop_nulls("identity_id").group_by("typology", "identity_id").agg(times=pl.len())
    people = each.group_by("typology").agg(
        identities=pl.len(), repeat_share=(pl.col("times") > 1).mean().cast(pl.Float64).round(6)
    )
    shared = _shared(flags.select("flag_id", "typology"), flagged.select("flag_id", "shipment_uid"))
    counts = flags.group_by("typology").agg(flags=(~pl.col("is_lead")).sum(), leads=pl.col("is_lead").sum())
    joined = counts.join(people, on="typology", how="left").join(shared, on="typology", how="left")
    filled = joined.with_columns(pl.col("identities", "shared").fill_null(0))
    ordered = filled.sort("flags", "leads", "typology", descending=[True, True, False])
    return ordered.select(pl.col(name).cast(kind) for name, kind in _RAISED.items())


def _shared(flags: pl.DataFrame, flagged: pl.DataFrame) -> pl.DataFrame:
    """Count the flags with a shipment in a flag of another typology, and say with which one most often."""
    held = flagged.join(flags, on="flag_id")
    pairs = held.join(held, on="shipment_uid", suffix="_other").filter(pl.col("typology") != pl.col("typology_other"))
    most = pairs.group_by("typology", "typology_other").agg(times=pl.col("flag_id").n_unique())
    first = most.sort("times", "typology_other", descending=[True, False]).unique(
        "typology", keep="first", maintain_order=True
    )
    counts = pairs.group_by("typology").agg(shared=pl.col("flag_id").n_unique())
    return counts.join(first.select("typology", shared_with="typology_other"), on="typology")


def _decided(contents: Contents, flags: pl.DataFrame) -> pl.DataFrame:
    closed = own_cases(contents.book.cases).filter(pl.col("state") == CLOSED)
    judged = judged_by_typology(closed, flags)
    last = {bound.typology: bound for bound in bounds(contents.store.table("tunings").collect(), CONFIDENCE)}
    rows = [
        {"typology": typology, **_precision(judged.get(typology)), **_below(last.get(typology))}
        for typology in sorted({*judged, *last})
    ]
    return pl.DataFrame(rows, schema=_DECIDED).sort("closed", "typology", descending=[True, False])


def _precision(counts: dict[str, int] | None) -> dict[str, Any]:
    closed, dismissed, confirmed = ((counts or {}).get(name, 0) for name in ("closed", DISMISSED, "upheld"))
    found: dict[str, Any] = {"closed": closed, "dismissed": dismissed, "confirmed": confirmed}
    if closed < FEWEST:
        return found
    low, high = wilson_interval(confirmed, closed, CONFIDENCE)
    return {**found, "precision": confirmed / closed, "low": round(low, 6), "high": round(high, 6)}


def _below(bound: Bound | None) -> dict[str, Any]:
    if bound is None:
        return {}
    names = ("sample_id", "population", "drawn", "judged")
    return {**{name: getattr(bound, name) for name in names}, "missed_share": bound.share}


def _charts(it: Performance) -> Sequence[Chart]:
    """Draw each precision on its interval; none where too few cases are closed."""
    told = it.decided.drop_nulls("precision").reverse()
    if told.is_empty():
        return ()
    names = [name_of(typology) for typology in told["typology"]]
    words = [
        f"{name}<br>{precision_words(row['precision'], (row['low'], row['high']), row['closed'], FEWEST)}"
        f"<br>{row['confirmed']:,} of {row['closed']:,} closed cases"
        for name, row in zip(names, told.iter_rows(named=True), strict=True)
    ]
    spans = (told["high"] - told["low"]).to_list()
    bars = Series("bars", names, spans, BAND, f"{CONFIDENCE:.0%} interval", base=told["low"].to_list(), words=words)
    return (
        Chart(
            key="precision",
            label="Precision by typology",
            text=precision_text(sum(told["closed"]), told.height, CONFIDENCE),
            series=(bars, Series("points", names, told["precision"].to_list(), ACCENT, "Precision", words=words)),
            across=Axis("share", ends=(0, 1.02)),
            headings=("Typology", "Closed", "Confirmed", "Precision", "Low", "High"),
            rows=[_precision_row(row) for row in told.reverse().iter_rows(named=True)],
            height=100 + 34 * told.height,
            bars="overlay",
            gap=0.5,
            is_lying=True,
        ),
    )


def _precision_row(row: dict[str, Any]) -> list[str]:
    shares = (percent(row[name]) for name in ("precision", "low", "high"))
    return [name_of(row["typology"]), f"{row['closed']:,}", f"{row['confirmed']:,}", *shares]


def _tables(it: Performance) -> Sequence[Table]:
    found = []
    if it.raised.height:
        rows = [_raised_row(row) for row in it.raised.iter_rows(named=True)]
        found.append(Table(_RAISED_HEADINGS, rows, raised_title(it.weeks), frozenset({1, 2, 3, 4, 5})))
    if it.decided.height:
        rows = [_decided_row(row) for row in it.decided.iter_rows(named=True)]
        found.append(Table(_DECIDED_HEADINGS, rows, decided_title(FEWEST), frozenset({1, 2, 3})))
    return found


def _raised_row(row: dict[str, Any]) -> list[str]:
    counts = [f"{row[name]:,}" for name in ("flags", "leads", "identities")]
    share = percent(row["repeat_share"]) if row["identities"] else DASH
    other = name_of(row["shared_with"]) if row["shared_with"] else DASH
    return [name_of(row["typology"]), *counts, share, f"{row['shared']:,}", other]


def _decided_row(row: dict[str, Any]) -> list[str]:
    counts = [f"{row[name]:,}" for name in ("closed", "dismissed", "confirmed")]
    interval = None if row["low"] is None else (row["low"], row["high"])
    sample = [row[name] or 0 for name in ("drawn", "judged", "population")]
    return [
        name_of(row["typology"]),
        *counts,
        precision_words(row["precision"], interval, row["closed"], FEWEST),
        bound_words(row["sample_id"], row["missed_share"], *sample),
    ]


SECTION = Section(
    key="rule_performance",
    place=105,
    title="Rule performance",
    lead=(
        "What each typology raised in the last thirteen weeks, and what people decided since the first case. Explained "
        "flags are in no figure. A closed case counts once for each typology among its flags; closed other than by "
        "dismissal, it is confirmed. A shared flag has a shipment in a flag or lead of another typology."
    ),
    measure=measure_performance,
    charts=_charts,
    draws={"precision": "share of decided flags that were confirmed, by typology"},
    tables=_tables,
    sheets=lambda it, _: {"rules_raised": it.raised, "rules_decided": it.decided},
    meanings={
        "typology": "The typology",
        "flags": "Flags of it that totals count",
        "sample_id": "Its last sample below the line",
        "leads": "Leads of the typology; they are in no total",
        "identities": "Consignees with a flag or lead of the typology",
        "repeat_share": "Of those consignees, the share with more than one",
        "shared": "Flags and leads with a shipment in one of another typology",
        "shared_with": "The typology that shares shipments with most of them",
        "closed": "Closed cases with such a flag",
        "dismissed": "Of those, the dismissed",
        "confirmed": "Of those, the others",
        "precision": f"Share confirmed, from {FEWEST} closed cases on",
        "low": "Lower end of its Wilson interval at 95%",
        "high": "Upper end of its Wilson interval at 95%",
        "drawn": "Candidates in the last sample below the line",
        "judged": "Of those, with a verdict",
        "population": "Candidates below the line",
        "missed_share": "At most this share of them is missed, at 95%; empty while verdicts are outstanding",
    },
)
