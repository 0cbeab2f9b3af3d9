"""What the intake tests share: a call in a folder of its own, and its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analytics.ingest import PUBLISHED_TEST_KEY, Intake, KnownStore, TaxKey, take_in

RATES = pl.DataFrame(
    {
        "currency": ["USD", "GBP", "EUR", "CNY"],
        "usd_per_unit": ["1", "1.25", "1.10", "0.14"],
        "valid_from": [date(1900, 1, 1), date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 1)],
        "valid_to": [None, date(2026, 1, 1), None, None],
    }
)
SOUND = {
    "shipment_id": "S1",
    "arrival_date": "2025-03-04",
    "consignee_name": "Ann Example",
    "consignee_address": "1 Test Street",
    "declared_value": "10.00",
}


@dataclass
class Desk:
    """A folder with files in it, and a store that remembers what was taken in."""

    folder: Path
    calls: int = 0
    known: dict[str, str] = field(default_factory=dict)
    landed_files: list[Path] = field(default_factory=list)
    rejected_files: list[Path] = field(default_factory=list)
    next_input_no: int = 0
    rates: pl.DataFrame = field(default_factory=lambda: RATES)
    limits: pl.DataFrame | None = None

    def write(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        """Write a file."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def rows(self, name: str, *rows: dict[str, Any]) -> Path:
        """Write a CSV of sound rows with some cells changed; a cell that is None is left out of the file."""
        full = [{**SOUND, **row} for row in rows]
        headings = list(dict.fromkeys(key for row in full for key in row if row[key] is not None))
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(headings)
        writer.writerows([row.get(heading) or "" for heading in headings] for row in full)
        return self.write(name, text.getvalue())

    def take(self, *inputs: str | Path, mapping: str | None = None, remember: bool = True) -> Intake:
        """Take inputs in, and remember them as a store would."""
        self.calls += 1
        mappings = [self.write(f"mapping-{self.calls}.toml", mapping)] if mapping else []
        store = KnownStore(self.known, self.next_input_no, self.landed_files, self.rejected_files)
        out = self.folder / f"out-{self.calls}"
        intake = take_in(
            inputs,
            mappings=mappings,
            out=out,
            store=store,
            tax_key=TaxKey(PUBLISHED_TEST_KEY),
            rates=self.rates,
            limits=self.limits,
        )
        if remember:
            self.known |= {item.sha256: f"r{self.calls}" for item in intake.inputs if item.skipped is None}
            self.landed_files = [*self.landed_files, *intake.landed]
            self.rejected_files = [*self.rejected_files, *intake.rejected]
            self.next_input_no = intake.next_input_no
        return intake


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder to write inputs into and take them in from."""
    return Desk(tmp_path)


@pytest.fixture
def landed() -> Callable[[Intake], list[dict[str, Any]]]:
    """Accepted rows of an intake."""
    return lambda intake: _rows(intake.landed)


@pytest.fixture
def rejected() -> Callable[[Intake], list[dict[str, Any]]]:
    """Rejected rows of an intake."""
    return lambda intake: _rows(intake.rejected)


@pytest.fixture
def unread() -> Callable[[Intake], list[dict[str, Any]]]:
    """Unread cells of an intake."""
    return lambda intake: _rows(intake.unread)


def _rows(files: Sequence[Path]) -> list[dict[str, Any]]:
    return [row for file in files for row in pl.read_parquet(file).rows(named=True)]
