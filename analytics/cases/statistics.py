"""How a team does: cases by state, age and outcome, how often two people agree, and what each typology is worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from analytics.cases.chain import said_in
from analytics.cases.days import day_of_event
from analytics.cases.states import CLOSED, DISMISSED, JOINED, REVIEWED
from analytics.store import Store

__all__ = ["Agreement", "Stats", "agreement", "stats_of"]

_AGES = ((7, "0 to 7 days"), (30, "8 to 30 days"), (60, "31 to 60 days"))
_OLDER = "over 60 days"


@dataclass(frozen=True)
class Agreement:
    """How often a second person, who did not see the outcome, came to the same.

    Attributes
    ----------
    reviewed, agreed : int
        Cases.
    kappa : float or None
        Cohen's kappa: agreement beyond chance, 1 at most; None where it cannot be told. Cohen, J. (1960), A coefficient
        of agreement for nominal scales, Educational and Psychological Measurement 20(1), 37-46.
    """

    reviewed: int = 0
    agreed: int = 0
    kappa: float | None = None


@dataclass(frozen=True)
class Stats:
    """How a team does.

    Attributes
    ----------
    states, outcomes, ages : dict of str to int
        Cases by state, closed ones by outcome, open ones by age.
    median_days_to_close : float or None
        From opening to the decision that stands.
    reopened : int
        Times that a case returned.
    agreement : Agreement
        Of the blind second reviews.
    typologies : dict of str to dict
        Of the closed cases with such a flag: ``closed``, ``dismissed`` and ``upheld``.
    """

    states: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    ages: dict[str, int] = field(default_factory=dict)
    median_days_to_close: float | None = None
    reopened: int = 0
    agreement: Agreement = field(default_factory=Agreement)
    typologies: dict[str, dict[str, int]] = field(default_factory=dict)


def stats_of(store: Store, cases: pl.DataFrame, events: pl.DataFrame, today: date) -> Stats:
    """Compute how a team does.

    Parameters
    ----------
    store : Store
        The flags of the cases.
    cases, events : polars.DataFrame
        As a ledger gives them; cases that others took over count nowhere.
    today : date
        The day in New York.
    """
    own = cases.filter(pl.col("outcome").ne_missing(JOINED))
    closed, still = own.filter(state=CLOSED), own.filter(pl.col("state") != CLOSED)
    ends = _closings(events)
    took = [_days(row["opened_at"], ends[row["case_id"]]) for row in closed.iter_rows(named=True)]
    ages = Counter(_age((today - day_of_event(opened)).days) for opened in still["opened_at"])
    return Stats(
        states=_counted(own["state"].to_list()),
        outcomes=_counted(closed["outcome"].to_list()),
        ages={name: ages[name] for name in (*(words for _, words in _AGES), _OLDER)},
        median_days_to_close=pl.Series(took, dtype=pl.Float64).median() if took else None,  # type: ignore[arg-type]
        reopened=events.filter(kind="reopened").height,
        agreement=agreement(events),
        typologies=_by_typology(store, closed),
    )


def agreement(events: pl.DataFrame) -> Agreement:
    """Return how often blind second reviews agreed, and Cohen's kappa of both raters."""
    pairs = [(said["first_outcome"], said["outcome"]) for said in map(said_in, events.filter(kind=REVIEWED)["body"])]
    agreed = sum(first == second for first, second in pairs)
    return Agreement(len(pairs), agreed, _kappa(pairs, agreed))


def _kappa(pairs: list[tuple[str, str]], agreed: int) -> float | None:
    if not pairs:
        return None
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    by_chance = sum(firsts[name] * seconds[name] for name in firsts) / len(pairs) ** 2
    return None if by_chance == 1 else round((agreed / len(pairs) - by_chance) / (1 - by_chance), 3)


def _by_typology(store: Store, closed: pl.DataFrame) -> dict[str, dict[str, int]]:
    held = closed.select("case_id", "outcome", flag_id=pl.col("flag_ids").str.json_decode(pl.List(pl.String))).explode(
        "flag_id"
    )
    flags = store.table("flags").select("flag_id", "typology").collect()
    named = held.join(flags, on="flag_id").select("case_id", "outcome", "typology").unique().sort("typology", "case_id")
    found: dict[str, dict[str, int]] = {}
    for outcome, typology in named.select("outcome", "typology").iter_rows():
        counts = found.setdefault(typology, {"closed": 0, DISMISSED: 0, "upheld": 0})
        counts["closed"] += 1
        counts[DISMISSED if outcome == DISMISSED else "upheld"] += 1
    return found


def _counted(values: list[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _days(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 86_400


def _closings(events: pl.DataFrame) -> dict[str, str]:
    """Return when each case was closed last: what is added to a closed case does not move that."""
    found: dict[str, str] = {}
    was: dict[str, str] = {}
    for case_id, state, at in events.drop_nulls("case_id").sort("seq").select("case_id", "state", "at").iter_rows():
        if state == CLOSED and was.get(case_id) != CLOSED:
            found[case_id] = at
        was[case_id] = state
    return found


def _age(days: int) -> str:
    return next((words for most, words in _AGES if days <= most), _OLDER)
