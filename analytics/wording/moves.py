"""Why a figure of page one moved from one week to the next, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.wording.prose import counted, day, dollars, listed

__all__ = ["Moved", "Step", "cause_title", "moved_sentences", "step_title"]

_CAUSES = {
    "late_data": "late data",
    "identity": "identity matching",
    "judgements": "clerical review",
    "rules": "rules",
    "settings": "settings",
    "program": "program version",
    "others": "other rows",
    "new_data": "new data",
}
_MOST_NAMED = 3


@dataclass(frozen=True)
class Step:
    """One step from the figure of the week before to that of this week.

    Attributes
    ----------
    key : str
        ``printed``, ``before`` and ``now`` are totals; ``then`` steps revise the week before, ``new`` steps lead on.
    cause : str
        Why: new_data, late_data, judgements, identity, rules, settings, program or others; empty for a total.
    title : str
        The typology, for new data.
    flags : int
        Of a total, how many there are; of a step, by how many it changes them.
    usd : Decimal
        Value at issue, in the same way.
    flags_then, usd_then : int, Decimal
        For new data, what the week before had of the typology.
    noun : str
        What its flags are called in a sentence.
    """

    key: str
    cause: str
    title: str
    flags: int
    usd: Decimal
    flags_then: int = 0
    usd_then: Decimal = Decimal(0)
    noun: str = ""

    @property
    def is_total(self) -> bool:
        """It is a figure, not a difference."""
        return self.key in {"printed", "before", "now"}


@dataclass(frozen=True)
class Moved:
    """The steps, and what they begin with.

    Attributes
    ----------
    steps : tuple of Step
        In order; none where the store has no data for the week before.
    printed_on : date or None
        Day of the run after which the week before was printed; None where no such run is on record.
    noun : str
        What such a stretch is called: week, or period.
    """

    steps: tuple[Step, ...]
    printed_on: date | None
    noun: str


def cause_title(cause: str) -> str:
    """Return what a cause of a change is called in a table."""
    return _CAUSES[cause].capitalize()


def step_title(step: Step, moved: Moved) -> str:
    """Return what a step is called in table and chart."""
    if step.key == "printed":
        return f"{moved.noun.capitalize()} before, as of {day(moved.printed_on)}"
    if step.key == "before":
        return f"{moved.noun.capitalize()} before, as it stands now"
    if step.key == "now":
        return f"This {moved.noun}"
    cause = _CAUSES[step.cause]
    if step.key == "then":
        return f"{cause.capitalize()}, {moved.noun} before"
    return f"New data: {step.title}" if step.cause == "new_data" else f"{cause.capitalize()}, this {moved.noun}"


def moved_sentences(moved: Moved) -> list[str]:
    """Say why the figure moved, or why nothing can be said."""
    if not moved.steps:
        return [f"Nothing to compare: the store has no data for the {moved.noun} before."]
    if not any(step.flags or step.usd for step in moved.steps):
        return [f"Nothing moved: no flag in this {moved.noun} and none in the {moved.noun} before."]
    return [_since_printed(moved), _since_then(moved)]


def _since_printed(moved: Moved) -> str:
    if moved.printed_on is None:
        return f"No earlier run is on record: the {moved.noun} before is shown as it stands now."
    printed, before = (next(step for step in moved.steps if step.key == key) for key in ("printed", "before"))
    revised = [step for step in moved.steps if step.key == "then"]
    then = f"The {moved.noun} before was {counted(printed.flags, 'flag')} ({dollars(printed.usd)})"
    if not revised:
        return f"{then} as of {day(moved.printed_on)}, and is unchanged."
    why = listed(f"{_CAUSES[step.cause]} {_signed(step)}" for step in revised)
    now = f"{counted(before.flags, 'flag')} ({dollars(before.usd)}) now"
    return f"{then} as of {day(moved.printed_on)} and is {now}: {why}."


def _since_then(moved: Moved) -> str:
    steps = sorted((step for step in moved.steps if step.key == "new"), key=lambda step: -abs(step.usd))
    steps = [step for step in steps if step.usd or step.flags]
    if not steps:
        return f"This {moved.noun} has the same figures."
    said = [_then_and_now(step) if step.noun else f"{_CAUSES[step.cause]} {_signed(step)}" for step in steps]
    parted = "; ".join(said[:_MOST_NAMED])
    return f"From there to this {moved.noun}: {parted}{_rest(steps[_MOST_NAMED:])}."


def _then_and_now(step: Step) -> str:
    """Return both figures: the two weeks hold different shipments, and a difference would be about neither."""
    flags, usd = step.flags_then + step.flags, step.usd_then + step.usd
    if not step.flags_then or not flags:
        count = f"none to {flags:,}" if flags else f"{step.flags_then:,} to none"
        return f"{step.noun}, {count} ({dollars(usd or step.usd_then)})"
    count = f"{flags:,} as before" if not step.flags else f"{step.flags_then:,} to {flags:,}"
    return f"{step.noun}, {count} ({dollars(step.usd_then)} to {dollars(usd)})"


def _rest(steps: Sequence[Step]) -> str:
    if not steps:
        return ""
    flags, usd = sum(step.flags for step in steps), sum((step.usd for step in steps), Decimal(0))
    return f"; all else {_signed(Step('new', 'others', '', flags, usd))}"


def _signed(step: Step) -> str:
    flags = f"{step.flags:+,}".replace("-", "\u2212") if step.flags else "0"
    return f"{flags} ({'+' if step.usd > 0 else ''}{dollars(step.usd)})"
