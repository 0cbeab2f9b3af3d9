"""How figures, days and foreign text are written on a page: one way for each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from analytics.typologies.registry import typology as find_typology

__all__ = ["DASH", "clean", "counted", "day", "days", "dollars", "listed", "money", "name_of", "percent", "short"]

_JOINERS = {"\u200c", "\u200d"}  # zero-width joiners: Persian and Indic names are spelled with them
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_HIDDEN = "\ufffd"
_NO_CHARACTER = 0xFFFE
_MINUS = "\u2212"
DASH = "\u2013"  # between two days; alone, for what is not known


def clean(text: str) -> str:
    """Return text from outside with control and direction characters made visible as ``�``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if char in "\t\r\n" else _HIDDEN if _is_hidden(char) else char for char in text)


def _is_hidden(char: str) -> bool:
    is_no_character = ord(char) & _NO_CHARACTER == _NO_CHARACTER  # U+FFFE, U+FFFF: XML forbids them
    return is_no_character or (unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and char not in _JOINERS)


def short(text: str | None, most: int = 80) -> str | None:
    """Return text cut to a length, with an ellipsis where something was cut."""
    return text if text is None or len(text) <= most else f"{text[: most - 1]}\u2026"


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
    """Return ``10 March 2025``, or a dash."""
    return f"{value.day} {value:%B} {value.year}" if value else DASH


def days(first: date, last: date) -> str:
    """Return ``10 to 16 March 2025`` with a dash and the like, naming month and year once where they are the same."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{DASH}{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} {DASH} {day(last)}"
    return f"{day(first)} {DASH} {day(last)}"


def listed(parts: Iterable[str]) -> str:
    """Return ``a, b and c``."""
    items = list(parts)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def name_of(typology: str) -> str:
    """Return a typology as a reader would call it."""
    return find_typology(typology).title
