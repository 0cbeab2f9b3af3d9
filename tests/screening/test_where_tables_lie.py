"""Tables in memory or in files beside the run: what is published is the same to the byte."""

import pytest

import analytics
from analytics.pipeline import engine_choice
from analytics.synth import synthesize


@pytest.fixture(scope="module")
def shipments(tmp_path_factory):
    """Invented shipments of every scheme."""
    folder = tmp_path_factory.mktemp("truth")
    synthesize(folder, shipments=1_500, seed=5)
    return folder / "shipments.csv"


@pytest.mark.parametrize("resolve", ["all", "hot"])
def test_the_same_bytes_wherever_tables_lie(shipments, tmp_path, monkeypatch, resolve):
    published = []
    for name, most in (("memory", 10**9), ("files", 0)):
        monkeypatch.setattr(engine_choice, "MOST_IN_MEMORY", most)
        analytics.screen(shipments, tmp_path / name, resolve=resolve)
        found = sorted((tmp_path / name).rglob("*.parquet"))
        published.append({file.relative_to(tmp_path / name): file.read_bytes() for file in found})
    ours, theirs = published
    assert sorted(ours) == sorted(theirs)
    assert {str(file) for file in ours if ours[file] != theirs[file]} == {"tables/000001/runs.parquet"}
