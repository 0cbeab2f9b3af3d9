"""How headings are put into messages: never those of a file without headings, whose first row names somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.ingest.words.references import column_letter, name_of

__all__ = ["HIDDEN", "is_shown", "looks_like_data", "shown_heading", "shown_names"]

HIDDEN = "(not shown: it holds a value)"
_MOST_LETTERS = 80
_SURE_SHARE = 0.5
_DATA = re.compile(r"\d{3}|@|^\W*\d|\d[.,/:-]\d|://")
"""Three digits in a row, a mail address, a number at the start, a day or time or amount, a URL."""
_VALUE = re.compile(r"@|://|\d(?:[ ./:-]?\d){5,}")
"""A mail address, a URL, six digits or more."""


def looks_like_data(headings: Sequence[str], known: Sequence[bool]) -> bool:
    """Tell whether a row that should hold headings may hold the data of a shipment.

    One value that is no heading is enough, unless most of the row are headings we know: a row of data holds such a
    word by chance (``Phone``), never in most cells.

    Parameters
    ----------
    headings : sequence of str
        The cells of the row.
    known : sequence of bool
        Whether each is a known heading.
    """
    filled = [(heading, is_known) for heading, is_known in zip(headings, known, strict=True) if heading.strip()]
    odd = any(not is_known and _DATA.search(heading) for heading, is_known in filled)
    return odd and sum(is_known for _, is_known in filled) <= len(filled) * _SURE_SHARE


def is_shown(heading: str) -> bool:
    """Tell whether one heading may stand in a message: it is printable, not too long, and holds no value."""
    return heading.isprintable() and len(heading) <= _MOST_LETTERS and not _VALUE.search(heading)


def shown_heading(heading: str) -> str:
    """Return one heading for the record of a run, hidden where it holds a value.

    Parameters
    ----------
    heading : str
        As it stands in the input, or a template of several.
    """
    return HIDDEN if _VALUE.search(heading) else heading


def shown_names(headings: Sequence[str], known: Sequence[bool]) -> list[str]:
    """Return a reference to each column that may be shown: its letter where the heading may name somebody.

    Parameters
    ----------
    headings : sequence of str
        In the order of the input.
    known : sequence of bool
        Whether each is a known heading.
    """
    hides_all = looks_like_data(headings, known)
    return [
        f"column:{column_letter(at)}" if hides_all or not is_shown(heading) else name_of(at, headings)
        for at, heading in enumerate(headings)
    ]
