"""One run of the resolver of this project, measured in a process of its own."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity import resolver
from analytics.identity.grouping import comparing, constraints, resolution
from analytics.identity.grouping.resolution import Resolution, resolve
from analytics.identity.records.preparing import prepare
from analytics.identity.records.records import Records
from analytics.identity.resolver import IdentityResolver
from analytics.identity.scoring.scored import ComparedPairs
from analytics.identity.scoring.scorer import default_scorer
from benchmarks.identity.calibrating import observed, reliability
from benchmarks.identity.scores import READ, calibration, candidate_recall, hard_classes
from benchmarks.identity.sets import MADE, DataSet, scoring
from benchmarks.identity.untrained import untrained_scorer

__all__ = ["THREADS", "WITHHELD", "measured", "withheld"]

THREADS = 2
WITHHELD = ("as it comes", "no adaptation to the file", "no training: weights by EM from the file itself")
"""Ways of scoring, each with less that was learned beforehand."""

MOST_LOOKED_AT = 1_000_000
"""Compared pairs that are compared once more, to tell what each rests on."""

Timed = Callable[..., Any]


def measured(dataset: DataSet, file: Path) -> dict[str, Any]:
    """Resolve a set with the default configuration, from raw strings in a file to groups.

    Parameters
    ----------
    dataset : DataSet
        What to read of the file.
    file : Path
        Parquet file with its records.

    Returns
    -------
    dict
        Scores over clusters, wall seconds with those of the stages, peak memory before anything was scored, and the
        calibration, reliability and candidate recall of the compared pairs.
    """
    stages = _watched()
    began = time.perf_counter()
    fitted = IdentityResolver(extra_columns=dataset.extra or None, n_jobs=THREADS).fit(dataset.raw(file))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stages["the rest: reading, scoring again"] = seconds - sum(stages.values())
    told = {"seconds": seconds, "peak_mb": peak, "stages": stages, "records": len(fitted.records_)}
    labels = fitted.labels_
    told |= _pairs(dataset, file, fitted)
    del fitted  # of ten million records it takes more than what is left to do
    told |= _scored(dataset, file, labels)
    if dataset.name == MADE:
        told["classes"] = hard_classes(pl.read_parquet(file, columns=list(READ)), labels)
    return told


def withheld(dataset: DataSet, file: Path) -> dict[str, Any]:
    """Scores of a set by the ways of `WITHHELD`."""
    records = prepare(dataset.raw(file), dataset.extra, THREADS)
    threshold = IdentityResolver().threshold
    found = (
        resolve(records, default_scorer(), threshold, threads=THREADS),
        resolve(records, default_scorer(), threshold, threads=THREADS, learns=False),
        resolve(records, untrained_scorer(records, THREADS), threshold, threads=THREADS, learns=False),
    )
    return {way: _scored(dataset, file, _labels(records, each)) for way, each in zip(WITHHELD, found, strict=True)}


def _labels(records: Records, found: Resolution) -> NDArray[np.int64]:
    """Group of each row; rows of nobody stand alone."""
    row = records.row_record
    alone = len(records) + np.arange(len(row))
    return np.where(row >= 0, found.group[np.maximum(row, 0)], alone) if len(records) else alone


def _scored(dataset: DataSet, file: Path, labels: NDArray[np.int64]) -> dict[str, Any]:
    truth = dataset.truth(file)
    source = truth["source"].to_list() if dataset.is_link else None
    metrics: dict[str, Any] = scoring().cluster_metrics(labels, _numbered(truth["cluster"]), source)
    return metrics


def _numbered(clusters: pl.Series) -> NDArray[np.int64]:
    """A number for each name of a cluster: ten million names are a gigabyte of Python text."""
    return clusters.cast(pl.String).cast(pl.Categorical).to_physical().cast(pl.Int64).to_numpy()


def _pairs(dataset: DataSet, file: Path, fitted: IdentityResolver) -> dict[str, Any]:
    """Calibration and candidate recall, over distinct records; each record is told by its first row."""
    codes = _numbered(dataset.truth(file)["cluster"])
    record, row = np.unique(fitted.records_.row_record, return_index=True)
    truth = codes[row[record >= 0]]
    found = fitted.resolution_
    is_one = truth[found.left] == truth[found.right]
    told = {
        "calibration": calibration(found.probability, is_one),
        "candidate_recall": candidate_recall(found.left, found.right, truth),
        "compared": len(found.left),
    }
    if len(found.left) <= MOST_LOOKED_AT:
        told["reliability"] = _reliability(dataset, file, fitted)
    return told


def _reliability(dataset: DataSet, file: Path, fitted: IdentityResolver) -> dict[str, Any]:
    """Of a public set only of the half from which no table was learned."""
    rows = dataset.truth(file)
    pairs = observed(fitted, rows["cluster"], rows["source"] if dataset.is_link else None)
    return reliability(pairs if dataset.name == MADE else pairs.filter(~pl.col("teaches")))


def _watched() -> dict[str, float]:
    """Seconds of the stages of a resolution, as they pass from now on in this process."""
    seconds: dict[str, float] = {}

    def watch(owner: Any, name: str, stage: str) -> None:
        inner: Timed = getattr(owner, name)

        def timed(*args: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return inner(*args, **named)
            finally:
                seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - began

        setattr(owner, name, timed)

    watch(resolver, "prepare", "keys of the raw strings")
    watch(comparing, "candidate_pairs", "candidate pairs")
    watch(ComparedPairs, "of", "comparing")
    watch(comparing, "adapted", "adapting to the file")
    watch(comparing, "uncompared_pairs", "pairs within components")
    watch(resolution, "trusted_accounts", "accounts")
    watch(constraints, "average_link_clusters", "groups")
    return seconds
