"""What a case can be, and how it gets there: states, outcomes, reasons, roles, and the table of transitions."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from analytics.errors import IllegalTransition, NotAllowed, UsageError
from analytics.printing import Answer
from analytics.reports.casebook import CLOSED, DISMISSED, JOINED
from analytics.showing import one_line
from analytics.wording.cases import OUTCOMES

__all__ = [
    "CLOSED",
    "DISMISSAL_REASONS",
    "DISMISSED",
    "DRAWN",
    "JOINED",
    "LOOKED",
    "OUTCOMES",
    "RETURNED",
    "REVIEWED",
    "ROLES",
    "SECOND_REVIEW",
    "SNOOZED",
    "STATES",
    "SYSTEM",
    "TELLS_OUTCOME",
    "UNDECIDED",
    "Case",
    "in_words",
    "named",
    "next_state",
    "require_role",
    "same_person",
    "verbs_of",
]

LOOKED = "viewed"
"""Kind of event of a look at names that are otherwise masked: of the ledger, and of no case, since it changes none."""
DRAWN, REVIEWED = "drawn_for_blind_review", "reviewed_blind"
"""Kinds of event of a blind second review."""
TELLS_OUTCOME = ("decided", "confirmed", "sent_back", "covered", "undone", DRAWN, REVIEWED)
"""Kinds of event from which the outcome of a case could be told: a blind reviewer does not see them."""
SECOND_REVIEW, SNOOZED = "second_review", "snoozed"
STATES = ("new", "triage", "investigating", "awaiting_information", SNOOZED, SECOND_REVIEW, CLOSED)
DISMISSAL_REASONS = {
    "different_parties": "the consignees are different parties",
    "owner_behind_warehouse": "the owners are behind a warehouse or forwarder",
    "separate_orders": "the shipments are separate, unrelated orders",
    "date_basis": "the shipments fall on different days under the right date",
    "value_or_currency_error": "a value or currency is wrong in the file",
    "exempt": "the goods are exempt or the entry is right",
    "data_error": "the file is wrong in another way",
    "immaterial": "the amount is immaterial",
    "other": "another reason, given in the note",
}
"""Why a case can be dismissed, with words for it."""
ROLES = ("viewer", "investigator", "reviewer", "counsel", "admin")
"""Each may do what those before it may."""
UNDECIDED = dict.fromkeys(("outcome", "outcome_reason", "decided_by"))
"""What a case is, of these, that nobody has decided."""
RETURNED = {"state": "triage", **UNDECIDED, "due_on": None}
"""What a case is that returns after it was decided."""
SYSTEM = "splitship"
"""Who does what nobody asked for: attach flags, wake and reopen cases."""
_MOST_NAME = 100


@dataclass(frozen=True, repr=False)
class Case(Answer):
    """Today's state of a case.

    Attributes
    ----------
    case_id : str
        ``C`` and a running number of six digits.
    version : int
        Number of its last event. Hand it back as ``seen`` when writing: a case that changed meanwhile is refused.
    state : str
        One of `STATES`.
    subject_kind, subject_id : str
        What it is about: identity, seller, filer, order …, and which one.
    assignee : str or None
        Who works on it.
    due_on, snoozed_until : date or None
        Until when something is expected, or the case sleeps; of a dismissal, the day it expires.
    outcome, outcome_reason, decided_by : str or None
        What it ended in, why, and who decided.
    opened_at, opened_by, last_event_at : str
        ISO 8601, UTC.
    flag_ids, gone_flag_ids, covered_flag_ids : tuple of str
        Flags that stand, those that a later run no longer raised, and later ones that its dismissal covers; sorted.
    excluded_shipments : tuple of str
        ``shipment_uid`` that a person set aside; sorted.
    """

    case_id: str
    version: int
    state: str
    subject_kind: str
    subject_id: str
    assignee: str | None
    due_on: date | None
    snoozed_until: date | None
    outcome: str | None
    outcome_reason: str | None
    decided_by: str | None
    opened_at: str
    opened_by: str
    last_event_at: str
    flag_ids: tuple[str, ...] = ()
    gone_flag_ids: tuple[str, ...] = ()
    covered_flag_ids: tuple[str, ...] = ()
    excluded_shipments: tuple[str, ...] = ()

    def __str__(self) -> str:
        who = self.assignee or "nobody"
        flags = "1 flag" if len(self.flag_ids) == 1 else f"{len(self.flag_ids):,} flags"
        return f"{self.case_id} {self.state}, {self.subject_kind} {self.subject_id}, {flags}, assigned to {who}"

    @property
    def is_open(self) -> bool:
        """It is not closed."""
        return self.state != CLOSED


@dataclass(frozen=True)
class _Transition:
    to_state: str
    role: str


def next_state(verb: str, state: str, case_id: str) -> str:
    """Return the state that a verb leads to; raises `IllegalTransition` where the table has no such row."""
    found = _transitions().get((verb, state))
    if found is None:
        allowed = ", ".join(verbs_of(state)) or "nothing"
        raise IllegalTransition(f"{case_id} is {in_words(state)}: it cannot be {_PAST[verb]}. Possible: {allowed}.")
    return found.to_state


def verbs_of(state: str) -> list[str]:
    """Return the verbs that a state allows, in the order of the table."""
    return list(dict.fromkeys(verb for verb, start in _transitions() if start == state))


def require_role(verb: str, role: str, least: str | None = None) -> None:
    """Raise `NotAllowed` where a role has not the right to a verb.

    Parameters
    ----------
    verb : str
        What is to be done. One that changes no state (note, attach …) asks for an investigator.
    role : str
        Of who does it.
    least : str, optional
        The role that is asked for, in place of that of the table.
    """
    rows = (row.role for (name, _), row in _transitions().items() if name == verb)
    least = least or min(rows, key=ROLES.index, default=ROLES[1])
    if ROLES.index(role) < ROLES.index(least):
        raise NotAllowed(f"{in_words(verb)} asks for the role {least}; yours is {role}. Ask an admin.")


def named(name: str) -> str:
    """Return the name of a colleague as the ledger keeps it; raises `UsageError` where it is none."""
    plain = name.strip()
    if not plain or len(plain) > _MOST_NAME or one_line(plain) != plain:
        raise UsageError(f"a name needs 1 to {_MOST_NAME} letters, and no control characters. Write it like ann.")
    if same_person(plain, SYSTEM):
        raise UsageError(f"{SYSTEM!r} is the name of the program in the history. Say who acts: --as NAME.")
    return plain


def same_person(one: str | None, other: str | None) -> bool:
    """Tell whether two names are one, however they are capitalized."""
    return one is not None and other is not None and one.strip().casefold() == other.strip().casefold()


def in_words(state: str) -> str:
    """Return a state as it is read: awaiting_information as awaiting information."""
    return state.replace("_", " ")


@cache
def _transitions() -> dict[tuple[str, str], _Transition]:
    text = (files("analytics.cases") / "data" / "transitions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(row["verb"], row["from_state"]): _Transition(row["to_state"], row["role"]) for row in rows}


_PAST = {
    "assign": "assigned",
    "take": "taken",
    "start": "started",
    "wait": "made to wait",
    "resume": "resumed",
    "snooze": "snoozed",
    "decide": "decided",
    "confirm": "confirmed",
    "send_back": "sent back",
    "blind": "reviewed blind",
    "reopen": "reopened",
}
