"""The comparisons: one function for each thing that is compared.

Each takes pairs and answers with a level for each pair. The first sentence of its docstring is what an investigator is
shown, the levels are the words for what was found. Level 0 is always "cannot be compared".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.identity.kinship import spelling_kin
from analytics.identity.pairs import Mask, Pairs
from analytics.identity.records import NOTHING

__all__ = ["COMPARISONS", "Comparison"]

Levels = NDArray[np.uint8]

CLOSE, LIKE = 0.94, 0.88
"""Jaro-Winkler similarities from which two spellings are close, and alike."""
WORDS_CLOSE, WORDS_LIKE = 92, 80
"""Token set ratios from which the words of two names are nearly the same, and alike."""


@dataclass(frozen=True)
class Comparison:
    """One thing that is compared.

    Attributes
    ----------
    name : str
        Short name, used in the model and in evidence.
    levels : tuple of str
        What can be found, in words; the first is "cannot be compared".
    compare : callable
        Pairs to one level each.
    """

    name: str
    levels: tuple[str, ...]
    compare: Callable[[Pairs], Levels]

    @property
    def description(self) -> str:
        """What is compared: the first line of the function's docstring."""
        return (self.compare.__doc__ or "").splitlines()[0]


def _grade(pairs: Pairs, *rungs: tuple[int, Mask]) -> Levels:
    """Level of the first rung that holds, 0 where none does."""
    return np.select([mask for _, mask in rungs], [level for level, _ in rungs], default=0).astype(np.uint8)


def _is_swapped(pairs: Pairs) -> Mask:
    """Given name and surname agree better crosswise than straight."""
    crossed = pairs.same("given", "surname").astype(np.int8) + pairs.same("surname", "given")
    straight = pairs.same("given").astype(np.int8) + pairs.same("surname")
    return crossed > straight


def given_name(pairs: Pairs) -> Levels:
    """Given names, also as nicknames, initials, other spellings, or written where the surname stands."""
    return _name_part(pairs, "given", "surname")


def surname(pairs: Pairs) -> Levels:
    """Surnames, also in other spellings, as one of two surnames, or written where the given name stands."""
    return _name_part(pairs, "surname", "given")


def _name_part(pairs: Pairs, part: str, other: str) -> Levels:
    swapped = _is_swapped(pairs)
    straight = _part_level(pairs, part, part, ~swapped & pairs.both(part))
    left, right = pairs.sides(part)[0], pairs.sides(other)[1]
    crossed = _part_level(pairs, part, other, swapped & (left != NOTHING) & (right != NOTHING))
    return np.where(swapped, crossed, straight).astype(np.uint8)


def _part_level(pairs: Pairs, column: str, other: str, where: Mask) -> Levels:
    same = where & pairs.same(column, other)
    unlike = where & ~same
    left, right = pairs.texts(column, other, np.flatnonzero(unlike))
    first_left, first_right = (np.fromiter((t[:1] for t in side), "U1", len(side)) for side in (left, right))
    lengths = (np.fromiter(map(len, side), np.int64, len(side)) for side in (left, right))
    shorter = np.minimum(*lengths)
    is_initial, starts = np.zeros(len(pairs), bool), np.zeros(len(pairs), bool)
    is_initial[unlike] = (shorter == 1) & (first_left == first_right)
    longer_starts = (a.startswith(b) or b.startswith(a) for a, b in zip(left, right, strict=True))
    starts[unlike] = (shorter >= 3) & np.fromiter(longer_starts, bool, len(left))
    kin = np.zeros(len(pairs), bool)
    kin[unlike] = spelling_kin(left, right)
    edits = pairs.edits(column, unlike & ~is_initial, other)
    close = pairs.closeness(column, unlike & ~is_initial, other)
    sound = unlike & pairs.same(f"{column}_sound", f"{other}_sound")
    double = unlike & (pairs.same(column, "middle") | pairs.same("middle", other))
    return _grade(
        pairs,
        (1, same),
        (2, kin),
        (3, is_initial),
        (4, edits <= 1),
        (5, double | starts),
        (6, close >= CLOSE),
        (7, sound),
        (8, close >= LIKE),
        (9, unlike),
    )


_PART_LEVELS = (
    "cannot be compared",
    "the same",
    "nickname or other spelling of the same",
    "initial of the other",
    "one typing error apart",
    "part of the other",
    "close spelling",
    "sound alike",
    "similar spelling",
    "different",
)


def name_order(pairs: Pairs) -> Levels:
    """Whether given name and surname stand in the same order."""
    compared = pairs.both("surname") & ~pairs.is_firm
    swapped = _is_swapped(pairs)
    return _grade(pairs, (2, compared & swapped), (1, compared))


def middle_name(pairs: Pairs) -> Levels:
    """Middle names or their initials."""
    both = pairs.both("middle") & ~pairs.is_firm
    rows = np.flatnonzero(both & ~pairs.same("middle"))
    left, right = pairs.texts("middle", "middle", rows)
    agree = np.zeros(len(pairs), bool)
    agree[rows] = np.fromiter((a[0] == b[0] for a, b in zip(left, right, strict=True)), bool, len(rows))
    return _grade(pairs, (1, pairs.same("middle") & both), (2, both & agree), (4, both), (3, pairs.one_only("middle")))


