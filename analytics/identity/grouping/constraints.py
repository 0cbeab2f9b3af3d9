"""Constraints that outrank scores: verdicts of clerical review, trusted accounts, and tax numbers that differ."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from analytics.identity.candidates.components import connected
from analytics.identity.grouping.clusters import Constraints, average_link_clusters
from analytics.identity.records.arrays import Ends, Numbers, are_among, distinct
from analytics.identity.scoring.scored import ScoredPairs

__all__ = ["NO_PAIRS", "Judged", "combined", "concat_pairs", "constrained_groups", "judged_pairs", "with_companions"]


NO_PAIRS: Ends = (np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True)
class Judged:
    """Verdicts of clerical review, as pairs of records.

    Attributes
    ----------
    same, different : tuple of two arrays
        Pairs of records.
    contradictions : list of tuple
        Pairs judged the same that later judgements keep apart; they were not joined.
    """

    same: Ends = NO_PAIRS
    different: Ends = NO_PAIRS
    contradictions: tuple[tuple[int, int], ...] = ()


def judged_pairs(verdicts: pl.DataFrame, size: int) -> Judged:
    """Turn judgements into constraints; of those that contradict each other the latest stands.

    Parameters
    ----------
    verdicts : DataFrame
        ``left``, ``right`` (records), ``verdict``, ``judged_at``.
    size : int
        Number of records.
    """
    latest = verdicts.with_columns(
        left=pl.min_horizontal("left", "right"), right=pl.max_horizontal("left", "right")
    ).sort("judged_at", "left", "right", "verdict")
    latest = latest.unique(["left", "right"], keep="last", maintain_order=True).filter(pl.col("verdict") != "unsure")
    same: list[tuple[int, int]] = []
    different: list[tuple[int, int]] = []
    contradictions: list[tuple[int, int]] = []
    for left, right, verdict in latest.select("left", "right", "verdict").reverse().iter_rows():
        group = connected(size, *_columns(same))
        if verdict == "different":
            (contradictions if group[left] == group[right] else different).append((left, right))
        elif _joins_apart(group, left, right, different):
            contradictions.append((left, right))
        else:
            same.append((left, right))
    return Judged(_columns(same), _columns(different), tuple(contradictions))


def _joins_apart(group: Numbers, left: int, right: int, different: list[tuple[int, int]]) -> bool:
    """Whether joining two groups would bring together what was judged different."""
    joined = {int(group[left]), int(group[right])}
    return any({int(group[one]), int(group[other])} <= joined for one, other in different)


def with_companions(size: int, judged: Judged, group: Numbers) -> Judged:
    """Let whoever belongs to one of two that were judged the same come along: groups join, they do not fall apart.

    Parameters
    ----------
    size : int
        Number of records.
    judged : Judged
        Verdicts of clerical review.
    group : ndarray
        Group of each record had nobody judged anything the same.

    Returns
    -------
    Judged
        With the companions among the same; nobody comes along where that would join what was judged different.
    """
    ends = distinct(np.concatenate(judged.same))[::-1]
    end_of = np.full(size, -1)
    end_of[group[ends]] = ends
    companions = np.flatnonzero(end_of[group] >= 0)
    links = end_of[group[companions]], companions
    joined = connected(size, *concat_pairs(judged.same, links))
    broken = joined[judged.different[0]]
    kept = ~np.isin(joined[companions], broken[broken == joined[judged.different[1]]])
    return replace(judged, same=concat_pairs(judged.same, (links[0][kept], links[1][kept])))


def constrained_groups(size: int, pairs: ScoredPairs, threshold: float, judged: Judged, accounts: Ends) -> Numbers:
    """Group records by the scores of their pairs, within what people and accounts say.

    Parameters
    ----------
    size : int
        Number of records.
    pairs : ScoredPairs
        Every compared pair.
    threshold : float
        Lowest mean probability at which two groups are joined.
    judged : Judged
        Verdicts of clerical review.
    accounts : tuple of two arrays
        Records under one trusted account.

    Returns
    -------
    ndarray
        Group of each record, from 0 in order of the first record.
    """
    conflicts = pairs.left[pairs.is_forbidden], pairs.right[pairs.is_forbidden]

    def grouped(verdicts: Judged) -> Numbers:
        constraints = combined(size, verdicts, accounts, conflicts)
        return average_link_clusters(size, pairs.left, pairs.right, pairs.probability, threshold, constraints)

    if len(judged.same[0]):
        judged = with_companions(size, judged, grouped(Judged(different=judged.different)))
    return grouped(judged)


def combined(size: int, judged: Judged, accounts: Ends, conflicts: Ends) -> Constraints:
    """All constraints in their order of rank: people, then accounts, then tax numbers."""
    allowed = _without(size, judged, accounts)
    same = concat_pairs(judged.same, allowed)
    group = connected(size, *same)
    crosses = group[conflicts[0]] != group[conflicts[1]]
    return Constraints(same, concat_pairs(judged.different, (conflicts[0][crosses], conflicts[1][crosses])))


def _without(size: int, judged: Judged, accounts: Ends) -> Ends:
    """Account links of groups in which nobody was judged different."""
    group = connected(size, *concat_pairs(judged.same, accounts))
    broken = group[judged.different[0]]
    kept = ~are_among(group[accounts[0]], broken[broken == group[judged.different[1]]])
    return accounts[0][kept], accounts[1][kept]


def _columns(pairs: list[tuple[int, int]]) -> Ends:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def concat_pairs(one: Ends, other: Ends) -> Ends:
    """Two lists of pairs as one."""
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])
