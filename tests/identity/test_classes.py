"""The share of each class among names, as the benchmark prints it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from benchmarks.identity.classes import CLASSES, lines, shares


def test_shares_by_hand() -> None:
    names = pl.Series(["Ann Poole", "Ann Poole", "Acme LLC", "Quorva Zembli", "TO ORDER", None])
    assert shares(names) == dict.fromkeys(CLASSES, 0.25)
    assert shares(pl.Series([None], dtype=pl.String)) == dict.fromkeys(CLASSES, 0.0)


def test_a_set_that_is_there_has_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPLITSHIP_SHARED", str(tmp_path))
    assert len(list(lines())) == 1
    cards = tmp_path / "data" / "birmingham_purchase_cards"
    cards.mkdir(parents=True)
    pl.DataFrame({"merchant": ["Acme LLC", "Quorva Zembli"]}).write_parquet(cards / "transactions.parquet")
    assert [line.split() for line in lines()][1:] == [[cards.name, "2", "0.500", "0.500", "0.000", "0.000"]]
