"""What the benchmark of identities reckons by itself: calibration, recall of candidates, hard classes, the page."""

from __future__ import annotations

import importlib.util
from random import Random

import numpy as np
import polars as pl
import pytest

from analytics.evaluation.partitions import compare_partitions
from analytics.identity import IdentityResolver
from analytics.identity.grouping.resolution import resolve
from analytics.identity.records.preparing import prepare
from analytics.identity.scoring.recipe import level_names
from analytics.identity.training.fitting import made_up_file, some_habits
from benchmarks.identity.__main__ import main
from benchmarks.identity.ourdata import error_kinds
from benchmarks.identity.page import Told, page
from benchmarks.identity.peer import best
from benchmarks.identity.runs import FAILED, in_child
from benchmarks.identity.scores import calibration, candidate_recall, error_ratio, hard_classes, joined_pairs
from benchmarks.identity.sets import DataSet
from benchmarks.identity.untrained import untrained_scorer
from tests.identity.conftest import frame, row
from tests.shared_data import shared


def test_the_ratio_is_that_of_errors() -> None:
    assert error_ratio(0.99, 0.97) == pytest.approx(1 / 3)
    assert error_ratio(1.0, 1.0) == 0.0


def test_calibration_by_hand() -> None:
    told = calibration(np.array([0.01, 0.03, 0.72, 0.78, 1.0]), np.array([False, True, True, False, True]))
    assert [count for count, _, _ in told["bins"]] == [2, 2, 1]
    assert told["bins"][1][1:] == (pytest.approx(0.75), 0.5)
    assert told["error"] == pytest.approx((2 * 0.25 + 0) / 3)
    assert told["error_of_all"] == pytest.approx((2 * 0.48 + 2 * 0.25 + 0) / 5)


def test_nothing_scored_is_no_error() -> None:
    assert calibration(np.empty(0), np.empty(0, dtype=bool)) == {"bins": [], "error": 0.0, "error_of_all": 0.0}


def test_recall_of_candidates_counts_true_pairs() -> None:
    truth = np.array([0, 0, 0, 1, 2])
    assert candidate_recall(np.array([0, 0, 3]), np.array([1, 2, 4]), truth) == pytest.approx(2 / 3)
    assert candidate_recall(np.empty(0, int), np.empty(0, int), np.array([0, 1])) == 1.0


def test_joined_pairs_are_all_of_each_group() -> None:
    left, right = joined_pairs(["a", "b", "a", "a", "c"])
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 2), (0, 3), (2, 3)]


def test_a_wrong_merge_counts_in_its_class() -> None:
    blank = dict.fromkeys(("company", "unit", "phone"))
    home = {"name_last": "hall", "house": "12", "street": "elm st", "zip": "61455", **blank}
    people = [("ann", "0"), ("ann", "0"), ("bo", "1")]
    rows = [
        {**home, "name_first": name, "cluster": cluster, "consignee_name": f"{name} Hall"} for name, cluster in people
    ]
    rows.append({**rows[0], "consignee_name": "Ann Hall Jr.", "cluster": "2"})
    data = pl.DataFrame(rows, schema_overrides=dict.fromkeys(blank, pl.String))
    found = hard_classes(data, [0, 0, 0, 0])
    assert found["all joined pairs"] == (6, 1)
    assert found["household: one surname and address, given names differ"] == (3, 0)
    assert found["Jr or Sr on one side, or different ones"] == (3, 0)
    assert found["one building, units differ"] == (0, 0)
    many = pl.concat(
        [data.with_columns(cluster=pl.lit(f"{part}:") + pl.col("cluster")) for part in range(3)], rechunk=False
    )
    assert hard_classes(many, [part for part in range(3) for _ in range(4)])["all joined pairs"] == (18, 3)


def test_the_best_of_models_and_thresholds_counts_for_each_score() -> None:
    one = {"variant": "one", "clusters": {0.5: {"pair_F1": 0.8, "b3_F1": 0.9}, 0.9: {"pair_F1": 0.7, "b3_F1": 0.95}}}
    other = {"variant": "other", "clusters": {0.5: {"pair_F1": 0.85, "b3_F1": 0.8}}}
    assert best([one, other]) == {"variant": "other", "pair_F1": 0.85, "b3_F1": 0.95}


def test_wrong_pairs_are_told_by_kind() -> None:
    resolver = IdentityResolver().fit(
        frame(row("Ann Poole"), row("Ann Poole"), row("Ann Poole", "9 Far Rd", city="Salem", state="OR"), row("N/A"))
    )
    assert resolver.labels_.tolist() == [0, 0, 1, 2]
    assert error_kinds(resolver, np.array(["a", "b", "a", "b"])) == {
        "merged: written exactly alike": (1, 1),
        "parted: moved": (1, 1),
        "parted: names nobody": (1, 1),
    }


def test_a_model_trained_on_nothing_still_tells_most() -> None:
    random = Random(4)
    made = made_up_file(random, some_habits(random, 500))
    records = prepare(made.frame, made.extra)
    scorer = untrained_scorer(records)
    found = resolve(records, scorer, 0.5, learns=False)
    row = np.flatnonzero(records.row_record >= 0)
    groups = pl.DataFrame({"true": made.truth[row], "found": found.group[records.row_record[row]]})
    assert not scorer.interactions
    for name in ("house", "street"):
        weight = scorer.weights[name]
        assert weight[0] == 0.0
        assert weight[1] > 0 > weight[level_names()[name].index("different")]
    assert compare_partitions(groups).pair_recall > 0.8


def test_a_file_is_read_as_raw_strings(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "set.parquet"
    rows = {
        "unique_id": [1, 0],
        "given": ["Ann", None],
        "last": ["Poole", "Hall"],
        "cluster": [7, 8],
        "source": ["a", "a"],
    }
    pl.DataFrame(rows).write_parquet(file)
    dataset = DataSet.of(DataSet("set", {"consignee_name": ("given", "last")}).plain())
    assert dataset.raw(file).to_dicts() == [{"consignee_name": "Hall"}, {"consignee_name": "Ann Poole"}]
    assert dataset.truth(file)["cluster"].to_list() == [8, 7]


def test_a_run_that_dies_is_told_and_the_page_goes_on() -> None:
    failed = in_child("ours", dataset=DataSet("nowhere").plain(), file="/nowhere.parquet")
    assert FAILED in failed
    text = page(Told(missing="no data", made={(10, 7): (failed, None)}))
    assert "Not measured: no data." in text
    assert "Did not finish: consignees 10, seed 7: exit 1" in text


@pytest.mark.slow
def test_the_smallest_run_fills_every_table(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    shared("bench/peer_splink.py")
    if importlib.util.find_spec("splink") is None:
        pytest.skip("splink is not installed: make .venv/.bench")
    main(["--quick", "--out", str(tmp_path / "page.md")])
    text = (tmp_path / "page.md").read_text()
    assert text.count("\n## ") == 10
    assert "Did not finish" not in text
    assert text in capsys.readouterr().out
