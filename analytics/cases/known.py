"""Every case as it was when somebody last asked, brought up to date by the events since."""

from __future__ import annotations

from threading import Lock

import polars as pl
from sqlalchemy import Connection, func, select

from analytics.cases.reading import cases_frame
from analytics.cases.tables import EVENTS

__all__ = ["KnownCases"]

_MOST_CHANGED = 500
"""Cases that are asked for one by one; more are read with all others."""


class KnownCases:
    """The cases of a ledger, kept between two questions: the queue of a team asks for all of them at every look."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seq = 0
        self._cases: pl.DataFrame | None = None

    def cases(self, connection: Connection) -> pl.DataFrame:
        """Return one row per case as it is today, by number."""
        with self._lock:
            last = connection.execute(select(func.max(EVENTS.c.seq))).scalar() or 0
            if self._cases is None or last != self._seq:
                self._cases = self._renewed(connection, self._cases)
                self._seq = last
            return self._cases

    def _renewed(self, connection: Connection, known: pl.DataFrame | None) -> pl.DataFrame:
        since = select(EVENTS.c.case_id).where(EVENTS.c.seq > self._seq, EVENTS.c.case_id.is_not(None)).distinct()
        changed = [] if known is None else list(connection.execute(since).scalars())
        if known is None or len(changed) > _MOST_CHANGED:
            return cases_frame(connection)
        if not changed:
            return known
        rest = known.filter(~pl.col("case_id").is_in(changed))
        return pl.concat([rest, cases_frame(connection, changed)]).sort("case_id")
