"""Which headings, and which keys of nested JSON, are over tax ids: the words are in ``data/tax_words.csv``.

Passports, identity cards and social security numbers count as tax ids too. A heading that only speaks about the number
(``VAT amount``, ``Tax ID type``) is none; a word that has other meanings (``PAN``, ``CIF``, ``VAT``) makes one only
beside the number's own words or the party that bears it, and is unsure where it stands alone.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files

from analytics.ingest.words.wordlists import plain

__all__ = ["may_name_tax_ids", "mentions_tax_ids", "names_tax_ids", "tax_text_words"]

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_A-Za-z]+|\d+")
_STEP = re.compile(r"[./](?=\w)")
"""Between the steps of a path into nested JSON: what is above the last step says nothing against it."""
_ABBREVIATED = re.compile(r"\b((?:[A-Za-z]\.){2,})")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("analytics.ingest").joinpath("data", "tax_words.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _words(how: str) -> frozenset[str]:
    return frozenset(plain(_unaccented(row["word"])) for row in _rows() if row["how"] == how)


def _sure_words() -> frozenset[str]:
    return _words("word") | _words("heading")


@cache
def _part() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_words("part"), key=len, reverse=True))))


def names_tax_ids(heading: str) -> bool:
    """Tell whether a heading is over tax ids, of whomever.

    Parameters
    ----------
    heading : str
        As written, in any language of the word list.
    """
    words = _words_of(heading)
    if _words_of(_STEP.split(heading)[-1]) & _words("other"):
        return False
    whole = plain(_unaccented(heading))
    sure = bool(words & _sure_words()) or whole in _sure_words() or _part().search(whole) is not None
    return sure or (bool(words & _words("unsure")) and len(words) > 1 and _is_about_the_number(words))


def may_name_tax_ids(heading: str) -> bool:
    """Tell whether a heading is a word that stands for a tax id among other things, and nothing says which."""
    words = _words_of(heading)
    return len(words) == 1 and bool(words & _words("unsure"))


def mentions_tax_ids(line: str) -> bool:
    """Tell whether a damaged line holds a key or heading of tax ids anywhere, so that a number in it may be one."""
    return bool(_words_of(line) & _words("word")) or _part().search(plain(_unaccented(line))) is not None


def _is_about_the_number(words: frozenset[str]) -> bool:
    return words <= _words("unsure") | _words("party") | _words("number")


@cache
def _unaccented(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare)


def _words_of(heading: str) -> frozenset[str]:
    text = _ABBREVIATED.sub(lambda found: found[1].replace(".", "") + " ", _unaccented(heading))
    return frozenset(plain(word) for word in _WORD.findall(text))


@cache
def tax_text_words() -> frozenset[str]:
    """Return the words that, before a long number in free text, say that it is a tax id."""
    return frozenset(row["word"] for row in _rows() if row["how"] in {"word", "text", "unsure"})
