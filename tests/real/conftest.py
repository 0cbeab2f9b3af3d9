"""Real files, screened once through the command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import analytics
from tests.shared_data import shared

HERE = Path(__file__).parent
Screen = Callable[[str, str], analytics.OpenedStore]


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Screen:
    """Screen a shared file with the mapping and the rules of a folder here, and open the store."""

    def _screen(data: str, folder: str) -> analytics.OpenedStore:
        store = tmp_path_factory.mktemp(folder) / "store"
        mapping, rules = HERE / folder / "mapping.toml", HERE / folder / "rules"
        call = ["screen", shared(data), "--map", mapping, "--rules", rules, "--store", store, "--no-progress"]
        environment = os.environ | {"SPLITSHIP_TAX_KEY": "splitship-demo-key-published-not-secret"}
        done = subprocess.run(
            [Path(sys.executable).with_name("splitship"), *map(str, call)],
            capture_output=True, text=True, check=False, env=environment, cwd=HERE.parents[1],
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return analytics.open_store(store)

    return _screen
