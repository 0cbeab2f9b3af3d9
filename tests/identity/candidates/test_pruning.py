"""A pruned run groups whoever can pass a limit as a run over everybody does."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.identity.candidates.blocking import candidate_pairs
from analytics.identity.candidates.pruning import LimitShares, links_beyond, seeds
from analytics.identity.grouping import adaptation
from analytics.identity.grouping.accounts import trusted_accounts
from analytics.identity.grouping.comparing import Pruning
from analytics.identity.grouping.constraints import NO_PAIRS, Judged, concat_pairs
from analytics.identity.grouping.resolution import Resolution, resolve
from analytics.identity.records.preparing import prepare
from analytics.identity.records.records import Records
from analytics.identity.scoring.scorer import default_scorer
from analytics.identity.training.fitting import made_up_file, some_habits
from tests.examples import at_length

SCORER = default_scorer()
DAYS = 3
MANY = 10_000


def some_people(random: Random) -> Records:
    made = made_up_file(random, some_habits(random, 150))
    return prepare(made.frame.select("^consignee_.*$"), {})


def some_days(random: Random, size: int) -> LimitShares:
    """Every third record brings nothing; the others most often a little, now and then nearly the limit."""
    rows = [
        (record, day, random.choice((0.05, 0.1, 0.3, 0.6, 0.9)))
        for record in range(size)
        if record % 3
        for day in range(DAYS)
        if random.random() < 0.4
    ]
    table = np.array(rows, dtype=float).reshape(-1, 3)
    return LimitShares(table[:, 0].astype(np.int64), table[:, 1].astype(np.uint64), table[:, 2])


def over_the_limit(found: Resolution, brought: LimitShares) -> dict[frozenset[int], list[frozenset[int]]]:
    """Groups of several records, and who brought something on each day on which they passed the limit together."""
    members: dict[int, set[int]] = {}
    for record, group in enumerate(found.group.tolist()):
        members.setdefault(group, set()).add(record)
    days: dict[tuple[int, int], dict[int, float]] = {}
    for record, day, share in zip(*(part.tolist() for part in vars(brought).values()), strict=True):
        days.setdefault((int(found.group[record]), day), {})[record] = share
    over: dict[frozenset[int], list[frozenset[int]]] = {}
    for (group, _), shares in days.items():
        if sum(shares.values()) > 1 and len(members[group]) > 1:
            over.setdefault(frozenset(members[group]), []).append(frozenset(shares))
    return over


def neighbourhoods(size: int, edges: tuple[np.ndarray, np.ndarray]) -> list[set[int]]:
    around = [{record} for record in range(size)]
    for one, other in zip(*(end.tolist() for end in edges), strict=True):
        around[one].add(other)
        around[other].add(one)
    return around


def lie_in(day: frozenset[int], group: frozenset[int], around: list[set[int]], most: int) -> bool:
    """Whether so many neighbourhoods of members of the group hold everybody of the day."""
    return any(
        day <= set().union(*(around[middle] for middle in middles))
        for middles in combinations(sorted(group), min(most, len(group)))
    )


def scored(found: Resolution) -> dict[tuple[int, int], float]:
    pairs = zip(found.left.tolist(), found.right.tolist(), strict=True)
    return dict(zip(pairs, found.probability.tolist(), strict=True))


SEED, MOST = st.integers(0, 10**6), st.integers(1, 3)


@settings(deadline=None, derandomize=True, max_examples=8)
@given(SEED, MOST)
def test_identities_in_few_neighborhoods_are_grouped_as_in_a_full_run(seed: int, most: int) -> None:
    random = Random(seed)
    records = some_people(random)
    brought = some_days(random, len(records))
    whole = resolve(records, SCORER, 0.5)
    pruned = resolve(records, SCORER, 0.5, pruning=Pruning(lambda: brought, most))
    around = neighbourhoods(len(records), concat_pairs(candidate_pairs(records), trusted_accounts(records)))
    found = over_the_limit(pruned, brought)
    for group, days in over_the_limit(whole, brought).items():
        if any(lie_in(day, group, around, most) for day in days):
            assert group in found
    assert all(group in over_the_limit(whole, brought) for group in found)


test_identities_in_few_neighborhoods_of_many_files = at_length(
    test_identities_in_few_neighborhoods_are_grouped_as_in_a_full_run, 40, SEED, MOST
)


@settings(deadline=None, derandomize=True, max_examples=5)
@given(SEED)
def test_what_was_reached_is_whole_and_scored_alike(seed: int) -> None:
    random = Random(seed)
    records = some_people(random)
    whole = resolve(records, SCORER, 0.5)
    pruned = resolve(records, SCORER, 0.5, pruning=Pruning(lambda: some_days(random, len(records)), 2))
    assert pruned.learned.version == whole.learned.version
    for group in set(pruned.group[pruned.is_reached].tolist()):
        first = np.flatnonzero(pruned.group == group)
        assert (whole.group == whole.group[first[0]]).sum() == len(first)
        assert len(set(whole.group[first].tolist())) == 1
    assert scored(pruned).items() <= scored(whole).items()


test_what_was_reached_in_many_files = at_length(test_what_was_reached_is_whole_and_scored_alike, 25, SEED)


def test_with_many_groups_every_record_with_goods_is_compared() -> None:
    random = Random(7)
    records = some_people(random)
    brought = some_days(random, len(records))
    whole, pruned = (
        resolve(records, SCORER, 0.5, pruning=pruning) for pruning in (None, Pruning(lambda: brought, MANY))
    )
    assert over_the_limit(pruned, brought) == over_the_limit(whole, brought)


def test_a_party_without_a_shipment_that_day_brings_two_others_together() -> None:
    """Two who share nothing: the one in the middle has the name of the first and the telephone of the second."""
    brought = LimitShares(np.array([0, 2]), np.zeros(2, np.uint64), np.array([0.55, 0.55]))
    edges = np.array([0, 1]), np.array([1, 2])
    assert seeds(3, edges, brought, 1).tolist() == [False, True, False]
    assert seeds(3, edges, brought, 2).tolist() == [True, True, True]


def test_days_are_not_added_to_each_other() -> None:
    brought = LimitShares(np.array([0, 1]), np.array([1, 2], np.uint64), np.array([0.6, 0.6]))
    assert not seeds(2, (np.array([0]), np.array([1])), brought, 1).any()


def test_a_record_without_candidates_is_no_seed() -> None:
    brought = LimitShares(np.array([0]), np.zeros(1, np.uint64), np.array([5.0]))
    assert not seeds(1, NO_PAIRS, brought, 4).any()


def test_a_link_that_is_a_pair_counts_once() -> None:
    brought = LimitShares(np.array([0, 1]), np.zeros(2, np.uint64), np.array([0.4, 0.4]))
    pairs, links = (np.array([0]), np.array([1])), (np.array([1, 1, 0]), np.array([0, 0, 1]))
    assert [len(end) for end in links_beyond(2, links, pairs)] == [0, 0]
    assert [end.tolist() for end in links_beyond(2, links, NO_PAIRS)] == [[0], [1]]
    assert not seeds(2, pairs, brought, 1).any()
    assert seeds(2, pairs, brought, 2).all()


def test_batches_do_not_change_the_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(3)
    size = 400
    brought = some_days(random, size)
    ends = {tuple(sorted(random.sample(range(size), 2))) for _ in range(900)}
    edges = tuple(np.array(side) for side in zip(*sorted(ends), strict=True))
    at_once = seeds(size, edges, brought, 2)
    assert at_once.any()
    assert not at_once.all()
    for common in (0.0, 1.0):  # every unit by itself, and none
        monkeypatch.setattr("analytics.identity.candidates.pruning.COMMON", common)
        monkeypatch.setattr("analytics.identity.candidates.pruning.AT_A_TIME", 7)
        assert seeds(size, edges, brought, 2).tolist() == at_once.tolist()


def test_what_people_said_is_a_link_to_be_followed() -> None:
    random = Random(11)
    records = some_people(random)
    brought = some_days(random, len(records))
    pruned = resolve(records, SCORER, 0.5, pruning=Pruning(lambda: brought, 1))
    inside, outside = (int(np.flatnonzero(pruned.is_reached == reached)[0]) for reached in (True, False))
    said = Judged(same=(np.array([min(inside, outside)]), np.array([max(inside, outside)])))
    assert resolve(records, SCORER, 0.5, said, pruning=Pruning(lambda: brought, 1)).is_reached[outside]


def test_the_model_learns_from_the_same_parts_as_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adaptation, "SAMPLE", 150)
    random = Random(5)
    records = some_people(random)
    nothing = LimitShares(np.empty(0, np.int64), np.empty(0, np.uint64), np.empty(0))
    whole, pruned = (resolve(records, SCORER, 0.5, pruning=pruning) for pruning in (None, Pruning(lambda: nothing, 1)))
    assert len(candidate_pairs(records)[0]) > adaptation.SAMPLE
    assert pruned.learned.version == whole.learned.version != SCORER.version
    assert not pruned.is_reached.any()


def test_two_aliases_of_one_record_are_added_up() -> None:
    brought = LimitShares(np.array([0, 0]), np.zeros(2, np.uint64), np.array([0.3, 0.3]))
    assert seeds(2, (np.array([0]), np.array([1])), brought, 2).all()
