"""What no score may do. A wrong merge accuses somebody, so more is asked for than a high score.

*Something beside the name.* Equal names alone make namesakes, however rare the name is: a pair in two places, whose
address, contacts and numbers do not agree anywhere, stays below one half. Others may still bring the two together: one
that shares the address of the first and the telephone of the second.

*Nobody else under the account.* Who orders for others gives one account number for all: an account under which other
persons are named joins nobody.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.identity.comparisons import Levels
from analytics.identity.pairs import Mask
from analytics.identity.recipe import COMPARISONS

__all__ = ["clearly_others", "held_back", "is_corroborated"]

POSSIBLE = 0.45
"""Highest probability of a pair that only its names speak for."""

Found = dict[str, Levels]

_WORDS = {comparison.name: comparison.levels for comparison in COMPARISONS}


def _levels(comparison: str, *words: str) -> list[int]:
    """Numbers of the levels that these words stand for."""
    return [_WORDS[comparison].index(word) for word in words]


_OTHER_GIVEN = _levels("given_name", "different", "alike, but names of their own")
_OTHER_SURNAME = _levels("surname", "different")
_OTHER_FIRM = _levels("firm_name", "different")
_OTHER_GENERATION = _levels("generation", "different")
_SAME_TAX = _levels("tax_number", "the same")
_ANY_TAX = _levels("tax_number", "the same", "one typing error apart")
_SAME_ACCOUNT = _levels("account", "the same", "the same, issuer unknown")
_HOUSE = _levels("house", "the same", "one digit apart", "same box")
_BOX = _levels("house", "same box")
_STREET = [level for level, word in enumerate(_WORDS["street"]) if level and word not in {"different", "only one has one"}]
_PLACE = _levels(
    "place", "same postal code", "same postal code, different city", "same city, postal code one digit apart", "same city"
)
_SHARED = tuple(word for word in _WORDS["phone"] if word.startswith(("the same", "nearly")))
_PHONE, _EMAIL = _levels("phone", *_SHARED), _levels("email", *_SHARED)
_EXTRA = {"date": (1, 2), "id": (1, 2, 3), "text": (1, 2)}


def is_corroborated(found: Found, extra: dict[str, str]) -> Mask:
    """Whether anything agrees beside the names.

    Parameters
    ----------
    found : dict
        Level of every comparison for every pair.
    extra : dict
        Further columns by kind.

    Returns
    -------
    ndarray of bool
    """
    address = np.isin(found["house"], _HOUSE) & np.isin(found["street"], _STREET) | np.isin(found["house"], _BOX)
    contact = np.isin(found["phone"], _PHONE) | np.isin(found["email"], _EMAIL)
    number = np.isin(found["tax_number"], _ANY_TAX) | np.isin(found["account"], _SAME_ACCOUNT)
    mask: Mask = address | contact | number | np.isin(found["place"], _PLACE)
    for name, kind in extra.items():
        mask = mask | np.isin(found[name], _EXTRA[kind])
    return mask


def held_back(probability: NDArray[np.float64], found: Found, extra: dict[str, str]) -> NDArray[np.float64]:
    """Cap the probabilities of pairs for which only their names speak."""
    return np.where(is_corroborated(found, extra), probability, np.minimum(probability, POSSIBLE))


def clearly_others(found: Found) -> Mask:
    """Whether the names are those of two persons or firms: neither part agrees, or the generation tells them apart."""
    persons = np.isin(found["given_name"], _OTHER_GIVEN) & np.isin(found["surname"], _OTHER_SURNAME)
    apart = persons | np.isin(found["firm_name"], _OTHER_FIRM) | np.isin(found["generation"], _OTHER_GENERATION)
    mask: Mask = apart & ~np.isin(found["tax_number"], _SAME_TAX)
    return mask
