"""Tables in memory or in files beside the run: what is published is the same to the byte."""

import pytest

import analytics
from analytics.engines import duckdb_engine
from analytics.identity.grouping import cohesion_tables
from analytics.identity.ledger import ids, minting
from analytics.identity.records import aliases
from analytics.pipeline import engine_choice
from analytics.synth import synthesize


@pytest.fixture(scope="module")
def days(tmp_path_factory):
    """Invented shipments of every scheme, handed in one file after the other."""
    folder = tmp_path_factory.mktemp("truth")
    synthesize(folder, shipments=1_500, seed=5)
    rows = (folder / "shipments.csv").read_text().splitlines(keepends=True)
    files = [folder / "first.csv", folder / "second.csv"]
    for file, part in zip(files, (rows[1:1200], rows[1200:]), strict=True):
        file.write_text("".join([rows[0], *part]))
    return files


@pytest.mark.parametrize("resolve", ["all", "hot"])
def test_the_same_bytes_wherever_tables_lie(days, tmp_path, monkeypatch, resolve):
    monkeypatch.setattr(duckdb_engine, "ROWS_A_BATCH", 300)
    for module in (aliases, cohesion_tables, ids, minting):
        monkeypatch.setattr(module, "AT_A_TIME", 300)
    published = []
    for name, most in (("memory", 10**9), ("files", 0)):
        monkeypatch.setattr(engine_choice, "MOST_IN_MEMORY", most)
        for day in days:
            analytics.screen(day, tmp_path / name, resolve=resolve)
        found = sorted((tmp_path / name).rglob("*.parquet"))
        published.append({file.relative_to(tmp_path / name): file.read_bytes() for file in found})
    ours, theirs = published
    assert sorted(ours) == sorted(theirs)
    assert {file.name for file in ours if ours[file] != theirs[file]} == {"runs.parquet"}
