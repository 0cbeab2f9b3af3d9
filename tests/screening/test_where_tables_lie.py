"""Tables in memory or in files beside the run: what is published is the same to the byte."""

import pytest

import analytics
from analytics.engines import duckdb_engine
from analytics.identity.grouping import cohesion_tables
from analytics.identity.ledger import ids, minting
from analytics.identity.records import aliases
from analytics.pipeline import engine_choice
from analytics.synth import synthesize


def days(folder, shipments):
    """Invented shipments of every scheme, handed in one file after the other."""
    synthesize(folder, shipments=max(shipments, 1_000), seed=5)
    rows = (folder / "shipments.csv").read_text().splitlines(keepends=True)[: shipments + 1]
    files = [folder / "first.csv", folder / "second.csv"]
    later = shipments // 5
    for file, part in zip(files, (rows[1:-later], rows[-later:]), strict=True):
        file.write_text("".join([rows[0], *part]))
    return files


@pytest.mark.parametrize(
    ("resolve", "shipments"),
    [
        ("all", 300),
        pytest.param("all", 1_500, marks=pytest.mark.slow),
        pytest.param("hot", 1_500, marks=pytest.mark.slow),
    ],
)
def test_the_same_bytes_wherever_tables_lie(tmp_path, monkeypatch, resolve, shipments):
    monkeypatch.setattr(duckdb_engine, "ROWS_A_BATCH", shipments // 5)
    for module in (aliases, cohesion_tables, ids, minting):
        monkeypatch.setattr(module, "AT_A_TIME", shipments // 5)
    handed_in, published = days(tmp_path, shipments), []
    for name, most in (("memory", 10**9), ("files", 0)):
        monkeypatch.setattr(engine_choice, "MOST_IN_MEMORY", most)
        for day in handed_in:
            analytics.screen(day, tmp_path / name, resolve=resolve)
        found = sorted((tmp_path / name).rglob("*.parquet"))
        published.append({file.relative_to(tmp_path / name): file.read_bytes() for file in found})
    ours, theirs = published
    assert sorted(ours) == sorted(theirs)
    assert {file.name for file in ours if ours[file] != theirs[file]} == {"runs.parquet"}
