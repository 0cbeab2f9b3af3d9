"""What no score may do. A wrong merge accuses somebody, so more is asked for than a high score.

*Something beside the name.* Equal names at two addresses are a mover or two namesakes. The file itself tells which is
the rule: where such pairs both have a telephone, an e-mail address or a tax number, how often do those agree? Names as
rare as that are worth as much, and no more; where the file does not tell, a pair that only its names speak for stays
below one half.

*One person.* Another given name at one address is a spouse, and the telephone is the household's; a junior beside one
without such an addition is a son. They stay below one half unless something agrees that is one person's own. Others may
still bring the two together: one that shares the address of the first and the telephone of the second. A senior and a
junior stay apart in whatever group.

*Nobody else under the account.* Who orders for others gives one account number for all: an account under which other
persons are named joins nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from analytics.identity.comparisons import Levels
from analytics.identity.pairs import Mask
from analytics.identity.recipe import COMPARISONS

__all__ = ["Doubts", "clearly_others", "held_back", "other_generations"]

POSSIBLE = 0.45
"""Highest probability of a pair that needs more than it has."""
TELLING, MOVERS = 30, 0.9
"""Pairs from which a file tells what a name is worth, and the share of movers among them that makes it enough."""

Found = dict[str, Levels]

_WORDS = {comparison.name: comparison.levels for comparison in COMPARISONS}


def _levels(comparison: str, *words: str) -> list[int]:
    """Numbers of the levels that these words stand for."""
    return [_WORDS[comparison].index(word) for word in words]


_OTHER_GIVEN = _levels("given_name", "different", "alike, but names of their own")
_OTHER_SURNAME = _levels("surname", "different")
_OTHER_FIRM = _levels("firm_name", "different")
_EQUAL = [1]
_OTHER_GENERATION = _levels("generation", "different")
_ONE_GENERATION = _levels("generation", "only one has one")
_SAME_TAX = _levels("tax_number", "the same")
_ANY_TAX = _levels("tax_number", "the same", "one typing error apart")
_SAME_ACCOUNT = _levels("account", "the same", "the same, issuer unknown")
_HOUSE = _levels("house", "the same", "one digit apart", "same box")
_BOX = _levels("house", "same box")
_UNKNOWN_HOUSE = _levels("house", "cannot be compared", "only one has one")
_STREET = [
    level for level, word in enumerate(_WORDS["street"]) if level and word not in {"different", "only one has one"}
]
_PLACE = _levels(
    "place",
    "same postal code",
    "same postal code, different city",
    "same city, postal code one digit apart",
    "same city",
)
_FAR = _levels("place", "different")
_SHARED = [word for word in _WORDS["phone"] if word.startswith("the same, ")]
_PHONE, _EMAIL = _levels("phone", *_SHARED), _levels("email", *_SHARED, "nearly the same")
_BOTH_PHONES, _BOTH_EMAILS = (
    [*_PHONE, *_levels("phone", "nearly the same", "different")],
    [*_EMAIL, *_levels("email", "different")],
)
_ANOTHERS_EMAIL = _levels("email_owner", "it bears another given name")
_BOTH_TAX = _levels("tax_number", "the same", "one typing error apart", "different")
_EXTRA = {"date": (1, 2), "id": (1, 2, 3), "text": (1, 2)}


@dataclass(frozen=True)
class Doubts:
    """What the names of each pair need beside them.

    Attributes
    ----------
    is_household : ndarray of bool
        Looks like two of one household, and nothing agrees that is one person's own.
    is_name_only : ndarray of bool
        Nothing but the names speaks for the pair, and it lives at two addresses.
    is_local : ndarray of bool
        Both are in one town.
    told : ndarray of int8
        Of equal names at two addresses: 1 where another number agrees, 0 where it does not, -1 where nothing tells.
    rarity : ndarray of uint8
        How rare the names are in the area.
    """

    is_household: Mask
    is_name_only: Mask
    is_local: Mask
    told: NDArray[np.int8]
    rarity: Levels

    @classmethod
    def of(cls, found: Found, extra: Mapping[str, str]) -> Self:
        """Read the doubts from what was found."""
        own = _owned_alike(found, extra)
        contact = own | np.isin(found["phone"], _PHONE)
        address = np.isin(found["house"], _HOUSE) & np.isin(found["street"], _STREET) | np.isin(found["house"], _BOX)
        address &= ~np.isin(found["place"], _FAR)
        elsewhere = ~np.isin(found["house"], _UNKNOWN_HOUSE) & ~address
        other_given = np.isin(found["given_name"], _OTHER_GIVEN)
        together = address | np.isin(found["phone"], _PHONE)
        household = together & other_given & ~own | np.isin(found["generation"], _ONE_GENERATION) & ~contact
        equal = np.isin(found["given_name"], _EQUAL) & np.isin(found["surname"], _EQUAL) | np.isin(
            found["firm_name"], _EQUAL
        )
        known = (
            np.isin(found["phone"], _BOTH_PHONES)
            | np.isin(found["email"], _BOTH_EMAILS)
            | np.isin(found["tax_number"], _BOTH_TAX)
        )
        local = np.isin(found["place"], _PLACE)
        told = np.where(equal & elsewhere & known & local, contact, -1).astype(np.int8)
        return cls(household, elsewhere & ~contact, local, told, found["local_namesakes"])

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Several batches as one."""
        return cls(*(np.concatenate([getattr(part, name.name) for part in parts]) for name in fields(cls)))


