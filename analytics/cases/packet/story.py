"""What happened in a case, event by event, in words; and what of it answers the counter-evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from analytics.cases.reading import undone_versions
from analytics.cases.states import DISMISSAL_REASONS, OUTCOMES
from analytics.cases.words import moment

__all__ = ["WORK", "answers_to", "decision_of", "reviewer_of", "told"]

WORK = ("noted", "attached", "excluded", "included", "decided", "confirmed", "sent_back", "reopened", "waiting")
"""Kinds of event by which people do something about a case, beside passing it on."""
_SAID = ("reason", "evidence", "note", "cause", "expires_on")


def told(events: pl.DataFrame, kinds: tuple[str, ...] | None = None) -> list[list[str]]:
    """Return events in words, oldest first: when, who, what; of some kinds, those taken back left out.

    Parameters
    ----------
    events : polars.DataFrame
        Of one case.
    kinds : tuple of str, optional
        Which; all of them where not given.
    """
    undone = undone_versions(events)
    return [
        [moment(row["at"]), row["by"], _what(row)]
        for row in events.sort("version").iter_rows(named=True)
        if kinds is None or (row["kind"] in kinds and row["version"] not in undone)
    ]


def answers_to(events: pl.DataFrame, code: str) -> list[str]:
    """Return what was done about a piece of counter-evidence: the events whose text names its code."""
    undone = undone_versions(events)
    return [
        f"{_what(row)} ({row['by']}, {moment(row['at'])})"
        for row in events.sort("version").iter_rows(named=True)
        if row["version"] not in undone and any(code in text for text in _texts(json.loads(row["body"])))
    ]


def decision_of(events: pl.DataFrame) -> dict[str, Any] | None:
    """Return what the last decision says, with ``by`` and ``at``; None where there is none that stands."""
    undone = undone_versions(events)
    decided = events.filter(pl.col("kind") == "decided", ~pl.col("version").is_in(sorted(undone))).sort("version")
    if decided.is_empty():
        return None
    last = decided.row(-1, named=True)
    return {**json.loads(last["body"]), "by": last["by"], "at": last["at"]}


def reviewer_of(events: pl.DataFrame) -> str | None:
    """Return who confirmed the decision as the second person, and when; None where nobody did."""
    confirmed = events.filter(pl.col("kind").is_in(["confirmed", "reopened", "sent_back"])).sort("version")
    if confirmed.is_empty() or confirmed["kind"][-1] != "confirmed":
        return None
    last = confirmed.row(-1, named=True)
    return f"{last['by']}, {moment(last['at'])}"


def _what(row: dict[str, Any]) -> str:
    body = json.loads(row["body"])
    said = [_title(row["kind"], body), *(_detail(name, body[name]) for name in _SAID if body.get(name))]
    return ". ".join(text.rstrip(".") for text in said) + "."


_ON_SHIPMENTS = {"excluded": "Shipment set aside", "included": "Shipment taken back in"}


def _title(kind: str, body: dict[str, Any]) -> str:
    words = kind.replace("_", " ").capitalize()
    if kind == "attached":
        return f"{words}: {body['document']['name']}"
    if kind == "decided":
        return f"{words}: {OUTCOMES.get(body['outcome'], body['outcome'])}"
    if kind in _ON_SHIPMENTS:
        return f"{_ON_SHIPMENTS[kind]}: {body['shipment_uid']}"
    return f"{words}: event {body['undone']}" if kind == "undone" else words


def _detail(name: str, value: Any) -> str:
    if name == "reason":
        return f"Reason: {DISMISSAL_REASONS.get(value, value)}"
    if name in {"note", "cause"}:
        return str(value).replace("_", " ") if name == "cause" else str(value)
    return f"{name.replace('_', ' ').capitalize()}: {value}"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
