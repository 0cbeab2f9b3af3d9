"""Which case a flag is in, for readers that only want to name it: nothing is made, followed or written."""

from __future__ import annotations

import os

import polars as pl
from sqlalchemy import select

from analytics.cases.databases import Database, sqlite_file
from analytics.cases.tables import CASES, FLAGS_TODAY, rows_of
from analytics.reports.section import NO_CASES
from analytics.store import Store

__all__ = ["case_rows_of_flags", "cases_of_flags", "has_cases", "said_of_cases", "url_in_use"]


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
    return said_of_cases(case_rows_of_flags(store, url))


def said_of_cases(rows: pl.DataFrame) -> dict[str, str]:
    """Return of each flag what is to be said of its case: its number, state and who has it."""
    return {row["flag_id"]: _said(row) for row in rows.iter_rows(named=True)}


def case_rows_of_flags(store: Store, url: str | None = None) -> pl.DataFrame:
    """Return the cases of flags: what each is about, where it stands, who has it and until when.

    Parameters
    ----------
    store : Store
        An opened store.
    url : str, optional
        The database of a team; SQLite inside the store where not given, and no row where there is none.

    Returns
    -------
    polars.DataFrame
        ``flag_id``, ``case_id``, ``state``, ``outcome``, ``assignee``, ``due_on``, ``subject_kind``, ``subject_id``; by
        case.
    """
    if not has_cases(store, url):
        return NO_CASES
    asked = (
        select(FLAGS_TODAY.c.flag_id, *(CASES.c[name] for name in NO_CASES.columns[1:]))
        .join(CASES, CASES.c.case_id == FLAGS_TODAY.c.case_id)
        .where(FLAGS_TODAY.c.change.in_(("attached", "covered")))
        .order_by(CASES.c.case_id, FLAGS_TODAY.c.flag_id)
    )
    with Database(store.root, url).reading() as connection:
        rows = rows_of(connection, asked)
    texts = pl.DataFrame(rows, schema={**NO_CASES.schema, "due_on": pl.String})
    return texts.with_columns(pl.col("due_on").str.to_date())


def _said(row: dict[str, str | None]) -> str:
    words = [str(row["state"]).replace("_", " "), row["outcome"], row["assignee"]]
    return f"{row['case_id']} ({', '.join(word.replace('_', ' ') for word in words if word)})"
