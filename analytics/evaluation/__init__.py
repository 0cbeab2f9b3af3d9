"""How much of the truth the screening found, and how much of what it found is true."""

from __future__ import annotations

from analytics.evaluation.measures import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate"]
