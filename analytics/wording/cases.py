"""What a report says of cases: how they come and go, how old they are, what they ended in, what is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analytics.wording.prose import counted, day, days, listed, percent

__all__ = [
    "NO_CASE_YET",
    "OUTCOMES",
    "age_text",
    "flow_text",
    "outcome_text",
    "outcome_title",
    "past_due_title",
    "state_title",
]

NO_CASE_YET = "This store has no case. Open one on a flag: splitship cases open FLAG"
OUTCOMES = {
    "dismissed": "dismissed",
    "corrected_forward": "corrected going forward",
    "referred_to_counsel": "referred to counsel",
    "disclosure_filed": "disclosure filed",
}
"""What a person can close a case with, with words for it."""


def outcome_title(outcome: str) -> str:
    """Return what a case ended in as it is read.

    >>> outcome_title("corrected_forward")
    'Corrected going forward'
    """
    return OUTCOMES.get(outcome, outcome.replace("_", " ")).capitalize()


def state_title(state: str) -> str:
    """Return a state as it is read.

    >>> state_title("awaiting_information")
    'Awaiting information'
    """
    return state.replace("_", " ").capitalize()


def flow_text(*, still: int, as_of: date, week: tuple[date, date] | None, moved: tuple[int, int, int]) -> str:
    """Say how many cases are open, and how many came and went in the last full week.

    Parameters
    ----------
    still, as_of : int, date
        Open cases, and the day they are counted on.
    week : tuple of date or None
        First and last day of the last full week; None where no week with a case is over.
    moved : tuple of int
        Opened, reopened and closed in it.

    >>> print(flow_text(still=9, as_of=date(2026, 11, 30), week=(date(2026, 11, 29), date(2026, 11, 29)),
    ...                 moved=(4, 0, 1)))
    9 cases were open on November 30, 2026. In the last full week, November 29, 2026, 4 were opened, 0 reopened and \
1 closed.
    """
    now = f"{_first(counted(still, 'case'))} {_were(still)} open on {day(as_of)}."
    if week is None:
        return f"{now} No week with a case is over yet."
    opened, reopened, closed = moved
    return (
        f"{now} In the last full week, {days(*week)}, {opened:,} {_were(opened)} opened, {reopened:,} reopened and "
        f"{closed:,} closed."
    )


def age_text(ages: Mapping[str, int], unassigned: int) -> str:
    """Say how old the open cases are, and how many nobody has."""
    still = sum(ages.values())
    if not still:
        return "No case is open, so none has an age."
    known = listed(f"{number:,} {_are(number)} {words} old" for words, number in ages.items() if number)
    held = "somebody has each of them" if not unassigned else f"nobody has {unassigned:,} of them"
    return f"Of {counted(still, 'open case')}, {known}; {held}."


def outcome_text(outcomes: Mapping[str, int], median_days: float | None, reopened: int) -> str:
    """Say what the closed cases ended in, and how long they took."""
    closed = sum(outcomes.values())
    if not closed or median_days is None:
        return "No case is closed yet, so there is no outcome to count."
    ended = listed(
        f"{number:,} ({percent(number / closed)}) {outcome_title(name).lower()}" for name, number in outcomes.items()
    )
    returned = f" Cases were reopened {counted(reopened, 'time')}." if reopened else ""
    took = "less than a day" if median_days < 1 else f"{median_days:.1f} days or less"
    return f"{_first(counted(closed, 'case'))} closed: {ended}. Half took {took} from opening to decision.{returned}"


def past_due_title(late: int, as_of: date) -> str:
    """Head the list of cases whose due day has passed.

    >>> past_due_title(1, date(2026, 11, 30)), past_due_title(0, date(2026, 11, 30))
    ('Past due on November 30, 2026: 1 case', 'Past due on November 30, 2026: no cases')
    """
    return f"Past due on {day(as_of)}: {counted(late, 'case')}"


def _first(text: str) -> str:
    return text[0].upper() + text[1:]


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
