"""What looks like a tax id wherever it stands: by its form and check digits, or by the word before it.

The forms are in ``data/tax_forms.csv``, the words in ``data/tax_words.csv``; check digits are python-stdnum's. A form
that order, tracking or phone numbers share is no sign by itself and needs a word: nine bare digits are a Social
Security number only after ``SSN``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

from analytics.ingest.words.tax_words import tax_text_words

__all__ = ["anywhere", "replaced"]

_DASHES = "\\-\u2010-\u2015"
_CHUNK = "[A-Za-z]{0,6}[0-9][0-9A-Za-z]*"
_NUMBER = rf"(?:[A-Za-z]{{1,3}} )?{_CHUNK}(?:[ ./{_DASHES}]{_CHUNK})*(?:-[0-9A-Za-z])?"
_FILL = rf"[\s.:#=_№/()\"'{_DASHES}]{{0,4}}"
_BETWEEN = rf"{_FILL}(?:(?:id|no|nr|num|number|numero|nummer|code|is|n|号码|號碼|号|番号|번호){_FILL}){{0,2}}"
_AMOUNT = re.compile(r"[0-9]+[.,][0-9]{1,2}")
_PLACE = re.compile("\0([0-9]{1,9})\0")
_TWO_LETTERS, _SHORT_WORD = 2, 4
_FEWEST_DIGITS, _FEWEST_AFTER_SHORT_WORD = 6, 7
_FEWEST_OF_BOTH, _MOST_DIGITS = 9, 24


@dataclass(frozen=True)
class _Form:
    """One form: its pattern with nothing of a longer number around it, and what proves its check digits."""

    pattern: re.Pattern[str]
    check: str

    def sub(self, kept: Callable[[str], str], text: str) -> str:
        """Replace every number of this form whose check digits are sound."""
        return self.pattern.sub(lambda found: kept(found[0]) if self._holds(found[0]) else found[0], text)

    def _holds(self, number: str) -> bool:
        """Tell whether the check digits are sound; one that stops the check counts as a tax id."""
        try:
            return not self.check or _checker(self.check)(number)
        except (ArithmeticError, LookupError, ValueError, TypeError):
            return True


@cache
def _checker(name: str) -> Callable[[str], bool]:
    check: Callable[[str], bool] = import_module(f"stdnum.{name}").is_valid
    return check


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    text = files("analytics.ingest").joinpath("data", "tax_forms.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple((row["pattern"], row["check"]) for row in rows)


@cache
def _forms() -> tuple[_Form, ...]:
    around = r"(?<![0-9A-Za-z])(?<![0-9][-./]){}(?![0-9A-Za-z])(?![-./][0-9])"
    return tuple(_Form(re.compile(around.format(f"(?:{pattern})"), re.IGNORECASE), check) for pattern, check in _rows())


@cache
def _after_word() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![0-9A-Za-z])(?P<word>{_words()})(?![A-Za-z]{{1,6}}[0-9]){_BETWEEN}(?P<number>{_NUMBER})(?![0-9A-Za-z])",
        re.IGNORECASE,
    )


@cache
def _word_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9A-Za-z])(?:{_words()}){_BETWEEN}(?=\0)", re.IGNORECASE)


def _words() -> str:
    """List the words, the longest first; one of two letters begins many bill numbers, so that something follows it."""
    ranked = sorted(tax_text_words(), key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word) + (r"[\s.:#]" if len(word) <= _TWO_LETTERS and word.isascii() else "") for word in ranked
    )


@cache
def anywhere() -> str:
    """Return one pattern for a vectorised first look: what it does not find holds no tax id."""
    forms = "|".join(pattern for pattern, _ in _rows())
    words = _words().replace(r"\ ", " ")
    return rf"(?i)(?:^|[^0-9A-Za-z])(?:{forms})(?:[^0-9A-Za-z]|$)|(?:^|[^0-9A-Za-z])(?:{words})"


def replaced(text: str, mask: Callable[[str], str]) -> str:
    """Return a text with every tax id in it replaced, the word before it included.

    Parameters
    ----------
    text : str
        Free text.
    mask : callable
        Given a tax id as written, returns what stands in its place.
    """
    found_ids: list[str] = []

    def kept(number: str) -> str:
        found_ids.append(mask(number))
        return f"\0{len(found_ids) - 1}\0"

    for form in _forms():
        text = form.sub(kept, text)
    text = _after_word().sub(lambda found: kept(found["number"]) if _is_number(found) else found[0], text)
    if not found_ids:
        return text
    text = _word_before().sub("", text)
    return _PLACE.sub(lambda place: found_ids[int(place[1])] if int(place[1]) < len(found_ids) else place[0], text)


def _is_number(found: re.Match[str]) -> bool:
    """Tell whether what follows a word is long enough for a tax id; after a short word (``TIN 500``) it is longer."""
    number = found["number"]
    letters = [letter for letter in number if letter.isalnum()]
    digits = sum(letter.isdigit() for letter in letters)
    is_short = found["word"].isascii() and len(found["word"]) <= _SHORT_WORD
    fewest = _FEWEST_AFTER_SHORT_WORD if is_short else _FEWEST_DIGITS
    is_mixed = digits < len(letters) >= _FEWEST_OF_BOTH and digits >= _SHORT_WORD
    return (fewest <= digits <= _MOST_DIGITS or is_mixed) and not _AMOUNT.fullmatch(number)
