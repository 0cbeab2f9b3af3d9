"""What the file at hand teaches the model."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest

from analytics.identity import IdentityResolver
from analytics.identity.candidates.blocking import candidate_pairs
from analytics.identity.candidates.components import MAX_COMPONENT, uncompared_pairs
from analytics.identity.grouping import adaptation
from analytics.identity.grouping.adaptation import adapted
from analytics.identity.grouping.resolution import resolve
from analytics.identity.records.preparing import prepare
from analytics.identity.scoring.scored import ComparedPairs, ScoredPairs
from analytics.identity.scoring.scorer import default_scorer
from analytics.identity.training.fitting import made_up_file, some_habits


def compared(seed: int, entities: int = 1_500):  # type: ignore[no-untyped-def]
    random = Random(seed)
    file = made_up_file(random, some_habits(random, entities))
    records = prepare(file.frame, file.extra)
    entity = np.empty(len(records), dtype=np.int64)
    known = records.row_record >= 0
    entity[records.row_record[known]] = file.truth[known]
    return records, ComparedPairs.of(records, default_scorer(), *candidate_pairs(records)), entity


def test_a_handful_of_records_moves_nothing_that_matters() -> None:
    rows = pl.DataFrame({"consignee_name": ["Ann Poole", "Anne Poole"], "consignee_address": ["1 Elm St", "1 Elm St"]})
    records = prepare(rows, {})
    pairs = ComparedPairs.of(records, default_scorer(), *candidate_pairs(records))
    moved = adapted(default_scorer(), pairs, {}, 0.5)
    assert abs(moved.log_odds(pairs.found, {}) - pairs.log_odds).max() < 0.5


@pytest.mark.parametrize("sample", [400, 4_000])
def test_no_pair_is_compared_twice_and_each_scores_as_if_it_were(sample: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adaptation, "SAMPLE", sample)
    random = Random(21)
    file = made_up_file(random, some_habits(random, 3_000))
    records = prepare(file.frame, file.extra)
    looked_at: list[tuple[int, int]] = []

    def watch(owner: Any) -> None:
        inner = owner.of

        def of(records: Any, scorer: Any, left: Any, right: Any, threads: int = 1) -> Any:
            looked_at.extend(zip(left.tolist(), right.tolist(), strict=True))
            return inner(records, scorer, left, right, threads)

        monkeypatch.setattr(owner, "of", of)

    watch(ComparedPairs)
    watch(ScoredPairs)
    found = resolve(records, default_scorer(), 0.5)
    assert len(found.left) > 4_000
    assert len(looked_at) == len(set(looked_at)) == len(found.left)
    monkeypatch.undo()
    again = ScoredPairs.of(records, found.scorer, found.left, found.right)
    assert again.probability.tolist() == found.probability.tolist()
    assert again.is_forbidden.tolist() == found.is_forbidden.tolist()


def test_no_pairs_teach_nothing() -> None:
    records = prepare(pl.DataFrame({"consignee_name": ["Ann Poole"]}), {})
    pairs = ComparedPairs.of(records, default_scorer(), *candidate_pairs(records))
    assert adapted(default_scorer(), pairs, {}, 0.5) is default_scorer()


@pytest.mark.parametrize("seed", [3, 4, 5, 6])
def test_a_file_makes_the_model_fit_it_better_on_the_whole(seed: int) -> None:
    records, pairs, entity = compared(seed)
    truth = entity[pairs.left] == entity[pairs.right]
    after = pairs.scored_by(adapted(default_scorer(), pairs, records.extra, 0.5), records.extra)
    wrong = [((side.log_odds > 0) != truth).sum() for side in (pairs, after)]
    assert wrong[1] <= 1.1 * wrong[0]


def test_the_same_file_teaches_the_same_whatever_the_order_of_its_rows() -> None:
    random = Random(9)
    file = made_up_file(random, some_habits(random, 600))
    turned = file.frame[::-1]
    one, other = (IdentityResolver(extra_columns=file.extra or None).fit(frame) for frame in (file.frame, turned))
    assert one.model_version_ == other.model_version_
    assert one.scorer_.intercept == other.scorer_.intercept


def test_what_two_comparisons_weigh_together_stays() -> None:
    records, pairs, _ = compared(3)
    moved = adapted(default_scorer(), pairs, records.extra, 0.5)
    assert moved.interactions is default_scorer().interactions
    assert moved.version.startswith(default_scorer().version + "+")


def test_an_adapted_model_is_kept_as_plain_text_and_read_back(tmp_path) -> None:  # type: ignore[no-untyped-def]
    records, pairs, _ = compared(3)
    moved = adapted(default_scorer(), pairs, records.extra, 0.5)
    moved.save(tmp_path / "adapted.json")
    restored = type(moved).load(tmp_path / "adapted.json")
    assert np.array_equal(restored.log_odds(pairs.found, records.extra), moved.log_odds(pairs.found, records.extra))


def circle(size: int, links: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
    left, right = (np.array([pair[side] for pair in links], dtype=np.int64) for side in (0, 1))
    found = uncompared_pairs(size, left, right, np.array(list(links.values())))
    return set(zip(*(side.tolist() for side in found), strict=True))


def test_friends_of_a_friend_are_looked_at() -> None:
    assert circle(4, {(0, 1): 0.6, (1, 2): 0.6}) == {(0, 2)}


def test_a_weak_link_adds_no_pairs() -> None:
    assert circle(3, {(0, 1): 0.6, (1, 2): 0.1}) == set()


def test_a_component_that_is_too_large_is_split_first() -> None:
    crowd = {(k, k + 1): 0.3 for k in range(MAX_COMPONENT)}
    assert circle(MAX_COMPONENT + 1, crowd) == set()
    assert circle(MAX_COMPONENT + 1, crowd | {(3, 4): 0.7, (4, 5): 0.7}) == {(3, 5)}


def test_no_records_have_no_component() -> None:
    assert circle(0, {}) == set()
