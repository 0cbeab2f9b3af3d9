"""The samples, screened once for the room."""

from __future__ import annotations

from pathlib import Path

import pytest

import analytics

SAMPLES = Path(__file__).parents[2] / "data_samples"


@pytest.fixture(scope="package")
def live(tmp_path_factory: pytest.TempPathFactory) -> analytics.Run:
    """The entries of 2026."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        return analytics.screen(SAMPLES / "_live", tmp_path_factory.mktemp("live") / "store")


@pytest.fixture(scope="session")
def run(samples: analytics.Run) -> analytics.Run:
    return samples
