"""``splitship tune``: the below-the-line test of a typology."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.narration import note, say
from analytics.cli.options import DEFAULT_STORE, By, Store
from analytics.errors import UsageError

if TYPE_CHECKING:
    from analytics.tuning import Bound

__all__ = ["PLACE", "command"]

PLACE = 160
"""Among the verbs of the help."""


def command(
    typology: Annotated[str | None, typer.Option(help="Typology to test, such as inferred_order_split.")] = None,
    count: Annotated[int | None, typer.Option("--next", metavar="N", min=1, help="Draw N candidates.")] = None,
    out: Annotated[Path, typer.Option(help="The sheet to write.")] = Path("splitship-sample.xlsx"),
    filled: Annotated[Path | None, typer.Option("--in", metavar="FILE", help="Read a completed sheet.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of the draw; kept with the sample.")] = None,
    confidence: Annotated[float, typer.Option(help="Confidence level of the bound, between 0 and 1.")] = 0.95,
    by: By = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """Run a below-the-line test: draw a sample, read its verdicts, or show the bounds of the missed share."""
    from analytics.opened import open_store
    from analytics.tuning import bounds, draw_sample, take_sample

    if not 0 < confidence < 1:
        raise UsageError(
            f"--confidence {confidence} is not a confidence level. Give a number between 0 and 1, such as 0.95."
        )
    if count is not None and filled is not None:
        raise UsageError("two options were given. --next N draws a sample, --in FILE reads a sheet.")
    opened = open_store(store)
    if count is not None:
        if typology is None:
            raise UsageError("a typology is needed: --typology inferred_order_split, structuring or daily_limit.")
        sample, drawn = draw_sample(opened, typology, count, out, seed=seed, by=by)
        note(f"sample {sample}: {drawn:,} candidates below the line of {typology}, scores hidden")
        say(out)
        return
    if filled is not None:
        sample, taken = take_sample(opened, filled, by)
        note(f"sample {sample}: {taken:,} verdicts kept")
    say("\n".join(_bound_lines(bounds(opened.table("tunings").collect(), confidence))))


def _bound_lines(found: list[Bound]) -> list[str]:
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
