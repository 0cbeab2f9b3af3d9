"""What is told of whole numbers agrees with NumPy, which is slow at it."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.identity.records.arrays import are_among, distinct

NONE = np.empty(0, dtype=np.int64)


@pytest.mark.parametrize("values", [NONE, np.array([7]), np.random.default_rng(3).integers(-9, 9, 40)])
def test_distinct_values_are_those_of_numpy(values: np.ndarray) -> None:
    assert distinct(values).tolist() == np.unique(values).tolist()
    assert distinct(values.astype(np.uint32)).dtype == np.uint32


@pytest.mark.parametrize("known", [NONE, np.array([4]), np.random.default_rng(5).integers(0, 9, 5)])
@pytest.mark.parametrize("values", [NONE, np.arange(-1, 11), np.array([8, 0, 8])])
def test_values_are_among_those_that_numpy_finds(values: np.ndarray, known: np.ndarray) -> None:
    assert are_among(values, known).tolist() == np.isin(values, known).tolist()
