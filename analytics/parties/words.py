"""The word lists that parsing leans on: one CSV file each in ``words/``, read once."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import polars as pl

__all__ = ["OPPOSITE", "WORDS", "word_groups", "word_map", "word_set", "word_table"]

OPPOSITE = 0.6
"""Difference between the shares of men among the bearers of two given names from which they are of opposite sexes."""
WORDS = Path(__file__).parent / "words"


@cache
def word_set(name: str) -> frozenset[str]:
    """Words of a one-column list.

    Parameters
    ----------
    name : str
        Stem of the file in ``words/``.
    """
    return frozenset(row[0] for row in _rows(name))


@cache
def word_map(name: str) -> dict[str, str]:
    """What each word of a two-column list stands for: first column to second."""
    return {row[0]: row[1] for row in _rows(name)}


@cache
def word_groups(name: str) -> dict[str, tuple[str, ...]]:
    """Head word to the words that may stand for it, for lists whose second column holds several."""
    groups: dict[str, tuple[str, ...]] = {}
    for head, others in _rows(name):
        groups[head] = (*groups.get(head, ()), *others.split())
    return groups


def word_table(name: str) -> pl.DataFrame:
    """Return a long list as it lies in its file; whole numbers where a column holds nothing else."""
    return pl.read_csv(WORDS / f"{name}.csv")


def _rows(name: str) -> list[list[str]]:
    with (WORDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return [row for row in reader if row]
