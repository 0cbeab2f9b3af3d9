"""The identities that changed a conclusion, and what other thresholds leave of the period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.contracts.identities import NOTES
from analytics.identity.scoring.sides import speaks_against
from analytics.reports.captions import stands
from analytics.reports.evidence import Card, Mark, Spelling
from analytics.reports.section import Contents, Section, Table
from analytics.reports.sections.flags import SECTION as FLAGS
from analytics.reports.spans import at_thresholds
from analytics.reports.wording import counted, days, dollars, money, name_of, short

__all__ = ["SECTION", "Identities", "clues", "likelihood", "takes_for_one", "threshold"]
_CLUES = 3
_MOST_NAME = 90
_TAKES = {
    "high": "what may well be one: households under one telephone, one name at two addresses",
    "looser": "what is not clearly two",
    "central": "what is rather one than two",
    "stricter": "what is very likely one",
    "low": "what is all but certainly one",
    "certain": "only equal aliases, one account number, and what a person has judged",
}


@dataclass(frozen=True)
class Identities:
    """The flags that a comparison of names and addresses as written would not have shown.

    Attributes
    ----------
    thresholds : polars.DataFrame
        What stricter and looser identity thresholds leave of the period; see `at_thresholds`.
    cards : list of Card
        Those that are shown, the dearest first.
    flags : int
        How many there are.
    """

    thresholds: pl.DataFrame
    cards: list[Card]
    flags: int


def _measure(contents: Contents) -> Identities:
    evidence = contents.of(FLAGS).evidence
    thresholds = at_thresholds(contents.tables, contents.period)
    return Identities(thresholds=thresholds, cards=evidence.clusters, flags=evidence.hidden_flags)


def threshold(row: Mapping[str, Any]) -> str:
    """Return a threshold with what it is good for."""
    named = {"high": ", high", "low": ", low", "central": ", as reported"}
    return "certain" if row["standing"] == "certain" else f"{row['threshold']:g}{named.get(row['standing'], '')}"


def takes_for_one(standing: str) -> str:
    """Say in words what a threshold takes for one consignee."""
    return _TAKES[standing]


def likelihood(probability: float) -> str:
    """Return a probability in per cent, never rounded up to certainty."""
    return "over 99.9%" if probability > 0.999 else f"{100 * probability:.1f}%"


def clues(evidence: Sequence[Mapping[str, Any]]) -> str:
    """Return what weighed most in a comparison, for and against; what could not be compared is left out.

    What holds a probability back, or shrinks it, is no comparison and is told all the same.
    """
    heard = [clue for clue in evidence if clue["feature"] in NOTES or None not in (clue["left"], clue["right"])]
    ranked = sorted(heard, key=lambda clue: (-abs(clue["weight"]), clue["feature"]))
    sides = {
        "for it": [_clue(clue) for clue in ranked if clue["weight"] > 0][:_CLUES],
        "against it": [_clue(clue) for clue in ranked if speaks_against(clue)][:_CLUES],
    }
    return ". ".join(f"{side.capitalize()}: {'; '.join(said)}" for side, said in sides.items() if said)


def _clue(clue: Mapping[str, Any]) -> str:
    found = str(clue["text"]).rsplit(": ", 1)[-1].rstrip(".")
    return f"{clue['feature'].replace('_', ' ')} ({found})"


def _tables(found: Identities) -> list[Table]:
    """Return the period at other thresholds, then the aliases of each flag."""
    at = [
        [threshold(row), takes_for_one(row["standing"]), f"{row['flags']:,}", dollars(row["base_usd"])]
        for row in found.thresholds.iter_rows(named=True)
    ]
    headings = ("Threshold", "What it takes for one consignee", "Flags", "Value at issue")
    others = Table(headings, at, "The period at other identity thresholds", frozenset({2, 3}))
    return [table for table in (others, *(_aliases(card) for card in found.cards)) if table.rows]


def _aliases(card: Card) -> Table:
    flag = card.flag
    who = short(flag["display_name"] or flag["subject"], _MOST_NAME)
    title = f"{who}: {name_of(flag['typology'])}, {days(flag['window_start'], flag['window_end'])}"
    headings = ("Name as written", "Address as written", "Phone, e-mail", "Carriers", "Shipments", "Value")
    rows = [_alias(spelling) for spelling in card.spellings]
    return Table(headings, rows, title, frozenset({4, 5}), _weakest(card))


def _alias(spelling: Spelling) -> list[str]:
    return [
        _plain(spelling.name),
        _plain(spelling.address),
        _plain(spelling.contact) or "\u2013",
        ", ".join(spelling.carriers) or "\u2013",
        f"{spelling.pieces:,}",
        money(spelling.total_usd),
    ]


def _plain(marks: Sequence[Mark]) -> str:
    return " ".join(mark.word for mark in marks)


def _weakest(card: Card) -> str:
    if card.weakest is None:
        return ""
    holds = f"Holds {stands(card.flag)}. " if card.flag["survives_to_threshold"] is not None else ""
    told = clues(card.weakest["evidence"])
    chance = likelihood(card.weakest["probability"])
    return f"{holds}Weakest link: {chance} likely one consignee.{f' {told}.' if told else ''}"


def _says(found: Identities) -> list[str]:
    """Say how many such flags there are, where not all are shown."""
    if not found.flags:
        return ["None in this period: every flag would have shown under exact names and addresses too."]
    shown = len(found.cards)
    more = found.flags > shown
    return [f"{shown} of {counted(found.flags, 'such flag')} are shown, those with the most at issue."] if more else []


SECTION = Section(
    key="identities",
    place=50,
    title="Identities that changed a conclusion",
    lead=(
        "Flags that a comparison of names and addresses as written would not have shown. The words that differ from "
        "the most frequent alias are marked. If one of these is two people, its flag falls."
    ),
    measure=_measure,
    tables=_tables,
    says=_says,
    words={
        "clues": clues,
        "likelihood": likelihood,
        "stands": stands,
        "takes_for_one": takes_for_one,
        "threshold": threshold,
    },
)
