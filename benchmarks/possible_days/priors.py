"""Learns the shares that `analytics.typologies.possible_daily_limit` ships, from shipments made for it.

    python -m benchmarks.possible_days.priors

Makes shipments of every kind of household with seeds of their own, screens them, and counts for each sign and place how
often each level stands between two identities of one person and between those of two people. It writes
``analytics/typologies/possible_daily_limit/priors.csv``.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

import analytics
from analytics.opened import Run
from analytics.typologies.possible_daily_limit import comparing, learning
from benchmarks.possible_days.making import KINDS, make
from benchmarks.possible_days.measuring import persons

SEEDS = (901, 902, 903)
SMOOTHED = 0.5
"""What is added to each count, so that nothing is impossible."""
LEAST_SHARE = {"name": 0.002, "unit": 0.02, "phone": 0.02, "email": 0.02}
"""What a share is at least: one generator's habits say no more than that something is seldom."""
TAKEN_FROM = {("name", "elsewhere"): "building", ("email", "elsewhere"): "building"}
"""Where two are not at one place, names and e-mail addresses say what they say in a building."""
FAMILIES = 0.1
"""Share of two who live in one building that are held to be of one household all the same, and named as such."""
TOLD_BY_NOTHING = {("unit", "elsewhere"), ("phone", "elsewhere")}
"""A phone is what brought those together, and units of two places are no sign: all levels weigh alike."""
TAX_KEY = "splitship-demo-key-published-not-secret"
"""The key of the demo."""

Key = tuple[str, str, str]


def main() -> None:
    """Write the table."""
    os.environ.setdefault("SPLITSHIP_TAX_KEY", TAX_KEY)
    one: Counter[Key] = Counter()
    two: Counter[Key] = Counter()
    for kind in KINDS.values():
        for seed in SEEDS:
            for keys, is_one in _told(kind, seed):
                (one if is_one else two).update(keys)
    rows = list(_shares(one, two))
    path = Path(learning.__file__).with_name("priors.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("sign", "place", "level", "one", "two"))
        writer.writerows(rows)


def _told(kind: object, seed: int) -> Iterator[tuple[list[Key], bool]]:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), kind, seed)  # type: ignore[arg-type]
        run = analytics.screen(Path(folder, "shipments.csv"), Path(folder, "store"), threads=1)
        whose = persons(run, Path(folder, "truth.csv"))
        yield from _levels(run, whose)


def _levels(run: Run, whose: dict[str, str]) -> Iterator[tuple[list[Key], bool]]:
    from analytics.identity.records.preparing import rows_with_keys

    aliases = run.table("aliases").drop_nulls("identity_id").sort("alias_id").collect()
    keys = rows_with_keys(aliases, ("alias_id",))
    neighbors = learning.placed(keys, aliases.select("alias_id", "identity_id"))
    pairs = _neighbors(neighbors.aliases)
    parties = neighbors.parties(identity for left, right, _ in pairs for identity in (left, right))
    for left, right, place in pairs:
        levels = comparing.compared(parties[left], parties[right])
        at = comparing.kind_of(parties[left], parties[right], place)
        yield [(sign, at, level) for sign, level in levels.items() if level], whose[left] == whose[right]


def _neighbors(aliases: pl.DataFrame) -> list[tuple[str, str, str]]:
    """Every two identities at one place of thirty or fewer."""
    at = aliases.drop_nulls("place").select("place", "identity_id", "kind").unique()
    few = at.filter(pl.len().over("place") <= 30)
    both = few.join(few.select("place", other="identity_id"), on="place").filter(
        pl.col("identity_id") < pl.col("other")
    )
    return both.select("identity_id", "other", "kind").unique().sort(pl.all()).rows()


def _shares(one: Counter[Key], two: Counter[Key]) -> Iterator[tuple[str, str, str, str, str]]:
    for sign, levels in comparing.LEVELS.items():
        for place in learning.PLACES:
            source = TAKEN_FROM.get((sign, place), place)
            for level in levels:
                if (sign, place) in TOLD_BY_NOTHING:
                    shares = [1 / len(levels)] * 2
                else:
                    shares = [_share(counts, sign, source, level) for counts in (one, two)]
                    if sign == "name" and source == "building":
                        shares[1] = max(shares[1], FAMILIES * _share(two, sign, "dwelling", level))
                yield sign, place, level, f"{shares[0]:.4f}", f"{shares[1]:.4f}"


def _share(counts: Counter[Key], sign: str, place: str, level: str) -> float:
    levels = comparing.LEVELS[sign]
    whole = sum(counts[sign, place, each] for each in levels) + SMOOTHED * len(levels)
    return max((counts[sign, place, level] + SMOOTHED) / whole, LEAST_SHARE[sign])


if __name__ == "__main__":
    main()
