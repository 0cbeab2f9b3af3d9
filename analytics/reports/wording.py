"""How figures, days and foreign text are written on a page: one way for each."""

from __future__ import annotations

import unicodedata

from analytics.typologies.registry import typology as find_typology
from analytics.wording.prose import DASH, counted, day, days, dollars, listed, money, percent

__all__ = ["DASH", "clean", "counted", "day", "days", "dollars", "listed", "money", "name_of", "percent", "short"]

_JOINERS = {"\u200c", "\u200d"}  # zero-width joiners: Persian and Indic names are spelled with them
_HIDDEN = "\ufffd"
_NO_CHARACTER = 0xFFFE


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


def name_of(typology: str) -> str:
    """Return a typology as a reader would call it."""
    return find_typology(typology).title
