"""Comparisons of names of persons."""

from __future__ import annotations

import numpy as np

from analytics.identity.records.arrays import Mask
from analytics.identity.scoring.compare.firms import own_words_of
from analytics.identity.scoring.compare.name_variants import (
    are_man_and_woman,
    are_two_names,
    are_variants,
    is_known,
    is_listed,
)
from analytics.identity.scoring.compare.name_words import INITIAL, OWN_WORDS
from analytics.identity.scoring.comparison import Comparison, Levels, graded
from analytics.identity.scoring.pairs import Pairs

__all__ = [
    "NAME_COMPARISONS",
    "generation",
    "given_name",
    "have_established_names",
    "middle_name",
    "name_order",
    "surname",
]

CLOSE, LIKE, FAINTLY = 0.94, 0.88, 0.7
"""Jaro-Winkler similarities from which two spellings are close, and alike, and from which their sound counts: codes of
sounds have Cora and Gro alike."""
BEGINNING = 3
"""Letters that a shortened word has at least."""
ESTABLISHED, SLIPS = 5, 0.02
"""Bearers that make a word a name of its own, and the share of a name's bearers that one slip of the finger reaches."""
_BLANK_MOVED = 4
"""Level of both parts of a name whose blank is missing or stands elsewhere: a typing error."""


def given_name(pairs: Pairs) -> Levels:
    """Given names, also as nicknames, initials, other spellings, or written where the surname stands."""
    return _name_part(pairs, "given", "surname")


def surname(pairs: Pairs) -> Levels:
    """Surnames, also in other spellings, as one of two surnames, or written where the given name stands."""
    return _name_part(pairs, "surname", "given")


def _name_part(pairs: Pairs, part: str, other: str) -> Levels:
    """Left's part against right's same part, or against the other where the name is turned round."""
    persons = ~pairs.is_firm
    level = np.zeros(len(pairs), dtype=np.uint8)
    straight = np.flatnonzero(persons & ~pairs.is_crossed & pairs.both(part))
    crossed = np.flatnonzero(persons & pairs.is_crossed & pairs.both(part, other))
    level[straight] = _part_level(pairs.some(straight), part, part)
    level[crossed] = _part_level(pairs.some(crossed), part, other)
    unlike = persons & pairs.both("name") & ~pairs.same("name")
    level[pairs.where(unlike, lambda some: some.same("name~"))] = _BLANK_MOVED
    return level


def _part_level(pairs: Pairs, column: str, other: str) -> Levels:
    """Level of pairs that both have the part: the same, or what the unlike ones have in common."""
    level = np.ones(len(pairs), dtype=np.uint8)
    rows = np.flatnonzero(~pairs.same(column, other))
    unlike = pairs.some(rows)
    near = np.flatnonzero(unlike.worth_measuring(column, other) | unlike.same(f"{column}_sound", f"{other}_sound"))
    resemblance = np.zeros(len(rows), dtype=np.uint8)
    resemblance[near] = _resemblance(unlike.some(near), column, other)
    double = unlike.same(column, "middle") | unlike.same("middle", other)
    variants = are_variants(unlike.sides(column)[0], unlike.sides(other)[1])
    resembles = (resemblance > 0) & ~(double & (resemblance > 5) & (resemblance < 9))
    level[rows] = graded((2, variants), (11, resembles), (5, double), (9, np.ones(len(rows), dtype=bool)))
    level[rows] = np.where(level[rows] == 11, resemblance, level[rows])
    return level


def _resemblance(pairs: Pairs, column: str, other: str) -> Levels:
    """How alike two spellings are that begin, end or sound alike; 0 where they are not."""
    every = np.ones(len(pairs), dtype=bool)
    shorter = np.minimum(*pairs.lengths(column, other))
    alone = ~(pairs.both("given") | pairs.one_only("given"))
    close = pairs.closeness(column, every, other)
    edits = pairs.edits(column, close >= LIKE / 2, other)
    beginning = (shorter >= BEGINNING) & (pairs.opening(column, close >= LIKE / 2, other) == shorter)
    sound = pairs.same(f"{column}_sound", f"{other}_sound") & (close >= FAINTLY)
    alike = (edits <= 1) | ((beginning | (close >= LIKE) | sound) & ~alone)
    beginning, close, sound = beginning & ~alone, np.where(alone, 0, close), sound & ~alone
    return graded(
        (3, (shorter == 1) & pairs.same(f"{column}<1", f"{other}<1")),
        (10, alike & _are_established(pairs, column, other)),
        (4, edits <= 1),
        (5, beginning),
        (6, close >= CLOSE),
        (7, sound),
        (8, close >= LIKE),
    )