def generation(pairs: Pairs) -> Levels:
    """Junior and senior, second and third."""
    return _grade(
        pairs,
        (1, pairs.same("generation")),
        (3, pairs.both("generation")),
        (2, pairs.one_only("generation")),
    )


def firm_name(pairs: Pairs) -> Levels:
    """Names of firms, without legal form, abbreviations written out, in any order of words."""
    both = pairs.is_firm & pairs.both("name")
    same = both & pairs.same("name")
    unlike = both & ~same
    close = pairs.closeness("name", unlike)
    words = pairs.shared_words("name", unlike)
    trade = unlike & (pairs.same("name", "other_name") | pairs.same("other_name", "name"))
    return _grade(
        pairs,
        (1, same),
        (2, trade),
        (3, (words >= 100) & unlike),
        (4, close >= CLOSE),
        (5, words >= WORDS_CLOSE),
        (6, close >= LIKE),
        (7, words >= WORDS_LIKE),
        (8, both),
    )


def namesakes(pairs: Pairs) -> Levels:
    """How many parties of this file would bear such a name by chance."""
    records = pairs.records
    total = max(len(records), 1)
    person = records.count("given").astype(float) * records.count("surname") / total
    crowd = np.where(records.hash("firm") != NOTHING, records.count("name"), np.maximum(person, 1e-3))
    expected = np.maximum(crowd[pairs.left], crowd[pairs.right])
    return _grade(pairs, (0, ~pairs.both("name")), *_bins(expected, (0.02, 0.1, 0.5, 2, 8, 30, 120, 500)))


def _bins(values: NDArray[np.float64], edges: tuple[float, ...]) -> list[tuple[int, Mask]]:
    rungs = [(level, values <= edge) for level, edge in enumerate(edges, 1)]
    return [*rungs, (len(edges) + 1, np.ones(len(values), bool))]


def house(pairs: Pairs) -> Levels:
    """House numbers, or post boxes."""
    both = pairs.both("house")
    same = both & pairs.same("house")
    edits = pairs.edits("house", both & ~same)
    box = pairs.both("box")
    return _grade(
        pairs,
        (1, same),
        (2, edits <= 1),
        (4, box & pairs.same("box")),
        (5, box),
        (3, both),
        (6, pairs.one_only("house")),
    )


def street(pairs: Pairs) -> Levels:
    """Street names without type and direction."""
    both = pairs.both("street")
    same = both & pairs.same("street")
    unlike = both & ~same
    edits = pairs.edits("street", unlike)
    close = pairs.closeness("street", unlike)
    words = pairs.shared_words("street", unlike)
    other_type = pairs.both("street_type") & ~pairs.same("street_type")
    other_side = pairs.both("direction") & ~pairs.same("direction")
    return _grade(
        pairs,
        (2, same & other_side),
        (3, same & other_type),
        (1, same),
        (4, edits <= 1),
        (5, (close >= CLOSE) | (words >= 100)),
        (6, close >= LIKE),
        (7, both),
    )


def unit(pairs: Pairs) -> Levels:
    """Flats, suites, and the codes a forwarder gives its customers."""
    both = pairs.both("unit")
    return _grade(pairs, (1, pairs.same("unit")), (3, both), (2, pairs.one_only("unit")))


def place(pairs: Pairs) -> Levels:
    """Postal code, city and state."""
    postal, near = pairs.both("postal"), np.zeros(len(pairs), bool)
    same_postal = pairs.same("postal")
    unlike = postal & ~same_postal
    rows = np.flatnonzero(unlike)
    left, right = pairs.texts("postal", "postal", rows)
    near[rows] = np.fromiter((a[:3] == b[:3] for a, b in zip(left, right, strict=True)), bool, len(rows))
    typo = pairs.edits("postal", unlike) <= 1
    city = pairs.same("city") | (pairs.closeness("city", pairs.both("city") & ~pairs.same("city")) >= LIKE)
    other_state = pairs.both("state") & ~pairs.same("state")
    return _grade(
        pairs,
        (1, same_postal & ~other_state),
        (2, typo & city),
        (3, city & ~other_state),
        (4, typo),
        (5, near),
        (6, pairs.same("state")),
        (7, postal | pairs.both("city") | other_state),
    )


def neighbours(pairs: Pairs) -> Levels:
    """How many parties of this file share the address."""
    records = pairs.records
    crowd = records.count("address").astype(float)
    known = pairs.both("address")
    shared = np.maximum(crowd[pairs.left], crowd[pairs.right])
    return _grade(pairs, (0, ~known), *_bins(shared, (1, 2, 4, 8, 20, 100)))


def phone(pairs: Pairs) -> Levels:
    """Telephone numbers, and how many share them."""
    return _contact(pairs, "phone", pairs.edits("phone", pairs.both("phone") & ~pairs.same("phone")) <= 1)


