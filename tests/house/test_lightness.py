"""Nothing heavy is loaded before it is needed."""

import os
import subprocess
import sys

import pytest

HEAVY = ("duckdb", "pandas", "plotly", "polars", "pyspark", "scipy", "sklearn", "sqlglot")


def loaded(code):
    ask = f"{code}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True, env=os.environ, timeout=300
    )
    return done.stdout.split()


@pytest.mark.parametrize("code", ["import analytics", "import analytics.cli.main", "import analytics.errors"])
def test_the_package_and_its_command_load_no_engine(code):
    assert loaded(code) == []


def test_screening_loads_neither_plotly_nor_spark():
    assert not {"plotly", "pyspark", "pandas"} & set(loaded("import analytics.screening"))


def test_opening_a_store_loads_no_model():
    assert not {"plotly", "sklearn", "pyspark"} & set(loaded("import analytics\nanalytics.open_store"))
