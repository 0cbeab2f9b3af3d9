"""Flags against schemes, and a whole evaluation, on cases worked by hand."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from analytics.errors import UnreadableFile
from analytics.evaluation import Evaluation, evaluate
from analytics.evaluation.schemes import Detection, measure_detection


def _rows(named: dict[str, str], name: str) -> pl.DataFrame:
    rows = [(key, "daily_limit", shipment) for key, shipments in named.items() for shipment in shipments]
    return pl.DataFrame(rows, schema=dict.fromkeys((name, "typology", "shipment_id"), pl.String), orient="row")


def _daily(flags: dict[str, str], schemes: dict[str, str], deliberate: str = "", explained: str = "") -> Detection:
    """Measure flags and schemes, given as names with the letters of their shipments."""
    truth = _rows(schemes, "scheme_id").with_columns(is_deliberate=pl.col("scheme_id").is_in(list(deliberate)))
    flagged = _rows(flags, "flag_id").with_columns(is_suppressed=pl.col("flag_id").is_in(list(explained)))
    return next(found for found in measure_detection(flagged, truth) if found.typology == "daily_limit")


@pytest.mark.parametrize(
    ("flag", "scheme", "right", "found"),
    [
        ("ab", "ab", 1, 1),  # the whole of it and nothing else
        ("abc", "abcd", 1, 1),  # most of it
        ("ab", "abcde", 1, 0),  # true as far as it goes, but less than half of the scheme
        ("abxy", "ab", 0, 0),  # half of the flag is something else
        ("abx", "ab", 1, 1),  # one row too many
        ("ax", "ab", 0, 0),  # one shipment of a scheme of two
        ("a", "a", 1, 1),  # a scheme of one shipment
        ("xy", "ab", 0, 0),
    ],
)
def test_when_a_flag_is_right_and_a_scheme_found(flag: str, scheme: str, right: int, found: int) -> None:
    measured = _daily({"f": flag}, {"s": scheme})
    assert (measured.right, measured.found) == (right, found)


def test_precision_counts_flags_and_recall_counts_schemes() -> None:
    measured = _daily({"1": "ab", "2": "cd", "3": "xy"}, {"A": "abcd", "B": "ef", "C": "gh", "D": "kl"})
    assert (measured.flags, measured.right, measured.precision) == (3, 2, pytest.approx(2 / 3))
    assert (measured.schemes, measured.found, measured.recall) == (4, 1, pytest.approx(1 / 4))


def test_a_lead_is_measured_by_the_days_that_were_left_to_find() -> None:
    truth = _rows({"A": "abc", "B": "de", "C": "fg"}, "scheme_id").with_columns(is_deliberate=pl.lit(value=True))
    leads = _rows({"2": "abc", "3": "fg", "4": "xy"}, "flag_id").with_columns(typology=pl.lit("possible_daily_limit"))
    flagged = pl.concat([_rows({"1": "ab", "5": "de"}, "flag_id"), leads]).with_columns(
        is_suppressed=pl.lit(value=False)
    )
    every = {found.typology: found for found in measure_detection(flagged, truth)}
    daily, possible = every["daily_limit"], every["possible_daily_limit"]
    assert (daily.typology, daily.flags, daily.schemes) == ("daily_limit", 2, 3)
    assert (possible.typology, possible.flags, possible.right) == ("possible_daily_limit", 3, 2)
    assert (possible.schemes, possible.found) == (2, 2)


def test_deliberate_schemes_are_measured_apart() -> None:
    measured = _daily({"1": "ab", "2": "cd"}, {"A": "ab", "B": "cd", "C": "ef"}, deliberate="AC")
    assert (measured.precision, measured.deliberate_precision) == (1.0, pytest.approx(1 / 2))
    assert (measured.recall, measured.deliberate_recall) == (pytest.approx(2 / 3), pytest.approx(1 / 2))


def test_explained_flags_are_counted_apart_and_still_find_what_they_name() -> None:
    flags, schemes = {"1": "ab", "2": "cd", "3": "ef"}, {"A": "ab", "B": "cd", "C": "ef"}
    measured = _daily(flags, schemes, deliberate="AB", explained="23")
    assert (measured.explained, measured.explained_deliberate) == (2, 1)
    assert (measured.found, measured.deliberate_precision, measured.deliberate_recall) == (3, 1.0, 1.0)


def test_a_flag_across_two_schemes_is_not_right() -> None:
    assert _daily({"1": "abcd"}, {"A": "ab", "B": "cd"}).right == 0


def test_no_flags_and_no_schemes_are_no_mistake() -> None:
    measured = _daily({}, {"A": "ab"})
    assert (measured.precision, measured.recall) == (1.0, 0.0)


class _Tables:
    """Published tables held in memory."""

    def __init__(self, **tables: pl.DataFrame) -> None:
        self._tables = tables

    def table(self, name: str) -> pl.LazyFrame:
        return self._tables[name].lazy()


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    persons = "shipment_id,person_id\nA1,p1\nA2,p1\nA3,p2\nA4,p3\nLOST,p3\n"
    schemes = "scheme_id,typology,shipment_id,is_deliberate\nd1,daily_limit,A1,true\nd1,daily_limit,A2,true\n"
    (tmp_path / "truth_identities.csv").write_text(persons)
    (tmp_path / "truth_flags.csv").write_text(schemes)
    return tmp_path


@pytest.fixture
def measured(truth: Path) -> Evaluation:
    ships = {"shipment_id": ["A1", "A2", "A3", "A4"], "identity_id": ["i1", "i1", "i1", None], "alias_id": list("aabc")}
    flags = {
        "flag_id": ["f1", "f2", "f3"],
        "typology": ["daily_limit", "order_split", "something_new"],
        "is_suppressed": [False, False, False],
    }
    members = {"flag_id": ["f1", "f1", "f2", "f3"], "shipment_id": ["A1", "A2", "A3", "A4"]}
    frames = {"shipments": ships, "flags": flags, "flag_shipments": members}
    return evaluate(truth, _Tables(**{name: pl.DataFrame(columns) for name, columns in frames.items()}))


def test_a_store_is_measured_against_a_folder(measured: Evaluation) -> None:
    found = {row.typology: (row.flags, row.right, row.schemes, row.found) for row in measured.detections}
    assert found["daily_limit"] == (1, 1, 1, 1)
    assert found["order_split"] == (1, 0, 0, 0)
    assert "something_new" not in found
    assert (measured.over_shipments.items, measured.missing) == (4, 1)
    assert measured.over_shipments.false_pairs == 2  # A1 and A2 with A3
    assert (measured.over_aliases.items, measured.over_aliases.false_pairs) == (3, 1)  # a with b


def test_it_prints_for_people_and_for_programs(measured: Evaluation) -> None:
    text = measured.to_text()
    assert "daily_limit" in text
    assert "late_filing" not in text  # neither flag nor scheme: nothing was measured
    assert "1 shipments of the truth are not in the store" in text
    widths = {len(line) for line in text.splitlines()[:3]}
    assert len(widths) == 1
    told = json.loads(measured.to_json())
    assert told["detections"][0]["precision"] == 1.0
    assert told["over_aliases"]["false_merge_share"] == 1.0


def test_a_folder_without_truth_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"truth_identities.csv: not there. Give the folder"):
        evaluate(tmp_path, _Tables())
