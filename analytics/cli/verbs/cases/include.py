"""``splitship cases include``: take a shipment back in."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.case_options import As, Id, Json, Url, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 170
"""Among the verbs of the help."""


def command(
    case_id: Id,
    shipment: Annotated[str, typer.Argument(metavar="SHIPMENT", help="An excluded shipment_uid.")],
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Include an excluded shipment again."""
    tell(ledger_of(store, url, by).include(case_id, shipment), as_json)
