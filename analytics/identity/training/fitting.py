"""Learns the weights of the model from made-up files whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack
from sklearn.linear_model import LogisticRegression

from analytics.identity.candidates.blocking import candidate_pairs
from analytics.identity.records.preparing import prepare
from analytics.identity.scoring.compare.extra import EXTRA_LEVELS
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare, interactions, level_names, recipe
from analytics.identity.scoring.scorer import Levels, PairScorer
from analytics.identity.training.population import Habits, population
from analytics.identity.training.writing_errors import written

__all__ = ["MadeUpFile", "design_matrix", "fit", "labelled_pairs", "made_up_file", "some_habits"]

REGULARISATION = 1.0
DIGITS = 4

Design: TypeAlias = Any
"""A sparse matrix of scipy's."""
Weights = dict[str, NDArray[np.float64]]
Matrices = dict[tuple[str, str], NDArray[np.float64]]

COUNTS = (1, 2, 3, 4, 6, 10, 16)
"""How many records an entity may have."""

_PARTS = ("name", "address", "place", "phone", "email", "tax", "born", "work", "home", "paper")
_EXTRA = {"born": "date", "work": "text", "home": "text", "paper": "id"}
_KNOWN = {
    "consignee_name": (1.0, 1.0, 0.97),
    "consignee_address": (1.0, 1.0, 0.95, 0.0),
    "consignee_address2": (0.0, 0.0, 0.8),
    "consignee_city": (1.0, 0.95, 0.8, 0.0),
    "consignee_state": (1.0, 1.0, 0.9, 0.0),
    "consignee_postal_code": (1.0, 1.0, 0.95, 0.6, 0.0),
    "consignee_phone": (0.0, 0.5, 0.75, 0.9),
    "consignee_email": (0.0, 0.3, 0.5, 0.8),
    "consignee_tax_id": (0.0, 0.0, 0.3, 0.6, 0.95),
}
"""Shares of records that have a column, one of them drawn for each file."""


@dataclass(frozen=True)
class MadeUpFile:
    """A file whose truth is known."""

    frame: pl.DataFrame
    truth: NDArray[np.int64]
    extra: Mapping[str, str]


def some_habits(random: Random, entities: int) -> Habits:
    """Habits of one file, drawn at random: some know a great deal of each consignee, some next to nothing."""
    extra = {name: kind for name, kind in _EXTRA.items() if random.random() < 0.3}
    known = {name: random.choice(shares) for name, shares in _KNOWN.items()}
    known |= {name: random.uniform(0.6, 1.0) if name in extra else 0.0 for name in _EXTRA}
    return Habits(
        entities=entities,
        spread=random.choice(
            (
                (50, 24, 13, 9, 4, 0, 0),
                (50, 24, 13, 9, 4, 0, 0),
                (85, 12, 2, 1, 0, 0, 0),
                (20, 40, 10, 10, 20, 0, 0),
                (5, 90, 5, 0, 0, 0, 0),
                (10, 10, 10, 15, 20, 25, 10),
            )
        ),
        known=known,
        extra=extra,
        firms=random.choice((0.0, 0.0, 0.15, 0.3, 0.3, 0.5, 1.0)),
        households=random.uniform(0.03, 0.25),
        generations=random.choice((0.005, 0.02, 0.06)),
        buildings=random.uniform(0.03, 0.15),
        premises=random.uniform(0.01, 0.06),
        branches=random.uniform(0.05, 0.3),
        forwarder=random.choice((0.0, 0.0, 0.02, 0.08)),
        shared_phones=random.choice((0.0, 0.02, 0.06)),
        namesakes=random.uniform(0.0, 0.06),
        flatness=random.choice((4.0, 10.0, 25.0)),
        unknown_names=random.uniform(0.05, 0.5),
        errors=random.choice((0.5, 1.0, 1.0, 1.6, 2.5, 4.0)),
        slips={part: random.choice((0.3, 1.0, 1.0, 2.0, 5.0)) for part in _PARTS},
        partial_names=random.choice((0.0, 0.0, 0.01, 0.05, 0.2, 0.35)),
        moves=random.uniform(0.01, 0.1),
    )


