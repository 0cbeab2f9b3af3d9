"""Which engine computes, and how much memory it has."""

import polars as pl
import pytest

from analytics.engines import machine
from analytics.pipeline.engine_choice import MOST_IN_MEMORY, engine_of
from analytics.pipeline.options import Options


@pytest.fixture
def options(tmp_path):
    def asked(**changes):
        return Options(inputs=("in.csv",), store=tmp_path / "store", **changes)

    return asked


@pytest.mark.parametrize(
    ("lines", "memory", "in_a_file"),
    [
        (10, None, False),
        (10, "500MB", False),
        (MOST_IN_MEMORY, None, False),
        (MOST_IN_MEMORY, "4GB", False),
        (MOST_IN_MEMORY, "3GB", True),
        (MOST_IN_MEMORY + 1, None, True),
    ],
)
def test_tables_lie_in_memory_where_they_are_few_and_fit(options, tmp_path, lines, memory, in_a_file):
    with engine_of(options(memory=memory), tmp_path, lines) as engine:
        engine.write("t", pl.DataFrame({"a": [1]}))
        assert any(tmp_path.rglob("*.parquet")) is in_a_file


def test_many_lines_leave_room_for_who_is_who(options, tmp_path):
    limits = []
    for lines in (MOST_IN_MEMORY, MOST_IN_MEMORY + 1):
        with engine_of(options(), tmp_path / str(lines), lines) as engine:
            limits.append(engine.connection.execute("select current_setting('memory_limit')").fetchall()[0][0])
    few, many = (float(text.split()[0]) for text in limits)
    assert many < 0.6 * few


def test_a_small_machine_bounds_few_lines_too(options, tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "memory", lambda: 2_000_000_000)
    for lines, bound in ((200_000, None), (MOST_IN_MEMORY, "762")):
        with engine_of(options(), tmp_path / str(lines), lines) as engine:
            engine.write("t", pl.DataFrame({"a": [1]}))
            told = engine.connection.execute("select current_setting('memory_limit')").fetchall()[0][0]
        assert (bound is None) is not told.startswith("762")
        assert any((tmp_path / str(lines)).rglob("*.parquet")) is (bound is not None)


def test_a_bound_that_was_asked_for_holds(options, tmp_path):
    with engine_of(options(memory="500MB"), tmp_path, 10) as engine:
        told = engine.connection.execute("select current_setting('memory_limit')").fetchall()[0][0]
    assert told.startswith("476")  # MiB
