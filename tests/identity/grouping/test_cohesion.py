"""Cohesion, belonging and the weakest link, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.identity.grouping.cohesion import group_strength


def measure(group: list[int], links: dict[tuple[int, int], float], weight: list[int] | None = None, bound=None):  # type: ignore[no-untyped-def]
    left, right = (np.array([pair[side] for pair in links], dtype=np.int64) for side in (0, 1))
    alone = np.arange(len(group)) if bound is None else np.array(bound)
    return group_strength(
        np.array(group), np.array(weight or [1] * len(group)), left, right, np.array(list(links.values())), alone
    )


def test_one_alone_is_whole() -> None:
    found = measure([0], {})
    assert (found.belonging[0], found.cohesion[0], found.weakest[0]) == (1, 1, 1)


def test_three_in_a_chain() -> None:
    found = measure([0, 0, 0], {(0, 1): 0.9, (1, 2): 0.6})
    assert found.belonging.tolist() == [0.45, 0.75, 0.3]
    assert found.cohesion[0] == pytest.approx(0.5)
    assert found.weakest[0] == 0.6


def test_the_weakest_link_is_that_of_the_strongest_tree() -> None:
    assert measure([0, 0, 0], {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.1}).weakest[0] == 0.8


def test_links_to_other_groups_do_not_count() -> None:
    found = measure([0, 0, 1], {(0, 1): 0.9, (1, 2): 0.4})
    assert found.cohesion.tolist() == [0.9, 1]
    assert found.weakest.tolist() == [0.9, 1]


def test_equal_aliases_and_must_links_count_as_certain() -> None:
    twice = measure([0, 0], {(0, 1): 0.6}, weight=[2, 1])
    assert twice.belonging.tolist() == [0.8, 0.6]
    assert measure([0, 0], {(0, 1): 0.6}, bound=[0, 0]).cohesion[0] == 1
