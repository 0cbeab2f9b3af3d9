"""A book of cases made by hand: each case a story of days and states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from analytics.reports.casebook import CaseBook

__all__ = ["book_of", "case"]


def case(case_id: str, *story: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Return a case whose events are days with the state after each; the last state is that of today."""
    return {
        "case_id": case_id, "story": story, "outcome": None, "assignee": None, "due_on": None, "snoozed_until": None,
        "flag_ids": [], "subject_kind": "identity", "subject_id": "i1", **more,
    }  # fmt: skip


def book_of(*cases: dict[str, Any]) -> CaseBook:
    """Return the book of some cases; events are at noon UTC, those of one day in the order of the cases."""
    events = sorted((day, each["case_id"], place) for each in cases for place, (day, _) in enumerate(each["story"]))
    stories = {each["case_id"]: each["story"] for each in cases}
    moves = [
        (seq, case_id, f"{day}T17:00:00Z", date.fromisoformat(day), _kind(stories[case_id], place),
         stories[case_id][place][1])
        for seq, (day, case_id, place) in enumerate(events, start=1)
    ]  # fmt: skip
    empty = CaseBook()
    rows = [_row(each) for each in cases]
    of_flags = [{**row, "flag_id": flag} for row in rows for flag in row["flag_ids"]]
    return CaseBook(
        rows=pl.DataFrame(of_flags, schema=empty.rows.schema),
        cases=pl.DataFrame(rows, schema=empty.cases.schema),
        moves=pl.DataFrame(moves, schema=empty.moves.schema, orient="row"),
    )


def _row(each: dict[str, Any]) -> dict[str, Any]:
    return {**each, "state": each["story"][-1][1], "opened_at": f"{each['story'][0][0]}T17:00:00Z"}


def _kind(story: Sequence[tuple[str, str]], place: int) -> str:
    if place == 0:
        return "opened"
    return "reopened" if story[place - 1][1] == "closed" != story[place][1] else "decided"
