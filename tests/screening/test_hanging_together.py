"""What a step says of its rows: which hang together, so that they can be made by themselves."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import analytics
from analytics.pipeline import session
from analytics.pipeline.apart import kept_apart
from analytics.pipeline.runner import run_steps
from analytics.screening import registered_steps
from analytics.synth import synthesize

_STEPS = {step.name: step for step in kept_apart(registered_steps())}
_BY = [step for step in _STEPS.values() if step.by and not step.is_shown]
_EVERY_THIRD = "hash({keys}) % 3 = 0"


class _AllMade(Exception):
    """Every table is made, and the run needs no end."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An engine that holds every table of a run, and the parameters of the run."""
    folder, held = tmp_path_factory.mktemp("made"), []
    synthesize(folder, shipments=1_500, seed=5)
    late = pl.read_csv(folder / "shipments.csv", infer_schema=False).sample(40, seed=1)
    late.with_columns(declared_value=pl.lit("77.00")).write_csv(folder / "late.csv")

    def keep_all(steps, engine, params, *_):
        run_steps(kept_apart(steps), engine, params)
        engine.write("landed_lines", engine.frame("landed_lines"))
        held.append((engine, params))
        raise _AllMade

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        patch.setattr(session, "run_steps", keep_all)
        patch.setattr(session.DuckDBEngine, "close", lambda _: None)
        with pytest.raises(_AllMade):
            analytics.screen([folder / "shipments.csv", folder / "late.csv"], folder / "store", resolve="all")
    engine, params = held[0]
    yield engine, params
    engine.connection.close()


def reads(step):
    """What a step reads, with what views among it read in their place."""
    for table in step.reads:
        shown = _STEPS.get(table)
        if shown is not None and shown.is_shown:
            assert shown.by == step.by, f"{table} hangs together in another way"
            yield from reads(shown)
        else:
            yield table


def chosen(engine, step):
    """For each table that is read and takes part, the rows of some keys; the rest of the tables is not told."""
    tables = sorted({*reads(step)})
    columns = {table: {*engine.columns(table)} for table in tables}
    keys = ", ".join(step.by)
    texts = {
        table: f"select * from whole__{table} where {_EVERY_THIRD.format(keys=keys)}"
        for table in tables
        if {*step.by} <= columns[table] and not table.startswith("ref_")
    }
    for table, along in step.follows.items():
        assert table not in texts
        guide = next(other for other in texts if {*along} <= columns[other])
        equal = " and ".join(f"a.{column} is not distinct from b.{column}" for column in along)
        texts[table] = f"select a.* from whole__{table} a semi join ({texts[guide]}) b on {equal}"
    return texts


@pytest.mark.parametrize("step", _BY, ids=lambda step: step.name)
def test_rows_of_some_keys_are_those_of_a_whole_run(made, step):
    engine, params = made
    whole = engine.frame(step.name)
    wanted = engine.connection.sql(
        f"select * from {step.name} where {_EVERY_THIRD.format(keys=', '.join(step.by))}"
    ).pl()
    texts = chosen(engine, step)
    assert texts
    for table in texts:
        engine.rename(table, f"whole__{table}")
    for table, text in texts.items():
        engine.show(table, text)
    try:
        step.build(engine, {name: params[name] for name in step.params})
        found = engine.frame(step.name)
    finally:
        for table in texts:
            engine.drop(table)
            engine.rename(f"whole__{table}", table)
        engine.write(step.name, whole)
    assert wanted.height < whole.height or whole.height < 5  # of few rows chance may choose all
    assert_frame_equal(found, wanted, check_row_order=False)


def test_no_step_that_names_keys_has_what_differs_from_run_to_run():
    assert [step.name for step in _BY if "run_id" in step.params or step.also_writes] == []


def test_what_every_shipment_passes_through_is_made_in_part():
    wide = {"int_shipments__rolled_up_from_lines", "int_shipments__matched_to_rules", "party_keys"}
    assert {*wide, "int_shipments__summed_to_identity_day"} <= {step.name for step in _BY}
