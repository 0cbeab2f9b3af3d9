"""How long steps take beside each other, by the size of a run."""

import polars as pl
import pytest

from analytics.pipeline import pace
from analytics.pipeline.pace import PUBLISHING, Pace, measured_pace
from analytics.pipeline.runner import run_steps
from analytics.screening import registered_steps
from tests.pipeline.test_runner import writing


def test_a_step_that_was_not_measured_takes_what_is_usual():
    pace = Pace({"a": 1, "b": 30, "c": 500})
    assert (pace.of("b"), pace.of("unheard_of"), pace.of_all(["a", "c"])) == (30, 30, 501)
    assert Pace({}).of("a") == 1


def test_progress_goes_by_expected_time_and_ends_with_publishing(engine):
    told = []
    steps = [writing(name, pl.DataFrame({"a": [1]})) for name in ("a", "b")]
    pace = Pace({"a": 900, "b": 50, PUBLISHING: 50})
    run_steps(steps, engine, {}, lambda *what: told.append(what), pace=pace)
    assert told == [("a", 0, 1000), ("b", 900, 1000), (PUBLISHING, 950, 1000)]


@pytest.mark.parametrize(
    ("lines", "expected"), [(0, 15), (1, 15), (400, 49), (1000, 100), (5500, 550), (10_000, 1000), (90_000, 1000)]
)
def test_a_step_takes_what_lies_between_the_sizes_that_were_measured(lines, expected):
    assert round(pace._reckoned({1000: 100.0, 10_000: 1000.0}, lines)) == expected


def test_a_step_that_never_takes_long_takes_no_longer_for_few_lines():
    assert pace._reckoned({1000: 4.0, 10_000: 40.0}, 0) == pace._reckoned({1000: 4.0, 10_000: 40.0}, 1000) == 4.0


def test_in_a_small_run_a_step_counts_for_more_than_its_lines():
    few, many = (measured_pace(lines) for lines in (10_000, 28_000_000))
    step = "int_shipments__rolled_up_from_lines"
    steps = [step.name for step in registered_steps()]
    assert few.of(step) / few.of_all(steps) < many.of(step) / many.of_all(steps)


def test_the_measured_pace_knows_the_steps_of_a_screening():
    named = {step.name for step in registered_steps()}
    known = set(measured_pace(1_000_000)._measured)
    assert known - named == {PUBLISHING}
    assert len(named - known) < 0.1 * len(named)


@pytest.fixture
def one_step(monkeypatch):
    """A step that takes a second as a whole, and a tenth of that where next to nothing is new."""
    monkeypatch.setattr(pace, "_measured", lambda: {"a": {1_000: 1000.0}, "b": {1_000: 500.0}})
    monkeypatch.setattr(pace, "_in_part", lambda: {"a": 0.1})


@pytest.mark.parametrize(("added", "expected"), [(None, 1000), (0, 100), (500, 550), (1_000, 1000), (9_000, 1000)])
def test_the_more_lines_are_new_the_nearer_a_step_comes_to_its_whole_time(one_step, added, expected):
    assert measured_pace(1_000, added).of("a") == expected


def test_a_step_that_is_always_made_as_a_whole_takes_its_whole_time(one_step):
    assert measured_pace(1_000, 10).of("b") == 500


def test_an_addition_is_foretold_to_take_less_than_everything():
    steps = [step.name for step in registered_steps()]
    whole, some = measured_pace(2_850_000), measured_pace(2_850_000, 50_000)
    assert some.of_all(steps) < 0.8 * whole.of_all(steps)
    assert {*pace._in_part()} <= {*steps, PUBLISHING}
    assert all(0 < share <= 1 for share in pace._in_part().values())
