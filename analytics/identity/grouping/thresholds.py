"""The same scored pairs, grouped at stricter and looser thresholds: how far identities depend on the threshold.

Average linkage is reducible, so that a stricter grouping refines a looser one. A stricter threshold therefore needs
the records of one identity only, and a looser one begins from the identities as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.errors import UsageError
from analytics.identity.candidates.components import connected
from analytics.identity.grouping.clusters import Constraints, average_link_clusters
from analytics.identity.grouping.constraints import NO_PAIRS, Judged, concat_pairs, with_companions
from analytics.identity.grouping.resolution import Resolution
from analytics.identity.records.arrays import Ends, Numbers

__all__ = [
    "CENTRAL",
    "CERTAIN",
    "Regrouping",
    "loosened",
    "near_pairs",
    "ordered",
    "standings",
    "survival",
    "tightened",
]

CENTRAL = 0.5
"""The threshold at which identities are made."""
CERTAIN = 1.0
"""At this threshold only certain links count: equal once normalized, one account, a verdict."""


@dataclass(frozen=True)
class Regrouping:
    """Groups of all records at another threshold.

    Attributes
    ----------
    threshold : float
        The threshold.
    part : ndarray
        Group of each record; equal numbers belong together.
    """

    threshold: float
    part: Numbers


def ordered(text: str) -> tuple[float, ...]:
    """Read the setting ``link_thresholds``.

    Parameters
    ----------
    text : str
        Numbers above 0 and below 1, parted by commas, one of them 0.5, at which identities are made.

    Returns
    -------
    tuple of float
        Ascending.

    Raises
    ------
    UsageError
        It is none.
    """
    try:
        found = sorted({float(part) for part in text.split(",")})
    except ValueError:
        found = []
    if CENTRAL not in found or not 0 < found[0] <= found[-1] < CERTAIN:
        raise UsageError(
            f"parameter 'link_thresholds' is {text!r}; give numbers above 0 and below 1, parted by commas, one of them "
            f"{CENTRAL}: '0.25, 0.4, 0.5, 0.8, 0.95'"
        )
    return tuple(found)


def standings(thresholds: Sequence[float]) -> pl.DataFrame:
    """What each threshold is good for: the loosest gives the high figures, the strictest the low ones."""
    names = {thresholds[0]: "high", thresholds[-1]: "low", CENTRAL: "central", CERTAIN: "certain"}
    every = [*thresholds, CERTAIN]
    standing = [names.get(each, "looser" if each < CENTRAL else "stricter") for each in every]
    return pl.DataFrame(
        {"threshold": every, "standing": standing}, schema={"threshold": pl.Float64, "standing": pl.String}
    )


def tightened(found: Resolution, accounts: Ends, judged: Ends, thresholds: Sequence[float]) -> Iterator[Regrouping]:
    """Group at stricter thresholds, each identity by itself, and within it each part that the threshold before left.

    Parameters
    ----------
    found : Resolution
        Identities and the pairs they rest on.
    accounts, judged : tuple of two arrays
        Records linked by an account, and by verdicts; the group of one of two that were judged the same comes
        along.
    thresholds : sequence of float
        Above the central one, ascending.

    Yields
    ------
    Regrouping
        In the order of the thresholds.
    """
    part = found.group
    for threshold in thresholds:
        several = np.flatnonzero(np.bincount(part)[part] > 1)
        part = part.copy()
        part[several] = len(part) + _tightened(found, part, several, accounts, judged, threshold)
        part = np.unique(part, return_inverse=True)[1]
        yield Regrouping(threshold, part)


def _tightened(
    found: Resolution, part: Numbers, several: Numbers, accounts: Ends, judged: Ends, threshold: float
) -> Numbers:
    """Groups of the records that share their part with others."""
    place = np.full(len(part), -1)
    place[several] = np.arange(len(several))

    def inside(one: Numbers, other: Numbers) -> Ends:
        kept = part[one] == part[other]
        return place[one[kept]], place[other[kept]]

    pairs, probability = inside(found.left, found.right), found.probability[part[found.left] == part[found.right]]
    same, said = inside(*accounts), Judged(same=inside(*judged))

    def grouped(must_link: Ends) -> Numbers:
        return average_link_clusters(len(several), *pairs, probability, threshold, Constraints(must_link, NO_PAIRS))

    label = grouped(same)
    if not len(said.same[0]):
        return label
    return grouped(concat_pairs(same, with_companions(len(several), said, label).same))


def near_pairs(found: Resolution, threshold: float) -> Numbers:
    """Places of the pairs between identities that a threshold could join at all, directly or by way of others."""
    crosses = np.flatnonzero(found.group[found.left] != found.group[found.right])
    one, other = found.group[found.left[crosses]], found.group[found.right[crosses]]
    near = found.probability[crosses] >= threshold
    size = int(found.group.max(initial=-1)) + 1
    component = connected(size, one[near], other[near])
    meets = np.bincount(component, minlength=size)[component] > 1
    places: Numbers = crosses[meets[one] & (component[one] == component[other])]
    return places


def loosened(found: Resolution, near: Numbers, apart: Ends, thresholds: Sequence[float]) -> Iterator[Regrouping]:
    """Join identities at looser thresholds.

    Parameters
    ----------
    found : Resolution
        Identities and the pairs they rest on.
    near : ndarray
        Places of pairs, from `near_pairs` at the loosest threshold.
    apart : tuple of two arrays
        Records that no threshold joins: judged different, under two tax numbers, senior and junior.
    thresholds : sequence of float
        Below the central one.

    Yields
    ------
    Regrouping
        In the order of the thresholds.
    """
    ends = found.left[near], found.right[near]
    record = np.flatnonzero(np.isin(found.group, found.group[np.concatenate(ends)]))
    place = np.full(len(found.group), -1)
    place[record] = np.arange(len(record))
    first = np.unique(found.group[record], return_index=True)[1][np.unique(found.group[record], return_inverse=True)[1]]
    known = (place[apart[0]] >= 0) & (place[apart[1]] >= 0)
    constraints = Constraints((first, np.arange(len(record))), (place[apart[0][known]], place[apart[1][known]]))
    for threshold in thresholds:
        label = average_link_clusters(
            len(record), place[ends[0]], place[ends[1]], found.probability[near], threshold, constraints
        )
        part = found.group.copy()
        part[record] = len(part) + label
        yield Regrouping(threshold, part)


def survival(group: Numbers, regroupings: Sequence[Regrouping]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far up each identity stays whole, and how far down it must go to be joined with another.

    Parameters
    ----------
    group : ndarray
        Identity of each record.
    regroupings : sequence of Regrouping
        At other thresholds, in any order.

    Returns
    -------
    tuple of two arrays
        For each identity the highest threshold at which it has the same members, and the highest looser one at which
        it has more (not a number where none of them joins it).
    """
    size = int(group.max(initial=-1)) + 1
    survives, joins = np.full(size, CENTRAL), np.full(size, np.nan)
    is_whole = np.ones(size, dtype=bool)
    for each in sorted(regroupings, key=lambda one: one.threshold):
        parts = int(each.part.max(initial=0)) + 1
        both = np.sort(group * parts + each.part)
        identity, part = np.divmod(both[np.append(True, both[1:] != both[:-1])[: len(both)]], parts)
        if each.threshold > CENTRAL:
            is_whole &= np.bincount(identity, minlength=size) == 1
            survives[is_whole] = each.threshold
        else:
            crowd = np.bincount(part)
            joins[identity[crowd[part] > 1]] = each.threshold
    return survives, joins
