"""How a mapping names a column of the input: by its heading, its place, or a path into nested JSON.

==================  ============================================================
``Total``           the one heading of that name; case and punctuation are free
``Address#2``       the second heading of that name
``column:C``        the third column, as spreadsheets letter them
``to_address.city`` ``city`` inside the JSON object under ``to_address``
``{file}``, ``{row}``  the file's name, the row's line: in templates only
==================  ============================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from analytics.ingest.words.wordlists import plain

__all__ = ["PLACES", "Reference", "column_letter", "find", "matches", "name_of", "others_for"]

PLACES = frozenset({"file", "row"})
"""References that stand for where a row is, not for a cell."""

_LETTER = re.compile(r"column:\s*([A-Za-z]{1,3})", re.IGNORECASE)
_OCCURRENCE = re.compile(r"(.+)#([1-9]\d?)", re.DOTALL)
_ALPHABET = 26


@dataclass(frozen=True)
class Reference:
    """Where a value is taken from.

    Attributes
    ----------
    at : int
        Position of the column.
    path : str
        Path inside the JSON of the cell; empty for the cell itself.
    """

    at: int
    path: str = ""


def find(written: str, headings: Sequence[str]) -> Reference | None:
    """Return what a reference names; None unless it names exactly one column."""
    found = matches(written, headings)
    return found[0] if len(found) == 1 else None


def matches(written: str, headings: Sequence[str]) -> list[Reference]:
    """Return every column that a reference could name.

    Parameters
    ----------
    written : str
        As in the mapping.
    headings : sequence of str
        In the order of the input.
    """
    named = _named(written, headings)
    if named:
        return [Reference(at) for at in named]
    if letter := _LETTER.fullmatch(written.strip()):
        at = _position(letter[1])
        return [Reference(at)] if at < len(headings) else []
    if numbered := _OCCURRENCE.fullmatch(written.strip()):
        same = _named(numbered[1], headings)
        return [Reference(at) for at in same[int(numbered[2]) - 1 : int(numbered[2])]]
    return _inside(written, headings)


def name_of(at: int, headings: Sequence[str]) -> str:
    """Return a reference that names one column and no other."""
    heading = headings[at]
    if heading and "{" not in heading:
        same = _named(heading, headings)
        if same == [at]:
            return heading
        if find(numbered := f"{heading}#{same.index(at) + 1}", headings) == Reference(at):
            return numbered
    return f"column:{column_letter(at)}"


def others_for(written: str, headings: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return references that may be meant by one that names no column, or several.

    Parameters
    ----------
    written : str
        As in the mapping.
    headings : sequence of str
        In the order of the input.
    names : sequence of str
        How each may be named in a message (`shown_names`).
    """
    found = [reference.at for reference in matches(written, headings)]
    by_plain = {plain(heading): at for at, heading in enumerate(headings)}
    close = [by_plain[word] for word in get_close_matches(plain(written), list(by_plain), n=3)]
    filled = [at for at, heading in enumerate(headings) if heading]
    return [names[at] for at in found or close or filled or range(len(headings))]


def column_letter(at: int) -> str:
    """Return the letters over a column in a spreadsheet, A for position 0."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


def _position(letters: str) -> int:
    at = 0
    for letter in letters.upper():
        at = at * _ALPHABET + ord(letter) - ord("A") + 1
    return at - 1


def _named(written: str, headings: Sequence[str]) -> list[int]:
    """Find a heading letter for letter, else without case, spaces and punctuation."""
    exact = [at for at, heading in enumerate(headings) if heading == written]
    word = plain(written)
    return exact or [at for at, heading in enumerate(headings) if word and plain(heading) == word]


def _inside(written: str, headings: Sequence[str]) -> list[Reference]:
    """Find the longest heading that begins a path."""
    steps = written.strip().split(".")
    for length in range(len(steps) - 1, 0, -1):
        over = steps[:length]
        tail = steps[length:]
        found = _named(".".join(over).removesuffix("[]"), headings)
        if found:
            path = ".".join(["[]", *tail] if over[-1].endswith("[]") else tail)
            return [Reference(at, path) for at in found]
    return []
