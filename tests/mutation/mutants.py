"""What a mutant is, and which of them may live."""

from __future__ import annotations

import csv
import functools
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "COVERED",
    "EQUIVALENTS",
    "SURVIVORS",
    "Key",
    "Mutant",
    "covered",
    "equivalents",
    "is_asked",
    "is_in_sample",
    "is_listed",
    "numbered",
    "survivors",
]

EQUIVALENTS = Path(__file__).parent / "equivalents.csv"
"""Mutants that no test can notice, each with its reason: they give the same for every input that can be."""
SURVIVORS = Path(__file__).parent / "survivors.csv"
"""Mutants that a test could notice and none does yet: a list that only becomes shorter."""
COVERED = Path(__file__).parent / "covered.txt"
"""Models and modules that were run whole, so that it is known which mutants live: a list that only becomes longer."""
Key = tuple[str, str, int]


@dataclass(frozen=True)
class Mutant:
    """One small wrong.

    Attributes
    ----------
    where : str
        Name of a model, or path of a module from ``analytics/`` on.
    change : str
        What stood there and what stands there now.
    nth : int
        Which of several alike in one place, from 1.
    text : str
        The whole text with the wrong in it.
    lines : range
        Lines of a module that were changed; none in a model.
    """

    where: str
    change: str
    nth: int
    text: str
    lines: range = range(0)

    @property
    def key(self) -> Key:
        """What it is called in lists."""
        return self.where, self.change, self.nth


def numbered(where: str, changed: Iterable[tuple[str, str, range]]) -> Iterator[Mutant]:
    """Make mutants of changes, texts and lines: a text counts once, and changes alike are numbered."""
    texts: set[str] = set()
    alike: Counter[str] = Counter()
    for change, text, lines in changed:
        if text not in texts:
            texts.add(text)
            alike[change] += 1
            yield Mutant(where, change, alike[change], text, lines)


def is_in_sample(key: Key, percent: int) -> bool:
    """Tell whether a mutant is in a sample, which is the same each time and part of every larger one."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < percent


def is_listed(key: Key) -> bool:
    """Tell whether it is known of a mutant that it lives."""
    return key in equivalents() or key in survivors()


def is_asked(key: Key, percent: int, *, but_listed: bool) -> bool:
    """Tell whether a mutant is run: where it is in the sample, and not among those left out that are known to live."""
    return is_in_sample(key, percent) and not (but_listed and is_listed(key))


@functools.cache
def covered() -> frozenset[str]:
    """Read the names of what was run whole."""
    return frozenset(COVERED.read_text(encoding="utf-8").split())


@functools.cache
def equivalents() -> dict[Key, str]:
    """Read the list of equivalents: what each is called, and why."""
    return {key: row["reason"] for key, row in _rows(EQUIVALENTS)}


@functools.cache
def survivors() -> frozenset[Key]:
    """Read the list of those that live and should not."""
    return frozenset(key for key, _ in _rows(SURVIVORS))


def _rows(path: Path) -> Iterator[tuple[Key, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield (row["where"], row["change"], int(row["nth"])), row
