"""``splitship synth``: generate synthetic shipments with injected schemes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.narration import note, say

__all__ = ["PLACE", "command"]

PLACE = 90
"""Among the verbs of the help."""


def command(
    out: Annotated[Path, typer.Argument(help="Folder to write into.")],
    shipments: Annotated[int, typer.Option(min=1, help="Number of shipments.")] = 20_000,
    weeks: Annotated[int, typer.Option(min=1, help="Number of weeks.")] = 12,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
) -> None:
    """Generate synthetic shipments with injected schemes and their truth."""
    from analytics.synth import synthesize

    note(str(synthesize(out, shipments=shipments, weeks=weeks, seed=seed)))
    say(out)
