"""A screening on Spark gives the tables that DuckDB gives, row by row: the real Spark, never a stand-in."""

import os
import shutil
import subprocess

import polars as pl
import pytest

import analytics
from analytics.contracts.published import PUBLISHED
from analytics.synth import synthesize

pytestmark = pytest.mark.slow
_TELLS_OF_THE_RUN = {"runs"}
SAMPLES = "data_samples"
PLACES = 6


@pytest.fixture(scope="module", autouse=True)
def java():
    """Spark's own machine; installed where it is missing and that is allowed."""
    if shutil.which("java") is None and os.environ.get("CI"):
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "default-jre-headless"]):
            subprocess.run(command, check=False, capture_output=True, timeout=600)
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Java; as root: apt-get install default-jre-headless")


@pytest.fixture(scope="module", params=["samples", "invented"])
def both(request, tmp_path_factory):
    """The same input screened by each engine."""
    folder = tmp_path_factory.mktemp(request.param)
    given = request.config.rootpath / SAMPLES
    if request.param == "invented":
        synthesize(folder / "truth", shipments=100_000, seed=3)
        given = folder / "truth" / "shipments.csv"
    return tuple(
        analytics.screen(given, folder / engine, engine=engine, threads=2, memory="3GB")
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
