"""How a team does: cases by state, age and outcome, how often two people agree, and what each typology is worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from analytics.cases.chain import said_in
from analytics.cases.states import CLOSED, REVIEWED
from analytics.days import day_of_event
from analytics.reports.casebook import age_groups, closed_at, judged_by_typology, median_days, own_cases
from analytics.store import Store

__all__ = ["Agreement", "Stats", "agreement", "stats_of"]


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
    own = own_cases(cases)
    closed, still = own.filter(state=CLOSED), own.filter(pl.col("state") != CLOSED)
    listed = closed.with_columns(pl.col("flag_ids").str.json_decode(pl.List(pl.String)))
    return Stats(
        states=_counted(own["state"].to_list()),
        outcomes=_counted(closed["outcome"].to_list()),
        ages=age_groups((today - day_of_event(opened)).days for opened in still["opened_at"]),
        median_days_to_close=median_days(closed, closed_at(events)),
        reopened=events.filter(kind="reopened").height,
        agreement=agreement(events),
        typologies=judged_by_typology(listed, store.table("flags").select("flag_id", "typology").collect()),
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


def _counted(values: list[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
