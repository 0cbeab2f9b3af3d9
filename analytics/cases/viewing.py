"""A ledger as one reads it: cases, events and documents, and proof that they are as they were written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Self

import polars as pl

from analytics.cases import documents, reading
from analytics.cases.binding import bind, id_of
from analytics.cases.chain import Verification
from analytics.cases.databases import Database
from analytics.cases.known import KnownCases
from analytics.cases.proving import prove
from analytics.cases.settings import Settings
from analytics.cases.states import CLOSED, Case
from analytics.cases.statistics import Stats, stats_of
from analytics.days import NEW_YORK
from analytics.printing import table
from analytics.store import Store

__all__ = ["Clock", "LedgerView"]

Clock = Callable[[], datetime]
"""Tells the time, with a time zone."""


_SHOWN = ("case_id", "state", "subject_kind", "subject_id", "assignee", "due_on", "outcome")


class LedgerView:
    """The cases of a store, to be read.

    Parameters
    ----------
    store : Store
        The store whose cases they are.
    database : Database
        Where they are kept.
    by, role : str
        Who acts, and what they may do.
    settings : Settings
        How the team works.
    clock : callable
        Tells the time.
    """

    def __init__(self, store: Store, database: Database, by: str, role: str, settings: Settings, clock: Clock) -> None:
        self.store = store
        self.database = database
        self.by = by
        self.role = role
        self.settings = settings
        self._clock = clock
        self._known = KnownCases()
        self._ledger_id = bind(database, store, by, clock())

    @property
    def ledger_id(self) -> str:
        """Id of the ledger, in its first event and in the head that the store keeps."""
        return self._ledger_id

    @property
    def store_id(self) -> str:
        """Id of the store it belongs to."""
        return id_of(self.store)

    @property
    def today(self) -> date:
        """The day in New York."""
        return self._clock().astimezone(NEW_YORK).date()

    def acting_as(self, by: str, role: str) -> Self:
        """Return the same ledger for another person."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, by=by, role=role)
        return other

    def cases(self) -> pl.DataFrame:
        """Return one row per case as it is today, by number; lists are JSON text."""
        with self.database.reading() as connection:
            return self._known.cases(connection)

    def case(self, case_id: str) -> Case:
        """Return a case as it is today; raises `UnknownCase`."""
        with self.database.reading() as connection:
            return reading.one_case(connection, case_id)

    def events(self, case_id: str | None = None) -> pl.DataFrame:
        """Return what happened, oldest first: to a case, or to all of them."""
        with self.database.reading() as connection:
            return reading.events_frame(connection, case_id)

    def case_of(self, flag_id: str) -> str | None:
        """Return the case a flag is attached to; None where it has none."""
        with self.database.reading() as connection:
            return reading.case_of_flag(connection, flag_id)

    def documents(self, case_id: str) -> pl.DataFrame:
        """Return the documents of a case, oldest first."""
        with self.database.reading() as connection:
            return reading.documents_frame(connection, case_id)

    def document(self, document_id: str) -> bytes:
        """Return the bytes of a document; raises `UsageError` where there is none, `LedgerError` where altered."""
        with self.database.reading() as connection:
            return documents.content(connection, document_id)

    def waiting_for_blind_review(self) -> list[str]:
        """Return the closed cases that were drawn and that no second person has judged, by number."""
        with self.database.reading() as connection:
            return reading.drawn(connection)

    def stats(self) -> Stats:
        """Tell how the team does."""
        return stats_of(self.store, self.cases(), self.events(), self.today)

    def verify(self) -> Verification:
        """Prove that the history is as it was written, and that its end was not cut off."""
        return prove(self.database, self.store.root, self._ledger_id)

    def close(self) -> None:
        """Let the database go."""
        self.database.close()

    def __repr__(self) -> str:
        known = self.cases()
        open_cases = known.filter(pl.col("state") != CLOSED).height
        return f"<Cases of {self.store.root}: {known.height:,}, {open_cases:,} open; acting as {self.by} ({self.role})>"

    def _repr_html_(self) -> str:
        return table(_SHOWN, self.cases().select(_SHOWN).rows())
