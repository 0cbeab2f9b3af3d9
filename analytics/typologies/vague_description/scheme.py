"""Plants descriptions of a seller and week that tell nothing, and others that are too few or have a word that tells."""

from __future__ import annotations

from analytics.traffic.injector import EXEMPT, SOLD, Injector
from analytics.traffic.lists import read_words
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]


def _vague_descriptions(injector: Injector, schemes: int) -> None:
    """Descriptions of a seller and week that tell nothing; with two in a week, or with a word that tells, no scheme."""
    words = read_words("patterns.toml")
    for number, group in zip(
        range(2 * schemes), injector.groups(["seller", "week"], 4, EXEMPT & SOLD), strict=False
    ):  # fmt: skip
        is_scheme = number % 2 == 0
        chosen = group[: 3 + int(injector.rng.integers(0, 4))] if is_scheme else group[:2]
        for row in chosen.tolist():
            injector.put(row, description=injector.draw(words["vague"]))
        if is_scheme:
            injector.true("vague_description", injector.rows.select("seller", "week").row(int(chosen[0])), chosen)
        else:
            injector.put(int(group[2]), description=injector.draw(words["telling"]))


SCHEME = Scheme(injected=(Injected(_vague_descriptions, 3, place=80),))
"""What is planted, and what is true of any shipments."""
