"""Cases: opened, closed and still open by week, how old they are, what they ended in, and what is past due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from analytics.days import day_of_event
from analytics.reports.casebook import CLOSED, CaseBook, age_groups, closed_at, median_days, own_cases
from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section, Table
from analytics.reports.theme import ACCENT, MUTED, QUIET
from analytics.reports.wording import day
from analytics.wording.cases import (
    NO_CASE_YET,
    age_text,
    flow_text,
    outcome_text,
    outcome_title,
    past_due_title,
    state_title,
)

__all__ = ["SECTION", "CaseFlow", "as_of_day", "measure_cases"]

_FLOW = {"monday": pl.Date(), **dict.fromkeys(("opened", "closed", "reopened", "backlog"), pl.Int64())}
_WEEKS = 13
_MOST_TICKS = 6
_LATE = ("case_id", "state", "assignee", "due_on", "flags", "days_late")


@dataclass(frozen=True)
class CaseFlow:
    """How the cases of a store stand; cases that others took over count nowhere.

    Attributes
    ----------
    as_of : date
        The day they are counted on: the day of the last run or of the last event of a case, whichever is later.
    weeks : polars.DataFrame
        Of the thirteen ISO weeks that end with that day, from the first that has a case: ``monday``, ``opened``,
        ``closed``, ``reopened`` and ``backlog``, the cases open at its end.
    ages : dict of str to int
        Open cases by days since they were opened.
    unassigned : int
        Open cases that nobody has.
    outcomes : dict of str to int
        Closed cases by outcome, the most frequent first.
    median_days_to_close : float or None
        From opening to the decision that stands.
    reopened : int
        Times that a case returned.
    past_due : polars.DataFrame
        Open cases whose due day has passed, the longest late first: ``case_id``, ``state``, ``assignee``, ``due_on``,
        ``flags``, ``days_late``.
    """

    as_of: date
    weeks: pl.DataFrame
    ages: dict[str, int]
    unassigned: int
    outcomes: dict[str, int]
    median_days_to_close: float | None
    reopened: int
    past_due: pl.DataFrame


def measure_cases(contents: Contents) -> CaseFlow | None:
    """Count the cases; None where the store has none.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    book = contents.book
    as_of = as_of_day(book, contents.tables.runs)
    if book.cases.is_empty() or as_of is None:
        return None
    own = own_cases(book.cases)
    closed, still = own.filter(pl.col("state") == CLOSED), own.filter(pl.col("state") != CLOSED)
    moves = book.moves.join(own.select("case_id"), on="case_id", how="semi").sort("seq")
    opened_on = dict(moves.group_by("case_id").agg(pl.col("day").first()).iter_rows())
    return CaseFlow(
        as_of=as_of,
        weeks=_weeks(moves, as_of),
        ages=age_groups((as_of - opened_on[case_id]).days for case_id in still["case_id"]),
        unassigned=still["assignee"].null_count(),
        outcomes=dict(sorted(Counter(closed["outcome"]).items(), key=lambda each: (-each[1], each[0]))),
        median_days_to_close=median_days(closed, closed_at(moves)),
        reopened=moves.filter(pl.col("kind") == "reopened").height,
        past_due=_past_due(still, as_of),
    )


def as_of_day(book: CaseBook, runs: pl.DataFrame) -> date | None:
    """Return the day in New York of the last run or of the last event of a case, whichever is later.

    Parameters
    ----------
    book : CaseBook
        The cases.
    runs : polars.DataFrame
        The table ``runs``.
    """
    finished = [day_of_event(str(at)) for at in runs["finished_at"]]
    return max([*finished, *book.moves["day"]], default=None)


