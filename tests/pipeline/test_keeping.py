"""When a run keeps tables in between, and when those of the runs before count."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from analytics.contracts.steps import Step
from analytics.errors import UsageError
from analytics.pipeline.keeping import MOST_ADDITIONS, Keeping
from analytics.pipeline.options import Options
from analytics.store import StoreState

STEPS = [Step("lines", ("id",), (), (), build=print, by=("id",))]


@pytest.fixture
def options(tmp_path):
    return Options(inputs=("a.csv",), store=tmp_path)


def keeping(options, state=None, steps=STEPS, basis="as before"):
    state = state or StoreState()
    transaction = SimpleNamespace(state=state, kept_folders=lambda: [options.store / each for each in state.kept])
    return Keeping.of(options, transaction, steps, basis)


@pytest.fixture
def state(options):
    """A store that kept tables in two runs."""
    under = keeping(replace(options, keep=True)).under
    return StoreState(basis="as before", kept=["kept/000001", "kept/000002"], kept_under=under)


def test_a_new_store_keeps_only_when_asked(options):
    assert not keeping(options).keeps
    assert keeping(replace(options, keep=True)).keeps


def test_a_store_that_keeps_goes_on_unless_told_otherwise(options, state):
    assert keeping(options, state).keeps
    assert not keeping(replace(options, keep=False), state).keeps


def test_what_was_kept_counts_under_the_same_rules_and_steps(options, state):
    same = keeping(options, state)
    assert (same.adds, [folder.name for folder in same.folders]) == (True, ["000001", "000002"])
    for others in (
        keeping(options, state, basis="other rules"),
        keeping(options, state, steps=[replace(STEPS[0], by=())]),
        keeping(options, replace(state, kept_under=None)),
    ):
        assert (others.keeps, others.adds) == (True, False)


def test_after_so_many_additions_everything_is_made_anew(options, state):
    folders = [f"kept/{number:06d}" for number in range(MOST_ADDITIONS + 1)]
    assert keeping(options, replace(state, kept=folders[:-1])).adds
    assert not keeping(options, replace(state, kept=folders)).adds


def test_spark_keeps_nothing(options, state, tmp_path):
    assert not keeping(replace(options, engine="spark"), state).keeps
    with pytest.raises(UsageError, match="--keep is there for --engine duckdb only"):
        Options.checked(["a.csv"], tmp_path, engine="spark", keep=True)
