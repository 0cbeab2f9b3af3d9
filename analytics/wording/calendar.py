"""What a report says of the days before and behind it: changes of law, clocks of a disclosure, time limits, cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from analytics.wording.prose import counted, day, dollars

__all__ = ["KINDS", "Entry", "calendar_text", "distance_words", "entry_words", "kind_of"]

KINDS = ("Law", "Disclosure", "Time limit", "Case")
"""Kinds of entry, as a reader sees them."""


@dataclass(frozen=True)
class Entry:
    """One day of the calendar.

    Attributes
    ----------
    on : date
        The day.
    what : str
        ``rule``, ``event``, ``rate``, ``tables``, ``in_writing``, ``data``, ``suit``, ``records``, ``due`` or
        ``wakes``.
    subject : str
        The rule, the event, the duty, the tables, the time limit or the case it is about.
    facts : mapping
        What else the sentence names.
    source : str
        Where the day is from.
    """

    on: date
    what: str
    subject: str
    facts: Mapping[str, str | int | Decimal | date | None] = field(default_factory=dict)
    source: str = ""


def kind_of(what: str) -> str:
    """Return the kind of an entry, one of `KINDS`.

    >>> kind_of("rate"), kind_of("in_writing"), kind_of("suit"), kind_of("wakes")
    ('Law', 'Disclosure', 'Time limit', 'Case')
    """
    law, disclosure, limit, case = KINDS
    if what in {"in_writing", "data"}:
        return disclosure
    if what in {"suit", "records"}:
        return limit
    return case if what in {"due", "wakes"} else law


def entry_words(entry: Entry) -> str:
    """Return an entry as a sentence.

    Parameters
    ----------
    entry : Entry
        One day of the calendar.
    """
    return _WORDS[entry.what](entry)


def distance_words(on: date, today: date) -> str:
    """Say how far a day is.

    >>> today = date(2026, 12, 1)
    >>> [distance_words(date(2026, 12, each), today) for each in (1, 2, 11)], distance_words(date(2026, 11, 28), today)
    (['today', 'in 1 day', 'in 10 days'], '3 days ago')
    """
    days = (on - today).days
    if not days:
        return "today"
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"


def calendar_text(entries: int, to_come: int, today: date, reach: int) -> str:
    """Say what the strip shows.

    >>> print(calendar_text(9, 4, date(2026, 12, 1), 90))
    9 days within 90 days before and after December 1, 2026: 4 are to come, today included. Each stroke is one of them.
    """
    within = f"within {reach} days before and after {day(today)}"
    return f"{counted(entries, 'day')} {within}: {to_come:,} are to come, today included. Each stroke is one of them."


def _rule(entry: Entry) -> str:
    return f"Rule {entry.subject} begins: {entry.facts['limit']}."


def _event(entry: Entry) -> str:
    effect = str(entry.facts["effect"] or "none")
    reason = effect.removeprefix("none").removeprefix(": ")
    if not reason:
        return f"{entry.subject}."
    shown = f"{reason[0].upper()}{reason[1:]}" if effect.startswith("none") else f"Effect: {effect}"
    return f"{entry.subject}. {shown}."


def _rate(entry: Entry) -> str:
    moves, rates = entry.facts["moves"], entry.facts["rates"]
    at = f" {'to' if moves == 'changes' else 'at'} {rates}" if rates else ""
    return f"Duty {entry.subject} {moves}{at}."


def _tables(entry: Entry) -> str:
    return f"The law tables on {entry.subject} cover days before this one. Update them."


def _in_writing(entry: Entry) -> str:
    return (
        f"Case {entry.subject}, disclosure filed {day(_date(entry, 'filed'))}: if it was made orally, the confirmation "
        f"in writing is due ({entry.facts['days']} days)."
    )


def _data(entry: Entry) -> str:
    return (
        f"Case {entry.subject}, disclosure filed {day(_date(entry, 'filed'))}: what was not known then is due "
        f"({entry.facts['days']} days)."
    )


def _suit(entry: Entry) -> str:
    usd = entry.facts["usd"]
    cost = "" if usd is None else f" ({dollars(Decimal(str(usd)))} of duty and fees, base)"
    return f"{entry.subject}: {_flags(entry)} to age out in this week{cost}."


def _records(entry: Entry) -> str:
    return f"{entry.subject}: {_flags(entry)} to leave the retention period in this week."


def _flags(entry: Entry) -> str:
    flags = int(str(entry.facts["flags"]))
    return f"{counted(flags, 'flag')} {'begins' if flags == 1 else 'begin'}"


def _due(entry: Entry) -> str:
    return f"Case {entry.subject} is due ({entry.facts['state']}, {entry.facts['assignee'] or 'nobody yet'})."


def _wakes(entry: Entry) -> str:
    return f"Case {entry.subject} wakes from its snooze ({entry.facts['assignee'] or 'nobody yet'})."


def _date(entry: Entry, name: str) -> date:
    found = entry.facts[name]
    assert isinstance(found, date)
    return found


_WORDS: dict[str, Callable[[Entry], str]] = {
    "rule": _rule,
    "event": _event,
    "rate": _rate,
    "tables": _tables,
    "in_writing": _in_writing,
    "data": _data,
    "suit": _suit,
    "records": _records,
    "due": _due,
    "wakes": _wakes,
}
