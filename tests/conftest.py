"""What the tests share: an engine, and the models by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from analytics.contracts.steps import SqlModel
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.models import load_model


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    """An empty engine in memory."""
    with DuckDBEngine(threads=2) as made:
        yield made


@pytest.fixture(scope="session")
def model() -> Callable[[str], SqlModel]:
    """A model by its name."""
    return load_model
