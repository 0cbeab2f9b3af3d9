"""``splitship cases attach``: attach a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.case_options import As, Id, Json, Note, Url, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 100
"""Among the verbs of the help."""


def command(
    case_id: Id,
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A document.")],
    text: Note = None,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Attach a document, stored under its SHA-256."""
    tell(ledger_of(store, url, by).attach(case_id, file, text), as_json)
