"""Stricter groupings refine, looser ones join; both are what grouping everything at that threshold gives."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import UsageError
from analytics.identity.grouping.clusters import Constraints, average_link_clusters
from analytics.identity.grouping.resolution import Resolution
from analytics.identity.grouping.thresholds import (
    CERTAIN,
    Regrouping,
    loosened,
    near_pairs,
    ordered,
    standings,
    survival,
    tightened,
)
from analytics.identity.scoring.scorer import default_scorer

SIZE = 9
PAIRS = [(one, other) for one in range(SIZE) for other in range(one + 1, SIZE)]
LIST = (0.2, 0.35, 0.5, 0.7, 0.9)
NONE = (np.empty(0, np.int64), np.empty(0, np.int64))

scored = st.dictionaries(st.sampled_from(PAIRS), st.integers(1, 100).map(lambda part: part / 100), max_size=25)
few = st.lists(st.sampled_from(PAIRS), max_size=3, unique=True)


def columns(pairs) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[no-untyped-def]
    table = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def grouped(links, threshold, same=NONE, different=NONE) -> np.ndarray:  # type: ignore[no-untyped-def]
    chances = np.array(list(links.values()), dtype=float)
    return average_link_clusters(SIZE, *columns(links), chances, threshold, Constraints(same, different))


def resolution(links, same=NONE, different=NONE) -> Resolution:  # type: ignore[no-untyped-def]
    chances = np.array(list(links.values()), dtype=float)
    free, model = np.zeros(len(chances), dtype=bool), default_scorer()
    everybody = np.ones(SIZE, dtype=bool)
    group = grouped(links, 0.5, same, different)
    return Resolution(group, *columns(links), chances, free, free, everybody, model, model)


def partition(label: np.ndarray) -> list[int]:
    return np.unique(label, return_index=True)[1][np.unique(label, return_inverse=True)[1]].tolist()


@settings(deadline=None, derandomize=True)
@given(scored, few)
def test_stricter_is_what_grouping_everything_gives(links: dict, must_link: list) -> None:
    same = columns(must_link)
    found = resolution(links, same)
    for each in tightened(found, same, NONE, (0.7, 0.9, CERTAIN)):
        assert partition(each.part) == partition(grouped(links, each.threshold, same))


@settings(deadline=None, derandomize=True)
@given(scored, few)
def test_whatever_people_said_stricter_refines(links: dict, must_link: list) -> None:
    judged = columns(must_link)
    found = resolution(links, judged)
    parts = [found.group, *(each.part for each in tightened(found, NONE, judged, (0.7, 0.9, CERTAIN)))]
    for one, other in pairwise(parts):
        assert len(set(zip(one.tolist(), other.tolist(), strict=True))) == len(set(other.tolist()))
    assert all((part[judged[0]] == part[judged[1]]).all() for part in parts)


def test_the_group_of_one_of_two_judged_the_same_comes_along() -> None:
    links = {(0, 1): 0.9, (2, 3): 0.9}
    judged = columns([(0, 2)])
    found = resolution(links, columns([(0, 2), (0, 1), (2, 3)]))
    (strict,) = tightened(found, NONE, judged, (0.8,))
    assert len(set(strict.part[:4].tolist())) == 1


@settings(deadline=None, derandomize=True)
@given(scored, few)
def test_looser_is_what_grouping_everything_gives(links: dict, apart: list) -> None:
    different = columns(apart)
    found = resolution(links, different=different)
    near = near_pairs(found, 0.2)
    for each in loosened(found, near, different, (0.2, 0.35)):
        assert partition(each.part) == partition(grouped(links, each.threshold, different=different))


@settings(deadline=None, derandomize=True)
@given(scored)
def test_survival_is_read_off_the_groupings(links: dict) -> None:
    found = resolution(links)
    every = [*loosened(found, near_pairs(found, 0.2), NONE, (0.2, 0.35)), *tightened(found, NONE, NONE, (0.7, 0.9))]
    survives, joins = survival(found.group, every)
    members = [frozenset(np.flatnonzero(found.group == label)) for label in range(len(survives))]
    for label, whole in enumerate(members):
        kept = [each.threshold for each in every if each.threshold > 0.5 and whole in _parts(each)]
        assert survives[label] == max(kept, default=0.5)
        joined = [each.threshold for each in every if each.threshold < 0.5 and whole not in _parts(each)]
        assert (joins[label] == max(joined)) if joined else np.isnan(joins[label])


def _parts(regrouping: Regrouping) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(regrouping.part == label)) for label in np.unique(regrouping.part)}


def test_the_setting_is_read_in_any_order() -> None:
    assert ordered("0.8, 0.5,0.25") == (0.25, 0.5, 0.8)


@pytest.mark.parametrize("text", ["", "0.8", "0.5, high", "0, 0.5", "0.5, 1", "0.5, nan"])
def test_a_setting_without_the_middle_or_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="link_thresholds"):
        ordered(text)


def test_the_ends_give_the_high_and_the_low_figures() -> None:
    named = dict(standings(LIST).iter_rows())
    assert named == {
        0.2: "high", 0.35: "looser", 0.5: "central", 0.7: "stricter", 0.9: "low", 1.0: "certain",
    }  # fmt: skip
    assert dict(standings((0.5,)).iter_rows()) == {0.5: "central", 1.0: "certain"}
