"""What an address or a form asks for, checked: texts, numbers, days, one of several."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import TypeVar

from flask import request

from analytics.errors import UsageError

__all__ = ["day", "needed", "number", "one_of", "optional_day", "text"]

_LONGEST = 4000
Default = TypeVar("Default", str, None)


def text(name: str) -> str | None:
    """Return a text without blanks around it; None where there is none."""
    given = request.values.get(name, "").strip()
    if len(given) > _LONGEST:
        raise UsageError(f"{name} is longer than {_LONGEST:,} characters. Shorten it, or attach it as a document.")
    return given or None


def needed(name: str, remedy: str) -> str:
    """Return a text that has to be given."""
    given = text(name)
    if given is None:
        raise UsageError(f"{name} is empty. {remedy}")
    return given


def one_of(name: str, known: Container[str], default: Default) -> str | Default:
    """Return a text of a known set; the default where it is none of them."""
    given = request.values.get(name, "")
    return given if given in known else default


def number(name: str, default: int, *, least: int = 1, most: int) -> int:
    """Return a whole number within bounds; the default where it is none."""
    given = request.values.get(name, "")
    return min(max(int(given), least), most) if given.isascii() and given.isdigit() and len(given) < 12 else default


def optional_day(name: str) -> date | None:
    """Return a day; None where none is given."""
    given = text(name)
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise UsageError(f"{name} is no day. Write it as 2025-05-02.") from None


def day(name: str) -> date:
    """Return a day that has to be given."""
    given = optional_day(name)
    if given is None:
        raise UsageError(f"{name} is empty. Choose a day.")
    return given
