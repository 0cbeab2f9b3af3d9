"""A shift is adopted where it foretells verdicts it has not seen, and never else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.review.crossfit import (
    FACTOR_BOUNDS,
    LEAST,
    LEAST_CLUSTERS,
    PRIOR_BOUND,
    WRONG_MERGE,
    Evidence,
    Score,
    Shift,
    fit_shift,
    scored,
    tried,
)

NAMES = ("name", "address", "phone")


def world(seed, size=200, *, factors=(1.0, 1.0, 1.0), prior=0.0, spread=3.0, flips=0.0):
    """Verdicts drawn from a model whose comparisons truly weigh by these factors; some verdicts are thrown."""
    draw = np.random.default_rng(seed)
    shares = draw.normal(0, spread, (size, 3))
    odds = prior + shares @ np.array(factors)
    truth = draw.random(size) < 1 / (1 + np.exp(-odds))
    thrown = draw.random(size) < flips
    return Evidence(NAMES, 0.0, shares, np.where(thrown, draw.random(size) < 0.5, truth), np.arange(size))


def test_a_model_that_weighs_wrongly_is_mended_and_adopted():
    """The address tells twice what the model thinks, the telephone half of it."""
    trial = tried(world(1, 400, factors=(1.0, 2.0, 0.5)))
    assert trial.refusals == []
    assert trial.after.log_loss < trial.before.log_loss
    assert trial.after.cost <= trial.before.cost
    assert trial.shift.factors["address"] > 1.2
    assert trial.shift.factors["phone"] < 0.9


def test_a_model_that_joins_too_readily_is_held_back():
    trial = tried(world(2, 400, prior=-2.0, spread=1.5))
    assert trial.refusals == []
    assert trial.shift.prior < -0.5
    assert trial.after.wrong_merges < trial.before.wrong_merges


@pytest.mark.parametrize("seed", range(12))
def test_verdicts_at_random_are_not_adopted(seed):
    draw = np.random.default_rng(seed)
    shares = draw.normal(0, 3, (300, 3))
    coin = Evidence(NAMES, 0.0, shares, draw.random(300) < 0.5, np.arange(300))
    assert tried(coin).refusals


@pytest.mark.parametrize("seed", range(12))
def test_a_model_that_is_right_is_left_alone(seed):
    assert tried(world(seed, 300)).refusals


def test_verdicts_against_the_better_evidence_are_not_adopted():
    """Whoever says the contrary of what is found teaches nothing: no comparison changes sides."""
    right = world(3, 300)
    wrong = Evidence(NAMES, 0.0, right.shares, ~right.is_same, right.cluster)
    assert tried(wrong).refusals


@pytest.mark.parametrize("size", [0, 1, LEAST - 1])
def test_thin_verdicts_teach_nothing(size):
    trial = tried(world(1, size, factors=(1.0, 2.0, 0.5)))
    assert "it takes 40 in all" in trial.refusals[0]
    assert trial.shift == Shift(0.0, {})


def test_verdicts_of_one_kind_teach_nothing():
    one_kind = world(1, 200)
    assert tried(one_kind.some(one_kind.is_same)).refusals


def test_many_verdicts_about_few_consignees_teach_nothing():
    known = world(1, 400, factors=(1.0, 2.0, 0.5))
    few = Evidence(NAMES, 0.0, known.shares, known.is_same, known.cluster % (LEAST_CLUSTERS - 1))
    assert "about 19 consignees" in tried(few).refusals[0]


@pytest.mark.parametrize(("contradicted", "refused"), [(44, False), (45, True)])
def test_contradictory_verdicts_teach_nothing(contradicted, refused):
    known = world(1, 400, factors=(1.0, 2.0, 0.5))
    told = Evidence(NAMES, 0.0, known.shares, known.is_same, known.cluster, contradicted)
    assert any("contradict" in reason for reason in tried(told).refusals) is refused


def test_one_consignee_judged_a_hundred_times_does_not_carry_the_day():
    """All that is learned comes from one cluster; by itself it is one witness."""
    calm, loud = world(5, 300), world(6, 100, factors=(1.0, 2.0, 0.5))
    both = Evidence(
        NAMES,
        0.0,
        np.concatenate([calm.shares, loud.shares]),
        np.concatenate([calm.is_same, loud.is_same]),
        np.concatenate([calm.cluster, np.full(100, 999)]),
    )
    assert tried(both).refusals


def test_what_helps_partings_at_the_cost_of_merges_is_refused():
    """Verdicts 'same' are foretold better, verdicts 'different' worse: not adopted."""
    trial = tried(world(8, 400, prior=2.0, spread=1.5))
    assert trial.after.log_loss < trial.before.log_loss
    assert any("a wrong merge weighs more" in reason for reason in trial.refusals)


def test_a_wrong_merge_weighs_more_than_a_wrong_parting():
    assert Score(0.1, 1, 0).cost == WRONG_MERGE > Score(0.1, 0, 1).cost == 1


def test_scores_by_hand():
    odds, said = np.array([2.0, -1.0, 0.0, -3.0]), np.array([True, True, False, False])
    found = scored(odds, said)
    by_hand = -np.mean(np.log([1 / (1 + np.exp(-2)), 1 / (1 + np.exp(1)), 0.5, 1 / (1 + np.exp(-3))]))
    assert found.log_loss == pytest.approx(by_hand, abs=1e-6)
    assert (found.wrong_merges, found.wrong_partings) == (1, 1)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0, 1))
def test_a_shift_is_small_whatever_is_judged_and_the_same_twice(seed, flips):
    evidence = world(seed, 60, factors=(-3.0, 5.0, 0.0), flips=flips)
    shift = fit_shift(evidence)
    assert abs(shift.prior) <= PRIOR_BOUND
    assert all(FACTOR_BOUNDS[0] <= factor <= FACTOR_BOUNDS[1] for factor in shift.factors.values())
    assert shift == fit_shift(evidence)


def test_the_order_of_verdicts_changes_nothing():
    evidence = world(1, 200, factors=(1.0, 2.0, 0.5))
    order = np.random.default_rng(0).permutation(200)
    turned = Evidence(NAMES, 0.0, evidence.shares[order], evidence.is_same[order], evidence.cluster[order])
    one, other = tried(evidence), tried(turned)
    assert (one.before, one.after) == (other.before, other.after)
    assert one.shift.factors == pytest.approx(other.shift.factors, abs=2e-4)
