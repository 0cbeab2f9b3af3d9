"""What is said of a flag that a run no longer raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.wording.prose import counted, day, money

__all__ = ["GoneFlag", "Turn", "gone_lines"]

_WHY = {
    "new_data": "new shipments",
    "late_data": "shipments that arrived late, or later versions of shipments",
    "judgements": "clerical review: a verdict moved aliases between identities",
    "identity": "entity resolution matched or separated aliases",
    "rules": "the reference tables changed",
    "settings": "settings or legal positions changed",
    "program": "the program or its identity model changed",
    "others": "other shipments changed what is usual, or gave an innocent explanation",
}
_CHANGES = {"appeared": "raised", "changed": "changed", "gone": "no longer raised"}


@dataclass(frozen=True)
class Turn:
    """What one run did to a flag.

    Attributes
    ----------
    run_id, on : str, date
        The run, and the day it ended.
    change, cause : str
        As in ``run_changes``.
    usd : Decimal
        By how much the worth of its shipments changed.
    """

    run_id: str
    on: date
    change: str
    cause: str
    usd: Decimal


@dataclass(frozen=True)
class GoneFlag:
    """A flag that the store once raised.

    Attributes
    ----------
    flag_id, typology : str
        Which one.
    strength : str or None
        As it last was.
    window_end : date or None
        The last day that it was about.
    turns : sequence of Turn
        What runs did to it, oldest first.
    details : sequence of str
        What else is known of why it went: verdicts, settings, reference tables.
    """

    flag_id: str
    typology: str
    strength: str | None
    window_end: date | None
    turns: Sequence[Turn]
    details: Sequence[str]


def gone_lines(flag: GoneFlag) -> list[str]:
    """Say when and why a flag went, and what runs did to it before."""
    last = flag.turns[-1]
    strength = f", {flag.strength} indicator" if flag.strength else ""
    about = f", last day {day(flag.window_end)}" if flag.window_end else ""
    return [
        f"{flag.flag_id}  {flag.typology}  (no longer raised{strength}{about})",
        f"Run {last.run_id} of {day(last.on)} no longer raised it. Cause: {_WHY[last.cause]}.",
        *flag.details,
        "",
        f"{counted(len(flag.turns), 'change')} on record:",
        *(
            f"  {turn.on}  {turn.run_id}  {_CHANGES[turn.change]}, {_WHY[turn.cause]}, {_signed(turn.usd)}"
            for turn in flag.turns
        ),
        "",
        "The rows of a flag that is gone are not kept. Its packages: splitship export shipments",
    ]


def _signed(usd: Decimal) -> str:
    return f"+{money(usd)}" if usd > 0 else money(usd)
