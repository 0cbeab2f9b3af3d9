"""Where the public data are that the tests and benchmarks of this machine share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

__all__ = ["shared", "shared_root"]


def shared_root() -> Path:
    """Give the folder named by SPLITSHIP_SHARED, else ``shared`` beside the repository."""
    return Path(os.environ.get("SPLITSHIP_SHARED") or Path(__file__).parents[2] / "shared")


def shared(name: str) -> Path:
    """Give the path of a shared file, or skip the test with the reason."""
    path = shared_root() / name
    if not path.exists():
        pytest.skip(f"{name} is not under {shared_root()}: set SPLITSHIP_SHARED to the folder that has it")
    return path
