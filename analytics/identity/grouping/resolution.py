"""From records to groups: score candidate pairs, look again within each component, apply constraints, group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analytics.identity.grouping.accounts import trusted_accounts
from analytics.identity.grouping.comparing import PairComparer, Pruning
from analytics.identity.grouping.constraints import Judged, constrained_groups
from analytics.identity.grouping.rivals import have_rivals
from analytics.identity.records.arrays import Floats, Mask, Numbers
from analytics.identity.records.records import Records
from analytics.identity.scoring.scorer import PairScorer

__all__ = ["Resolution", "resolve"]


@dataclass(frozen=True)
class Resolution:
    """Groups of records and the pairs they rest on.

    Attributes
    ----------
    group : ndarray
        Group of each record, from 0 in order of the first record.
    left, right, probability : ndarray
        Every compared pair.
    is_forbidden : ndarray of bool
        Pairs that no score may join.
    has_rival : ndarray of bool
        Those of them that are forbidden only because a third alias fits one of the two as well, or better.
    is_reached : ndarray of bool
        Records that were compared with all their candidates; all records but in a pruned run.
    learned : PairScorer
        The model as it has adapted to the file.
    scorer : PairScorer
        The same, shifted towards clerical review: what the probabilities come from.
    """

    group: Numbers
    left: Numbers
    right: Numbers
    probability: Floats
    is_forbidden: Mask
    has_rival: Mask
    is_reached: Mask
    learned: PairScorer
    scorer: PairScorer


def resolve(
    records: Records,
    scorer: PairScorer,
    threshold: float,
    judged: Judged | None = None,
    threads: int = 1,
    *,
    learns: bool = True,
    shift: Callable[[PairScorer], PairScorer] | None = None,
    pruning: Pruning | None = None,
) -> Resolution:
    """Group records that are one party.

    Parameters
    ----------
    records : Records
        Distinct parties.
    scorer : PairScorer
        The model.
    threshold : float
        Lowest mean probability at which two groups are joined.
    judged : Judged, optional
        Verdicts of clerical review; they outrank everything else.
    threads : int
        Threads to compare with.
    learns : bool, default=True
        Whether the model adapts to these records; not where it has adapted to them or their like before.
    shift : callable, optional
        What is made of the model after it has adapted: a refit.
    pruning : Pruning, optional
        Compare only records that can matter; all of them if not given.
    """
    judged, accounts = judged or Judged(), trusted_accounts(records)
    comparer = PairComparer(records, threshold, threads, learns, shift or _as_it_is)
    found = comparer.all_pairs(scorer) if pruning is None else comparer.pruned(scorer, pruning, accounts, judged.same)
    found = found.with_components(records, threads)
    rivals = have_rivals(records, found.pairs, threshold, threads)
    pairs = found.pairs.forbidding(rivals)
    group = constrained_groups(len(records), pairs, threshold, judged, accounts)
    scored = (pairs.left, pairs.right, pairs.probability, pairs.is_forbidden)
    return Resolution(group, *scored, rivals, found.is_reached, found.learned, found.scorer)


def _as_it_is(scorer: PairScorer) -> PairScorer:
    return scorer
