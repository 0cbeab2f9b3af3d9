"""The words that the training population is made of; they are this room's own."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

__all__ = ["made_up_name", "names", "pick", "places"]

HERE = Path(__file__).parent


@cache
def names() -> dict[tuple[str, str], tuple[str, ...]]:
    """Names by culture and part, the most frequent first."""
    return {(culture, part): tuple(words.split()) for culture, part, words in _rows("names")}


@cache
def places() -> dict[str, tuple[str, ...]]:
    """Words for streets, cities and firms."""
    return {part: tuple(words.split()) for part, words in _rows("places")}


def pick(random: Random, words: Sequence[str], flatness: float = 8.0) -> str:
    """A word of a list, the first ones more often, as names are spread over people."""
    edge = (len(words) / flatness + 1) ** random.random()
    return words[min(int((edge - 1) * flatness), len(words) - 1)]


def made_up_name(random: Random) -> str:
    """A surname that hardly anybody else has."""
    stem = "".join(random.choices(places()["syllable"], k=random.choice((1, 2, 2, 3))))
    return stem + random.choice(places()["ending"])


def _rows(name: str) -> list[list[str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]
