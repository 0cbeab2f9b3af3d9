"""Which case a flag is in, for readers that only want to name it: nothing is made, followed or written."""

from __future__ import annotations

import os

from sqlalchemy import select

from analytics.cases.databases import Database, sqlite_file
from analytics.cases.tables import CASES, FLAGS_TODAY, rows_of
from analytics.store import Store

__all__ = ["cases_of_flags", "has_cases", "url_in_use"]


def url_in_use() -> str | None:
    """Return the database of the team that ``SPLITSHIP_CASES`` names; None where cases lie in the store."""
    return os.environ.get("SPLITSHIP_CASES") or None


def has_cases(store: Store, url: str | None = None) -> bool:
    """Tell whether a store has cases: in the database of a team, or in one of its own."""
    return url is not None or sqlite_file(store.root).exists()


def cases_of_flags(store: Store, url: str | None = None) -> dict[str, str]:
    """Return what is to be said of each flag that a case holds: its number, state and who has it.

    Parameters
    ----------
    store : Store
        An opened store.
    url : str, optional
        The database of a team; SQLite inside the store where not given, and nothing where there is none.
    """
    if not has_cases(store, url):
        return {}
    asked = (
        select(FLAGS_TODAY.c.flag_id, CASES.c.case_id, CASES.c.state, CASES.c.outcome, CASES.c.assignee)
        .join(CASES, CASES.c.case_id == FLAGS_TODAY.c.case_id)
        .where(FLAGS_TODAY.c.change.in_(("attached", "covered")))
        .order_by(CASES.c.case_id)
    )
    with Database(store.root, url).reading() as connection:
        return {row["flag_id"]: _said(row) for row in rows_of(connection, asked)}


def _said(row: dict[str, str | None]) -> str:
    words = [str(row["state"]).replace("_", " "), row["outcome"], row["assignee"]]
    return f"{row['case_id']} ({', '.join(word.replace('_', ' ') for word in words if word)})"
