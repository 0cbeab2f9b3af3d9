"""A screening on Spark gives the tables that DuckDB gives, row by row: the real Spark, never a stand-in."""

import pytest

import analytics
from analytics.synth import synthesize
from benchmarks.spark import held
from tests.engines.java import java_or_none

pytestmark = pytest.mark.slow
SAMPLES = "data_samples"


@pytest.fixture(scope="module", params=["samples", "pruned", "invented", "added"])
def both(request, tmp_path_factory):
    """The same input screened by each engine, one file after the other."""
    java_or_none()
    folder = tmp_path_factory.mktemp(request.param)
    given, resolve = [request.config.rootpath / SAMPLES], "hot" if request.param == "pruned" else "all"
    if request.param in {"invented", "added"}:
        synthesize(folder / "truth", shipments=100_000 if request.param == "invented" else 20_000, seed=3)
        given = [folder / "truth" / "shipments.csv"]
    if request.param == "added":
        given = in_two(given[0])
    for engine in ("duckdb", "spark"):
        for file in given:
            analytics.screen(file, folder / engine, engine=engine, threads=2, memory="3GB", resolve=resolve)
    return tuple(analytics.open_store(folder / engine) for engine in ("duckdb", "spark"))


def in_two(file):
    """The lines of a file as two files, the last tenth by itself."""
    heading, *lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    cut = len(lines) * 9 // 10
    files = [file.with_name(name) for name in ("first.csv", "then.csv")]
    for each, part in zip(files, (lines[:cut], lines[cut:]), strict=True):
        each.write_text(heading + "".join(part), encoding="utf-8")
    return files


def test_every_published_table_is_the_same_row_by_row(both):
    _, differ = held(*(store.root for store in both))
    assert differ == []


def test_something_was_found_on_both(both):
    for run in both:
        kinds = set(run.table("flags").collect()["typology"])
        assert {"daily_limit", "order_split", "suspended_claim"} <= kinds


def test_amounts_are_decimals_on_both(both):
    ours, theirs = (run.table("flags").collect_schema() for run in both)
    assert ours == theirs


def test_what_came_later_joined_those_who_were_there(both, request):
    kind = "added" if "added" in request.node.name else None
    kinds = {run.last_run.settings["who_is_who"]["kind"] for run in both}
    assert len(kinds) == 1
    assert kind is None or kinds == {kind}
