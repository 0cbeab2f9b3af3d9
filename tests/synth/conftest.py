"""One synthetic world for all tests of the room."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from analytics.synth import SynthSummary, synthesize


@dataclass(frozen=True)
class Written:
    """What one call wrote, read back as text."""

    summary: SynthSummary
    shipments: pl.DataFrame
    persons: pl.DataFrame
    flags: pl.DataFrame


def read_back(summary: SynthSummary) -> Written:
    """Read the three files of a folder; amounts as whole cents."""
    tables = [pl.read_csv(summary.out / f"{name}.csv", infer_schema=False) for name in
              ("shipments", "truth_identities", "truth_flags")]  # fmt: skip
    shipments = tables[0].with_columns(
        cents=pl.col("declared_value").str.replace(".", "", literal=True).cast(pl.Int64)
    ).join(tables[1], on="shipment_id", how="left", maintain_order="left")  # fmt: skip
    return Written(summary, shipments, tables[1], tables[2])


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return read_back(synthesize(Path(tmp_path_factory.mktemp("synth")), shipments=30_000, seed=7))
