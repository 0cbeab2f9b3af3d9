"""Opening a case: on a flag, an identity or another subject; one open case per subject."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.cases.journal import Journal
from analytics.cases.subjects import Facts, facts_of
from analytics.cases.tables import STATE_COLUMNS
from analytics.errors import UsageError, did_you_mean
from analytics.store import Store

__all__ = ["open_case", "opened"]

_KINDS = (
    "identity",
    "order",
    "seller",
    "filer",
    "carrier",
    "route",
    "consignee",
    "address",
    "shipment",
    "entry",
    "other",
)


def open_case(journal: Journal, store: Store, subject: str, note: str | None) -> str:
    """Open a case and return its number; where an open one is on the subject, that one.

    Parameters
    ----------
    journal : Journal
        The writing transaction.
    store : Store
        As screened last.
    subject : str
        A flag_id, an identity_id, or ``kind:subject``.
    note : str or None
        Why.

    Raises
    ------
    UsageError
        The store has no such flag, and no flag on such a subject.
    """
    facts = facts_of(store)
    kind, named = _named(facts, subject)
    return journal.open_case_of(kind, named) or opened(
        journal, kind, named, facts.of(kind, named), {"note": note} if note else {}
    )


def opened(
    journal: Journal, kind: str, subject: str, flags: Iterable[str], body: dict[str, str], *, by: str | None = None
) -> str:
    """Append the event that opens a case, with its flags; returns its number."""
    blank = {**dict.fromkeys(STATE_COLUMNS), "case_id": journal.new_case_id(), "version": 0}
    changes = {"state": "new", "subject_kind": kind, "subject_id": subject}
    journal.append("opened", blank, changes, body, [(flag, "attached") for flag in flags], by=by)
    return str(blank["case_id"])


def _named(facts: Facts, subject: str) -> tuple[str, str]:
    """Return kind and id of what was named."""
    of_flag = facts.flags.filter(flag_id=subject)
    if of_flag.height:
        return of_flag["subject_kind"][0], of_flag["subject_id"][0]
    kind, found, named = subject.partition(":")
    if not found or kind not in _KINDS:
        kind, named = "identity", subject
    if not facts.of(kind, named):
        near = did_you_mean(subject, sorted({*facts.flags["flag_id"], *facts.flags["subject_id"].drop_nulls()}))
        raise UsageError(
            f"{subject!r} is no flag that stands, and no flag is on such an identity, order, seller or filer. "
            f"{near or 'List the flags: splitship export flags'}"
        )
    return kind, named
