"""What outranks the scores: trusted account numbers, tax numbers that differ, and what people have judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from analytics.identity.candidates.components import connected
from analytics.identity.grouping.clusters import Constraints
from analytics.identity.records.arrays import Numbers
from analytics.identity.records.hashing import NOTHING
from analytics.identity.records.records import Records

__all__ = ["NOBODY", "Judged", "account_links", "both", "combined", "judged_pairs", "with_companions"]

MAX_NAMES, MAX_ADDRESSES = 8, 12
"""An account written with more names or addresses than this is shared, and joins nobody."""

NOBODY: tuple[Numbers, Numbers] = (np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True)
class Judged:
    """What people said, as records.

    Attributes
    ----------
    same, different : tuple of two arrays
        Pairs of records.
    contradictions : list of tuple
        Pairs judged the same that later judgements keep apart; they were not joined.
    """

    same: tuple[Numbers, Numbers] = NOBODY
    different: tuple[Numbers, Numbers] = NOBODY
    contradictions: tuple[tuple[int, int], ...] = ()


def account_links(records: Records, *, trusted_only: bool = True) -> tuple[Numbers, Numbers]:
    """Records under one account number of one issuer, unless many names or addresses share it.

    Parameters
    ----------
    records : Records
        The parties.
    trusted_only : bool
        False gives those that many share as well.
    """
    held = np.flatnonzero((records.hash("issuer") != NOTHING) & (records.hash("account") != NOTHING))
    known = records.values(("issuer", "account", "name", "address"), held).with_columns(record=pl.Series(held))
    spread = pl.col("name").n_unique() <= MAX_NAMES, pl.col("address").n_unique() <= MAX_ADDRESSES
    grouped = known.group_by("issuer", "account").agg(
        is_trusted=(spread[0] & spread[1]) | (not trusted_only), first=pl.col("record").min(), record=pl.col("record")
    )
    links = grouped.filter("is_trusted").explode("record").filter(pl.col("record") != pl.col("first")).sort("record")
    return links["first"].to_numpy(), links["record"].to_numpy()


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
        What people said.
    group : ndarray
        Group of each record had nobody judged anything the same.

    Returns
    -------
    Judged
        With the companions among the same; nobody comes along where that would join what was judged different.
    """
    ends = np.unique(np.concatenate(judged.same))[::-1]
    end_of = np.full(size, -1)
    end_of[group[ends]] = ends
    companions = np.flatnonzero(end_of[group] >= 0)
    links = end_of[group[companions]], companions
    joined = connected(size, *both(judged.same, links))
    broken = joined[judged.different[0]]
    kept = ~np.isin(joined[companions], broken[broken == joined[judged.different[1]]])
    return replace(judged, same=both(judged.same, (links[0][kept], links[1][kept])))


def combined(
    size: int, judged: Judged, accounts: tuple[Numbers, Numbers], conflicts: tuple[Numbers, Numbers]
) -> Constraints:
    """All constraints in their order of rank: people, then accounts, then tax numbers."""
    allowed = _without(size, judged, accounts)
    same = both(judged.same, allowed)
    group = connected(size, *same)
    crosses = group[conflicts[0]] != group[conflicts[1]]
    return Constraints(same, both(judged.different, (conflicts[0][crosses], conflicts[1][crosses])))


def _without(size: int, judged: Judged, accounts: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """Account links of groups in which nobody was judged different."""
    group = connected(size, *both(judged.same, accounts))
    broken = group[judged.different[0]]
    kept = ~np.isin(group[accounts[0]], broken[broken == group[judged.different[1]]])
    return accounts[0][kept], accounts[1][kept]


def _columns(pairs: list[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def both(one: tuple[Numbers, Numbers], other: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """Two lists of pairs as one."""
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])