def made_up_file(random: Random, habits: Habits) -> MadeUpFile:
    """Records of a population in no order, and the entity each belongs to."""
    rows, truth = [], []
    for entity in population(random, habits):
        for number in range(random.choices(COUNTS, habits.spread)[0]):
            rows.append(written(random, habits, entity, number == 0))
            truth.append(entity.number)
    order = list(range(len(rows)))
    random.shuffle(order)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    return MadeUpFile(frame[order], np.array(truth, dtype=np.int64)[order], habits.extra)


def labelled_pairs(file: MadeUpFile) -> tuple[Design, NDArray[np.bool_]]:
    """What was found of the candidate pairs of a file, as a design matrix, and whether each pair is one entity."""
    records = prepare(file.frame, file.extra)
    entity = np.empty(len(records), dtype=np.int64)
    known = records.row_record >= 0
    entity[records.row_record[known]] = file.truth[known]
    left, right = candidate_pairs(records)
    design = design_matrix(compare(Pairs(records, left, right)), file.extra)
    return design, entity[left] == entity[right]


def fit(files: list[tuple[Design, NDArray[np.bool_]]], version: str) -> PairScorer:
    """Learn the weights by logistic regression over what was found."""
    design = vstack([matrix for matrix, _ in files], format="csr")
    truth = np.concatenate([labels for _, labels in files])
    model = LogisticRegression(C=REGULARISATION, max_iter=400, tol=1e-5).fit(design, truth)
    sizes = {name: len(levels) for name, levels in level_names().items()}
    ends = np.cumsum([*sizes.values(), *(sizes[one] * sizes[other] for one, other in interactions())])
    parts = np.split(model.coef_[0].astype(np.float64), ends[:-1])
    weights = dict(zip(sizes, parts, strict=False))
    matrices = {
        (one, other): part.reshape(sizes[one], sizes[other])
        for part, (one, other) in zip(parts[len(sizes) :], interactions(), strict=True)
    }
    return _centred(version, float(model.intercept_[0]), weights, matrices)


def _centred(version: str, intercept: float, weights: Weights, matrices: Matrices) -> PairScorer:
    """Shift the weights so that what cannot be compared weighs nothing; every sum stays as it was."""
    weights = {name: values.copy() for name, values in weights.items()}
    centred: Matrices = {}
    for (one, other), matrix in matrices.items():
        corner, rows, columns = matrix[0, 0], matrix[:, :1] - matrix[0, 0], matrix[:1, :] - matrix[0, 0]
        weights[one] += rows[:, 0]
        weights[other] += columns[0]
        intercept += corner
        centred[one, other] = np.round(matrix - rows - columns - corner, DIGITS)
    base = {name: 0.0 if name in EXTRA_LEVELS else float(values[0]) for name, values in weights.items()}
    shifted = {name: np.round(values - base[name], DIGITS) for name, values in weights.items()}
    return PairScorer(version, round(intercept + sum(base.values()), DIGITS), shifted, centred)


def design_matrix(levels: Levels, extra: Mapping[str, str]) -> Design:
    """One column for each level of each comparison and of each pair of comparisons that weigh together."""
    sizes = {name: len(names) for name, names in level_names().items()}
    widths = [*sizes.values(), *(sizes[one] * sizes[other] for one, other in interactions())]
    starts = np.cumsum([0, *widths])
    start_of = dict(zip(sizes, starts, strict=False))
    single = [levels[item.name] + start_of[item.weighed_as] for item in recipe(extra)]
    counts = [
        np.ones(len(column)) if item.name not in extra else levels[item.name] > 0
        for item, column in zip(recipe(extra), single, strict=True)
    ]
    crossed = [
        levels[one].astype(np.int64) * sizes[other] + levels[other] + start
        for (one, other), start in zip(interactions(), starts[len(sizes) :], strict=False)
    ]
    columns = np.column_stack([*single, *crossed])
    ones = np.column_stack([*counts, *(np.ones(len(column)) for column in crossed)]).astype(np.float32)
    ends = np.arange(len(columns) + 1) * columns.shape[1]
    return csr_array((ones.ravel(), columns.ravel(), ends), shape=(len(columns), int(starts[-1])))
