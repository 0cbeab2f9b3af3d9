"""A few shipments in canonical form, and a store to screen them into."""

import pytest

from tests.rows import write_rows


@pytest.fixture(autouse=True)
def published_key(monkeypatch):
    """Hash tax ids with the key of the tests."""
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")


@pytest.fixture
def write(tmp_path):
    """Write a file of shipments: each argument changes the standard row."""

    def _write(*changes, name="in.csv", **for_all):
        return write_rows(tmp_path / name, changes, **for_all)

    return _write
