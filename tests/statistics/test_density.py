"""The density at a cutoff: the authors' package says the same, and so does a plain count where that is possible."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from analytics.statistics.density import Step, density_step
from tests.statistics.rddensity_golden import BANDWIDTH, CUTOFF, FILE, SAMPLES, by_the_authors, sample

ROWS = csv.DictReader(FILE.read_text(encoding="utf-8").splitlines())
GOLDEN = {(row["kind"], int(row["seed"]), int(row["order"])): row for row in ROWS}


def measured(amounts: np.ndarray, cutoff: float = CUTOFF, bandwidth: float = BANDWIDTH, **settings: float) -> Step:
    distinct, counts = np.unique(amounts, return_counts=True)
    step = density_step(distinct, counts.astype(np.float64), cutoff, bandwidth, **settings)
    assert step is not None
    return step


@pytest.mark.parametrize("case", SAMPLES)
def test_it_agrees_with_the_package_of_the_estimators_authors(case):
    kind, seed, order = case
    step, golden = measured(sample(kind, seed), order=order), GOLDEN[case]
    assert (step.left, step.right) == pytest.approx((float(golden["left"]), float(golden["right"])), rel=1e-6)
    assert step.statistic == pytest.approx(float(golden["statistic"]), rel=1e-6, abs=1e-8)


@pytest.mark.filterwarnings("ignore")
def test_the_kept_table_is_what_the_package_says():
    kind, seed, order = SAMPLES[1]
    assert by_the_authors(kind, seed, order)[2] == pytest.approx(
        float(GOLDEN[kind, seed, order]["statistic"]), rel=1e-6
    )


def test_an_even_density_is_found_on_both_sides():
    step = measured(np.random.default_rng(1).uniform(0, 1000, 20_000), 500.0, 150.0)
    assert step.left == pytest.approx(1 / 1000, rel=0.1)
    assert step.right == pytest.approx(1 / 1000, rel=0.1)
    assert abs(step.statistic) < 3


def test_an_excess_is_found_with_its_interval():
    """500 amounts are put into the 50 below the cutoff; nothing else is changed."""
    rng = np.random.default_rng(2)
    amounts = np.concatenate([rng.uniform(0, 1000, 20_000), rng.uniform(450, 500, 500)])
    step = measured(amounts, 500.0, 100.0, band=50.0)
    excess, error = step.excess * len(amounts), step.excess_error * len(amounts)
    assert abs(excess - 500) < 3 * error
    assert excess > 3 * error


def test_amounts_at_the_cutoff_lie_above_it():
    amounts = np.concatenate([np.arange(400.0, 600.0), np.full(200, 500.0)])
    assert measured(amounts, 500.0, 90.0, order=1).statistic < measured(amounts, 500.5, 90.0, order=1).statistic


@pytest.mark.parametrize("amounts", [np.arange(1.0, 300.0), np.full(1000, 250.0), np.arange(290.0, 311.0)])
def test_too_few_amounts_on_a_side_tell_nothing(amounts):
    distinct, counts = np.unique(amounts, return_counts=True)
    assert density_step(distinct, counts.astype(np.float64), CUTOFF, BANDWIDTH) is None


def test_without_a_step_the_statistic_is_as_large_as_chance_makes_it():
    rng = np.random.default_rng(3)
    found = [measured(rng.uniform(0, 1000, 1500), 500.0, 150.0).statistic for _ in range(300)]
    assert np.mean(np.array(found) > 1.645) == pytest.approx(0.05, abs=0.035)
    assert np.std(found) == pytest.approx(1.0, abs=0.15)
