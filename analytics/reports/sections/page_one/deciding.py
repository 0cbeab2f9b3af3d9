"""What the flags of the week ask somebody to decide: who, what, by when; nothing that is already under way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from analytics.reports.headline import value_at_issue
from analytics.reports.section import Contents
from analytics.reports.sections.owed import SECTION as OWED
from analytics.reports.sections.page_one.news import DEAREST, DESCENDING
from analytics.reports.sections.page_one.parties import unusual_parties
from analytics.reports.sections.parties import ROLES
from analytics.reports.tables import Tables
from analytics.reports.wording import counted, dollars, name_of
from analytics.wording.decisions import Decision

__all__ = ["decisions_of"]

_CONTACTED = ("awaiting_information", "second_review", "closed")
_BEGUN = ("investigating", *_CONTACTED)
_WITH_COUNSEL = ("referred_to_counsel", "disclosure_filed")
_MOST_CASES, _MOST_PARTIES = 3, 2
_NEGLIGENCE = "penalty_negligence"
_WEEK = 7


def decisions_of(contents: Contents) -> list[Decision]:
    """Return what is to be decided on the flags of the week.

    Parameters
    ----------
    contents : Contents
        What the report is made from; its ``book`` says what is under way.
    """
    in_week = contents.period.holds("window_end")
    flags = contents.tables.flags.filter(in_week).sort(*DEAREST, descending=DESCENDING)
    if flags.is_empty():
        return []
    found = (_due_cases, _counsel, _parties, _unassigned, _matches)
    decisions = [decision for of_kind in found for decision in of_kind(contents, flags)]
    is_asked = any(decision.kind == "counsel" for decision in decisions)
    return [
        replace(each, noun=contents.period.noun, after_counsel=is_asked and each.kind == "party") for each in decisions
    ]


def _next_report(contents: Contents) -> date:
    """Return the Monday after this report, which is written after the week and after the last run."""
    monday_after = contents.period.end + timedelta(days=1)
    written = max(filter(None, (monday_after, contents.of(OWED).today)))
    return written + timedelta(days=_WEEK + 1 - written.isoweekday())


def _due_cases(contents: Contents, flags: pl.DataFrame) -> Iterator[Decision]:
    held = contents.book.rows.filter(pl.col("state") != "closed").drop_nulls("due_on").join(flags, on="flag_id")
    due = held.filter(pl.col("due_on") <= _next_report(contents)).sort("due_on", "case_id", "flag_id")
    for (case_id,), rows in list(due.group_by("case_id", maintain_order=True))[:_MOST_CASES]:
        first = rows.row(0, named=True)
        yield Decision(
            "case", first["assignee"] or "Nobody yet", first["due_on"], "case", rows.height,
            _at_issue(contents.tables, rows), f"{case_id} ({first['state'].replace('_', ' ')})",
        )  # fmt: skip


def _counsel(contents: Contents, flags: pl.DataFrame) -> Iterator[Decision]:
    """Ask counsel about the flags that figures and rule decide, unless counsel has their cases."""
    with_counsel = contents.book.rows.filter(pl.col("outcome").is_in(_WITH_COUNSEL)).select("flag_id")
    sure = flags.filter(pl.col("strength") == "objective").join(with_counsel, on="flag_id", how="anti")
    owed = contents.of(OWED)
    rows = owed.flags_owing.join(sure.select("flag_id"), on="flag_id", how="semi")
    if rows.is_empty():
        return
    ends = owed.clock_rows.filter(pl.col("clock") == _NEGLIGENCE, pl.col("flag_id").is_in(sure["flag_id"].implode()))
    first: date | None = ends["first_end"].min()  # type: ignore[assignment]  # a day
    value = value_at_issue(rows, contents.tables.flagged)
    is_unknown = bool(rows["is_unknown"].any())
    every = owed.components["total"].base
    yield Decision(
        "counsel", "Head of compliance", _next_report(contents), "report", rows.height, value.base,
        is_partly_known=is_unknown, of_flags=owed.flags, of_usd=every, until=first,
    )  # fmt: skip


def _parties(contents: Contents, flags: pl.DataFrame) -> Iterator[Decision]:
    found = unusual_parties(contents.tables, contents.period, _contacted(contents, flags))
    for party in found[:_MOST_PARTIES]:
        yield Decision(
            "party", "Head of compliance", _next_report(contents), "report", party.flags, Decimal(0), party=party
        )


def _contacted(contents: Contents, flags: pl.DataFrame) -> set[tuple[str, str]]:
    """Return the parties with a case of their own that has begun, or whose flags of the week all wait or are closed."""
    own = contents.book.rows.filter(pl.col("state").is_in(_BEGUN), pl.col("subject_kind").is_in(list(ROLES)))
    found = set(own.select("subject_kind", "subject_id").iter_rows())
    settled = contents.book.rows.filter(pl.col("state").is_in(_CONTACTED))["flag_id"].implode()
    members = contents.tables.flagged.join(flags.select("flag_id"), on="flag_id", how="semi")
    for role, columns in ROLES.items():
        by_party = members.group_by(party=pl.coalesce(columns)).agg(pl.col("flag_id").is_in(settled).all())
        found |= {(role, party) for party in by_party.filter("flag_id")["party"].drop_nulls()}
    return found


def _unassigned(contents: Contents, flags: pl.DataFrame) -> Iterator[Decision]:
    free = flags.join(contents.book.rows.select("flag_id"), on="flag_id", how="anti", maintain_order="left")
    if free.height:
        first = free.row(0, named=True)
        size = f"{counted(first['shipments'], 'shipment')}, {dollars(first['base_usd'])}"
        what = f"{name_of(first['typology']).lower()} {first['flag_id']} ({size})"
        usd = _at_issue(contents.tables, free)
        yield Decision("assign", "Team lead", _next_report(contents), "report", free.height, usd, what)


def _matches(contents: Contents, flags: pl.DataFrame) -> Iterator[Decision]:
    """Ask for a review of matches where a flag of the week would not stand without one that is not proven."""
    resting = flags.filter(pl.col("survives_to_threshold") < 1)
    if resting.height:
        usd = _at_issue(contents.tables, resting)
        yield Decision("match", "Investigator", _next_report(contents), "report", resting.height, usd)


def _at_issue(tables: Tables, flags: pl.DataFrame) -> Decimal:
    own = tables.flags.join(flags.select("flag_id").unique(), on="flag_id", how="semi")
    return value_at_issue(own, tables.flagged).base
