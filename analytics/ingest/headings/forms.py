"""The forms under which one heading may be known: as written, without remarks on how to fill it in, by language.

``*Arrival Date (required)`` is an arrival date, ``运单号 Tracking No.`` a tracking number in two languages.
"""

from __future__ import annotations

import re
from functools import cache

from analytics.ingest.words.wordlists import plain, row_words

__all__ = ["cleaned", "heading_parts", "without_marks"]

_OPEN, _CLOSE = r"(\[{<\uff08\u3010", r")\]}>\uff09\u3011"
_IN_BRACKETS = rf"[{_OPEN}]\s*([^{_OPEN}{_CLOSE}]*?)\s*[{_CLOSE}]"
_AT_THE_END = r"(?:\s[-:\u2013]\s*|[:,;]\s*)([^-:,;\u2013]+?)\s*$"
_REMARK = re.compile(f"{_IN_BRACKETS}|{_AT_THE_END}")
_FOREIGN = "\u0370-\u1fff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
_LATIN_RUN = re.compile(rf"[^{_FOREIGN}]+")
_FOREIGN_RUN = re.compile(rf"[{_FOREIGN}][{_FOREIGN}\s]*")
_BETWEEN_LANGUAGES = re.compile(r"\s*[/|\uff0f]\s*")
_LONGEST = 200


def cleaned(heading: str) -> str:
    """Return a heading on one line, without byte order mark and blanks around it."""
    return " ".join(heading.replace("\ufeff", "").replace("\0", "").split())


@cache
def without_marks(heading: str) -> str:
    """Return a heading without remarks such as ``*``, ``(required)`` or ``(yyyy-mm-dd)``.

    A remark that names anything else, as in ``Name (shipper)``, stays: without it the heading would say another thing.
    """
    if len(heading) > _LONGEST:
        return heading
    return _REMARK.sub(_unless_mark, heading.strip("*† \t")).strip("*† \t")


def _unless_mark(found: re.Match[str]) -> str:
    remark = found[1] if found[1] is not None else found[2]
    return " " if remark.strip("* ").casefold() in row_words("heading_mark") else found[0]


@cache
def heading_parts(heading: str) -> tuple[str, ...]:
    """Return the parts of a heading that says one thing in two languages; empty where there are no two."""
    if len(heading) > _LONGEST:
        return ()
    foreign = " ".join(part.strip() for part in _FOREIGN_RUN.findall(heading))
    latin = " ".join(part.strip() for part in _LATIN_RUN.findall(heading) if plain(part))
    parts = [foreign, latin] if foreign and latin else _BETWEEN_LANGUAGES.split(heading)
    named = tuple(part for part in parts if plain(part))
    return named if len(named) > 1 else ()
