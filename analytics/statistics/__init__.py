"""What only numbers in bulk can say: lots of one order without a number, repeated days and crowds below a limit."""

from __future__ import annotations

from analytics.contracts.steps import Step
from analytics.statistics.clustering import clustering_step
from analytics.statistics.inferred_orders import inferred_orders_step
from analytics.statistics.structuring import structuring_step

__all__ = ["statistics_steps"]


def statistics_steps() -> list[Step]:
    """Return every step that needs statistics."""
    return [inferred_orders_step(), structuring_step(), clustering_step()]
