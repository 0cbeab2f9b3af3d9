"""One run of a model of the peer, in a process of its own: its script as it stands, and scores of its pairs."""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.identity.scores import calibration, hard_classes
from benchmarks.identity.sets import MADE, DataSet, shared_root

__all__ = ["best", "measured"]

THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999)
"""Thresholds that the peer may choose from with the truth, and that of its best pairs besides."""


def measured(dataset: DataSet, file: Path, variant: str) -> dict[str, Any]:
    """Run one model of the peer.

    Parameters
    ----------
    dataset : DataSet
        The set; its name names the model.
    file : Path
        Parquet file with its records, in a folder where the peer may write.
    variant : str
        Which of its models.

    Returns
    -------
    dict
        Scores over clusters at every threshold, seconds and peak memory of its stages, calibration, hard classes.
    """
    script = shared_root() / "bench" / "peer_splink.py"
    sys.argv = [str(script), dataset.name, variant, str(file)]
    left = runpy.run_path(str(script), run_name="__main__")
    report = json.loads((file.parent / f"splink_{dataset.name}_{variant}.json").read_text())
    score, truth, source, total = left["er_eval"], left["truth"], left["src"], left["n"]
    one, other, said = score.dedup_pairs(left["e"]["unique_id_l"], left["e"]["unique_id_r"], left["p"])
    clusters = {}
    for threshold in sorted({*THRESHOLDS, report["best"]["thr"]}):
        near = said >= threshold
        label = score.cc(total, one[near], other[near])
        clusters[threshold] = score.cluster_metrics(label, truth, source)
    told = {"clusters": clusters, "seconds": report["times"]["total"], "stages": report["times"]}
    told |= {"peak_mb": report["peak_rss_mb"], "fixed": clusters[0.95], "variant": variant}
    told["candidate_recall"] = report["blocking_recall"]
    if dataset.name == MADE:
        threshold = max(clusters, key=lambda cut: clusters[cut]["pair_F1"])
        near = said >= threshold
        told["classes"] = hard_classes(pl.read_parquet(file).sort("unique_id"), score.cc(total, one[near], other[near]))
        told["calibration"] = calibration(said, np.asarray(truth[one] == truth[other]))
    return told


def best(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Of all models and thresholds the best of each score, and the run whose pairs are best.

    Parameters
    ----------
    runs : sequence of dict
        What `measured` told of each model.
    """
    every = [(found, run) for run in runs for found in run["clusters"].values()]
    pairs, run = max(every, key=lambda each: each[0]["pair_F1"])
    known = {key: value for key, value in run.items() if key != "clusters"}
    return {**known, **pairs, "b3_F1": max(found["b3_F1"] for found, _ in every)}
