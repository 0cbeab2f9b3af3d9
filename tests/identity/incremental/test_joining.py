"""New parties join those that are there, and the groups are those of a resolution of everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.identity.candidates.components import FLOORS, MAX_COMPONENT, connected
from analytics.identity.grouping import accounts, rivals
from analytics.identity.grouping.constraints import Judged
from analytics.identity.grouping.resolution import Resolution, resolve
from analytics.identity.incremental.joining import resolve_again
from analytics.identity.incremental.known import SCORED, Known, freeze
from analytics.identity.incremental.state import FrozenState
from analytics.identity.records.frequencies import COUNTED, FROZEN
from analytics.identity.records.frozen import FrozenRecords
from analytics.identity.records.preparing import prepare
from analytics.identity.records.records import Records
from analytics.identity.scoring import scored
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.scorer import default_scorer
from analytics.identity.training.fitting import made_up_file, some_habits

SCORER = default_scorer()


def people(seed: int, entities: int = 200) -> pl.DataFrame:
    random = Random(seed)
    return made_up_file(random, some_habits(random, entities)).frame.select("^consignee_.*$")


def partition(records: Records, found: Resolution) -> set[frozenset[int]]:
    """Groups as sets of rows; rows of nobody are left out."""
    groups: dict[int, set[int]] = {}
    for row, record in enumerate(records.row_record.tolist()):
        if record >= 0:
            groups.setdefault(int(found.group[record]), set()).add(row)
    return {frozenset(group) for group in groups.values()}


def resolved_then_frozen(frame: pl.DataFrame) -> tuple[Records, Resolution, FrozenState, Known]:
    records = prepare(frame, {})
    found = resolve(records, SCORER, 0.5)
    return records, found, *freeze(records, found, SCORER)


def everybody(records: Records, state: FrozenState, judged: Judged | None = None) -> Resolution:
    """The resolver's own way over everybody, reckoning with a frozen state: the oracle."""
    with pytest.MonkeyPatch.context() as patch:
        counted = lambda _, left, right: Pairs(state.compared(records), left, right)  # noqa: E731
        patch.setattr(scored, "Pairs", counted)
        patch.setattr(accounts, "Pairs", counted)
        patch.setattr(rivals, "Pairs", counted)
        return resolve(state.blocked(records), state.learned(SCORER), 0.5, judged, learns=False)


