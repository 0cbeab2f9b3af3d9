"""What the tests share: an engine, the models by name, and stores of what several screen alike."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import analytics
from analytics.contracts.steps import SqlModel
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.models import load_model
from analytics.pipeline.session import Outcome

SAMPLES = Path(__file__).parents[1] / "data_samples"


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    """An empty engine in memory."""
    with DuckDBEngine(threads=2) as made:
        yield made


@pytest.fixture(scope="session")
def model() -> Callable[[str], SqlModel]:
    """A model by its name."""
    return load_model


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> analytics.Run:
    """The store of the samples; nobody writes into it."""
    return _screened(SAMPLES, tmp_path_factory.mktemp("samples") / "store")


@pytest.fixture(scope="session")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> analytics.Run:
    """The store of the samples of patterns in filings; nobody writes into it."""
    return _screened(SAMPLES / "_patterns", tmp_path_factory.mktemp("patterns") / "store")


def _screened(files: Path, store: Path) -> analytics.Run:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        return analytics.screen(files, store)


@pytest.fixture(scope="session")
def screened_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., analytics.Run]:
    """Screens a file into a new store; one that was screened before in the same way is copied from where it was."""
    made: dict[object, analytics.Run] = {}

    def screen(file: Path, store: Path, **asked: Any) -> analytics.Run:
        key = file.name, file.read_bytes(), repr(asked)
        if key not in made:
            folder = tmp_path_factory.mktemp("once")
            shutil.copyfile(file, folder / file.name)
            made[key] = analytics.screen(folder / file.name, folder / "store", **asked)
        run = made[key]
        shutil.copytree(run.root, store)
        return analytics.Run(store, Outcome(run.changed, run.inputs, run.run_id))

    return screen
