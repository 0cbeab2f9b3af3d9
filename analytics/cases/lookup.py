"""Which case a flag is in, for readers that only want to name it: nothing is made, followed or written."""

from __future__ import annotations

import os

import polars as pl
from sqlalchemy import Connection, select

from analytics.cases.databases import Database, sqlite_file
from analytics.cases.reading import cases_frame, events_frame
from analytics.cases.tables import CASES, FLAGS_TODAY, rows_of
from analytics.days import day_of_event
from analytics.reports.casebook import NO_CASES, CaseBook, said_of_cases
from analytics.store import Store

__all__ = ["case_book", "cases_of_flags", "has_cases", "url_in_use"]


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
    with Database(store.root, url).reading() as connection:
        return said_of_cases(_rows_of_flags(connection))


def case_book(store: Store, url: str | None = None) -> CaseBook:
    """Return what a report has to know of the cases of a store; an empty book where it has none.

    Parameters
    ----------
    store : Store
        An opened store.
    url : str, optional
        The database of a team; SQLite inside the store where not given.
    """
    if not has_cases(store, url):
        return CaseBook()
    with Database(store.root, url).reading() as connection:
        rows, cases, events = _rows_of_flags(connection), cases_frame(connection), events_frame(connection)
    return CaseBook(rows, _each(cases), _moves(events))


def _rows_of_flags(connection: Connection) -> pl.DataFrame:
    """Return the cases of flags: what each is about, where it stands, who has it and until when; by case."""
    asked = (
        select(FLAGS_TODAY.c.flag_id, *(CASES.c[name] for name in NO_CASES.columns[1:]))
        .join(CASES, CASES.c.case_id == FLAGS_TODAY.c.case_id)
        .where(FLAGS_TODAY.c.change.in_(("attached", "covered")))
        .order_by(CASES.c.case_id, FLAGS_TODAY.c.flag_id)
    )
    texts = pl.DataFrame(rows_of(connection, asked), schema={**NO_CASES.schema, "due_on": pl.String})
    return texts.with_columns(pl.col("due_on").str.to_date())


def _each(cases: pl.DataFrame) -> pl.DataFrame:
    days = pl.col("due_on", "snoozed_until").str.to_date()
    flags = pl.col("flag_ids").str.json_decode(pl.List(pl.String))
    return cases.with_columns(days, flags).select(CaseBook().cases.columns)


def _moves(events: pl.DataFrame) -> pl.DataFrame:
    of_cases = events.drop_nulls("case_id")
    days = pl.Series("day", [day_of_event(at) for at in of_cases["at"]], pl.Date)
    return of_cases.with_columns(days).select(CaseBook().moves.columns)
