"""Pairs out of blocks: everybody of a small block with everybody, neighbours by name of a large one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import numpy as np

from analytics.identity.records.arrays import Numbers
from analytics.identity.records.hashing import Hashes

__all__ = ["numbered", "paired", "worth_comparing"]

RANGES = 8
"""Parts in which pairs are sorted, so that threads share the work and memory stays low."""


def paired(key: Hashes, record: Numbers, rank: Hashes, size: int, max_block: int, window: int) -> Numbers:
    """Pairs of the records that share a key, each as one number, the smaller record times `size` plus the larger.

    Parameters
    ----------
    key, record : ndarray
        A key and the record that has it.
    rank : ndarray
        For each record the place of its name among names.
    size : int
        Number of records.
    max_block : int
        Records that share a key and are still compared each with each.
    window : int
        Neighbours that a record of a larger block is compared with; 0 leaves larger blocks out.
    """
    order = np.argsort(key)
    sorted_key, member = key[order], record[order]
    start = np.flatnonzero(np.concatenate([[True], sorted_key[1:] != sorted_key[:-1]])[: len(sorted_key)])
    count = np.diff(np.append(start, len(sorted_key)))
    found = [_each_with_each(member, start[count == members], members, size) for members in _sizes(count, max_block)]
    if window:
        large = count > max_block
        found += _neighbours(member, start[large], count[large], rank, size, window)
    return np.concatenate([np.empty(0, np.int64), *found])


def _sizes(count: Numbers, max_block: int) -> list[int]:
    return [members for members in np.flatnonzero(np.bincount(count)).tolist() if 1 < members <= max_block]


def _each_with_each(member: Numbers, start: Numbers, members: int, size: int) -> Numbers:
    table = member[start[:, None] + np.arange(members)]
    one, other = np.triu_indices(members, 1)
    return numbered(table[:, one].ravel(), table[:, other].ravel(), size)


def _neighbours(
    member: Numbers, start: Numbers, count: Numbers, rank: Hashes, size: int, window: int
) -> Iterator[Numbers]:
    """Pairs of each record with those next to it in its block, in the order of their names."""
    block = np.repeat(np.arange(len(start)), count)
    place = np.repeat(start - np.cumsum(count) + count, count) + np.arange(len(block))
    inside = member[place]
    order = np.lexsort((inside, rank[inside], block))
    block, inside = block[order], inside[order]
    for step in range(1, window + 1):
        near = block[step:] == block[:-step]
        yield numbered(inside[:-step][near], inside[step:][near], size)


def numbered(one: Numbers, other: Numbers, size: int) -> Numbers:
    """Pairs as one number each: the smaller record times `size` plus the larger."""
    one, other = one.astype(np.int64), other.astype(np.int64)  # records may come in four bytes, which pairs outgrow
    return np.minimum(one, other) * size + np.maximum(one, other)


def worth_comparing(
    found: Sequence[Numbers], signs: Sequence[int], size: int, min_signs: int, threads: int = 1
) -> tuple[Numbers, Numbers]:
    """Pairs that share signs enough, each once.

    Parameters
    ----------
    found : sequence of ndarray
        Pairs by kind of block, as `paired` numbers them.
    signs : sequence of int
        Bits that each kind of block sets.
    size : int
        Number of records.
    min_signs : int
        Bits that a pair has to have.
    threads : int
        Threads to sort on; the pairs are sorted range by range.

    Returns
    -------
    tuple of two arrays
        The smaller and the larger record of each pair, four bytes each, sorted.
    """
    edges = np.linspace(0, size, RANGES + 1).astype(np.int64) * size

    def kept(low: int, high: int) -> Numbers:
        return _kept([pairs[(pairs >= low) & (pairs < high)] for pairs in found], signs, min_signs)

    with ThreadPoolExecutor(threads) as pool:
        every = np.concatenate(list(pool.map(kept, edges[:-1].tolist(), edges[1:].tolist())))
    low, high = (cast(Numbers, part.astype(np.int32)) for part in np.divmod(every, max(size, 1)))
    return low, high


def _kept(found: Sequence[Numbers], signs: Sequence[int], min_signs: int) -> Numbers:
    """Pairs of one range that share signs enough, sorted."""
    bits = max(sign.bit_length() for sign in signs)
    packed = np.concatenate([_packed(pairs, sign, bits) for pairs, sign in zip(found, signs, strict=True)])
    if not len(packed):
        return np.empty(0, np.int64)
    packed.sort()
    pair = packed >> np.uint64(bits)
    start = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))
    shared_signs = np.bitwise_or.reduceat(packed & np.uint64((1 << bits) - 1), start)
    chosen: Numbers = pair[start[np.bitwise_count(shared_signs) >= min_signs]].astype(np.int64)
    return chosen


def _packed(pairs: Numbers, sign: int, bits: int) -> Hashes:
    """Pair and signs as one number."""
    return (pairs.astype(np.uint64) << np.uint64(bits)) | np.uint64(sign)
