"""Which side a finding of a comparison is on: agreement is never counter-evidence of a match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.contracts.identities import NOTES

__all__ = ["COUNTING", "speaks_against"]

COUNTING = ("local_namesakes", "namesakes", "neighbours")
"""Features that say how many share what both have: the more there are, the less it tells."""


def speaks_against(clue: Mapping[str, Any]) -> bool:
    """Tell whether a finding is counter-evidence: two aliases would rather be two consignees.

    A comparison may lower a score though both sides agree: of many pairs of which that is all that is known, most are
    two. That is no counter-evidence. Neither is what could not be compared.

    Parameters
    ----------
    clue : mapping
        Of evidence: ``feature``, ``left``, ``right``, ``weight``.

    Returns
    -------
    bool
        The weight is below nought, and both sides are known and differ; or it says how many share what both have; or
        it is a note on why a probability is held back.
    """
    if clue["weight"] >= 0:
        return False
    if clue["feature"] in NOTES:
        return True
    left, right = clue.get("left"), clue.get("right")
    if left is None or right is None:
        return False
    return left != right or clue["feature"] in COUNTING
