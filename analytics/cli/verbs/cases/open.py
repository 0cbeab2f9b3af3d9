"""``splitship cases open``: open a case."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.case_options import As, Json, Note, Url, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 30
"""Among the verbs of the help."""


def command(
    subject: Annotated[str, typer.Argument(metavar="FLAG", help="A flag_id, identity_id, or seller:S100558.")],
    text: Note = None,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Open a case on a flag, an identity, an order, a seller or a filer, or return the open one."""
    tell(ledger_of(store, url, by).open(subject, note=text), as_json)