def _weeks(moves: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Count what came and went by week; the backlog is what was open before, and what came less what went."""
    was = pl.col("state").shift(1).over("case_id")
    turned = moves.with_columns(
        monday=pl.col("day").dt.truncate("1w"),
        opened=was.is_null(),
        closed=(pl.col("state") == CLOSED) & was.ne_missing(CLOSED),
        reopened=(pl.col("state") != CLOSED) & was.eq_missing(CLOSED),
    )
    names = ("opened", "closed", "reopened")
    by_week = turned.group_by("monday").agg(pl.col(names).cast(pl.Int64).sum())
    whole = Period(min(by_week["monday"], default=as_of), as_of).mondays()
    grid = pl.DataFrame({"monday": whole}, schema={"monday": pl.Date}).join(by_week, on="monday", how="left")
    filled = grid.with_columns(pl.col(names).fill_null(0)).sort("monday")
    backlog = (pl.col("opened") + pl.col("reopened") - pl.col("closed")).cum_sum()
    return (
        filled.with_columns(backlog=backlog)
        .tail(_WEEKS)
        .select(pl.col(name).cast(kind) for name, kind in _FLOW.items())
    )


def _past_due(still: pl.DataFrame, as_of: date) -> pl.DataFrame:
    late = still.filter(pl.col("due_on") < as_of).with_columns(
        flags=pl.col("flag_ids").list.len().cast(pl.Int64),
        days_late=(pl.lit(as_of) - pl.col("due_on")).dt.total_days(),
    )
    return late.sort("due_on", "case_id").select(_LATE)


def _charts(flow: CaseFlow | None) -> Sequence[Chart]:
    if flow is None:
        return ()
    drawn = [_flow_chart(flow)]
    if sum(flow.ages.values()):
        drawn.append(_bars("case_ages", "Open cases by age", age_text(flow.ages, flow.unassigned), flow.ages))
    if flow.outcomes:
        ended = {outcome_title(name): number for name, number in flow.outcomes.items()}
        said = outcome_text(flow.outcomes, flow.median_days_to_close, flow.reopened)
        drawn.append(_bars("case_outcomes", "Closed cases by outcome", said, ended))
    return drawn


def _flow_chart(flow: CaseFlow) -> Chart:
    weeks = [str(monday) for monday in flow.weeks["monday"]]
    words = [
        f"Week of {row['monday']}<br>{row['opened']:,} opened, {row['reopened']:,} reopened, {row['closed']:,} closed"
        f"<br>{row['backlog']:,} open at its end"
        for row in flow.weeks.iter_rows(named=True)
    ]
    return Chart(
        key="cases",
        label="Cases by week",
        text=_flow_text(flow),
        series=(
            Series("bars", weeks, flow.weeks["opened"].to_list(), ACCENT, "Opened", words=words),
            Series("bars", weeks, flow.weeks["closed"].to_list(), QUIET, "Closed", words=words),
            Series("line", weeks, flow.weeks["backlog"].to_list(), MUTED, "Open at the end of the week", words=words),
        ),
        across=Axis("week", ticks=weeks),
        up=_whole(max(flow.weeks.select(pl.max_horizontal("opened", "closed", "backlog")).to_series())),
        headings=("Week of", "Opened", "Closed", "Reopened", "Open at its end"),
        rows=[[day(monday), *(f"{count:,}" for count in counts)] for monday, *counts in flow.weeks.iter_rows()],
        bars="group",
        gap=0.3,
    )


def _flow_text(flow: CaseFlow) -> str:
    full = flow.weeks.filter(pl.col("monday").dt.offset_by("6d") <= flow.as_of).tail(1)
    last = full.row(0, named=True) if full.height else None
    week = None if last is None else (last["monday"], Period.of_week(last["monday"]).end)
    moved = (0, 0, 0) if last is None else (last["opened"], last["reopened"], last["closed"])
    return flow_text(still=sum(flow.ages.values()), as_of=flow.as_of, week=week, moved=moved)


def _bars(key: str, label: str, text: str, counts: dict[str, int]) -> Chart:
    """Draw one lying bar a group, the first on top."""
    turned = dict(reversed(counts.items()))
    words = [f"{name}: {number:,}" for name, number in turned.items()]
    return Chart(
        key=key,
        label=label,
        text=text,
        series=(Series("bars", list(turned), list(turned.values()), ACCENT, words=words),),
        across=_whole(max(counts.values()), label.split(" by ", maxsplit=1)[0]),
        headings=(label.split(" by ")[1].capitalize(), "Cases"),
        rows=[[name, f"{number:,}"] for name, number in counts.items()],
        height=90 + 34 * len(counts),
        gap=0.4,
        is_lying=True,
        has_legend=False,
    )


def _whole(most: int, title: str = "") -> Axis:
    """Return an axis of whole numbers; of a few, each is a tick once."""
    return Axis("whole", title=title, has_zero=True, most_ticks=min(most + 1, _MOST_TICKS))


def _tables(flow: CaseFlow | None) -> Sequence[Table]:
    if flow is None or flow.past_due.is_empty():
        return ()
    rows = [
        [row["case_id"], state_title(row["state"]), row["assignee"] or "Nobody yet", str(row["due_on"]),
         f"{row['days_late']:,}", f"{row['flags']:,}"]
        for row in flow.past_due.iter_rows(named=True)
    ]  # fmt: skip
    headings = ("Case", "State", "Assigned to", "Due", "Days late", "Flags")
    return (Table(headings, rows, past_due_title(len(rows), flow.as_of), frozenset({4, 5})),)


def _sheets(flow: CaseFlow | None, _: Contents) -> dict[str, pl.DataFrame]:
    if flow is None:
        return {}
    return {"cases_by_week": flow.weeks, "cases_past_due": flow.past_due}


SECTION: Section[CaseFlow | None] = Section(
    key="cases",
    place=103,
    title="Cases",
    lead=(
        "What investigators have under way, whatever week its flags are from: cases opened, closed and still open by "
        "week, the age of those open, what closed ones ended in, and what is past due."
    ),
    measure=measure_cases,
    charts=_charts,
    draws={
        "cases": "cases opened and closed by week",
        "case_ages": "open cases by age",
        "case_outcomes": "closed cases by outcome",
    },
    tables=_tables,
    sheets=_sheets,
    meanings={
        "monday": "First day of the week",
        "opened": "Cases opened in it",
        "closed": "Cases closed in it",
        "reopened": "Cases reopened in it",
        "backlog": "Cases open at its end",
        "case_id": "The case",
        "state": "Where it stands",
        "assignee": "Who has it",
        "due_on": "The day it was due",
        "flags": "Flags attached to it",
        "days_late": "Days since it was due",
    },
    empty=lambda _: NO_CASE_YET,
)
