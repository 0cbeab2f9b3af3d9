"""Spellings that fit two people of one house: which of them is meant, or that nobody can tell.

An initial, a pet form or a slip of the finger goes with whoever has a name like it. Where two people of one household
have (Robert and Roger for `R Powell`; Bertha and Beth for `Berthe`), a score of two spellings does not know of the
third. Here the three are looked at together: the spelling stays with the one with whom more agrees, first what is one
person's own, then the name, then the telephone. Where as much agrees with both, it goes with neither; and two such
spellings go together only where a telephone or something of one's own agrees. A whole given name that is the same, and
what is one's own, is never overruled so.

Two spellings that the model takes for one person's are no rivals, though a rule holds them apart, where one of them is
a rare name beside a frequent one, as pet forms are that no list holds. Two names that are both borne by many are rivals
for all that the model says.

Whether two spellings have a rival hangs on nobody who is not connected with both by pairs at the threshold or above.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.identity.candidates.components import connected
from analytics.identity.records.arrays import Mask, Numbers, distinct
from analytics.identity.records.records import Records
from analytics.identity.scoring.caps import POSSIBLE
from analytics.identity.scoring.compare.name_variants import are_two_names
from analytics.identity.scoring.compare.names import have_established_names
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.rule_levels import TWO_GIVEN, is_among
from analytics.identity.scoring.rules import agreement, two_of_a_household
from analytics.identity.scoring.scored import ScoredPairs, over_pairs

__all__ = ["have_rivals"]

_FEWEST = 3
"""Spellings that a rivalry takes."""


def have_rivals(records: Records, weighed: ScoredPairs, threshold: float, threads: int = 1) -> Mask:
    """Tell which pairs are not joined because a third spelling stands as near, or nearer.

    Parameters
    ----------
    records : Records
        The parties, as they were compared.
    weighed : ScoredPairs
        All compared pairs, each once.
    threshold : float
        Lowest probability at which two are joined.
    threads : int
        Threads to compare on.

    Returns
    -------
    ndarray of bool
        One answer a pair; never for those that must stay apart anyway.
    """
    barred = np.zeros(len(weighed), dtype=bool)
    near = weighed.probability >= threshold
    others = _others_within(weighed, near)
    if not len(others):
        return barred
    ends = weighed.left[others], weighed.right[others]
    names = over_pairs(records, *ends, _names_of_two, threads).with_columns(
        one=pl.Series(ends[0]), other=pl.Series(ends[1])
    )
    taken_for_one = (weighed.probability[others] >= POSSIBLE) & ~weighed.is_forbidden[others]
    told = names.filter(pl.col("is_clear") | ~pl.Series(taken_for_one))
    edges = _edges(weighed, np.flatnonzero(near & ~weighed.is_forbidden))
    triples = (
        told.filter("is_two")
        .join(edges.rename({"end": "one", "place": "to_one"}), on="one")
        .join(edges.rename({"end": "other", "place": "to_other"}), on=["other", "third"])
    )
    if triples.is_empty():
        return barred
    barred[_overruled(records, weighed, edges, triples, threads)] = True
    return barred


def _overruled(
    records: Records, weighed: ScoredPairs, edges: pl.DataFrame, triples: pl.DataFrame, threads: int
) -> Numbers:
    """Places of the pairs that somebody of another name is nearer than, or as near."""
    sides = [
        triples.select("third", place=f"to_{side}", name=f"{side}_name", rival=f"{other}_name")
        for side, other in (("one", "other"), ("other", "one"))
    ]
    drawn = pl.concat(sides).unique().sort("third", "place", "name", "rival")
    places = drawn["place"].unique().sort()
    ends = weighed.left[places.to_numpy()], weighed.right[places.to_numpy()]
    drawn = drawn.join(
        over_pairs(records, *ends, _agreement, threads).with_columns(place=places), on="place", maintain_order="left"
    )
    best = drawn.group_by("third", "name").agg(best=pl.col("agreement").max())
    held = (
        drawn.join(best, on=["third", "name"], maintain_order="left")
        .join(best.rename({"name": "rival", "best": "best_rival"}), on=["third", "rival"], maintain_order="left")
        .filter("is_loose", pl.col("best") <= pl.col("best_rival"))
    )
    unclear = held.filter(pl.col("best") == pl.col("best_rival")).select("third").unique()
    between = _between_unclear(records, weighed, edges, unclear, threads)
    return distinct(np.concatenate([held["place"].to_numpy(), between]))


def _others_within(weighed: ScoredPairs, near: Mask) -> Numbers:
    """Places of pairs that are not joined, of spellings that others connect."""
    size = 1 + int(max(weighed.left.max(initial=-1), weighed.right.max(initial=-1)))
    part = connected(size, weighed.left[near], weighed.right[near])
    many = np.bincount(part, minlength=size)[part] >= _FEWEST
    places: Numbers = np.flatnonzero(many[weighed.left] & ~near)
    inside: Numbers = places[part[weighed.left[places]] == part[weighed.right[places]]]
    return inside


def _edges(weighed: ScoredPairs, places: Numbers) -> pl.DataFrame:
    """Pairs in both directions, with their places."""
    left, right = weighed.left[places], weighed.right[places]
    return pl.DataFrame(
        {
            "end": np.concatenate([left, right]),
            "third": np.concatenate([right, left]),
            "place": np.concatenate([places, places]),
        }
    )


def _between_unclear(
    records: Records, weighed: ScoredPairs, edges: pl.DataFrame, unclear: pl.DataFrame, threads: int
) -> Numbers:
    """Places of pairs of two spellings of each of which it is unclear who is meant, with no contact in common."""
    both = edges.join(unclear, on="third").join(unclear.rename({"third": "end"}), on="end")
    places = both["place"].unique().sort().to_numpy()
    if not len(places):
        return places
    shares = over_pairs(records, weighed.left[places], weighed.right[places], _agreement, threads)
    apart: Numbers = places[~shares["has_contact"].to_numpy()]
    return apart


def _names_of_two(records: Records, left: Numbers, right: Numbers) -> pl.DataFrame:
    """Whether pairs are two people of one household, by names that nobody has both, and a mark of each given name."""
    pairs = Pairs(records, left, right)
    found = compare(pairs)
    is_two = two_of_a_household(found, records.extra) & have_established_names(pairs)
    one, other = pairs.sides("given")
    is_clear = is_among(found["given_name"], TWO_GIVEN) | are_two_names(one, other, np.zeros(len(pairs), dtype=bool))
    return pl.DataFrame({"is_two": is_two, "is_clear": is_clear, "one_name": one, "other_name": other})


def _agreement(records: Records, left: Numbers, right: Numbers) -> pl.DataFrame:
    """How much pairs agree, and which of them only resemble: neither one's own nor a whole given name is the same."""
    pairs = Pairs(records, left, right)
    score, has_own, has_contact = agreement(compare(pairs), records.extra)
    shorter = np.minimum(*pairs.lengths("given"))
    is_loose = ~has_own & ~(pairs.same("given") & (shorter > 1))
    return pl.DataFrame({"agreement": score, "is_loose": is_loose, "has_contact": has_contact})
