"""Views become tables where a reader goes by other columns, so that what changed of them is known row by row."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.contracts.steps import Step
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.pipeline.apart import kept_apart


def seen(name, by, reads=("given",)):
    """A step that shows what it reads."""

    def build(engine, params):
        engine.show(name, f"select * from {reads[0]} where a > $least", params)

    return Step(name, (), reads, ("least",), build, is_shown=True, by=by)


def made(name, by, *reads):
    return Step(name, (), reads, (), lambda *_: None, by=by)


@pytest.mark.parametrize(
    ("by", "readers", "is_shown"),
    [
        (("a",), [("a",)], True),
        (("a",), [()], True),
        (("a",), [("a",), ("b",)], False),
        ((), [("b",)], False),
        (("a",), [], True),
    ],
)
def test_a_view_stays_one_where_each_reader_goes_by_its_columns_or_by_none(by, readers, is_shown):
    steps = [seen("view", by), *(made(f"reader {place}", each, "view") for place, each in enumerate(readers))]
    found = kept_apart(steps)
    assert [step.is_shown for step in found] == [is_shown, *(False for _ in readers)]
    assert [step.name for step in found] == [step.name for step in steps]


def test_what_becomes_a_table_holds_the_rows_of_then(tmp_path):
    step, _ = kept_apart([seen("view", ("a",)), made("reader", ("b",), "view")])
    with DuckDBEngine(tmp_path) as engine:
        engine.write("given", pl.DataFrame({"a": [1, 2, 3]}))
        step.build(engine, {"least": 1})
        engine.append("given", pl.DataFrame({"a": [4]}))
        assert sorted(engine.frame("view")["a"].to_list()) == [2, 3]
        assert engine.count("view") == 2
