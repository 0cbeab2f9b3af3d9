"""What no score may do. A wrong merge accuses somebody, so more is asked for than a high score.

*Something beside the name.* Equal names at two addresses are a mover or two namesakes. A pair that only its names speak
for has to be all but certain: the names rare, the place the same. Otherwise it stays below one half.

*One person.* Another given name or surname at one address is a spouse or a flatmate, and the telephone is the
household's. They have to be all but certain too, unless something agrees that is one person's own. Where both given
names are known for names of their own (Kyle, Kylie), the middle names or initials contradict, or the surname is another
one and no telephone is shared, the two stay below one half; so they do where a given name is but an initial or similar,
a telephone or mailbox contradicts and none agrees. Who of two of the household is meant by an initial or a slip is
settled by looking at the three together (`analytics.identity.grouping.rivals`). Others may still
bring the two together: one that shares the address of the first and the telephone of the second. A junior beside one
without such an addition is a son or a slip, and no score tells which: the two stay below one half. Senior and junior
stay apart in whatever group, and so do man and woman where a middle name tells them.

*One place of business.* Sites of one organisation have names that share some words, and one switchboard. Names that
differ by whole words at two addresses stay below one half, unless more than the telephone agrees. Two firms each of
which has a word of its own (Import, Export) stay apart in one house too. The telephone of a crowd brings nobody of two
houses together.

*A firm or a person.* A name that no sign and no known name tells apart is read as both, and the more cautious reading
counts. It is weighed as a person's. Where two such names would be those of two firms (a word of its own each, other
words at two addresses, another second word behind one switchboard) they stay below one half, and a name turned round or
shortened is no identifier. A person and a firm are never one: beside a name that is known for a person's only words of
their own count.

*Two signs.* A match is proven (`analytics.identity.scoring.caps`) where two identifiers agree that do not
follow from one another: the name, a mailbox, a tax number, an account, or else one of these beside the address or the
telephone, which belong to a household. Whatever its score, a match with less stays below that.

*Nobody else under the account.* Who orders for others gives one account number for all, and so does the shipper whose
number stands on every shipment: an account under which other persons live elsewhere joins nobody, and two of them that
share nothing else stay below one half.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analytics.identity.records.arrays import Mask
from analytics.identity.scoring.comparison import Levels
from analytics.identity.scoring.rule_levels import (
    ANOTHERS_EMAIL,
    ANY_TAX,
    BOX,
    CROWD,
    EMAIL,
    EXTRA,
    FAINTLY_NAMED,
    FAR,
    HOUSE,
    IF_OTHER_FIRM,
    IF_OTHER_WORDS,
    IF_OWN_WORDS,
    NAMED_ALIKE,
    NEAR_HOUSE,
    NEAR_STREET,
    NEARNESS,
    ONE_FIRM,
    ONE_GENERATION,
    ONE_GIVEN,
    OTHER_EMAIL,
    OTHER_FIRM,
    OTHER_GENERATION,
    OTHER_GIVEN,
    OTHER_HOUSE,
    OTHER_MIDDLE,
    OTHER_PHONE,
    OTHER_SEX,
    OTHER_STREET,
    OTHER_SURNAME,
    OTHER_UNIT,
    OTHER_WORDS,
    OWN_WORDS,
    PHONE,
    SAME_ACCOUNT,
    SAME_TAX,
    STREET,
    SURNAMED_ALIKE,
    TWO_GIVEN,
    TWO_MIDDLE,
    UNKNOWN_HOUSE,
    WORDS,
    is_among,
)

__all__ = [
    "EVIDENCE",
    "agreement",
    "at_two_addresses",
    "clearly_others",
    "evidence",
    "in_doubt",
    "other_generations",
    "reasons",
    "two_of_a_household",
    "undecided",
]

EVIDENCE = (
    "fewer than two identifiers agree",
    "a mailbox, a number or a further column",
    "the name and the address",
    "the name and an address a digit or a spelling apart",
    "the name and a telephone, at two addresses",
    "the name and a telephone, an address unknown",
)
"""What a match rests on, the strongest that agrees; the place in this list is its kind."""

Found = dict[str, Levels]


def in_doubt(found: Found, extra: Mapping[str, str]) -> Mask:
    """Whether more is asked of a pair than of others.

    Parameters
    ----------
    found : mapping
        What the comparisons found.
    extra : mapping of str to str
        Kind of each further column.

    Returns
    -------
    ndarray of bool
        Pairs that look like two of one household and share nothing that is one person's own, and pairs at two
        addresses for which nothing but the names speaks.
    """
    own = _owned_alike(found, extra)
    contact = own | is_among(found["phone"], PHONE)
    address = _share_a_house(found)
    elsewhere = ~is_among(found["house"], UNKNOWN_HOUSE) & ~address
    other_given = is_among(found["given_name"], OTHER_GIVEN)
    together = address | is_among(found["phone"], PHONE)
    other_part = other_given | is_among(found["surname"], OTHER_SURNAME) | is_among(found["middle_name"], OTHER_MIDDLE)
    mask: Mask = together & other_part & ~own | elsewhere & ~contact
    return mask


def undecided(found: Found, extra: Mapping[str, str]) -> Mask:
    """Whether no score can tell two: a junior and one without generation, two sites of firms, strangers on one account.

    Two sites: two addresses, names that differ by whole words, and nothing in common but a telephone.
    """
    mask: Mask = np.logical_or.reduce(list(_bars(found, extra).values()))
    return mask


def _bars(found: Found, extra: Mapping[str, str]) -> dict[str, Mask]:
    """Return why no score can tell two, in words, and the pairs that it holds for."""
    other_words = is_among(found["firm_name"], OTHER_WORDS) | is_among(found["firm_or_person"], IF_OTHER_WORDS)
    no_mailbox = ~is_among(found["email"], EMAIL)
    names = {
        "the names are those of two people of one household": _two_people(found),
        "the given names are only similar, and the contacts contradict": _faintly_alike(found),
        "each firm has a word of its own in its name": is_among(found["firm_name"], OWN_WORDS) & no_mailbox,
        "the names may be those of firms, and each has a word of its own": (
            is_among(found["firm_or_person"], IF_OWN_WORDS) & no_mailbox
        ),
        "the names differ by whole words and the addresses are two": (
            other_words & is_among(found["house"], OTHER_HOUSE) & no_mailbox
        ),
        "a junior, a senior or a numbered name beside one without": is_among(found["generation"], ONE_GENERATION),
        "the telephone is that of a crowd and the houses are two": _share_a_crowds_phone(found),
    }
    own = _owned_alike(found, extra)
    account = {"only the account agrees, and others stand under it": _share_an_account_only(found, extra)}
    return {why: holds & ~own for why, holds in names.items()} | account


def _two_people(found: Found) -> Mask:
    """Whether names are those of two of one household: two given names, other middle names, or another surname.

    A surname of one's own beside an equal given name counts only where no telephone is shared, or where the names may
    be those of firms.
    """
    other_surname = is_among(found["given_name"], ONE_GIVEN) & is_among(found["surname"], OTHER_SURNAME)
    mask: Mask = (
        is_among(found["given_name"], TWO_GIVEN)
        | is_among(found["middle_name"], TWO_MIDDLE)
        | other_surname & (~is_among(found["phone"], PHONE) | is_among(found["firm_or_person"], IF_OTHER_FIRM))
    )
    return mask


def _faintly_alike(found: Found) -> Mask:
    """Whether given names have an initial or a sound in common, a telephone or mailbox contradicts, and none agrees."""
    against = is_among(found["phone"], OTHER_PHONE) | is_among(found["email"], OTHER_EMAIL)
    mask: Mask = is_among(found["given_name"], FAINTLY_NAMED) & against & ~is_among(found["phone"], PHONE)
    return mask


def _share_a_crowds_phone(found: Found) -> Mask:
    """Whether two live in two houses and the telephone they share is that of a forwarder or a shop."""
    crowd = is_among(found["phone"], CROWD) & is_among(found["house"], OTHER_HOUSE)
    mask: Mask = crowd & ~is_among(found["email"], EMAIL)
    return mask


def _share_an_account_only(found: Found, extra: Mapping[str, str]) -> Mask:
    """Whether two have other names and other addresses, and in common nothing but the account."""
    contact = is_among(found["phone"], PHONE) | _more_than_account_alike(found, extra)
    mask: Mask = clearly_others(found) & at_two_addresses(found) & is_among(found["account"], SAME_ACCOUNT) & ~contact
    return mask


def reasons(found: Found, extra: Mapping[str, str]) -> dict[str, Mask]:
    """Say which rules hold a pair back: the sentence of each rule, and the pairs it holds for.

    Parameters
    ----------
    found : mapping
        What the comparisons found.
    extra : mapping of str to str
        Kind of each further column.
    """
    doubt = "two of one household, or one name at two addresses, and nothing agrees that is one person's own"
    return {
        **_bars(found, extra),
        doubt: in_doubt(found, extra),
        "fewer than two identifiers agree": evidence(found, extra) == 0,
    }


def at_two_addresses(found: Found) -> Mask:
    """Whether the addresses are two: another house, another street, or another place."""
    mask: Mask = (
        is_among(found["house"], OTHER_HOUSE) | is_among(found["street"], OTHER_STREET) | is_among(found["place"], FAR)
    )
    return mask


def evidence(found: Found, extra: Mapping[str, str]) -> Levels:
    """Tell what a match would rest on.

    Parameters
    ----------
    found : mapping
        What the comparisons found.
    extra : mapping of str to str
        Kind of each further column.

    Returns
    -------
    ndarray of uint8
        Place in `EVIDENCE`; 0 where fewer than two identifiers agree, or none of them is a party's own. Name, mailbox,
        tax number, account and further columns are; address and telephone are those of a household or a house, and two
        of these alone are not enough.
    """
    person = is_among(found["given_name"], NAMED_ALIKE) & is_among(found["surname"], SURNAMED_ALIKE)
    person &= ~is_among(found["firm_or_person"], IF_OTHER_WORDS)
    numbers = [
        is_among(found["email"], EMAIL),
        is_among(found["tax_number"], SAME_TAX),
        is_among(found["account"], SAME_ACCOUNT),
        *(is_among(found[name], EXTRA[kind]) for name, kind in extra.items()),
    ]
    of_ones_own = np.sum(numbers, axis=0)
    count_own = of_ones_own + (person | is_among(found["firm_name"], ONE_FIRM))
    address = _share_a_house(found) & ~is_among(found["unit"], OTHER_UNIT)
    count_of_the_house = address.astype(np.int64) + is_among(found["phone"], PHONE)
    has_two = (count_own > 0) & (count_own + count_of_the_house > 1)
    near = (is_among(found["house"], NEAR_HOUSE) | is_among(found["street"], NEAR_STREET)) & ~is_among(
        found["house"], BOX
    )
    unknown = is_among(found["house"], UNKNOWN_HOUSE)
    kinds = [~has_two, of_ones_own > 0, address & ~near, address, ~unknown]
    return np.select(kinds, range(len(kinds)), len(kinds)).astype(np.uint8)


def two_of_a_household(found: Found, extra: Mapping[str, str]) -> Mask:
    """Whether two are two people of one household by their given names, and share nothing of their own."""
    together = _share_a_house(found) | is_among(found["phone"], PHONE)
    others = is_among(found["given_name"], OTHER_GIVEN) & is_among(found["surname"], SURNAMED_ALIKE)
    mask: Mask = others & together & ~_owned_alike(found, extra)
    return mask


def agreement(found: Found, extra: Mapping[str, str]) -> tuple[NDArray[np.int64], Mask, Mask]:
    """Say how much two agree in what tells people of one household apart.

    Parameters
    ----------
    found : mapping
        What the comparisons found.
    extra : mapping of str to str
        Kind of each further column.

    Returns
    -------
    score : ndarray
        A number of which only the order counts: the given name comes before the telephone, and that before whether
        contacts contradict.
    has_own : ndarray of bool
        Whether something agrees that is one person's own.
    has_contact : ndarray of bool
        Whether that or a telephone agrees.
    """
    words = WORDS["given_name"]
    nearness = np.array([NEARNESS.get(word, 0) for word in words])[found["given_name"]]
    own, phone = _owned_alike(found, extra), is_among(found["phone"], PHONE)
    against = is_among(found["phone"], OTHER_PHONE).astype(np.int64) + is_among(found["email"], OTHER_EMAIL)
    return ((own * 4 + nearness) * 2 + phone) * 3 + 2 - against, own, own | phone


def _share_a_house(found: Found) -> Mask:
    """Whether house and street agree, or the post box, in one place."""
    house = is_among(found["house"], HOUSE) & is_among(found["street"], STREET) | is_among(found["house"], BOX)
    mask: Mask = house & ~is_among(found["place"], FAR)
    return mask


def _owned_alike(found: Found, extra: Mapping[str, str]) -> Mask:
    """Whether something agrees that belongs to one person; a household has one telephone."""
    mask: Mask = _more_than_account_alike(found, extra) | is_among(found["account"], SAME_ACCOUNT)
    return mask


def _more_than_account_alike(found: Found, extra: Mapping[str, str]) -> Mask:
    mask: Mask = (is_among(found["email"], EMAIL) & ~is_among(found["email_owner"], ANOTHERS_EMAIL)) | is_among(
        found["tax_number"], ANY_TAX
    )
    for name, kind in extra.items():
        mask = mask | is_among(found[name], EXTRA[kind])
    return mask


def clearly_others(found: Found) -> Mask:
    """Whether the names are those of two persons or firms: neither part agrees, or the generation tells them apart."""
    persons = is_among(found["given_name"], OTHER_GIVEN) & is_among(found["surname"], OTHER_SURNAME)
    firms = is_among(found["firm_name"], OTHER_FIRM) | is_among(found["firm_or_person"], IF_OTHER_FIRM)
    apart = (persons | firms) & ~is_among(found["tax_number"], SAME_TAX)
    mask: Mask = apart | other_generations(found)
    return mask


def other_generations(found: Found) -> Mask:
    """Whether one is the senior and the other the junior, or man and woman, and no tax number says otherwise."""
    others = is_among(found["generation"], OTHER_GENERATION) | is_among(found["middle_name"], OTHER_SEX)
    mask: Mask = others & ~is_among(found["tax_number"], SAME_TAX)
    return mask
