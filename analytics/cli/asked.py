"""What a user writes after an option, read or rejected."""

from __future__ import annotations

from datetime import date

from analytics.errors import UsageError

__all__ = ["day_of"]


def day_of(text: str | None, option: str) -> date | None:
    """Read a day; None where none is given.

    Raises
    ------
    UsageError
        It is not a date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is not a date. Write it as 2025-03-14.") from error
