"""What is said of data quality over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.wording.prose import counted, day, listed, percent

__all__ = [
    "AGAIN",
    "FILES",
    "LEAD",
    "MEANINGS",
    "NOTHING",
    "REASONS",
    "Missing",
    "again_text",
    "missing_text",
    "spelled",
]

LEAD = (
    "Fields that empty out, reasons that pile up and files that come late or twice show in a trend before they show "
    "in a total. Ask the filer when a field goes missing: flags that need it are no longer raised."
)
NOTHING = "No shipment of the last quarter and no file."
FILES = "Files, the last read first"
REASONS = "Rejected rows by week of reading, file and reason"
AGAIN = "Files that were handed in again"
MEANINGS = {
    "field": "Field of a shipment",
    "monday": "Monday of the week of arrival",
    "shipments": "Shipments of the week",
    "missing": "Share of them without the field",
}
"""What the columns of the sheet mean."""
_MOST_NAMED = 3
_LEAST_RISE = 0.05


@dataclass(frozen=True)
class Missing:
    """A field in the last week with data, and usually.

    Attributes
    ----------
    field : str
        Its name.
    now, usual : float
        Share of shipments without it in the last week, and the median of the weeks before.
    """

    field: str
    now: float
    usual: float


def missing_text(fields: Sequence[Missing], week: date) -> str:
    """Say which fields are missing most, and which rose most against the weeks before.

    Parameters
    ----------
    fields : sequence of Missing
        All of them.
    week : date
        Monday of the last week with data.
    """
    most = sorted((each for each in fields if each.now), key=lambda each: (-each.now, each.field))[:_MOST_NAMED]
    if not most:
        return f"Week of {day(week)}: no field is missing."
    said = listed(f"{spelled(each.field)} ({percent(each.now)})" for each in most)
    rising = max(fields, key=lambda each: (each.now - each.usual, each.field))
    rise = (
        f"The largest rise against the median of the weeks before: {spelled(rising.field)}, from "
        f"{percent(rising.usual)} to {percent(rising.now)}."
        if rising.now - rising.usual >= _LEAST_RISE
        else "No field rose by 5 points or more against the median of the weeks before."
    )
    return f"Missing most in the week of {day(week)}: {said}. {rise}"


def again_text(files: int) -> str:
    """Say how many files came twice, and that it changes nothing."""
    return f"{counted(files, 'file').capitalize()} with content that was read before: counted once."


def spelled(name: str) -> str:
    """Write the name of a field or a reason as words."""
    return name.replace("_", " ")
