"""Bounds of samples in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analytics.tuning import Bound

__all__ = ["bound_lines"]


def bound_lines(found: list[Bound]) -> list[str]:
    """Say of each sample what it tells of all that lies below the line."""
    if not found:
        return ["no sample was drawn yet. Draw one: splitship tune --typology inferred_order_split --next 60"]
    return [line for bound in found for line in _lines(bound)]


def _lines(bound: Bound) -> list[str]:
    head = (
        f"{bound.sample_id}  {bound.typology}, line {bound.line:g}, run {bound.run_id}: "
        f"{bound.drawn:,} drawn of {bound.population:,} below the line"
    )
    if bound.share is None:
        left = bound.drawn - bound.judged
        return [head, f"    {bound.judged:,} judged, {left:,} outstanding: no bound while a verdict is missing"]
    return [
        head,
        f"    {bound.missed:,} should have been flagged, {bound.unsure:,} unsure (counted as missed); "
        f"judged by {bound.judged_by}, {bound.judged_at}",
        f"    at most {bound.share:.2%} of what lies below the line is missed, {bound.most:,} of "
        f"{bound.population:,} (exact binomial bound, {bound.confidence:.0%} confidence)",
    ]
