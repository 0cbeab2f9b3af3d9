"""The lists from which the invented world is drawn, and the few ways of drawing from them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

__all__ = [
    "Floats",
    "Ints",
    "Texts",
    "Yes",
    "chance",
    "pick",
    "read_table",
    "read_words",
    "skewed",
    "split_words",
    "text_array",
]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Yes = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]


@cache
def read_words(name: str) -> dict[str, Any]:
    """Read one of the word lists, a TOML file."""
    return tomllib.loads(_data(name))


@cache
def read_table(name: str) -> pl.DataFrame:
    """Read one of the tables, a CSV file; every column is text."""
    return pl.read_csv(_data(name).encode(), infer_schema=False).fill_null("")


def _data(name: str) -> str:
    return files("analytics.traffic").joinpath("data", name).read_text("utf-8")


def split_words(text: str, separator: str | None = None) -> list[str]:
    """Split a list as the data files write it: between blanks, with ``_`` for a blank inside a name."""
    return [word.strip().replace("_", " ") for word in text.split(separator)]


def text_array(words: list[str]) -> Texts:
    """Make an array that is indexed with drawn numbers."""
    return np.array(words, dtype=object)


def chance(rng: np.random.Generator, count: int, share: float | Floats) -> Yes:
    """Draw yes or no, yes in the given share of cases."""
    return rng.random(count) < share


def pick(rng: np.random.Generator, count: int, weights: Floats) -> Ints:
    """Draw positions in proportion to their weights."""
    return np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(count), side="right").astype(np.int64)


def skewed(rng: np.random.Generator, sizes: Ints, power: float = 1.5) -> Ints:
    """Draw a position below each size, the early ones more often."""
    return np.floor(sizes * rng.random(len(sizes)) ** power).astype(np.int64)
