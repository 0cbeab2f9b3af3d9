"""``splitship synth``: make shipments with planted schemes."""

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
    shipments: Annotated[int, typer.Option(min=1, help="How many.")] = 20_000,
    weeks: Annotated[int, typer.Option(min=1, help="Over how many weeks.")] = 12,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
) -> None:
    """Make shipments with planted schemes and their truth."""
    from analytics.synth import synthesize

    note(str(synthesize(out, shipments=shipments, weeks=weeks, seed=seed)))
    say(out)
