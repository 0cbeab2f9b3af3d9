"""The cases of a store as the report takes them: handed in by whoever opened the ledger, as plain frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from statistics import median

import polars as pl

__all__ = [
    "AGES",
    "CLOSED",
    "DISMISSED",
    "JOINED",
    "NO_CASES",
    "CaseBook",
    "age_groups",
    "closed_at",
    "judged_by_typology",
    "median_days",
    "own_cases",
    "said_of_cases",
]

_OLDER = "over 60 days"
_UP_TO = ((7, "0 to 7 days"), (30, "8 to 30 days"), (60, "31 to 60 days"))
AGES = (*(words for _, words in _UP_TO), _OLDER)
"""How old an open case can be, the youngest first."""
CLOSED = "closed"
"""State of a case that is decided."""
DISMISSED = "dismissed"
"""Outcome of a case whose flags a person explained."""
JOINED = "joined"
"""Outcome of a case whose subject became one with that of an older open case; the program alone gives it."""
_DAY = 86_400

NO_CASES = pl.DataFrame(
    schema={
        **dict.fromkeys(("flag_id", "case_id", "state", "outcome", "assignee"), pl.String),
        "due_on": pl.Date,
        "subject_kind": pl.String,
        "subject_id": pl.String,
    }
)
"""The cases of flags, one row a flag and case, where there is none."""
_EACH = pl.DataFrame(
    schema={
        **dict.fromkeys(("case_id", "state", "outcome", "assignee"), pl.String),
        "due_on": pl.Date,
        "snoozed_until": pl.Date,
        "opened_at": pl.String,
        "flag_ids": pl.List(pl.String),
    }
)
_MOVES = pl.DataFrame(
    schema={
        "seq": pl.Int64,
        "case_id": pl.String,
        "at": pl.String,
        "day": pl.Date,
        "kind": pl.String,
        "state": pl.String,
    }
)


@dataclass(frozen=True)
class CaseBook:
    """What a report has to know of the cases of a store.

    Attributes
    ----------
    rows : polars.DataFrame
        One row a flag and case: ``flag_id``, ``case_id``, ``state``, ``outcome``, ``assignee``, ``due_on``,
        ``subject_kind``, ``subject_id``.
    cases : polars.DataFrame
        One row a case: ``case_id``, ``state``, ``outcome``, ``assignee``, ``due_on``, ``snoozed_until``,
        ``opened_at`` and ``flag_ids``, the flags attached to it.
    moves : polars.DataFrame
        One row an event of a case, oldest first: ``seq``, ``case_id``, ``at`` (ISO 8601, UTC), ``day`` (in New York),
        ``kind`` and the ``state`` after it. No note and no name of whoever did it.
    """

    rows: pl.DataFrame = field(default_factory=NO_CASES.clone)
    cases: pl.DataFrame = field(default_factory=_EACH.clone)
    moves: pl.DataFrame = field(default_factory=_MOVES.clone)

    @cached_property
    def said(self) -> dict[str, str]:
        """Of each flag that a case holds, what is to be said of it: its number, state and who has it."""
        return said_of_cases(self.rows)


def said_of_cases(rows: pl.DataFrame) -> dict[str, str]:
    """Return of each flag what is to be said of its case: its number, state and who has it."""
    return {row["flag_id"]: _said(row) for row in rows.iter_rows(named=True)}


def _said(row: dict[str, str | None]) -> str:
    words = [str(row["state"]).replace("_", " "), row["outcome"], row["assignee"]]
    return f"{row['case_id']} ({', '.join(word.replace('_', ' ') for word in words if word)})"


def own_cases(cases: pl.DataFrame) -> pl.DataFrame:
    """Leave out the cases that others took over: they count nowhere."""
    return cases.filter(pl.col("outcome").ne_missing(JOINED))


def age_groups(days: Iterable[int]) -> dict[str, int]:
    """Count open cases by age.

    Parameters
    ----------
    days : iterable of int
        How many days each has been open.

    Returns
    -------
    dict of str to int
        Each of `AGES`, the youngest first.

    Examples
    --------
    >>> age_groups([0, 7, 8, 60, 61])
    {'0 to 7 days': 2, '8 to 30 days': 1, '31 to 60 days': 1, 'over 60 days': 1}
    """
    found = Counter(next((words for most, words in _UP_TO if each <= most), _OLDER) for each in days)
    return {name: found[name] for name in AGES}


def closed_at(events: pl.DataFrame) -> dict[str, str]:
    """Return when each case was closed last: what is added to a closed case does not move that.

    Parameters
    ----------
    events : polars.DataFrame
        ``seq``, ``case_id``, ``state`` and ``at``.
    """
    found: dict[str, str] = {}
    was: dict[str, str] = {}
    for case_id, state, at in events.drop_nulls("case_id").sort("seq").select("case_id", "state", "at").iter_rows():
        if state == CLOSED and was.get(case_id) != CLOSED:
            found[case_id] = at
        was[case_id] = state
    return found


def median_days(closed: pl.DataFrame, ends: dict[str, str]) -> float | None:
    """Return the median of the days from opening to the decision that stands; None where no case is closed.

    Parameters
    ----------
    closed : polars.DataFrame
        ``case_id`` and ``opened_at`` of closed cases.
    ends : dict of str to str
        When each was closed (`closed_at`).
    """
    took = [_days(opened, ends[case_id]) for case_id, opened in closed.select("case_id", "opened_at").iter_rows()]
    return median(took) if took else None


def _days(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / _DAY


def judged_by_typology(closed: pl.DataFrame, flags: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Count for each typology the closed cases with such a flag, those dismissed and those upheld.

    Parameters
    ----------
    closed : polars.DataFrame
        ``case_id``, ``outcome`` and ``flag_ids`` (a list) of closed cases.
    flags : polars.DataFrame
        ``flag_id`` and ``typology``.
    """
    held = closed.select("case_id", "outcome", flag_id="flag_ids").explode("flag_id")
    named = held.join(flags.select("flag_id", "typology"), on="flag_id")
    found: dict[str, dict[str, int]] = {}
    for outcome, typology in (
        named.select("case_id", "outcome", "typology").unique().sort("typology", "case_id")[["outcome", "typology"]]
    ).iter_rows():
        counts = found.setdefault(typology, {"closed": 0, DISMISSED: 0, "upheld": 0})
        counts["closed"] += 1
        counts[DISMISSED if outcome == DISMISSED else "upheld"] += 1
    return found
