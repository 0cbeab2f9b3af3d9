"""A cluster of Spark that runs already gives what DuckDB gives, and has its settings back afterwards."""

import json
import subprocess
import sys

import pytest

import analytics
from benchmarks.spark import held
from tests.engines.java import java_or_none
from tests.engines.on_cluster import ELSEWHERE, EXECUTORS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def screened(request, tmp_path_factory):
    """What was told of a screening of the samples on executors of their own, and its store."""
    java_or_none()
    folder, samples = tmp_path_factory.mktemp("cluster"), request.config.rootpath / "data_samples"
    command = [sys.executable, "-m", "tests.engines.on_cluster", str(samples), str(folder / "spark")]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, timeout=900, cwd=request.config.rootpath)
    assert ran.returncode == 0, ran.stderr[-3_000:]
    return json.loads(ran.stdout.splitlines()[-1]), folder


def test_tables_of_executors_that_are_processes_of_their_own_are_those_of_duckdb(screened, request):
    told, folder = screened
    assert told["executors"] == EXECUTORS
    analytics.screen(request.config.rootpath / "data_samples", folder / "duckdb", threads=2, resolve="all")
    _, differ = held(folder / "duckdb", folder / "spark")
    assert differ == []


def test_a_session_that_ran_already_has_its_settings_back(screened):
    told, _ = screened
    assert told["after"] == ELSEWHERE
