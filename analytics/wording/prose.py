"""How figures, days and lists are written in a sentence that a person reads: one way for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

__all__ = ["DASH", "counted", "day", "days", "dollars", "listed", "money", "percent"]

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_MINUS = "\u2212"
DASH = "\u2013"  # between two days; alone, for what is not known


def money(amount: Decimal | None, currency: str | None = "USD") -> str:
    """Return an amount to the cent, or a dash where there is none."""
    if amount is None:
        return DASH
    return _signed(amount, f"{abs(amount):,.2f}", currency)


def dollars(amount: Decimal | None) -> str:
    """Return an amount in whole dollars, or a dash where there is none."""
    if amount is None:
        return DASH
    whole = amount.quantize(Decimal(1), ROUND_HALF_EVEN)
    return _signed(whole, f"{abs(whole):,}", "USD")


def _signed(amount: Decimal, digits: str, currency: str | None) -> str:
    minus = _MINUS if amount < 0 else ""
    sign = _SIGNS.get(currency or "USD")
    return f"{minus}{sign}{digits}" if sign else f"{minus}{digits} {currency}"


def percent(share: float | None) -> str:
    """Return a share as a percentage, or a dash where there is none."""
    if share is None:
        return DASH
    return f"{100 * share:.0f}%" if share >= 0.1 or share == 0 else f"{100 * share:.1f}%"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 flag``, ``1,204 flags``, ``no flags``."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}" if number else f"no {noun}"


def day(value: date | None) -> str:
    """Return ``March 10, 2025``, or a dash."""
    return f"{value:%B} {value.day}, {value.year}" if value else DASH


def days(first: date, last: date) -> str:
    """Return ``March 10-16, 2025`` with a dash, and the like, naming month and year once where they are the same."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.day}{DASH}{last.day}, {last.year}"
    if first.year == last.year:
        return f"{first:%B} {first.day} {DASH} {day(last)}"
    return f"{day(first)} {DASH} {day(last)}"


def listed(parts: Iterable[str]) -> str:
    """Return ``a, b and c``."""
    items = list(parts)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
