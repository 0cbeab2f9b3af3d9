"""Names of several words: whether each of two has a word of its own.

Words that stand in both are set aside, then those that are spellings of one another. Where a word is left on either
side, the names are those of two: Import and Export, the second and the third, Gas and Oil. A word that everybody knows
is no slip for another one that everybody knows (Dental, Rental); otherwise one slip of the finger is forgiven, and two
in a long word; in a word of three letters or two only if everybody knows one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler

from analytics.parties.words import word_set

__all__ = ["INITIAL", "OWN_WORDS", "own_words"]

INITIAL, OWN_WORDS = 1, 2
"""Answers of `own_words`: the words of their own are initials on one side at least; or they are written out."""

_ENDINGS = ("ings", "ing", "ions", "ion", "ers", "er", "ies", "als", "al", "es", "ed", "s", "e", "y")
_FORMS = {"": ("s", "ing", "ings", "ed", "er", "ers"), "e": ("ing", "ings", "ed", "er", "ers"), "y": ("ies", "ied")}
_HISSES = ("ses", "xes", "zes", "ches", "shes", "oes")
"""How regular forms of a word end, by what the word itself has instead; and ends of words that take an *es*."""
_SHORTEST_STEM, _BEGINNING = 4, 3
_ONE_SLIP, _TWO_SLIPS = 4, 8
"""Letters of words in which one slip is forgiven, and two."""
_SHORT_NUMBER = 2
"""Digits of a number that may be part of a name."""
_CLOSE = 0.92
"""Jaro-Winkler similarity of two spellings of one word."""
_ROMAN = frozenset(
    (
        "ii",
        "iii",
        "iv",
        "vi",
        "vii",
        "viii",
        "ix",
        "xi",
        "xii",
        "xiii",
        "xiv",
        "xv",
        "xvi",
        "xvii",
        "xviii",
        "xix",
        "xx",
    )
)


_NUMBERS = r"\d|\b[ivx]+\b"
"""What is in a word that tells apart though only one has it: a digit, or a number in Roman letters."""


def own_words(left: NDArray[np.object_], right: NDArray[np.object_]) -> NDArray[np.uint8]:
    """Tell for each pair of names whether both have words of their own.

    Parameters
    ----------
    left, right : ndarray of str
        Names as words with one blank between them, lower case.

    Returns
    -------
    ndarray of uint8
        0 where one name's words are all found in the other's, `INITIAL`, or `OWN_WORDS`. A number that only one has
        (the second, 23) is a word of its own.
    """
    words = pl.DataFrame({"left": left, "right": right}, schema={"left": pl.String, "right": pl.String}).select(
        pl.col("left", "right").str.split(" ")
    )
    rest = words.select(
        left=pl.col("left").list.set_difference("right").list.sort().list.join(" "),
        right=pl.col("right").list.set_difference("left").list.sort().list.join(" "),
    )
    asked = rest.filter(~pl.any_horizontal(pl.all() == "") | pl.any_horizontal(pl.all().str.contains(_NUMBERS)))
    pairs = asked.unique()
    own = [_own(*pair) for pair in zip(*(pairs[side].to_list() for side in ("left", "right")), strict=True)]
    told = pairs.with_columns(own=pl.Series(own, dtype=pl.UInt8))
    return rest.join(told, on=["left", "right"], how="left", maintain_order="left")["own"].fill_null(0).to_numpy()


@lru_cache(maxsize=1 << 17)
def _own(left: str, right: str) -> int:
    """Answer of one pair, from the words that are not in both."""
    one, other = _without_alike(left.split(), right.split())
    if not one or not other:
        rest = one or other
        return OWN_WORDS if rest and all(_tells_apart(word) for word in rest) else 0
    if _are_one_text(one, other):
        return 0
    return INITIAL if _are_initials(one) or _are_initials(other) else OWN_WORDS


def _are_initials(words: Iterable[str]) -> bool:
    return all(len(word) == 1 and word.isalpha() for word in words)


def _without_alike(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Set aside the words that are spellings of one another."""
    others = list(right)
    kept = []
    for word in left:
        match = next((other for other in others if _are_alike(word, other)), None)
        if match is None:
            kept.append(word)
        else:
            others.remove(match)
    return kept, others


def _are_one_text(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether the words are the same text with blanks elsewhere, or one side spells the other's initials."""
    one, other = sorted(left), sorted(right)
    if "".join(sorted("".join(one))) == "".join(sorted("".join(other))):
        return True
    return _spells(one, other) or _spells(other, one)


def _spells(short: list[str], long: list[str]) -> bool:
    return len(short) == 1 and len(long) > 1 and sorted(short[0]) == sorted(word[0] for word in long)


@lru_cache(maxsize=1 << 16)
def _are_alike(one: str, other: str) -> bool:
    """Whether two words are spellings of one."""
    if _is_number(one) or _is_number(other):
        return False
    shorter = min(len(one), len(other))
    if shorter == 1:
        return one[0] == other[0]
    if _stem(one) == _stem(other) or _is_with_particle(one, other) or _is_with_particle(other, one):
        return True
    if one in _known() and other in _known():
        return False
    if _is_known(one) and _is_known(other):
        return _once(one) == _once(other)
    starts = shorter >= _BEGINNING and (one.startswith(other) or other.startswith(one) or _shortens(one, other))
    slips = OSA.distance(one, other)
    forgiven = 2 if shorter >= _TWO_SLIPS else 1 if shorter >= _ONE_SLIP or _is_short_word(one, other) else 0
    return starts or slips <= forgiven or (shorter > _ONE_SLIP and JaroWinkler.similarity(one, other) >= _CLOSE)


def _is_short_word(one: str, other: str) -> bool:
    """Whether everybody knows one of two short words: Prt is a slip for Pet, but XBD is none for XBC."""
    return (one in _known()) != (other in _known())


@lru_cache(maxsize=1 << 16)
def _is_known(word: str) -> bool:
    """Whether everybody knows a word, by itself or as its form (proofing, baker); properies is no form of proper."""
    return word in _known() or any(stem in _known() for stem in _without_ending(word))


def _without_ending(word: str) -> Iterator[str]:
    """What a word may be a regular form of."""
    for instead, endings in _FORMS.items():
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST_STEM:
                yield word.removesuffix(ending) + instead
    if word.endswith(_HISSES) and len(word) > _SHORTEST_STEM:
        yield word.removesuffix("es")


def _once(word: str) -> str:
    """A word with doubled letters written once (shiping, shipping)."""
    return "".join(letter for letter, before in zip(word, f" {word}", strict=False) if letter != before)


def _is_with_particle(whole: str, word: str) -> bool:
    """Whether one word is the other one behind a particle (dossantos, santos)."""
    return whole.endswith(word) and whole.removesuffix(word) in word_set("particles")


def _shortens(one: str, other: str) -> bool:
    """Whether the shorter word is the longer one without some letters (srvces, services), first and last the same."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return short[0] == long[0] and short[-1] == long[-1] and all(letter in letters for letter in short)


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _tells_apart(word: str) -> bool:
    """Whether a number tells firms apart (the second, 23); longer ones number shops of one firm."""
    return (_is_number(word) and len(word) <= _SHORT_NUMBER) or word in _ROMAN


def _is_number(word: str) -> bool:
    return word.isdigit() or word in _ROMAN


@cache
def _known() -> frozenset[str]:
    """Words that everybody knows."""
    return word_set("common_words") | word_set("business_words")
