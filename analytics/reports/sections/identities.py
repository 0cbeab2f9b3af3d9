"""The identities that changed a conclusion, and what other thresholds leave of the period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.contracts.identities import NOTES
from analytics.reports.captions import stands
from analytics.reports.evidence import Card
from analytics.reports.section import Contents, Section
from analytics.reports.sections.flags import SECTION as FLAGS
from analytics.reports.spans import at_thresholds

__all__ = ["SECTION", "Identities", "clues", "likelihood", "takes_for_one", "threshold"]
_CLUES = 3
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
        "against it": [_clue(clue) for clue in ranked if clue["weight"] < 0][:_CLUES],
    }
    return ". ".join(f"{side.capitalize()}: {'; '.join(said)}" for side, said in sides.items() if said)


def _clue(clue: Mapping[str, Any]) -> str:
    found = str(clue["text"]).rsplit(": ", 1)[-1].rstrip(".")
    return f"{clue['feature'].replace('_', ' ')} ({found})"


SECTION = Section(
    key="identities",
    place=50,
    title="Identities that changed a conclusion",
    lead=(
        "Flags that a comparison of names and addresses as written would not have shown. The words that differ from "
        "the most frequent alias are marked. If one of these is two people, its flag falls."
    ),
    measure=_measure,
    words={
        "clues": clues,
        "likelihood": likelihood,
        "stands": stands,
        "takes_for_one": takes_for_one,
        "threshold": threshold,
    },
)
