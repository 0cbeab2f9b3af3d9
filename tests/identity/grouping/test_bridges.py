"""Bridges of identities, against a search that takes every link away in turn."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.identity.candidates.components import connected
from analytics.identity.grouping.bridges import LIKELY, bridges

SIZE = 7
PAIRS = list(itertools.combinations(range(SIZE), 2))

Links = dict[tuple[int, int], float]


def columns(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def found(links: Links, same: list[tuple[int, int]], weight: list[int]):  # type: ignore[no-untyped-def]
    """Bridges of the groups that links and certain bonds make, with what stands on each side."""
    holding = [pair for pair, chance in links.items() if chance >= LIKELY]
    group = np.unique(connected(SIZE, *columns([*holding, *same])), return_inverse=True)[1]
    bound = connected(SIZE, *columns(same))
    return group, bridges(
        group, np.array(weight), *columns(list(links)), np.array(list(links.values()), dtype=float), bound
    )


def parts(links: list[tuple[int, int]]) -> np.ndarray:
    return connected(SIZE, *columns(links))


worlds = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([0.3, 0.5, 0.8, 1.0]), max_size=12)
links = st.lists(st.sampled_from(PAIRS), max_size=2)
weights = st.lists(st.integers(1, 3), min_size=SIZE, max_size=SIZE)


@settings(deadline=None, derandomize=True)
@given(worlds, links, weights)
def test_a_bridge_is_a_link_without_which_there_is_a_part_more(links: Links, same: list, weight: list[int]) -> None:
    _, told = found(links, same, weight)
    holding = [pair for pair, chance in links.items() if chance >= LIKELY]
    known = len(set(parts([*holding, *same]).tolist()))
    expected = [
        place
        for place, pair in enumerate(links)
        if pair in holding and len(set(parts([*(p for p in holding if p != pair), *same]).tolist())) > known
    ]
    assert told.pair.tolist() == expected


@settings(deadline=None, derandomize=True)
@given(worlds, links, weights)
def test_a_side_is_what_would_stand_apart(links: Links, same: list, weight: list[int]) -> None:
    group, told = found(links, same, weight)
    holding = [pair for pair, chance in links.items() if chance >= LIKELY]
    for number, place in enumerate(told.pair):
        cut = list(links)[place]
        after = parts([*(pair for pair in holding if pair != cut), *same])
        side = set(told.side[1][told.side[0] == number].tolist())
        assert side in ({*np.flatnonzero(after == after[end]).tolist()} for end in cut)
        whole = {*np.flatnonzero(group == group[cut[0]]).tolist()}
        assert told.apart[number] == min(sum(weight[k] for k in part) for part in (side, whole - side))


def test_a_link_below_one_half_holds_nothing_and_is_no_way_round() -> None:
    _, told = found({(0, 1): 0.9, (1, 2): 0.7, (0, 2): 0.49}, [], [1] * SIZE)
    assert told.pair.tolist() == [0, 1]


def test_what_is_certain_is_no_bridge() -> None:
    _, told = found({(0, 1): 0.9, (1, 2): 0.7}, [(0, 1)], [1] * SIZE)
    assert told.pair.tolist() == [1]
    assert told.apart.tolist() == [1]


def test_two_links_between_bound_parties_are_ways_round_each_other() -> None:
    _, told = found({(0, 2): 0.9, (1, 2): 0.7}, [(0, 1)], [1] * SIZE)
    assert told.pair.tolist() == []


def test_a_long_chain_is_nothing_but_bridges() -> None:
    size = 3_000
    left = np.arange(size - 1)
    one, every = np.ones(size, np.int64), np.arange(size)
    told = bridges(one - 1, one, left, left + 1, np.full(size - 1, 0.9), every)
    assert len(told.pair) == size - 1
    assert told.apart.max() == size // 2
