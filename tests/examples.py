"""More examples of a property for the slow suite than the fast one takes time for."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

__all__ = ["at_length"]


def at_length(test: Callable[..., None], examples: int, *strategies: Any) -> Callable[..., None]:
    """Make of a test of a property a slow one on more examples, under the same settings otherwise."""
    asked = settings(test._hypothesis_internal_use_settings, max_examples=examples)  # type: ignore[attr-defined]
    inner = test.hypothesis.inner_test  # type: ignore[attr-defined]
    return pytest.mark.slow(asked(given(*strategies)(inner)))
