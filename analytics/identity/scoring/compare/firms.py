"""Comparisons of names of firms, and of names that may be those of firms."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.records.arrays import Mask
from analytics.identity.scoring.compare.name_words import own_words
from analytics.identity.scoring.comparison import Comparison, Levels, graded
from analytics.identity.scoring.pairs import Pairs

__all__ = ["FIRM_COMPARISONS", "FIRM_OR_PERSON", "firm_name", "firm_or_person", "own_words_of"]

CLOSE, LIKE = 0.94, 0.88
"""Jaro-Winkler similarities from which two names are close, and alike."""
WORDS_CLOSE, WORDS_LIKE = 92, 80
"""Token set ratios from which the words of two names are nearly the same, and alike."""
_EACH_ITS_OWN = 3
_IF_FIRMS = np.array([0, 1, 1, 2, 1, 2, 2, 2, 4, _EACH_ITS_OWN], dtype=np.uint8)
"""Level of two names that may be those of firms, by their level as firms."""


def firm_name(pairs: Pairs) -> Levels:
    """Names of firms, without legal form, abbreviations written out, in any order of words."""
    return _as_firms(pairs, pairs.is_firm)


def firm_or_person(pairs: Pairs) -> Levels:
    """Names that may be those of firms, held against each other as such; nothing is weighed, but caution is due.

    Beside a name that is known for a person's only words of their own count: a person and a firm are never one.
    """
    level = _IF_FIRMS.take(_as_firms(pairs, pairs.may_be_firms))
    return np.where(pairs.may_both_be_firms | (level == _EACH_ITS_OWN), level, np.uint8(0))


def _as_firms(pairs: Pairs, where: Mask) -> Levels:
    """Level of the names of the chosen pairs as those of firms."""
    both = where & pairs.both("name")
    level = both.astype(np.uint8)  # the same
    rows = np.flatnonzero(both & ~pairs.same("name"))
    level[rows] = _unlike_as_firms(pairs.some(rows))
    return level


def _unlike_as_firms(pairs: Pairs) -> Levels:
    """Level of two names that are not the same."""
    rare = pairs.same("rare_word") | pairs.same("second_word")
    crossed = pairs.same("rare_word", "second_word") | pairs.same("second_word", "rare_word")
    near = pairs.worth_measuring("name") | rare | crossed | pairs.is_crossed
    close = pairs.closeness("name", near)
    words = pairs.shared_words("name", near)
    alike = (words >= WORDS_LIKE) | (close >= LIKE)
    return graded(
        (2, pairs.same("name", "other_name") | pairs.same("other_name", "name")),
        (4, pairs.same("name~") | _are_turned_round(pairs, words >= 100)),
        (9, own_words_of(pairs, "name", alike) > 0),
        (3, words >= 100),
        (4, close >= CLOSE),
        (5, words >= WORDS_CLOSE),
        (6, close >= LIKE),
        (7, words >= WORDS_LIKE),
        (8, np.ones(len(pairs), dtype=bool)),
    )


def _are_turned_round(pairs: Pairs, where: Mask) -> Mask:
    """Whether names of the chosen pairs have the same words, each as often, in another order."""
    turned = np.zeros(len(pairs), dtype=bool)
    rows = np.flatnonzero(where)
    if len(rows):
        sides = (
            pl.Series(texts, dtype=pl.String).str.split(" ").list.sort() for texts in pairs.texts("name", "name", rows)
        )
        one, other = (side.list.join(" ") for side in sides)
        turned[rows] = (one == other).to_numpy()
    return turned


def own_words_of(pairs: Pairs, column: str, where: Mask) -> NDArray[np.uint8]:
    """What `own_words` tells of the chosen pairs, 0 elsewhere."""
    own = np.zeros(len(pairs), dtype=np.uint8)
    rows = np.flatnonzero(where)
    if len(rows):
        own[rows] = own_words(*pairs.texts(column, column, rows))
    return own


_FIRM_LEVELS = (
    "cannot be compared",
    "the same",
    "the trade name of the other",
    "the words of one are among the other's",
    "close spelling",
    "nearly the same words",
    "similar spelling",
    "similar words",
    "different",
    "like words, and each has one of its own",
)
FIRM_COMPARISONS = (
    Comparison(
        "firm_name",
        _FIRM_LEVELS,
        firm_name,
        ("name",),
        weighed_with=("house", "street", "place", "phone", "email", "namesakes"),
    ),
)

FIRM_OR_PERSON = Comparison(
    "firm_or_person",
    ("cannot be compared", "alike", "alike in some words", "each has a word of its own", "different"),
    firm_or_person,
    ("name",),
)
