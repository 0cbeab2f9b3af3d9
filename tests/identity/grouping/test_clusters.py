"""Average linkage against a slow and obvious re-implementation, and what it must never do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logit

from analytics.identity.candidates.components import connected
from analytics.identity.grouping.clusters import (
    LEAST,
    STRONGEST,
    WEAKEST,
    Constraints,
    _best_partner,
    average_link_clusters,
)

NONE = (np.empty(0, np.int64), np.empty(0, np.int64))


def clusters(
    size: int, links: dict[tuple[int, int], float], same=(), different=(), threshold: float = 0.5
) -> list[int]:
    left, right = (np.array([pair[side] for pair in links], dtype=np.int64) for side in (0, 1))
    pairs = [np.array(list(part), dtype=np.int64).reshape(-1, 2) for part in (same, different)]
    constraints = Constraints(*((part[:, 0], part[:, 1]) for part in pairs))
    return average_link_clusters(size, left, right, np.array(list(links.values())), threshold, constraints).tolist()


def slow_clusters(size: int, links: dict[tuple[int, int], float], threshold: float = 0.5) -> list[int]:
    """Join the best pair of groups, again and again."""
    groups = [{number} for number in range(size)]

    def worth(a: int, b: int) -> float:
        probability = links.get((min(a, b), max(a, b)), 0.0)
        return WEAKEST if probability <= LEAST else float(np.clip(logit(probability), WEAKEST, STRONGEST))

    def mean(one: set[int], other: set[int]) -> float:
        return sum(worth(a, b) for a in one for b in other) / (len(one) * len(other))

    while len(groups) > 1:
        pairs = [(one, other) for k, one in enumerate(groups) for other in groups[:k]]
        one, other = max(pairs, key=lambda pair: mean(*pair))
        if mean(one, other) < logit(threshold):
            break
        groups = [group for group in groups if group not in (one, other)] + [one | other]
    groups.sort(key=min)
    return [next(k for k, group in enumerate(groups) if number in group) for number in range(size)]


@pytest.mark.parametrize("seed", range(40))
def test_gives_what_the_slow_way_gives(seed: int) -> None:
    random = np.random.default_rng(seed)
    size = 14
    links = {(a, b): float(random.random()) for a in range(size) for b in range(a + 1, size) if random.random() < 0.5}
    assert clusters(size, links, threshold=0.4) == slow_clusters(size, links, 0.4)


def test_one_thin_link_chains_nobody() -> None:
    household = {(0, 1): 0.99, (2, 3): 0.99, (1, 2): 0.9, (0, 2): 0.05, (0, 3): 0.05, (1, 3): 0.05}
    assert clusters(4, household) == [0, 0, 1, 1]


def test_a_long_chain_of_neighbours_does_not_become_one() -> None:
    labels = clusters(60, {(k, k + 1): 0.8 for k in range(59)})
    assert max(np.bincount(labels)) <= 3


@pytest.mark.parametrize(("objection", "together"), [(0.06, True), (1e-6, True), (0.0, True)])
def test_a_strong_bond_outweighs_an_objection(objection: float, together: bool) -> None:
    labels = clusters(3, {(0, 1): 0.999, (1, 2): 0.999, (0, 2): objection})
    assert (labels[0] == labels[2]) is together


def test_two_objections_outweigh_a_bond() -> None:
    labels = clusters(4, {(0, 1): 0.999, (0, 2): 0.999, (1, 2): 0.999, (0, 3): 0.999, (1, 3): 0.01, (2, 3): 0.01})
    assert labels[3] != labels[0]


def test_at_certainty_no_score_joins() -> None:
    assert clusters(3, {(0, 1): 1.0, (1, 2): 0.99}, same=[(1, 2)], threshold=1.0) == [0, 1, 1]


def test_what_must_be_apart_stays_apart_though_a_third_likes_both() -> None:
    labels = clusters(3, {(0, 1): 0.99, (1, 2): 0.99, (0, 2): 0.99}, different=[(0, 2)])
    assert labels[0] != labels[2]


def test_what_must_be_together_is_together_without_any_link() -> None:
    assert clusters(3, {(0, 1): 0.1}, same=[(0, 2)]) == [0, 1, 0]


def test_the_order_of_the_links_does_not_matter() -> None:
    random = np.random.default_rng(1)
    links = {(a, b): round(float(random.random()), 1) for a in range(30) for b in range(a + 1, 30)}
    turned = dict(sorted(links.items(), key=lambda item: item[1]))
    assert clusters(30, links) == clusters(30, turned)


def test_connected_names_the_smallest_of_each_group() -> None:
    assert connected(5, np.array([4, 1]), np.array([1, 3])).tolist() == [0, 1, 2, 1, 1]
    assert connected(0, *NONE).tolist() == []


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 3)), max_size=20))
def test_the_best_partner_is_the_nearest_and_of_equals_the_smallest(links: list[tuple[int, int, int]]) -> None:
    worth = {(min(one, other), max(one, other)): weight for one, other, weight in links if one != other}
    table = np.array([(*ends, weight) for ends, weight in worth.items()], dtype=np.int64).reshape(-1, 3)
    found = _best_partner(table[:, 0], table[:, 1], table[:, 2].astype(float), 8)
    for record in range(8):
        partners = [(-weight, one + other - record) for (one, other), weight in worth.items() if record in (one, other)]
        assert found[record] == min(partners, default=(0, -1))[1]
