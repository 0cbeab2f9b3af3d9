"""What went and what came of a table, and what is proved of rows that were made in part."""

import polars as pl
import pytest

from analytics.contracts.steps import Step
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.errors import ContractError
from analytics.pipeline.renewal import ALL, SAME, SOME, Renewal


def doubled(engine, _):
    engine.write("doubled", engine.frame("lines").with_columns(twice=pl.col("worth") * 2))


def all_one(engine, _):
    engine.write("doubled", engine.frame("lines").with_columns(part=pl.lit(1), twice=pl.lit(0)))


WHOLE = Step("lines", ("part", "id"), (), (), build=print)


def by_part(build=doubled):
    return Step("doubled", ("part", "id"), ("lines",), (), build, by=("part",))


def made(folder, earlier, rows, step):
    """Make both tables as a run does that may use what an earlier one kept; return how, and the second one's rows."""
    with DuckDBEngine() as engine:
        renewal = Renewal(engine, [WHOLE, step], earlier, {})
        lines = pl.DataFrame(rows, schema={"part": pl.Int64, "id": pl.Int64, "worth": pl.Int64}, orient="row")
        how = [
            renewal.make(WHOLE, lambda: engine.write("lines", lines)),
            renewal.make(step, lambda: step.build(engine, {})),
        ]
        folder.mkdir()
        renewal.keep(folder)
        return how, sorted(engine.frame("doubled").rows())


@pytest.fixture
def before(tmp_path):
    """A folder of what a first run kept of three parts, one line twice."""
    made(tmp_path / "1", [], [(1, 1, 5), (2, 1, 7), (3, 1, 9), (3, 2, 9)], by_part())
    return [tmp_path / "1"]


def test_what_is_as_it_was_is_not_made(before, tmp_path):
    how, rows = made(tmp_path / "2", before, [(3, 2, 9), (1, 1, 5), (2, 1, 7), (3, 1, 9)], by_part())
    assert how == [ALL, SAME]
    assert rows == [(1, 1, 5, 10), (2, 1, 7, 14), (3, 1, 9, 18), (3, 2, 9, 18)]


def test_only_the_parts_that_are_touched_are_made(before, tmp_path):
    seen = []

    def build(engine, params):
        seen.extend(engine.frame("lines")["part"].unique().sort())
        doubled(engine, params)

    how, rows = made(tmp_path / "2", before, [(1, 1, 6), (3, 1, 9), (3, 2, 9), (4, 1, 1)], by_part(build))
    assert how == [ALL, SOME]
    assert seen == [1, 4]
    assert rows == [(1, 1, 6, 12), (3, 1, 9, 18), (3, 2, 9, 18), (4, 1, 1, 2)]


def test_of_two_rows_alike_one_may_go(tmp_path):
    twice = Step("doubled", (), ("lines",), (), doubled, by=("part",))
    made(tmp_path / "1", [], [(1, 1, 5), (1, 1, 5), (2, 1, 7)], twice)
    how, rows = made(tmp_path / "2", [tmp_path / "1"], [(1, 1, 5), (2, 1, 7), (2, 1, 7), (2, 1, 7)], twice)
    assert how == [ALL, SOME]
    assert rows == [(1, 1, 5, 10), *[(2, 1, 7, 14)] * 3]


def test_two_of_one_name_among_the_rows_that_are_made_end_the_run(before, tmp_path):
    with pytest.raises(ContractError, match="doubled: 2 rows share one grain"):
        made(tmp_path / "2", before, [(1, 1, 6), (2, 1, 8), (3, 1, 9), (3, 2, 9)], by_part(all_one))
