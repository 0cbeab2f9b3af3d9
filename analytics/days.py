"""Days of instants: an instant is kept in UTC, and its day is that of New York."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

__all__ = ["NEW_YORK", "day_of_event", "today"]

NEW_YORK = ZoneInfo("America/New_York")


def day_of_event(at: str) -> date:
    """Return the day in New York of an event or a run.

    Parameters
    ----------
    at : str
        ISO 8601, UTC.
    """
    return datetime.fromisoformat(at).astimezone(NEW_YORK).date()


def today() -> date:
    """Return the day in New York by the clock of the machine."""
    return datetime.now(NEW_YORK).date()
