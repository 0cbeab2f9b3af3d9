"""How figures, days and foreign text are written on a page: one way for each."""

from __future__ import annotations

from analytics.showing import clean
from analytics.typologies.registry import typology as find_typology
from analytics.wording.prose import DASH, counted, day, days, dollars, listed, money, percent

__all__ = ["DASH", "clean", "counted", "day", "days", "dollars", "listed", "money", "name_of", "percent", "short"]


def short(text: str | None, most: int = 80) -> str | None:
    """Return text cut to a length, with an ellipsis where something was cut."""
    return text if text is None or len(text) <= most else f"{text[: most - 1]}\u2026"


def name_of(typology: str) -> str:
    """Return a typology as a reader would call it."""
    return find_typology(typology).title
