"""``splitship evaluate``: compare flags and identities with the truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.narration import say
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 80
"""Among the verbs of the help."""


def command(
    truth: Annotated[Path, typer.Argument(help="Folder written by synth.")],
    store: Store = DEFAULT_STORE,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare the flags and identities of a store with the truth."""
    from analytics.evaluation import evaluate as measure
    from analytics.opened import open_store

    result = measure(truth, open_store(store))
    say(result.to_json() if as_json else result.to_text())