def held_back(probability: NDArray[np.float64], doubts: Doubts) -> NDArray[np.float64]:
    """Cap the probabilities of pairs that need more than they have.

    Parameters
    ----------
    probability : ndarray
        What the model says of each pair.
    doubts : Doubts
        Of the same pairs.

    Returns
    -------
    ndarray
        At most `POSSIBLE` for the pairs in doubt.
    """
    in_doubt = doubts.is_household | doubts.is_name_only & ~(doubts.is_local & _worth(doubts)[doubts.rarity])
    return np.where(in_doubt, np.minimum(probability, POSSIBLE), probability)


def _worth(doubts: Doubts) -> Mask:
    """For each rarity whether the file shows that equal names at two addresses are one person."""
    levels = len(_WORDS["local_namesakes"])
    telling = doubts.told >= 0
    known = np.bincount(doubts.rarity[telling], minlength=levels)
    agreed = np.bincount(doubts.rarity[telling], weights=doubts.told[telling], minlength=levels)
    mask: Mask = (known >= TELLING) & (agreed >= MOVERS * known)
    return mask


def _owned_alike(found: Found, extra: Mapping[str, str]) -> Mask:
    """Whether something agrees that belongs to one person; a household has one telephone."""
    mask: Mask = (
        (np.isin(found["email"], _EMAIL) & ~np.isin(found["email_owner"], _ANOTHERS_EMAIL))
        | np.isin(found["tax_number"], _ANY_TAX)
        | np.isin(found["account"], _SAME_ACCOUNT)
    )
    for name, kind in extra.items():
        mask = mask | np.isin(found[name], _EXTRA[kind])
    return mask


def clearly_others(found: Found) -> Mask:
    """Whether the names are those of two persons or firms: neither part agrees, or the generation tells them apart."""
    persons = np.isin(found["given_name"], _OTHER_GIVEN) & np.isin(found["surname"], _OTHER_SURNAME)
    apart = (persons | np.isin(found["firm_name"], _OTHER_FIRM)) & ~np.isin(found["tax_number"], _SAME_TAX)
    mask: Mask = apart | other_generations(found)
    return mask


def other_generations(found: Found) -> Mask:
    """Whether one is the senior and the other the junior, and no tax number says otherwise."""
    mask: Mask = np.isin(found["generation"], _OTHER_GENERATION) & ~np.isin(found["tax_number"], _SAME_TAX)
    return mask
