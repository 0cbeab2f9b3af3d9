"""What a reader of page one is asked to decide: what, who, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.wording.prose import counted, day, dollars

__all__ = ["Decision", "Party", "by_words", "decision_words", "party_name"]


@dataclass(frozen=True)
class Party:
    """A party with more flags than its own history and that of its role make likely.

    Attributes
    ----------
    role, party, name : str
        ``seller``, ``carrier`` or ``filer``; its code; its name where it has one.
    mirror : str
        The filer whose shipments are those of this carrier; empty where there is none.
    flags, shipments : int
        Flags of the week, or of the span that is reported on, and shipments that arrived.
    flags_before, shipments_before : int
        The same over the eight weeks before, or the span before, as far as there are data.
    q_value : float
        Share of parties at or below it that chance alone would list.
    """

    role: str
    party: str
    name: str
    mirror: str
    flags: int
    shipments: int
    flags_before: int
    shipments_before: int
    q_value: float


@dataclass(frozen=True)
class Decision:
    """One thing to decide.

    Attributes
    ----------
    kind : str
        ``case``, ``party``, ``counsel``, ``assign`` or ``match``.
    who : str
        Who decides.
    by : date or None
        The day by which.
    basis : str
        What sets that day: ``case`` or ``report``.
    flags : int
        Flags of this week that it is about.
    usd : Decimal
        Their value at issue; for counsel, the duty and fees.
    of_flags, of_usd : int, Decimal
        For counsel, all flags that put duty or fees at issue, and what they put.
    until : date or None
        For counsel, the day on which the first time limit of a suit on negligence ends.
    what : str
        The case with its state, or the dearest flag.
    party : Party or None
        The party to speak to.
    is_partly_known : bool
        The amount is of what can be computed.
    after_counsel : bool
        Counsel is asked first.
    noun : str
        What the stretch of the report is called: week, or period.
    """

    kind: str
    who: str
    by: date | None
    basis: str
    flags: int
    usd: Decimal
    what: str = ""
    party: Party | None = None
    is_partly_known: bool = False
    after_counsel: bool = False
    of_flags: int = 0
    of_usd: Decimal = Decimal(0)
    until: date | None = None
    noun: str = "week"


def decision_words(decision: Decision) -> str:
    """Return what is to be decided, in one sentence or two."""
    flags, usd = counted(decision.flags, "flag"), dollars(decision.usd)
    if decision.party is not None:
        return _speak_to(decision.party, decision.noun)
    if decision.kind == "case":
        return f"Decide case {decision.what}: {flags} of this {decision.noun}, {usd} at issue."
    if decision.kind == "counsel":
        return f"Ask counsel whether to disclose: {_owed(decision)}."
    if decision.kind == "match":
        return f"Review the matches behind {flags} ({usd} at issue) before anybody is contacted: splitship review."
    return f"Assign {flags} that no case holds ({usd} at issue). Begin with {decision.what}."


def _owed(decision: Decision) -> str:
    """Return the flags that figures and rule decide with their duty and fees, and of how much they are a part."""
    known = " on what can be computed" if decision.is_partly_known else ""
    usd = f"{dollars(decision.usd)} in duty and fees{known}"
    if decision.flags == decision.of_flags:
        return f"{counted(decision.flags, 'flag')} with {usd}"
    flags = counted(decision.flags, "objective flag")
    part = f"{dollars(decision.usd)} of {dollars(decision.of_usd)} in duty and fees{known}"
    return f"{flags} of {decision.of_flags:,}, with {part}"


def _speak_to(party: Party, noun: str) -> str:
    found = f"{counted(party.flags, 'flag')} on {counted(party.shipments, 'shipment')} this {noun}"
    before = "the eight weeks before" if noun == "week" else f"the {noun} before"
    had = f"{party.flags_before:,} on {party.shipments_before:,}" if party.shipments_before else "no shipment"
    return f"Speak to {party_name(party)}: {found}, {had} in {before}."


def party_name(party: Party) -> str:
    """Return a party as a reader would call it; a carrier with the filer that mirrors it."""
    name = f"{party.role} {party.name or party.party}"
    return f"{name} and filer {party.mirror} (the same shipments)" if party.mirror else name


def by_words(decision: Decision) -> str:
    """Return by when, and what sets the day."""
    reason = {"case": "due day of the case", "report": "next report"}[decision.basis]
    by = f"by {day(decision.by)} ({reason})"
    if decision.kind == "counsel":
        limit = f"; the first time limit of a suit ends on {day(decision.until)}" if decision.until else ""
        return f"{by}: a disclosure counts before, or without knowledge of, a formal investigation{limit}"
    return f"{by}, after counsel's answer" if decision.after_counsel else by
