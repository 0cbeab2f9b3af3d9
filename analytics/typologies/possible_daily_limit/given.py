"""Which given names are those of two people: by who bears them in the United States.

Where the lists come from stands in ``analytics/parties/words/README.md``.
"""

from __future__ import annotations

import csv
from functools import cache

from analytics.parties.words import WORDS, word_groups

__all__ = ["are_two_given", "are_variants", "bearers", "is_known_given"]

_LEAST_BEARERS, _RARER_SHARE = 100, 0.01
_OPPOSITE = 0.8
"""Difference between the shares of men among the bearers of two names from which they are of opposite sexes."""


def are_two_given(left: str, right: str) -> bool:
    """Whether two words are given names of two people: both known, no variants, neither a slip for the other.

    Parameters
    ----------
    left, right : str
        In lower case.
    """
    known = bearers()
    if left == right or left not in known or right not in known or are_variants(left, right):
        return False
    (women, men), (other_women, other_men) = known[left], known[right]
    fewer, more = sorted((women + men, other_women + other_men))
    is_opposite = abs(men / (women + men) - other_men / (other_women + other_men)) >= _OPPOSITE
    return fewer >= _LEAST_BEARERS and (is_opposite or fewer >= _RARER_SHARE * more)


def are_variants(left: str, right: str) -> bool:
    """Whether two words are forms of one given name."""
    lists = (word_groups("nicknames"), word_groups("given_name_variants"))
    return any(right in forms.get(left, ()) or left in forms.get(right, ()) for forms in lists)


def is_known_given(word: str) -> bool:
    """Whether so many bear a word as their given name that it is known as one."""
    return sum(bearers().get(word, (0, 0))) >= _LEAST_BEARERS


@cache
def bearers() -> dict[str, tuple[int, int]]:
    """Women and men who bear each given name."""
    with (WORDS / "given_name_bearers.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return {name: (int(women), int(men)) for name, women, men in rows}
