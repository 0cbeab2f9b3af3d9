"""Brings the cases of a store up to its last run, where it has any: the run stands whatever becomes of that."""

from __future__ import annotations

from analytics.cases.ledger import open_ledger
from analytics.cases.lookup import has_cases
from analytics.errors import LedgerError
from analytics.store import Store

__all__ = ["caught_up"]


def caught_up(store: Store, url: str | None = None) -> str:
    """Attach new flags to open cases, and return what that did, in a line; empty where there are no cases.

    Parameters
    ----------
    store : Store
        As screened last.
    url : str, optional
        The database of a team; SQLite inside the store where not given.
    """
    if not has_cases(store, url):
        return ""
    try:
        return str(open_ledger(store, url).followed)
    except LedgerError as error:
        return f"the cases do not follow yet: {error} They will when they are next opened."
