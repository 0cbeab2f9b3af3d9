"""Learns the weights of the model from made-up files whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from analytics.identity.blocking import candidate_pairs
from analytics.identity.comparisons import COMPARISONS
from analytics.identity.pairs import Pairs
from analytics.identity.records import prepare
from analytics.identity.scorer import Levels, PairScorer, compare
from analytics.identity.training.errors import written
from analytics.identity.training.people import Habits, population

__all__ = ["INTERACTIONS", "fit", "labelled_levels", "made_up_file", "some_habits"]

INTERACTIONS = (
    ("given_name", "surname"),
    ("given_name", "house"),
    ("given_name", "street"),
    ("given_name", "phone"),
    ("given_name", "email"),
    ("given_name", "generation"),
    ("surname", "house"),
    ("surname", "street"),
    ("surname", "phone"),
    ("surname", "email"),
    ("surname", "namesakes"),
    ("given_name", "namesakes"),
    ("firm_name", "house"),
    ("firm_name", "street"),
    ("firm_name", "place"),
    ("firm_name", "phone"),
    ("firm_name", "email"),
    ("firm_name", "namesakes"),
    ("namesakes", "place"),
    ("namesakes", "street"),
    ("house", "street"),
    ("house", "place"),
    ("house", "unit"),
    ("house", "neighbours"),
    ("street", "place"),
    ("unit", "neighbours"),
    ("phone", "email"),
    ("phone", "house"),
    ("phone", "place"),
    ("email", "house"),
    ("email", "place"),
)
REGULARISATION = 1.0


def some_habits(random: Random, entities: int) -> Habits:
    """Habits of one file, drawn at random."""
    return Habits(
        entities=entities,
        firms=random.choice((0.0, 0.15, 0.3, 0.3, 0.5, 1.0)),
        households=random.uniform(0.05, 0.25),
        generations=random.uniform(0.003, 0.02),
        buildings=random.uniform(0.03, 0.15),
        branches=random.uniform(0.05, 0.3),
        forwarder=random.choice((0.0, 0.0, 0.02, 0.08)),
        shared_phones=random.uniform(0.0, 0.06),
        namesakes=random.uniform(0.0, 0.04),
        flatness=random.choice((4.0, 10.0, 25.0)),
        unknown_names=random.uniform(0.05, 0.35),
        phone=random.choice((0.0, 0.5, 0.75, 0.9)),
        email=random.choice((0.0, 0.3, 0.5, 0.8)),
        tax=random.choice((0.0, 0.0, 0.2, 0.4)),
        account=0.0,
        errors=random.uniform(0.5, 1.6),
        moves=random.uniform(0.02, 0.1),
    )


def made_up_file(random: Random, habits: Habits) -> tuple[pl.DataFrame, NDArray[np.int64]]:
    """Records of a population in no order, and the entity each belongs to."""
    rows, truth = [], []
    for entity in population(random, habits):
        for number in range(random.choices((1, 2, 3, 4, 6), (50, 24, 13, 9, 4))[0]):
            rows.append(written(random, habits, entity, number == 0))
            truth.append(entity.number)
    order = list(range(len(rows)))
    random.shuffle(order)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    return frame[order], np.array(truth, dtype=np.int64)[order]


def labelled_levels(frame: pl.DataFrame, truth: NDArray[np.int64]) -> tuple[Levels, NDArray[np.bool_]]:
    """Levels of the candidate pairs of a file and whether each pair is one entity."""
    records = prepare(frame, {})
    entity = np.empty(len(records), dtype=np.int64)
    known = records.row_record >= 0
    entity[records.row_record[known]] = truth[known]
    left, right = candidate_pairs(records)
    return compare(Pairs(records, left, right)), entity[left] == entity[right]


def fit(files: list[tuple[Levels, NDArray[np.bool_]]], version: str) -> PairScorer:
    """Learn the weights by logistic regression over what was found."""
    levels = {name: np.concatenate([found[name] for found, _ in files]) for name in files[0][0]}
    truth = np.concatenate([labels for _, labels in files])
    blocks = list(_columns(levels))
    design = hstack([matrix for _, matrix in blocks], format="csr")
    model = LogisticRegression(C=REGULARISATION, max_iter=400, tol=1e-5).fit(design, truth)
    weights: dict[str, NDArray[np.float64]] = {}
    interactions: dict[tuple[str, str], NDArray[np.float64]] = {}
    sizes = {comparison.name: len(comparison.levels) for comparison in COMPARISONS}
    start = 0
    for of, matrix in blocks:
        learned = np.round(model.coef_[0][start : start + matrix.shape[1]], 4)
        start += matrix.shape[1]
        if len(of) == 1:
            weights[of[0]] = learned
        else:
            interactions[of[0], of[1]] = learned.reshape(sizes[of[0]], sizes[of[1]])
    return PairScorer(version, round(float(model.intercept_[0]), 4), weights, interactions)


def _columns(levels: Levels) -> Iterator[tuple[tuple[str, ...], csr_matrix]]:
    sizes = {comparison.name: len(comparison.levels) for comparison in COMPARISONS}
    for name, found in levels.items():
        yield (name,), _one_hot(found.astype(np.int64), sizes[name])
    for one, other in INTERACTIONS:
        crossed = levels[one].astype(np.int64) * sizes[other] + levels[other]
        yield (one, other), _one_hot(crossed, sizes[one] * sizes[other])


def _one_hot(found: NDArray[np.int64], size: int) -> csr_matrix:
    rows = len(found)
    return csr_matrix((np.ones(rows, np.float32), found, np.arange(rows + 1)), shape=(rows, size))
