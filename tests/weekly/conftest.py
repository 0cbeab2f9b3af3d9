"""What a first run left, screened once for all tests of the room."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.weekly.lots import MONDAYS, put_lot, weekly


@pytest.fixture(scope="package", autouse=True)
def key():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        patch.delenv("SPLITSHIP_CASES", raising=False)
        yield


@pytest.fixture(scope="package")
def first(tmp_path_factory):
    root = tmp_path_factory.mktemp("first")
    put_lot(root / "in", "first")
    return root, weekly(root, MONDAYS["2025-W11"])


@pytest.fixture
def root(first, tmp_path):
    """A copy of what the first run left."""
    return Path(shutil.copytree(first[0], tmp_path / "copy"))
