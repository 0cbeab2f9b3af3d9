"""What no score may do. A wrong merge accuses somebody, so two things are asked for beside a high score.

*Something beside the name.* Equal names alone make namesakes, however rare the name is: a pair whose address, contacts
and numbers do not agree anywhere stays below one half. An address alone speaks for equal names only: another surname, or
a junior beside one without such an addition, asks for a contact or a number. Others may still bring the two together: one
that shares the address of the first and the telephone of the second.

*Nothing that says two persons.* A senior and a junior, given names that are clearly different, given names that each
stand in an e-mail address of their own: such pairs stay apart in whatever group, unless a tax number says otherwise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.identity.comparisons import Levels
from analytics.identity.pairs import Mask, Pairs
from analytics.identity.recipe import COMPARISONS

__all__ = ["clearly_others", "held_back", "is_corroborated"]

POSSIBLE = 0.45
"""Highest probability of a pair that only its names speak for."""

_WORDS = {comparison.name: comparison.levels for comparison in COMPARISONS}


def _levels(comparison: str, *words: str) -> list[int]:
    """Numbers of the levels that these words stand for."""
    return [_WORDS[comparison].index(word) for word in words]


_OTHER_GIVEN = _levels("given_name", "different", "alike, but names of their own")
_DOUBTED_GIVEN = _levels("given_name", "one typing error apart", "close spelling", "sound alike", "similar spelling")
_OTHER_SURNAME = _levels("surname", "different", "alike, but names of their own")
_OTHER_GENERATION = _levels("generation", "different")
_ONE_GENERATION = _levels("generation", "only one has one")
_SAME_TAX = _levels("tax_number", "the same")
_ANY_TAX = _levels("tax_number", "the same", "one typing error apart")
_SAME_ACCOUNT = _levels("account", "the same", "the same, issuer unknown")
_HOUSE = _levels("house", "the same", "one digit apart", "same box")
_STREET = [level for level, word in enumerate(_WORDS["street"]) if level and word not in {"different", "only one has one"}]
_BOX = _levels("house", "same box")
_ELSEWHERE = _levels("place", "same state", "different")
_OWN = ("the same, shared by hardly anybody", "the same, shared by several")
_SHARED = ("the same, shared by many", "the same, shared by a crowd")
_OWN_EMAIL = _levels("email", *_OWN)
_PHONE, _EMAIL = _levels("phone", *_OWN, *_SHARED), _levels("email", *_OWN, *_SHARED, "nearly the same")
_OTHER_EMAIL = _levels("email", "different", "nearly the same")
_EXTRA = {"date": (1, 2), "id": (1, 2, 3), "text": (1, 2)}

Found = dict[str, Levels]


def is_corroborated(found: Found, extra: dict[str, str]) -> Mask:
    """Whether anything agrees beside the names that makes them more than namesakes.

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
    another = np.isin(found["surname"], _OTHER_SURNAME) | np.isin(found["generation"], _ONE_GENERATION)
    address &= ~np.isin(found["place"], _ELSEWHERE) & ~another
    contact = np.isin(found["phone"], _PHONE) | np.isin(found["email"], _EMAIL)
    number = np.isin(found["tax_number"], _ANY_TAX) | np.isin(found["account"], _SAME_ACCOUNT)
    mask: Mask = address | contact | number
    for name, kind in extra.items():
        mask = mask | np.isin(found[name], _EXTRA[kind])
    return mask


def held_back(probability: NDArray[np.float64], found: Found, extra: dict[str, str]) -> NDArray[np.float64]:
    """Probabilities, at most `POSSIBLE` where only the names agree."""
    return np.where(is_corroborated(found, extra), probability, np.minimum(probability, POSSIBLE))


def clearly_others(pairs: Pairs, found: Found) -> Mask:
    """Whether the two are two persons, whatever else agrees.

    Parameters
    ----------
    pairs : Pairs
        The pairs.
    found : dict
        Level of every comparison for every pair.

    Returns
    -------
    ndarray of bool
    """
    given = found["given_name"]
    differs = np.isin(given, _OTHER_GIVEN) & ~np.isin(found["email"], _OWN_EMAIL)
    generations = np.isin(found["generation"], _OTHER_GENERATION)
    doubted = np.isin(given, _DOUBTED_GIVEN) & np.isin(found["email"], _OTHER_EMAIL)
    persons = differs | generations | _each_in_its_own_email(pairs, doubted)
    mask: Mask = persons & ~np.isin(found["tax_number"], _SAME_TAX)
    return mask


def _each_in_its_own_email(pairs: Pairs, where: Mask) -> Mask:
    """Whether each given name stands in its own e-mail address and not in the other's."""
    rows = np.flatnonzero(where)
    names = pairs.texts("given", "given", rows)
    emails = pairs.texts("email_local", "email_local", rows)
    mask = np.zeros(len(pairs), dtype=bool)
    mask[rows] = [
        one in its and other in theirs and one not in theirs and other not in its
        for one, other, its, theirs in zip(*names, *emails, strict=True)
    ]
    return mask
