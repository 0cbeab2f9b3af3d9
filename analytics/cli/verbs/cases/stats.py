"""``splitship cases stats``: how the team does."""

from __future__ import annotations

from dataclasses import asdict

from analytics.cli.case_options import Json, Url, ledger_of
from analytics.cli.narration import say, say_json
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 220
"""Among the verbs of the help."""


def command(store: Store = DEFAULT_STORE, url: Url = None, as_json: Json = False) -> None:
    """Show cases by state, age and outcome, the agreement of reviews, and the yield of each typology."""
    from analytics.cli.case_text import stats_lines

    found = ledger_of(store, url, None).stats()
    say_json(asdict(found)) if as_json else say("\n".join(stats_lines(found)))
