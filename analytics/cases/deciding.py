"""Decisions: what they need, when a second person has to agree, and which are judged again without their outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
from sqlalchemy import select

from analytics.cases.journal import Journal
from analytics.cases.scopes import FLAGS_ONLY, parse_scope, require_known
from analytics.cases.settings import Settings
from analytics.cases.states import (
    DISMISSAL_REASONS,
    DISMISSED,
    DRAWN,
    OUTCOMES,
    RETURNED,
    REVIEWED,
    SECOND_REVIEW,
    next_state,
    same_person,
)
from analytics.cases.tables import EVENTS, FLAGS_TODAY
from analytics.errors import IllegalTransition, UsageError
from analytics.store import Store

__all__ = ["Decision", "blind_review", "closed_by", "decided", "value_of"]

_DRAWS = 2**32


@dataclass(frozen=True)
class Decision:
    """What somebody decided.

    Attributes
    ----------
    outcome : str
        One of `OUTCOMES`.
    reason, evidence : str or None
        Of a dismissal: its code, and what shows it.
    scope : str
        What a dismissal covers (`analytics.cases.scopes`).
    expires_on : date or None
        First day on which a dismissal no longer holds.
    note : str or None
        Anything else.
    """

    outcome: str
    reason: str | None = None
    evidence: str | None = None
    scope: str = FLAGS_ONLY
    expires_on: date | None = None
    note: str | None = None

    @classmethod
    def checked(
        cls,
        outcome: str,
        reason: str | None,
        evidence: str | None,
        scope: str,
        expires_on: date | None,
        note: str | None,
        settings: Settings,
        today: date,
    ) -> Decision:
        """Return a decision that says all it has to say; raises `UsageError`."""
        if outcome not in OUTCOMES:
            raise UsageError(f"outcome {outcome!r} is none. Write one of: {', '.join(OUTCOMES)}.")
        if outcome != DISMISSED:
            if reason is not None or expires_on is not None or scope != FLAGS_ONLY:
                raise UsageError("reason, scope and expiry belong to a dismissal. Leave them out, or dismiss the case.")
            return cls(outcome, evidence=evidence, note=note)
        if reason not in DISMISSAL_REASONS:
            raise UsageError(f"a dismissal needs a reason. Write one of: {', '.join(DISMISSAL_REASONS)}.")
        if not (evidence or "").strip():
            raise UsageError("a dismissal needs its evidence. Say in a few words what shows the reason.")
        if reason == "other" and not (note or "").strip():
            raise UsageError("the reason 'other' needs a note. Say which one.")
        until = expires_on or today + timedelta(days=settings.dismissal_days)
        if until <= today:
            raise UsageError(f"a dismissal until {until} has expired already. Name a later day.")
        return cls(outcome, reason, evidence, str(parse_scope(scope)), until, note)

    def said(self) -> dict[str, Any]:
        """Return it as an event says it."""
        return {name: str(value) for name, value in asdict(self).items() if value is not None}


def decided(journal: Journal, store: Store, settings: Settings, case: Mapping[str, Any], decision: Decision) -> None:
    """Take down a decision: the case is closed, or waits for a second person where much money hangs on it."""
    state = next_state("decide", case["state"], case["case_id"])
    require_known(store, parse_scope(decision.scope))
    value = value_of(journal, store, case["case_id"])
    above = settings.second_reviewer_above_usd
    waits = above is not None and value > above
    changes = {
        "state": SECOND_REVIEW if waits else state,
        "outcome": decision.outcome,
        "outcome_reason": decision.reason,
        "decided_by": journal.by,
        "due_on": None if waits else decision.expires_on,
        "snoozed_until": None,
    }
    after = journal.append("decided", case, changes, {**decision.said(), "value_usd": str(value)})
    if not waits:
        closed_by(journal, settings, after)


def closed_by(journal: Journal, settings: Settings, case: Mapping[str, Any]) -> None:
    """Draw a closed case for blind review, by the hash of the event that closed it: nobody can choose or foresee it."""
    if int(journal.head.hash[:8], 16) < settings.blind_share * _DRAWS:
        journal.append_as_system(DRAWN, case)


def blind_review(journal: Journal, case: Mapping[str, Any], outcome: str, reason: str | None) -> None:
    """Take down what a second person, who did not see the outcome, would have decided.

    Raises
    ------
    UsageError
        It is no outcome.
    IllegalTransition
        The case was not drawn, was reviewed already, or the same person decided it.
    """
    case_id = case["case_id"]
    next_state("blind", case["state"], case_id)
    if outcome not in OUTCOMES:
        raise UsageError(f"outcome {outcome!r} is none. Write one of: {', '.join(OUTCOMES)}.")
    of_case = select(EVENTS.c.kind).where(EVENTS.c.case_id == case_id, EVENTS.c.kind.in_((DRAWN, REVIEWED)))
    kinds = list(journal.connection.execute(of_case.order_by(EVENTS.c.version)).scalars())
    if not kinds or kinds[-1] == REVIEWED:
        raise IllegalTransition(
            f"{case_id} is not drawn for blind review. Those that are: splitship cases list --blind"
        )
    knows = select(EVENTS.c.by_whom).where(EVENTS.c.case_id == case_id, EVENTS.c.kind == "confirmed")
    confirmed = journal.connection.execute(knows).scalars()
    if any(same_person(name, journal.by) for name in (case["decided_by"], *confirmed)):
        raise IllegalTransition(f"you decided or confirmed {case_id} yourself. Another person has to review it.")
    agrees = outcome == case["outcome"]
    body = {
        "outcome": outcome,
        "first_outcome": case["outcome"],
        "agrees": agrees,
        **({"reason": reason} if reason else {}),
    }
    after = journal.append(REVIEWED, case, body=body)
    goes_on = journal.open_case_of(case["subject_kind"], case["subject_id"])
    if not agrees and goes_on is None:
        journal.append_as_system(
            "reopened", after, changes={**RETURNED, "assignee": None}, body={"cause": "blind_review"}
        )


def value_of(journal: Journal, store: Store, case_id: str) -> Decimal:
    """Return what the shipments of a case are worth, each once, in USD; what people set aside counts too."""
    attached = (FLAGS_TODAY.c.case_id == case_id) & (FLAGS_TODAY.c.change == "attached")
    flags = list(journal.connection.execute(select(FLAGS_TODAY.c.flag_id).where(attached)).scalars())
    rows = store.table("flag_shipments").filter(pl.col("flag_id").is_in(flags)).select("shipment_uid").unique()
    worth = store.table("shipments").join(rows, on="shipment_uid", how="semi").select(pl.col("value_usd").sum())
    return Decimal(worth.collect().item() or 0)
