"""The model: what every finding of every comparison weighs, in log odds.

The model is a sum: a weight for each level of each comparison, and one for each pair of levels of some pairs of
comparisons (an equal surname says less where the given names differ). It is kept as plain JSON, so that loading it runs
no code and it can be read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from analytics.errors import ContractError
from analytics.identity.scoring.comparison import Comparison
from analytics.identity.scoring.recipe import level_names, recipe

__all__ = ["MODEL_FILE", "AdaptedWeights", "PairScorer", "default_scorer", "probabilities"]

MODEL_FILE = Path(__file__).parent / "model.json"
PLACES = 6
DIGITS = 3
"""Places to which a model is shifted, so that it is the same on every machine."""

Levels = dict[str, NDArray[np.uint8]]


@dataclass(frozen=True)
class AdaptedWeights:
    """What a model has learned from a file: all of it but what two comparisons weigh together.

    Attributes
    ----------
    version : str
        Name of the adapted model.
    intercept : float
        Log odds before anything is compared.
    weights : mapping
        Comparison to the weight of each of its levels.
    """

    version: str
    intercept: float
    weights: Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class PairScorer:
    """Log odds that two parties are one, as a sum of weights.

    Attributes
    ----------
    version : str
        Name of the model, kept with every run.
    intercept : float
        Log odds before anything is compared.
    weights : mapping
        Comparison to the weight of each of its levels.
    interactions : mapping
        Pair of comparisons to a matrix of weights, level by level.
    """

    version: str
    intercept: float
    weights: Mapping[str, NDArray[np.float64]]
    interactions: Mapping[tuple[str, str], NDArray[np.float64]]

    @classmethod
    def load(cls, file: Path = MODEL_FILE) -> Self:
        """Read a model and see that it fits the comparisons of this program."""
        model = json.loads(file.read_text(encoding="utf-8"))
        expected = {name: list(levels) for name, levels in level_names().items()}
        found = {name: list(levels) for name, levels in model["levels"].items()}
        if found != expected:
            raise ContractError(
                f"{file}: the model was trained for other comparisons than this program makes. "
                "Train it again: python -m analytics.identity.training"
            )
        return cls(
            model["version"],
            model["intercept"],
            {name: np.array(values) for name, values in model["weights"].items()},
            {(item["of"][0], item["of"][1]): np.array(item["weights"]) for item in model["interactions"]},
        )

    def save(self, file: Path) -> None:
        """Write the model as JSON."""
        file.write_text(json.dumps(self._plain(), indent=1) + "\n", encoding="utf-8")

    def _plain(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "intercept": self.intercept,
            "levels": {name: list(levels) for name, levels in level_names().items()},
            "weights": {name: values.tolist() for name, values in self.weights.items()},
            "interactions": [{"of": list(of), "weights": values.tolist()} for of, values in self.interactions.items()],
        }

    def shifted(self, intercept: float, shifts: Mapping[str, NDArray[np.float64]], extra: Mapping[str, str]) -> Self:
        """Return the model with some weights shifted.

        Parameters
        ----------
        intercept : float
            Added to the intercept.
        shifts : mapping
            Comparison to what is added to each of its levels; levels that are not given stay as they are.
        extra : mapping of str to str
            Kind of each further column; its weights are its own from now on.
        """
        weights = dict(self.weights)
        for item in recipe(extra):
            shifted = self._weights(item).copy()
            shifted[: len(shifts[item.name])] += np.round(shifts[item.name], DIGITS)
            weights[_own_name(item)] = shifted
        moved = replace(self, intercept=self.intercept + round(intercept, DIGITS), weights=weights)
        return replace(moved, version=f"{self.version}+{moved.digest()}")

    @property
    def adapted(self) -> AdaptedWeights:
        """What adapting to a file can change."""
        return AdaptedWeights(self.version, self.intercept, self.weights)

    def with_adapted(self, adapted: AdaptedWeights) -> Self:
        """Return the model with the weights that it had after it adapted to a file."""
        return replace(self, version=adapted.version, intercept=adapted.intercept, weights=dict(adapted.weights))

    def digest(self) -> str:
        """Return eight hex digits that tell this model, with its weights, from any other."""
        return sha256(json.dumps(self._plain(), sort_keys=True).encode()).hexdigest()[:8]

    def _weights(self, item: Comparison) -> NDArray[np.float64]:
        return self.weights.get(_own_name(item), self.weights[item.weighed_as])

    def log_odds(self, levels: Levels, extra: Mapping[str, str]) -> NDArray[np.float64]:
        """Sum of the weights of what was found, for each pair."""
        total = np.full(len(next(iter(levels.values()))), self.intercept)
        for comparison in recipe(extra):
            total += self._weights(comparison).take(levels[comparison.name])
        for (one, other), matrix in self.interactions.items():
            total += matrix.ravel().take(levels[one].astype(np.uint16) * np.uint16(matrix.shape[1]) + levels[other])
        return total

    def shares(self, levels: Levels, extra: Mapping[str, str]) -> dict[str, NDArray[np.float64]]:
        """What each comparison adds to the log odds; what two weigh together is halved between them."""
        parts = {item.name: self._weights(item)[levels[item.name]] for item in recipe(extra)}
        for (one, other), matrix in self.interactions.items():
            half = matrix[levels[one], levels[other]] / 2
            parts[one], parts[other] = parts[one] + half, parts[other] + half
        return parts


def _own_name(item: Comparison) -> str:
    """Name under which a model adapted to a file weighs a comparison."""
    return item.name if item.weighed_as == item.name else f"{item.weighed_as}: {item.name}"


def probabilities(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log odds as probabilities, rounded to six places."""
    return np.round(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))), PLACES)


@cache
def default_scorer() -> PairScorer:
    """The model that comes with the program."""
    return PairScorer.load()
