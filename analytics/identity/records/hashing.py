"""Hashes of values: numbers that are equal where the values are, the same in every run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import version

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.records.arrays import Numbers

__all__ = [
    "NOTHING",
    "Hashes",
    "all_of",
    "any_order",
    "first_letters",
    "hashed_with",
    "hashes",
    "letters_used",
    "mixed",
    "occurrences",
    "word_hashes",
]

Hashes = NDArray[np.uint64]

NOTHING = np.uint64(0)
"""Stands for null in an array of hashes."""

_SEED = 7
_COUNT_BITS = np.uint64(40)
_LAST = np.iinfo(np.uint64).max


def hashes(values: pl.Series) -> Hashes:
    """Hash each value; `NOTHING` for null."""
    hashed = values.hash(seed=_SEED).to_numpy()
    return np.where(values.is_null().to_numpy(), NOTHING, hashed | np.uint64(1))


def mixed(value: Hashes) -> Hashes:
    """Scatter the bits of a hash (the finaliser of SplitMix64)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def all_of(*parts: Hashes) -> Hashes:
    """One hash of several values in their order; `NOTHING` where one of them is missing."""
    whole, missing = parts[0], parts[0] == NOTHING
    for part in parts[1:]:
        whole = mixed(whole * np.uint64(31) + part)
        missing = missing | (part == NOTHING)
    return np.where(missing, NOTHING, whole | np.uint64(1))


def any_order(one: Hashes, other: Hashes) -> Hashes:
    """One hash of two values whatever their order; `NOTHING` where one is missing."""
    return np.where((one == NOTHING) | (other == NOTHING), NOTHING, (mixed(one) + mixed(other)) | np.uint64(1))


def _bytes(values: pl.Series) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Bytes of all texts one after the other, and where each begins and the last one ends."""
    text = values.fill_null("").to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offset_bytes, data = text.buffers()
    offsets = np.frombuffer(offset_bytes, dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    return np.frombuffer(data, dtype=np.uint8) if data is not None else np.empty(0, dtype=np.uint8), offsets


def letters_used(values: pl.Series, letters: int, bits: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Which letters the beginning of each text has.

    Parameters
    ----------
    values : Series of str
        Texts.
    letters : int
        Letters of each that are looked at.
    bits : ndarray
        For each byte the bits that it sets.
    """
    length = values.str.len_bytes()
    if length.max() is not None and int(str(length.max())) > letters:
        values = values.str.head(letters)
    data, offsets = _bytes(values)
    set_bits = np.append(bits.take(data), np.uint32(0))
    used = np.bitwise_or.reduceat(set_bits, offsets[:-1]) if len(values) else np.empty(0, dtype=np.uint32)
    return np.where(offsets[1:] > offsets[:-1], used, np.uint32(0))


def first_letters(values: pl.Series, letters: int) -> NDArray[np.uint8]:
    """The first bytes of each text, one row each, filled up with noughts."""
    bare, offsets = _bytes(values)
    padded = np.concatenate([bare, np.zeros(letters, dtype=np.uint8)])
    length = np.diff(offsets)
    table = np.zeros((len(length), letters), dtype=np.uint8)
    for place in range(letters):
        np.copyto(table[:, place], padded.take(offsets[:-1] + place), where=length > place)
    return table


def occurrences(values: Hashes) -> Numbers:
    """How often each value occurs among them."""
    _, inverse, count = np.unique(values, return_inverse=True, return_counts=True)
    occurs: Numbers = count[inverse]
    return occurs


def word_hashes(names: pl.Series, counted: Callable[[Hashes], Numbers] = occurrences) -> tuple[Hashes, Hashes, Hashes]:
    """Hash the words of names: all of them in any order, the rarest one, and the next rarest.

    Parameters
    ----------
    names : Series of str
        Words parted by single spaces.
    counted : callable, default=occurrences
        How often each of their words occurs.

    Returns
    -------
    tuple of three arrays
        `NOTHING` where a name is null, or has no second word.
    """
    whole, rarest, second = (np.zeros(len(names), dtype=np.uint64) for _ in range(3))
    words = names.drop_nulls().str.split(" ")
    if not len(words):
        return whole, rarest, second
    rows = np.flatnonzero(names.is_not_null().to_numpy())
    size = words.list.len().to_numpy().astype(np.int64)
    start = np.cumsum(size) - size
    word = hashes(words.explode())
    whole[rows] = np.add.reduceat(mixed(word), start) | np.uint64(1)
    ranked = (counted(word).astype(np.uint64) << _COUNT_BITS) | (word >> (np.uint64(64) - _COUNT_BITS))
    first = np.minimum.reduceat(ranked, start)
    rarest[rows] = mixed(first) | np.uint64(1)
    others = np.where(ranked == np.repeat(first, size), _LAST, ranked)
    next_one = np.minimum.reduceat(others, start)
    second[rows] = np.where(next_one == _LAST, NOTHING, mixed(next_one) | np.uint64(1))
    return whole, rarest, second


@cache
def hashed_with() -> str:
    """Name the program and what hashes values in it."""
    return f"splitship {version('splitship')}, polars {version('polars')}"
