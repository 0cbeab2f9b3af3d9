"""How often each level is seen between writings of one party and between two parties at one place.

What is usual is counted in the file: writings of one identity that are tied by an equal phone or e-mail address tell of
one party, identities at one place whose contacts contradict tell of two. A small file holds few of either, so that
what was counted is blended with shipped shares, which stand for `PRIOR_PAIRS` pairs each (``priors.csv``).
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import polars as pl

from analytics.typologies.possible_daily_limit.comparing import (
    LEVELS,
    Party,
    are_two_people,
    compared,
    kind_of,
    parties_of,
    place_of,
)

__all__ = ["PLACES", "PRIOR_PAIRS", "Learned", "Neighbors", "learn", "placed", "shipped_shares"]

PLACES = ("dwelling", "building", "elsewhere")
"""Kinds of places at which two stand: one house, one house of many, or two places that a phone brought together."""
PRIOR_PAIRS = {"one": 1_000, "two": 100}
"""Pairs that the shipped shares stand for beside those of the file. Writings that identity joined are more alike than
those that it held apart, so that the file tells less of one party."""
_MOST_PAIRS = 4_000
"""Pairs of each kind that are looked at."""
_MANY_IDENTITIES = 5
"""Identities from which a place is a building, where units do not say so."""
_PRIORS = Path(__file__).with_name("priors.csv")

Key = tuple[str, str, str]
"""Sign, place, level."""


@dataclass(frozen=True)
class Learned:
    """What each level speaks for.

    Attributes
    ----------
    weights : dict
        Sign, place and level to the log10 of how much more often it is seen between writings of one party.
    of_one, of_two : int
        Pairs of the file that tell of one party and of two.
    neighbors : list of tuple
        Identities known to be two, with the kind of their place.
    """

    weights: Mapping[Key, float]
    of_one: int
    of_two: int
    neighbors: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Neighbors:
    """Aliases with what they are compared by, and the kind of place each is at.

    Attributes
    ----------
    aliases : polars.DataFrame
        ``identity_id``, the columns of `evidence.COLUMNS`, ``place`` and ``kind``, by alias_id.
    """

    aliases: pl.DataFrame

    def parties(self, identities: Iterable[str]) -> dict[str, Party]:
        """What is known of some identities."""
        return parties_of(self._of(identities).iter_rows(named=True), "identity_id")

    def _of(self, identities: Iterable[str]) -> pl.DataFrame:
        wanted = pl.DataFrame({"identity_id": sorted(set(identities))}, schema={"identity_id": pl.String})
        return self.aliases.join(wanted, on="identity_id", how="semi", maintain_order="left")

    def kinds(self, identities: Iterable[str]) -> dict[str, str]:
        """The kind of place of some identities: a building where any of the aliases is at one."""
        kinds = self._of(identities).group_by("identity_id").agg(pl.col("kind").min())
        return dict(kinds.iter_rows())


def placed(keys: pl.DataFrame, members: pl.DataFrame) -> Neighbors:
    """Put identity and place beside the keys of aliases.

    Parameters
    ----------
    keys : polars.DataFrame
        ``party_keys``.
    members : polars.DataFrame
        ``identity_members``.
    """
    aliases = keys.join(members.select("alias_id", "identity_id"), on="alias_id").with_columns(place=place_of())
    buildings = (
        aliases.drop_nulls("place")
        .filter(pl.col("place").is_duplicated())  # an alias that is alone at its place says nothing of others there
        .group_by("place")
        .agg(
            is_building=(pl.col("unit").n_unique() - pl.col("unit").is_null().any().cast(pl.UInt32) > 1)
            | (pl.col("identity_id").n_unique() >= _MANY_IDENTITIES)
        )
    )
    kind = pl.when("is_building").then(pl.lit("building")).otherwise(pl.lit("dwelling")).alias("kind")
    return Neighbors(
        aliases.join(buildings, on="place", how="left").with_columns(kind).drop("is_building").sort("alias_id")
    )


def learn(neighbors: Neighbors) -> Learned:
    """Count what is usual in a file, and blend it with the shipped shares."""
    one, of_one = _seen_of_one(neighbors.aliases)
    known, pairs = [], _beside_each_other(neighbors.aliases)
    parties = neighbors.parties(identity for left, right, _ in pairs for identity in (left, right))
    two: Counter[Key] = Counter()
    for left, right, place in pairs:
        levels = compared(parties[left], parties[right])
        kind = kind_of(parties[left], parties[right], place)
        if _is_told_apart(levels):
            known.append((left, right, kind))
            two.update(_keys({name: levels[name] for name in ("name", "unit")}, kind))
        if are_two_people(parties[left], parties[right], levels["name"]):
            two.update(_keys({name: levels[name] for name in ("phone", "email")}, kind))
    return Learned(_weights(one, two), of_one, len(known), tuple(known))


def _seen_of_one(aliases: pl.DataFrame) -> tuple[Counter[Key], int]:
    """Levels between aliases of one identity that share a phone or an e-mail address."""
    seen: Counter[Key] = Counter()
    told = dict.fromkeys(("phone", "email"), ("email", "phone"))
    count = 0
    for tie, other in zip(told, ("email", "phone"), strict=True):
        pairs = list(_tied(aliases, tie))
        count += len(pairs)
        for left, right, place in pairs:
            levels = compared(left, right)
            seen.update(_keys({name: levels[name] for name in ("name", "unit", other)}, kind_of(left, right, place)))
    return seen, count


def _tied(aliases: pl.DataFrame, tie: str) -> Iterator[tuple[Party, Party, str]]:
    """Neighboring aliases of one identity with one phone or e-mail address, the first ones."""
    tied = aliases.drop_nulls(tie).filter(pl.len().over("identity_id", tie) > 1)
    rows = tied.sort("identity_id", tie, "alias_id").head(_MOST_PAIRS)
    parties = parties_of(rows.iter_rows(named=True), "alias_id")
    for left, right in pairwise(rows.select("identity_id", tie, "alias_id", "kind").iter_rows()):
        if left[:2] == right[:2]:
            yield parties[left[2]], parties[right[2]], left[3]


def _beside_each_other(aliases: pl.DataFrame) -> list[tuple[str, str, str]]:
    """Neighboring identities of one place; of many places those whose first identity has the smallest id."""
    several = aliases.drop_nulls("place").filter(pl.col("place").is_duplicated())
    at_place = several.select("place", "identity_id", "kind").unique()
    shared = at_place.filter(pl.len().over("place") > 1).sort("place", "identity_id")
    first = shared.group_by("place").agg(pl.col("identity_id").min()).sort("identity_id", "place").head(_MOST_PAIRS)
    rows = shared.join(first, on="place", how="semi", maintain_order="left").iter_rows()
    pairs = [(left[1], right[1], left[2]) for left, right in pairwise(rows) if left[0] == right[0]]
    return sorted(set(pairs))[:_MOST_PAIRS]


def _is_told_apart(levels: Mapping[str, str | None]) -> bool:
    """Contacts contradict and none agrees."""
    contacts = {levels["phone"], levels["email"]} - {None}
    return contacts == {"other"}


def _keys(levels: Mapping[str, str | None], kind: str) -> Iterator[Key]:
    for sign, level in levels.items():
        if level is not None:
            yield sign, kind, level


@cache
def shipped_shares() -> Mapping[Key, tuple[float, float]]:
    """How often each level is seen between writings of one party, and between two, in the shipped table."""
    with _PRIORS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(row["sign"], row["place"], row["level"]): (float(row["one"]), float(row["two"])) for row in rows}


def _weights(one: Mapping[Key, int], two: Mapping[Key, int]) -> dict[Key, float]:
    weights = {}
    for sign, levels in LEVELS.items():
        for place in PLACES:
            keys = [(sign, place, level) for level in levels]
            for key in keys:
                shares = [
                    (counts.get(key, 0) + pairs * prior) / (sum(counts.get(each, 0) for each in keys) + pairs)
                    for counts, pairs, prior in zip(
                        (one, two), PRIOR_PAIRS.values(), shipped_shares()[key], strict=True
                    )
                ]
                weights[key] = math.log10(shares[0]) - math.log10(shares[1])
    return weights
