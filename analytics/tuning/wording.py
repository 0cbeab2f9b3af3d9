"""What samples from below the line say, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analytics.statistics.below_line import Bound

__all__ = ["bound_lines"]


def bound_lines(found: Sequence[Bound]) -> list[str]:
    """Show for each sample the bound that it gives for all candidates below the line."""
    if not found:
        return ["no sample has been drawn. Draw one: splitship tune --typology inferred_order_split --next 60"]
    return [line for bound in found for line in _lines(bound)]


def _lines(bound: Bound) -> list[str]:
    head = (
        f"{bound.sample_id}  {bound.typology}, line {bound.line:g}, run {bound.run_id}: "
        f"{bound.drawn:,} drawn of {bound.population:,} below the line"
    )
    if bound.share is None:
        left = bound.drawn - bound.judged
        return [head, f"    {bound.judged:,} reviewed, {left:,} outstanding: no bound until all verdicts are in"]
    return [
        head,
        f"    {bound.missed:,} should have been flagged, {bound.unsure:,} unsure (counted as missed); "
        f"reviewed by {bound.judged_by}, {bound.judged_at}",
        f"    at most {bound.share:.2%} of the candidates below the line are missed, {bound.most:,} of "
        f"{bound.population:,} (exact binomial bound, {bound.confidence:.0%} confidence)",
    ]
