"""Undo: the last event of a case is taken back by whoever wrote it, and another event says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from analytics.cases.chain import said_in
from analytics.cases.journal import Journal
from analytics.cases.states import CLOSED, DRAWN, REVIEWED, SYSTEM, in_words, same_person
from analytics.cases.tables import EVENTS, rows_of
from analytics.errors import IllegalTransition

__all__ = ["taken_back"]

_FINAL = frozenset({"opened", "undone", "excluded", "included", REVIEWED, DRAWN})
"""Kinds of event that are not taken back: another verb does, or the program wrote them."""
_INSTEAD = "Use another command, such as reopen, resume, assign or note."


def taken_back(journal: Journal, case_id: str, note: str) -> None:
    """Append the event that makes a case again what it was before its last one.

    Parameters
    ----------
    journal : Journal
        The writing transaction.
    case_id : str
        Which case.
    note : str
        Why.

    Raises
    ------
    IllegalTransition
        The last event is final or somebody else's, or another case on the subject is open.
    """
    row = journal.case(case_id)
    of_case = select(EVENTS).where(EVENTS.c.case_id == case_id).order_by(EVENTS.c.version.desc()).limit(1)
    event = rows_of(journal.connection, of_case)[0]
    _require_own(event, journal.by)
    before = said_in(event["body"]).get("before", {})
    if before.get("state", row["state"]) != CLOSED:
        journal.require_free(row)
    journal.append("undone", row, before, {"undone": event["version"], "note": note})


def _require_own(event: Mapping[str, Any], by: str) -> None:
    """Raise `IllegalTransition` where an event is final, or was written by somebody else."""
    told = f"the last event of {event['case_id']} ({in_words(event['kind'])})"
    if event["kind"] in _FINAL or event["by_whom"] == SYSTEM:
        raise IllegalTransition(f"{told} cannot be undone. {_INSTEAD}")
    if not same_person(event["by_whom"], by):
        raise IllegalTransition(f"{told} was written by somebody else, who alone can undo it. {_INSTEAD}")
