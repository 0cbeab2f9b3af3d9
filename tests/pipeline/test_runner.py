"""The runner proves what a step promised."""

import polars as pl
import pytest

from analytics.contracts.steps import Step
from analytics.errors import ContractError, StepFailed, UsageError
from analytics.pipeline.runner import run_checks, run_steps


def writing(name, frame, **changes):
    def build(engine, params):
        engine.write(name, frame)

    return Step(name, changes.pop("grain", ("a",)), (), (), build, **changes)


def failing(error):
    def build(engine, params):
        raise error

    return Step("x", (), (), (), build)


def test_records_rows_of_every_step_in_order(engine):
    told = []
    steps = [writing("b", pl.DataFrame({"a": [1, 2]})), writing("a", pl.DataFrame({"a": [1]}))]
    records = run_steps(steps, engine, {}, lambda *what: told.append(what))
    assert [(record.step, record.rows) for record in records] == [("a", 1), ("b", 2)]
    assert told == [("a", 0, 2), ("b", 1, 2)]


def test_a_table_is_let_go_after_the_last_step_that_reads_it(engine):
    seen = []

    def reading(name, *reads, writes=()):
        def build(engine, params):
            seen.append(engine.tables() & {"given", "a", "aside", "b", "c"})
            for table in (name, *writes):
                engine.write(table, pl.DataFrame({"a": [1]}))

        return Step(name, ("a",), reads, (), build, also_writes=writes)

    engine.write("given", pl.DataFrame({"a": [1]}))
    steps = [reading("a", "given", writes=("aside",)), reading("b", "a"), reading("c", "a", "b")]
    run_steps(steps, engine, {}, kept={"c"})
    assert seen == [{"given"}, {"a"}, {"a", "b"}]
    assert engine.tables() == {"c"}


@pytest.mark.parametrize(
    ("kept", "seen"),
    [
        ({"c"}, [{"given"}, {"a"}, {"a", "shown"}, {"a", "shown", "b"}, {"b"}]),
        ({"shown", "c"}, [{"given"}, {"a"}, {"a", "shown"}, {"a", "shown", "b"}, {"a", "shown", "b"}]),
    ],
)
def test_what_is_shown_reads_on_until_its_last_reader(engine, kept, seen):
    found = []

    def reading(name, *reads, is_shown=False):
        def build(engine, _):
            found.append(engine.tables())
            engine.write(name, pl.DataFrame({"a": [1]}))

        return Step(name, ("a",), reads, (), build, is_shown=is_shown)

    engine.write("given", pl.DataFrame({"a": [1]}))
    steps = [reading("a", "given"), reading("shown", "a", is_shown=True), reading("b", "shown"), reading("c", "b")]
    steps.insert(3, reading("b2", "shown", "b"))
    run_steps(steps, engine, {}, kept=kept)
    assert found == seen
    assert engine.tables() == {"c"} | ({"a", "shown"} if "shown" in kept else set())


def test_a_step_says_what_memory_it_needs_before_it_starts(engine):
    told = []
    step = writing("who_is_who", pl.DataFrame({"a": [1]}), needs=lambda _: "about 2 GB beside the engine")
    run_steps([step], engine, {}, lambda *what: told.append(what))
    assert told == [("who is who: about 2 GB beside the engine", 0, 1)]


def test_a_step_gets_only_the_parameters_it_declares(engine):
    seen = {}

    def build(engine, params):
        seen.update(params)
        engine.write("x", pl.DataFrame({"a": [1]}))

    run_steps([Step("x", ("a",), (), ("min_pieces",), build)], engine, {"min_pieces": 2, "regime": "us"})
    assert seen == {"min_pieces": 2}


def test_a_step_that_writes_less_than_it_promised_is_refused(engine):
    with pytest.raises(ContractError, match="ended without writing links"):
        run_steps([writing("x", pl.DataFrame({"a": [1]}), also_writes=("links",))], engine, {})


def test_the_grain_of_a_python_step_is_proved_too(engine):
    with pytest.raises(ContractError, match="share one grain"):
        run_steps([writing("x", pl.DataFrame({"a": [1, 1]}))], engine, {})


def test_an_unforeseen_failure_names_the_step_and_not_what_was_in_the_data(engine):
    with pytest.raises(StepFailed, match="step x failed with ValueError") as caught:
        run_steps([failing(ValueError("MARIA LOPEZ is no number"))], engine, {})
    assert "LOPEZ" not in str(caught.value)


@pytest.mark.parametrize("error", [UsageError("said on purpose"), KeyboardInterrupt()])
def test_what_was_raised_on_purpose_passes_through(engine, error):
    with pytest.raises(type(error)):
        run_steps([failing(error)], engine, {})


def test_a_check_that_finds_rows_stops_the_run(engine):
    engine.write("check_nothing_lost", pl.DataFrame({"shipment_uid": ["s2", "s1"]}))
    with pytest.raises(ContractError, match=r"check_nothing_lost found 2 rows.*shipment_uid = s1"):
        run_checks(engine)


def test_a_check_without_rows_is_silent(engine):
    engine.write("check_nothing_lost", pl.DataFrame({"shipment_uid": []}, schema={"shipment_uid": pl.String}))
    run_checks(engine)
