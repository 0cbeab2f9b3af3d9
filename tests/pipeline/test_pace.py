"""How long steps take beside each other."""

import polars as pl

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


def test_the_measured_pace_knows_the_steps_of_a_screening():
    named = {step.name for step in registered_steps()}
    known = set(measured_pace()._measured)
    assert known - named == {PUBLISHING}
    assert len(named - known) < 0.1 * len(named)
