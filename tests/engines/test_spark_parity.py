"""A screening on Spark gives the tables that DuckDB gives, row by row: the real Spark, never a stand-in."""

import polars as pl
import pytest

import analytics
from analytics.contracts.published import PUBLISHED
from analytics.synth import synthesize
from tests.engines.java import java_or_none

pytestmark = pytest.mark.slow
_TELLS_OF_THE_RUN = {"runs"}
SAMPLES = "data_samples"
PLACES = 6


@pytest.fixture(scope="module", params=["samples", "pruned", "invented"])
def both(request, tmp_path_factory):
    """The same input screened by each engine."""
    java_or_none()
    folder = tmp_path_factory.mktemp(request.param)
    given, resolve = request.config.rootpath / SAMPLES, "hot" if request.param == "pruned" else "all"
    if request.param == "invented":
        synthesize(folder / "truth", shipments=100_000, seed=3)
        given = folder / "truth" / "shipments.csv"
    return tuple(
        analytics.screen(given, folder / engine, engine=engine, threads=2, memory="3GB", resolve=resolve)
        for engine in ("duckdb", "spark")
    )


def told(frame, order):
    floats = [name for name, kind in frame.schema.items() if kind.is_float()]
    return frame.with_columns(pl.col(floats).round(PLACES)).sort(order or frame.columns, nulls_last=True)


def test_every_published_table_is_the_same_row_by_row(both):
    differ = []
    for table in PUBLISHED.values():
        if table.name in _TELLS_OF_THE_RUN:
            continue
        ours, theirs = (told(run.table(table.name).collect(), list(table.order)) for run in both)
        if not ours.equals(theirs):
            differ.append((table.name, ours.height, theirs.height))
    assert differ == []


def test_something_was_found_on_both(both):
    for run in both:
        kinds = set(run.table("flags").collect()["typology"])
        assert {"daily_limit", "order_split", "suspended_claim"} <= kinds


def test_amounts_are_decimals_on_both(both):
    ours, theirs = (run.table("flags").collect_schema() for run in both)
    assert ours == theirs