def _contact(pairs: Pairs, column: str, near: Mask) -> Levels:
    both, same = pairs.both(column), pairs.same(column)
    crowd = pairs.records.count(column)[pairs.left]
    return _grade(
        pairs,
        (1, same & (crowd <= 3)),
        (2, same & (crowd <= 8)),
        (3, same & (crowd <= 30)),
        (4, same),
        (5, both & near),
        (6, both),
        (7, pairs.one_only(column)),
    )


def email(pairs: Pairs) -> Levels:
    """E-mail addresses, and how many share them."""
    both = pairs.both("email") & ~pairs.same("email")
    near = (pairs.edits("email", both) <= 1) | (both & pairs.same("email_local"))
    level = _contact(pairs, "email", near)
    own_domain = pairs.same("email_domain") & (pairs.records.count("email_domain")[pairs.left] <= 30)
    return np.where((level == 6) & own_domain, 8, level).astype(np.uint8)


def tax_number(pairs: Pairs) -> Levels:
    """Tax or customer numbers handed in as tax id."""
    both, same = pairs.both("tax"), pairs.same("tax")
    near = both & ~same & tax_is_near(pairs, both & ~same)
    return _grade(pairs, (1, same), (2, near), (3, both), (4, pairs.one_only("tax")))


def tax_is_near(pairs: Pairs, where: Mask) -> Mask:
    """Tax numbers of the chosen pairs are one typing error apart, told from the numbers or from their hashed deletions."""
    near = pairs.edits("tax", where) <= 1
    rows = np.flatnonzero(where & pairs.both("tax_deletions"))
    left, right = pairs.texts("tax_deletions", "tax_deletions", rows)
    shared = (bool(set(a[2:-2].split('", "')) & set(b[2:-2].split('", "'))) for a, b in zip(left, right, strict=True))
    near[rows] = np.fromiter(shared, bool, len(rows))
    return near


def account(pairs: Pairs) -> Levels:
    """Account numbers of one issuer."""
    issuer = pairs.same("issuer")
    unknown = ~pairs.both("issuer")
    both, same = pairs.both("account"), pairs.same("account")
    return _grade(pairs, (1, same & issuer), (2, same & unknown), (3, both & (issuer | unknown)))


_CONTACT_LEVELS = (
    "cannot be compared",
    "the same, shared by hardly anybody",
    "the same, shared by several",
    "the same, shared by many",
    "the same, shared by a crowd",
    "nearly the same",
    "different",
    "only one is known",
)

COMPARISONS = (
    Comparison("given_name", _PART_LEVELS, given_name),
    Comparison("surname", _PART_LEVELS, surname),
    Comparison("name_order", ("cannot be compared", "same order", "turned round"), name_order),
    Comparison(
        "middle_name", ("cannot be compared", "the same", "same initial", "only one has one", "different"), middle_name
    ),
    Comparison("generation", ("cannot be compared", "the same", "only one has one", "different"), generation),
    Comparison(
        "firm_name",
        (
            "cannot be compared",
            "the same",
            "the trade name of the other",
            "the words of one are among the other's",
            "close spelling",
            "nearly the same words",
            "similar spelling",
            "similar words",
            "different",
        ),
        firm_name,
    ),
    Comparison(
        "namesakes",
        (
            "cannot be compared",
            "unique",
            "very rare",
            "rare",
            "uncommon",
            "known",
            "common",
            "frequent",
            "very frequent",
            "everywhere",
        ),
        namesakes,
    ),
    Comparison(
        "house",
        (
            "cannot be compared",
            "the same",
            "one digit apart",
            "different",
            "same box",
            "different box",
            "only one has one",
        ),
        house,
    ),
    Comparison(
        "street",
        (
            "cannot be compared",
            "the same",
            "same name, other direction",
            "same name, other type",
            "one typing error apart",
            "close spelling",
            "similar spelling",
            "different",
        ),
        street,
    ),
    Comparison("unit", ("cannot be compared", "the same", "only one has one", "different"), unit),
    Comparison(
        "place",
        (
            "cannot be compared",
            "same postal code",
            "same city, postal code one digit apart",
            "same city",
            "postal code one digit apart",
            "neighbouring postal codes",
            "same state",
            "different",
        ),
        place,
    ),
    Comparison(
        "neighbours",
        (
            "cannot be compared",
            "nobody else",
            "two",
            "up to four",
            "up to eight",
            "up to twenty",
            "up to a hundred",
            "a crowd",
        ),
        neighbours,
    ),
    Comparison("phone", _CONTACT_LEVELS, phone),
    Comparison("email", (*_CONTACT_LEVELS, "different, at the same firm"), email),
    Comparison(
        "tax_number",
        ("cannot be compared", "the same", "one typing error apart", "different", "only one is known"),
        tax_number,
    ),
    Comparison("account", ("cannot be compared", "the same", "the same, issuer unknown", "different"), account),
)
"""Everything that is compared, in the order in which it is told."""
