"""The page of an added day says what was measured, and the pace of it is kept as the program reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import added_day


def test_shares_of_the_whole_time_are_kept_as_the_program_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(added_day, "PACE", tmp_path / "pace.csv")
    whole = {"steps": [("b", 2.0, 7), ("a", 0.0, 1), ("gone", 1.0, 1)], "publishing": 1.0}
    in_part = {"steps": [("b", 0.5, 7), ("a", 0.0, 1)], "publishing": 1.1}
    added_day._keep_pace(whole, in_part)
    assert (tmp_path / "pace.csv").read_text().splitlines() == ["step,share", "a,1.000", "b,0.256", "publishing,1.000"]


def test_the_page_has_the_ratio_to_the_day_alone_and_what_was_said_of_the_time_left() -> None:
    run: dict[str, Any] = {"peak_mb": 900.0, "who": {"kind": "added", "compared_pairs": 70}, "foretold": [0.7, 1.4]}
    runs = {"the day, added": run | {"seconds": 30.0}, "the day alone": run | {"seconds": 10.0}}
    told = {"runs": runs, "flags": [3, 4], "both": 3, "others": 2, "differing": [], "bytes": {"tables": 1, "kept": 2}}
    page = added_day._page(1_000, told)
    assert "| the day, added | 30.0 s | 3.0 | 900 MB | added | 70 | 0.7 to 1.4 times |" in page
    assert "of 3 flags 3 are of the same typology and shipments, there are 4 there" in page


def test_a_run_that_did_not_end_has_no_figures() -> None:
    told = {"flags": [0, 0], "both": 0, "others": 0, "differing": [], "bytes": {"tables": 1, "kept": 2}}
    page = added_day._page(1_000, told | {"runs": {"the day alone": {"stopped": "stopped after 60 minutes"}}})
    assert "| the day alone | stopped after 60 minutes |  | 0 MB |  | 0 |  |" in page
