"""Which engine computes, and where its tables are."""

import pytest

from analytics.pipeline.engine_choice import MOST_IN_MEMORY, engine_of
from analytics.pipeline.options import Options


@pytest.fixture
def options(tmp_path):
    def asked(**changes):
        return Options(inputs=("in.csv",), store=tmp_path / "store", **changes)

    return asked


@pytest.mark.parametrize(
    ("lines", "memory", "on_disk"),
    [(10, None, False), (MOST_IN_MEMORY, None, False), (MOST_IN_MEMORY + 1, None, True), (10, "500MB", True)],
)
def test_few_lines_stay_in_memory_unless_it_is_bounded(options, tmp_path, lines, memory, on_disk):
    with engine_of(options(memory=memory), tmp_path, lines):
        assert (tmp_path / "work.duckdb").exists() is on_disk


def test_many_lines_leave_room_for_who_is_who(options, tmp_path):
    limits = []
    for lines in (10, MOST_IN_MEMORY + 1):
        with engine_of(options(), tmp_path / str(lines) if lines == 10 else tmp_path, lines) as engine:
            limits.append(engine.connection.execute("select current_setting('memory_limit')").fetchall()[0][0])
    few, many = (float(text.split()[0]) for text in limits)
    assert many < 0.6 * few


def test_a_bound_that_was_asked_for_holds(options, tmp_path):
    with engine_of(options(memory="500MB"), tmp_path, 10) as engine:
        told = engine.connection.execute("select current_setting('memory_limit')").fetchall()[0][0]
    assert told.startswith("476")  # MiB
