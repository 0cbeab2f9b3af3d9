"""Gathers the days around the report from law tables, statute clocks and cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from analytics.reports.casebook import CLOSED, CaseBook, closed_at, own_cases
from analytics.reports.law import limits_in_force, rule_changes
from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.cases import as_of_day
from analytics.reports.sections.method import SECTION as METHOD
from analytics.reports.sections.owed.measures import CLOCKS, leading_flags
from analytics.reports.tables import Store, Tables
from analytics.rulebook.lookup import in_force
from analytics.wording.calendar import Entry

__all__ = ["REACH", "Calendar", "measure_calendar"]

REACH = 90
"""Days before and after the day of the calendar."""
_FILED = "disclosure_filed"
_DISCLOSURE = {"prior_disclosure_in_writing": "in_writing", "prior_disclosure_data": "data"}


@dataclass(frozen=True)
class Calendar:
    """The days around the report.

    Attributes
    ----------
    today : date
        The day of the last run or of the last event of a case, whichever is later.
    entries : list of Entry
        In date order.
    """

    today: date
    entries: list[Entry]


def measure_calendar(contents: Contents) -> Calendar | None:
    """Gather the days around the report; None where the store has no run.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    today = as_of_day(contents.book, contents.tables.runs)
    if today is None:
        return None
    span = Period(today - timedelta(days=REACH), today + timedelta(days=REACH))
    regimes = contents.of(METHOD).regimes
    found = [
        *_rules(contents.tables, span),
        *_law(contents.store, regimes, span),
        *_disclosures(contents.store, contents.book, span),
        *_limits(contents.store, contents.tables, today, span.end),
        *_cases(contents.book, span),
    ]
    return Calendar(today, sorted(found, key=lambda entry: (entry.on, entry.what, entry.subject)))


def _rules(tables: Tables, span: Period) -> Iterator[Entry]:
    changed = rule_changes(tables, span)
    for row, limit in zip(changed.iter_rows(named=True), limits_in_force(changed), strict=True):
        yield Entry(row["valid_from"], "rule", row["rule_id"], {"limit": limit}, row["source"])


def _law(store: Store, regimes: list[str], span: Period) -> Iterator[Entry]:
    """Yield events, rates that begin or end, and the days up to which the tables hold."""
    events, layers, reviews = (
        store.table(name).filter(pl.col("regime").is_in(regimes)).collect()
        for name in ("ref_law_events", "ref_duty_layers", "ref_reviews")
    )
    for row in events.filter(span.holds("valid_from")).iter_rows(named=True):
        yield Entry(row["valid_from"], "event", row["event"], {"effect": row["effect"]}, row["source"])
    yield from _rates(layers, span)
    for row in reviews.filter(span.holds("covers_until")).iter_rows(named=True):
        yield Entry(row["covers_until"], "tables", row["subject"], {}, row["source"])


def _rates(layers: pl.DataFrame, span: Period) -> Iterator[Entry]:
    """Yield one entry a duty and day on which it begins or its rates change; and its end, where nothing follows."""
    begun = layers.filter(span.holds("valid_from")).sort("valid_from", "layer")
    for (on, layer), rows in begun.group_by("valid_from", "layer", maintain_order=True):
        ran = layers.filter(pl.col("layer") == layer, pl.col("valid_to") == on)
        rates = [_rate(rate) for rate in rows["rate"].drop_nulls().unique().sort()]
        facts = {"moves": "begins" if ran.is_empty() else "changes", "rates": ", ".join(rates)}
        yield Entry(date.fromisoformat(str(on)), "rate", str(layer), facts, rows["source"][0])
    followed = layers.select("layer", valid_to="valid_from")
    ended = layers.filter(span.holds("valid_to")).join(followed, on=["layer", "valid_to"], how="anti")
    for row in ended.unique(["layer", "valid_to"], keep="first", maintain_order=True).iter_rows(named=True):
        yield Entry(row["valid_to"], "rate", row["layer"], {"moves": "ends", "rates": ""}, row["source"])


def _rate(rate: Any) -> str:
    return f"{(100 * rate).normalize():f}%"


def _disclosures(store: Store, book: CaseBook, span: Period) -> Iterator[Entry]:
    """Yield the deadlines of each disclosure filed, counted from the day on which its case was closed."""
    filed = own_cases(book.cases).filter(pl.col("outcome") == _FILED, pl.col("state") == CLOSED)
    if filed.is_empty():
        return
    ends, days = closed_at(book.moves), dict(book.moves.select("at", "day").iter_rows())
    deadlines = store.table("ref_deadlines").filter(pl.col("deadline").is_in(list(_DISCLOSURE))).collect()
    for case_id in filed["case_id"]:
        on: date = days[ends[case_id]]
        for row in in_force(deadlines, on).iter_rows(named=True):
            due = on + timedelta(days=row["within_days"])
            if span.start <= due <= span.end:
                facts = {"filed": on, "days": row["within_days"]}
                yield Entry(due, _DISCLOSURE[row["deadline"]], case_id, facts, row["source"])


def _limits(store: Store, tables: Tables, today: date, last: date) -> Iterator[Entry]:
    """Yield the weeks in which time limits of flags begin to end: those within reach, and of each limit the next."""
    of_flags = tables.exposure.join(tables.flags.select("flag_id"), on="flag_id", how="semi")
    leading = leading_flags(of_flags, tables.flagged)
    clocks = store.table("statute_clock").filter(pl.col("clock").is_in(CLOCKS), pl.col("flag_id").is_in(leading))
    by_week = (
        clocks.filter(pl.col("first_end") >= today)
        .group_by("clock", "kind", "wording", "source", week=pl.col("first_end").dt.truncate("1w"))
        .agg(on=pl.col("first_end").min(), flags=pl.len(), usd=pl.col("at_stake_usd").sum())
        .sort("on", "clock")
        .collect()
    )
    is_next = pl.col("on") == pl.col("on").min().over("clock")
    for row in by_week.filter((pl.col("on") <= last) | is_next).iter_rows(named=True):
        usd = row["usd"] if row["kind"] == "suit" else None
        yield Entry(row["on"], row["kind"], row["wording"], {"flags": row["flags"], "usd": usd}, row["source"])


def _cases(book: CaseBook, span: Period) -> Iterator[Entry]:
    still = own_cases(book.cases).filter(pl.col("state") != CLOSED)
    for column, what in (("due_on", "due"), ("snoozed_until", "wakes")):
        for row in still.filter(span.holds(column)).iter_rows(named=True):
            facts = {"state": row["state"].replace("_", " "), "assignee": row["assignee"]}
            yield Entry(row[column], what, row["case_id"], facts, "case ledger")