def _are_established(pairs: Pairs, column: str, other: str) -> Mask:
    """Both words are names of their own: known as two given names, or borne by so many that neither is a slip."""
    left, right = pairs.records.count_at(column, pairs.left), pairs.records.count_at(other, pairs.right)
    fewer, more = np.minimum(left, right), np.maximum(left, right)
    frequent = (fewer >= ESTABLISHED) & (fewer >= more * SLIPS)
    names = pairs.sides(column)[0], pairs.sides(other)[1]
    if column != "given":
        return frequent | is_listed(names[0]) & is_listed(names[1])
    known = is_known(names[0]) & is_known(names[1])
    sounds_alike = pairs.same(f"{column}_sound", f"{other}_sound")
    return np.where(known, are_two_names(*names, sounds_alike), frequent)


def have_established_names(pairs: Pairs) -> Mask:
    """Whether each has a given name that is known, or borne by so many that it is no slip."""
    told = [
        is_known(hashes) | (pairs.records.count_at("given", ends) >= ESTABLISHED)
        for hashes, ends in zip(pairs.sides("given"), (pairs.left, pairs.right), strict=True)
    ]
    mask: Mask = told[0] & told[1]
    return mask


def name_order(pairs: Pairs) -> Levels:
    """Whether given name and surname stand in the same order."""
    compared = pairs.both("surname") & pairs.both("given") & ~pairs.is_firm
    return graded((2, compared & pairs.is_crossed), (1, compared))


def middle_name(pairs: Pairs) -> Levels:
    """Middle names or their initials, or what tells men from women."""
    both = pairs.both("middle") & ~pairs.is_firm
    one = pairs.one_only("middle") & ~pairs.is_firm
    man_and_woman = both & are_man_and_woman(*pairs.sides("middle"))
    turned = pairs.same("middle", "given") | pairs.same("given", "middle")
    own = own_words_of(pairs, "middle", both & ~pairs.same("middle") & ~turned)
    return graded(
        (1, both & pairs.same("middle")),
        (5, man_and_woman),
        (6, own == INITIAL),
        (7, own == OWN_WORDS),
        (2, both & pairs.same("middle<1")),
        (4, both),
        (3, one),
    )


def generation(pairs: Pairs) -> Levels:
    """Junior and senior, second and third."""
    same = pairs.same("generation")
    is_sure = pairs.both("given") | pairs.same("surname")  # SR behind a word that stands alone may be anything
    return graded((1, same & is_sure), (3, pairs.both("generation") & ~same), (2, pairs.one_only("generation")))


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
    "alike, but names of their own",
)
NAME_COMPARISONS = (
    Comparison(
        "given_name",
        _PART_LEVELS,
        given_name,
        ("given",),
        weighed_with=(
            "surname",
            "house",
            "street",
            "phone",
            "email",
            "generation",
            "email_owner",
            "middle_name",
            "namesakes",
        ),
    ),
    Comparison(
        "surname",
        _PART_LEVELS,
        surname,
        ("surname",),
        weighed_with=("email_owner", "house", "street", "phone", "email", "namesakes"),
    ),
    Comparison("name_order", ("cannot be compared", "same order", "turned round"), name_order, ("given", "surname")),
    Comparison(
        "middle_name",
        (
            "cannot be compared",
            "the same",
            "same initial",
            "only one has one",
            "different",
            "one that men bear and one that women bear",
            "other initials",
            "two names written out",
        ),
        middle_name,
        ("middle",),
    ),
    Comparison(
        "generation",
        ("cannot be compared", "the same", "only one has one", "different"),
        generation,
        ("generation",),
        weighed_with=("phone", "email", "middle_name"),
    ),
)