def pairs_of(found: Resolution) -> dict[tuple[int, int], float]:
    ends = np.minimum(found.left, found.right), np.maximum(found.left, found.right)
    return dict(zip(zip(*(end.tolist() for end in ends), strict=True), found.probability.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_under_its_own_state_groups_are_those_of_the_full_resolution(seed: int) -> None:
    records, found, state, _ = resolved_then_frozen(people(seed, 400))
    joined = resolve_again(records, state, Known.nothing(), state.learned(SCORER), 0.5)
    assert partition(records, joined.found) == partition(records, found)
    assert pairs_of(joined.found) == pairs_of(found)
    assert joined.compared == len(found.left)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.floats(0.02, 0.9))
def test_new_parties_are_grouped_as_in_a_full_resolution(seed: int, share: float) -> None:
    frame = people(seed)
    last = max(1, int(share * frame.height))
    first, both = frame.head(frame.height - last), frame
    _, _, state, known = resolved_then_frozen(first)
    records = prepare(both, {})
    joined = resolve_again(records, state, known, state.learned(SCORER), 0.5)
    oracle = everybody(records, state)
    assert partition(records, joined.found) == partition(records, oracle)
    assert pairs_of(joined.found) == pairs_of(oracle)


@settings(max_examples=5, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.lists(st.integers(1, 60), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_batch_after_batch_in_any_order_is_a_full_resolution(seed: int, sizes: list[int], random: Random) -> None:
    frame = people(seed)
    base = frame.height - sum(sizes)
    _, _, state, start = resolved_then_frozen(frame.head(max(base, 1)))
    batches, at = [], max(base, 1)
    for size in sizes:
        batches.append(frame.slice(at, size))
        at += size
    random.shuffle(batches)
    known, there = start, frame.head(max(base, 1))
    for batch in batches:
        there = pl.concat([there, batch])
        records = prepare(there, {})
        joined = resolve_again(records, state, known, state.learned(SCORER), 0.5)
        known = joined.known
    assert partition(records, joined.found) == partition(records, everybody(records, state))


@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(1, 40))
def test_a_party_that_leaves_leaves_no_trace(seed: int, gone: int) -> None:
    """Cancelled and replaced parties: what only they held together falls apart as it would for everybody."""
    frame = people(seed)
    _, _, state, known = resolved_then_frozen(frame)
    records = prepare(frame.tail(frame.height - gone), {})
    joined = resolve_again(records, state, known, state.learned(SCORER), 0.5)
    assert partition(records, joined.found) == partition(records, everybody(records, state))


@settings(max_examples=5, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.data())
def test_verdicts_given_and_withdrawn_count_as_in_a_full_resolution(seed: int, data: st.DataObject) -> None:
    frame = people(seed)
    _, _, state, known = resolved_then_frozen(frame.head(frame.height - 20))
    records = prepare(frame, {})
    number = st.integers(0, len(records) - 1)
    pairs = data.draw(
        st.lists(st.tuples(number, number).filter(lambda pair: pair[0] < pair[1]), min_size=1, max_size=6)
    )
    table = np.array(pairs)
    asked = np.unique(table)
    half = len(table) // 2 + 1
    same = table[:half]
    group = connected(len(records), same[:, 0], same[:, 1])
    apart = table[half:][group[table[half:][:, 0]] != group[table[half:][:, 1]]]
    judged = Judged((same[:, 0], same[:, 1]), (apart[:, 0], apart[:, 1]))
    with_verdicts = resolve_again(records, state, known, state.learned(SCORER), 0.5, judged, asked)
    assert partition(records, with_verdicts.found) == partition(records, everybody(records, state, judged))
    without = resolve_again(records, state, with_verdicts.known, state.learned(SCORER), 0.5, None, asked)
    assert partition(records, without.found) == partition(records, everybody(records, state))
    assert without.compared == 0


@pytest.mark.parametrize("seed", [702, 8908])
def test_a_large_component_is_split_by_capped_probabilities(seed: int) -> None:
    """Pairs in doubt that score high: a part that they alone hold together is too large to be looked at as one."""
    frame = people(seed)
    _, _, state, known = resolved_then_frozen(frame.head(frame.height - 20))
    records = prepare(frame, {})
    joined, oracle = resolve_again(records, state, known, state.learned(SCORER), 0.5), everybody(records, state)
    near = oracle.probability >= FLOORS[0]
    part = connected(len(records), oracle.left[near], oracle.right[near])
    assert np.bincount(part).max() > MAX_COMPONENT
    assert pairs_of(joined.found) == pairs_of(oracle)
    assert partition(records, joined.found) == partition(records, oracle)


def test_only_new_pairs_are_compared_and_only_groups_they_touch_move() -> None:
    frame = people(3, 800)
    _, _, state, known = resolved_then_frozen(frame.head(frame.height - 10))
    records = prepare(frame, {})
    joined = resolve_again(records, state, known, state.learned(SCORER), 0.5)
    assert 0 < joined.new_records <= 10
    assert joined.compared < len(joined.found.left) / 10
    assert joined.regrouped < len(records) / 10


def test_with_nothing_new_nothing_is_compared_and_nothing_moves() -> None:
    records, found, state, known = resolved_then_frozen(people(5))
    joined = resolve_again(records, state, known, state.learned(SCORER), 0.5)
    assert (joined.new_records, joined.compared, joined.regrouped) == (0, 0, 0)
    assert partition(records, joined.found) == partition(records, found)


def test_a_ninth_name_under_an_account_frees_those_it_held() -> None:
    """The account was trusted; with one name more it is shared, and joins nobody: the old ones too are told anew."""
    shared = {"consignee_id": "K7", "consignee_id_issuer": "shop"}
    names = ["Ada Lund", "Bo Ek", "Cy Moe", "Di Fry", "Ed Ray", "Flo Vik", "Gus Orr", "Hal Ives", "Ina Ost"]
    rows = [{"consignee_name": "Ann Poole", "consignee_address": f"{n} Elm St", **shared} for n in range(2)]
    rows += [{"consignee_name": name, "consignee_address": "9 Dock Rd", **shared} for name in names[:6]]
    late = [{"consignee_name": name, "consignee_address": "9 Dock Rd", **shared} for name in names[6:]]
    _, _, state, known = resolved_then_frozen(pl.DataFrame(rows))
    records = prepare(pl.DataFrame(rows + late), {})
    joined = resolve_again(records, state, known, state.learned(SCORER), 0.5)
    assert partition(records, joined.found) == partition(records, everybody(records, state))


def test_no_parties_are_resolved_too() -> None:
    nobody = pl.DataFrame({"consignee_name": ["TO ORDER"], "consignee_address": [""]})
    records, _, state, known = resolved_then_frozen(nobody)
    assert len(resolve_again(records, state, known, state.learned(SCORER), 0.5).found.group) == 0
    more = prepare(people(1, 30), {})
    assert resolve_again(more, state, known, state.learned(SCORER), 0.5).new_records == len(more)


def test_what_is_known_goes_through_its_tables() -> None:
    records, _, state, known = resolved_then_frozen(people(6))
    again = Known.from_frames(known.records_frame(), known.pairs_frame())
    joined = resolve_again(records, state, again, state.learned(SCORER), 0.5)
    assert (joined.compared, joined.regrouped) == (0, 0)


def test_a_state_goes_through_its_table_and_its_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    _, _, state, _ = resolved_then_frozen(people(7))
    assert state.to_frame().schema == FROZEN
    state.to_frame().write_parquet(tmp_path / "state.parquet")
    again = FrozenState.load(tmp_path / "state.parquet")
    assert again is not None
    (one, two), (learned, read) = (state.frequencies, again.frequencies), (state.adapted, again.adapted)
    assert (again.made_with, two.size, two.name_lift) == (state.made_with, one.size, one.name_lift)
    assert read.version == learned.version
    assert all((read.weights[name] == learned.weights[name]).all() for name in learned.weights)
    assert all((two.counts[name][0] == one.counts[name][0]).all() for name in one.counts)
    assert again.to_frame().equals(state.to_frame())
    assert FrozenState.from_frame(pl.DataFrame(schema=FROZEN)) is None


def test_a_model_that_was_trained_again_under_its_name_compares_everybody() -> None:
    _, _, state, _ = resolved_then_frozen(people(7))
    again = replace(SCORER, intercept=SCORER.intercept + 1)
    assert state.holds(SCORER, state.frequencies.size, 0.5)
    assert not state.holds(again, state.frequencies.size, 0.5)


def test_every_count_that_a_comparison_asks_for_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    counted: Callable[[Records, str, np.ndarray], np.ndarray] = Records.count_at

    def listening(records: Records, column: str, rows: np.ndarray) -> np.ndarray:
        asked.add(column)
        return counted(records, column, rows)

    monkeypatch.setattr(Records, "count_at", listening)
    records = prepare(people(8), {})
    found = resolve(records, SCORER, 0.5)
    compare(Pairs(records, found.left, found.right))
    assert asked == set(COUNTED)


def test_a_known_value_counts_as_then_and_a_new_one_once() -> None:
    then = prepare(pl.DataFrame({"consignee_name": ["Ann Lee", "Bo Lee", "Cy Lee"]}), {})
    state = FrozenState.of(then, SCORER, SCORER)
    now = prepare(pl.DataFrame({"consignee_name": ["Ann Lee", "Di Lee", "Ed Moe", "Flo Moe"]}), {})
    seen = dict(
        zip(
            now.text("surname", np.arange(4)),
            state.compared(now).count_at("surname", np.arange(4)).tolist(),
            strict=True,
        )
    )
    assert seen == {"lee": 3, "moe": 1}
    assert len(state.compared(now)) == 3
    assert len(state.blocked(now)) == 4
    assert isinstance(state.blocked(now), FrozenRecords)
    assert SCORED.keys() == {"left", "right", "probability", "is_forbidden"}
