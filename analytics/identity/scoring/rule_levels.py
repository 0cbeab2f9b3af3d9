"""Levels of comparisons by what they mean to `analytics.identity.scoring.rules`."""

from __future__ import annotations

from functools import cache

import numpy as np

from analytics.identity.records.arrays import Mask
from analytics.identity.scoring.comparison import Levels
from analytics.identity.scoring.recipe import COMPARISONS, NOT_WEIGHED

__all__ = [
    "ANOTHERS_EMAIL",
    "ANY_TAX",
    "BOX",
    "CROWD",
    "EMAIL",
    "EXTRA",
    "FAINTLY_NAMED",
    "FAR",
    "HOUSE",
    "IF_OTHER_FIRM",
    "IF_OTHER_WORDS",
    "IF_OWN_WORDS",
    "NAMED_ALIKE",
    "NEARNESS",
    "NEAR_HOUSE",
    "NEAR_STREET",
    "ONE_FIRM",
    "ONE_GENERATION",
    "ONE_GIVEN",
    "OTHER_EMAIL",
    "OTHER_FIRM",
    "OTHER_GENERATION",
    "OTHER_GIVEN",
    "OTHER_HOUSE",
    "OTHER_MIDDLE",
    "OTHER_PHONE",
    "OTHER_SEX",
    "OTHER_STREET",
    "OTHER_SURNAME",
    "OTHER_UNIT",
    "OTHER_WORDS",
    "OWN_WORDS",
    "PHONE",
    "SAME_ACCOUNT",
    "SAME_TAX",
    "STREET",
    "SURNAMED_ALIKE",
    "TWO_GIVEN",
    "TWO_MIDDLE",
    "UNKNOWN_HOUSE",
    "WORDS",
    "is_among",
]

_LEVELS = 256
"""Numbers that a level may have."""
WORDS = {comparison.name: comparison.levels for comparison in (*COMPARISONS, *NOT_WEIGHED)}


def _levels(comparison: str, *words: str) -> tuple[int, ...]:
    """Numbers of the levels that these words stand for."""
    return tuple(WORDS[comparison].index(word) for word in words)


def is_among(found: Levels, levels: tuple[int, ...]) -> Mask:
    """Whether what was found of each pair is one of some levels.

    Parameters
    ----------
    found : ndarray of uint8
        A level of each pair.
    levels : tuple of int
        Levels of that comparison.
    """
    mask: Mask = _marks(levels).take(found)
    return mask


@cache
def _marks(levels: tuple[int, ...]) -> Mask:
    """A mark for each number that a level may have."""
    return np.isin(np.arange(_LEVELS), levels)


OTHER_GIVEN = _levels("given_name", "different", "alike, but names of their own")
TWO_GIVEN = _levels("given_name", "alike, but names of their own")
ONE_GIVEN = _levels("given_name", "the same", "nickname or other spelling of the same", "one typing error apart")
FAINTLY_NAMED = _levels(
    "given_name",
    "initial of the other",
    "part of the other",
    "close spelling",
    "sound alike",
    "similar spelling",
)
OTHER_SURNAME = _levels("surname", "different", "alike, but names of their own")
TWO_MIDDLE = _levels("middle_name", "other initials", "two names written out")
OTHER_MIDDLE = _levels("middle_name", "different")
OTHER_WORDS = _levels(
    "firm_name",
    "the words of one are among the other's",
    "nearly the same words",
    "similar words",
    "different",
    "like words, and each has one of its own",
)
OWN_WORDS = _levels("firm_name", "like words, and each has one of its own")
OTHER_FIRM = _levels("firm_name", "different")
IF_OTHER_WORDS = _levels("firm_or_person", "alike in some words", "each has a word of its own", "different")
IF_OWN_WORDS = _levels("firm_or_person", "each has a word of its own")
IF_OTHER_FIRM = _levels("firm_or_person", "different")
OTHER_GENERATION = _levels("generation", "different")
OTHER_SEX = _levels("middle_name", "one that men bear and one that women bear")
NAMED_ALIKE = _levels(
    "given_name",
    "the same",
    "nickname or other spelling of the same",
    "initial of the other",
    "one typing error apart",
    "part of the other",
    "close spelling",
    "sound alike",
)
NEARNESS = {
    "the same": 3,
    "nickname or other spelling of the same": 2,
    "one typing error apart": 2,
    "initial of the other": 1,
}
"""How near two given names are; less where they are only similar."""
SURNAMED_ALIKE = _levels(
    "surname",
    "cannot be compared",
    "the same",
    "nickname or other spelling of the same",
    "one typing error apart",
    "part of the other",
    "close spelling",
    "sound alike",
)
ONE_FIRM = _levels("firm_name", "the same", "the trade name of the other", "close spelling")
OTHER_UNIT = _levels("unit", "different", "one sign apart")
ONE_GENERATION = _levels("generation", "only one has one")
SAME_TAX = _levels("tax_number", "the same")
ANY_TAX = _levels("tax_number", "the same", "one typing error apart")
SAME_ACCOUNT = _levels("account", "the same", "the same, issuer unknown")
OTHER_HOUSE = _levels("house", "different")
HOUSE = _levels("house", "the same", "one digit apart", "same box")
BOX = _levels("house", "same box")
NEAR_HOUSE = _levels("house", "one digit apart")
UNKNOWN_HOUSE = _levels("house", "cannot be compared", "only one has one")
STREET = tuple(
    level for level, word in enumerate(WORDS["street"]) if level and word not in {"different", "only one has one"}
)
NEAR_STREET = _levels("street", "one typing error apart", "close spelling", "similar spelling")
OTHER_STREET = _levels("street", "different")
FAR = _levels("place", "different")
SHARED = [word for word in WORDS["phone"] if word.startswith("the same, ")]
FEW_SHARE = [word for word in SHARED if not word.endswith(("many", "crowd"))]
CROWD = _levels("phone", *(word for word in SHARED if word.endswith("crowd")))
PHONE, EMAIL = _levels("phone", *FEW_SHARE), _levels("email", *FEW_SHARE)
OTHER_PHONE, OTHER_EMAIL = _levels("phone", "different"), _levels("email", "different")
ANOTHERS_EMAIL = _levels("email_owner", "it bears another given name")
EXTRA = {"date": (1, 2, 4), "id": (1, 2, 3), "text": (1, 2)}
