"""``splitship cases exclude``: set a shipment aside."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.case_options import As, Id, Json, Url, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 160
"""Among the verbs of the help."""


def command(
    case_id: Id,
    shipment: Annotated[str, typer.Argument(metavar="SHIPMENT", help="A shipment_uid, as show lists them.")],
    reason: Annotated[str, typer.Option(help="The reason, in a few words.")],
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Exclude a shipment from a case."""
    tell(ledger_of(store, url, by).exclude(case_id, shipment, reason), as_json)
