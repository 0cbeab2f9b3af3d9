"""A case as it was after one of its events: what a packet that was written then is held against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from analytics.cases.chain import said_in
from analytics.cases.reading import documents_of

if TYPE_CHECKING:
    from analytics.cases.dossier import CaseFile
    from analytics.cases.states import Case

__all__ = ["CaseAsOf"]

_DAYS = ("due_on", "snoozed_until")
_FLAGS = {"flags_attached": "flag_ids", "flags_gone": "gone_flag_ids", "flags_covered": "covered_flag_ids"}
_MOVED = "flags_moved"


@dataclass(frozen=True)
class CaseAsOf:
    """A case file that ends with one event.

    Attributes
    ----------
    ledger : CaseFile
        The whole of it.
    version : int
        Number of the last event that counts.
    """

    ledger: CaseFile
    version: int

    def case(self, case_id: str) -> Case:
        """Return the case as it was after that event."""
        today, every = self.ledger.case(case_id), self.ledger.events(case_id)
        if today.version == self.version:
            return today
        events = self.events(case_id)
        changes = {**_before(every, self.version), **_lists(events), **_last(events)}
        return replace(today, version=self.version, **changes)

    def events(self, case_id: str | None = None) -> pl.DataFrame:
        """Return the events up to that one."""
        return self.ledger.events(case_id).filter(pl.col("version") <= self.version)

    def documents(self, case_id: str) -> pl.DataFrame:
        """Return what was attached by then; one that was taken back later was there then."""
        return documents_of(self.events(case_id))

    def document(self, document_id: str) -> bytes:
        """Return the bytes of a document."""
        return self.ledger.document(document_id)


def _before(events: pl.DataFrame, version: int) -> dict[str, Any]:
    """Return what later events changed, as it was before them."""
    found: dict[str, Any] = {}
    for body in events.filter(pl.col("version") > version).sort("version", descending=True)["body"]:
        found |= said_in(body).get("before", {})
    days = {name: date.fromisoformat(found[name]) for name in _DAYS if found.get(name)}
    return found | days


def _last(events: pl.DataFrame) -> dict[str, Any]:
    last = events.sort("version").row(-1, named=True)
    return {"state": last["state"], "last_event_at": last["at"]}


def _lists(events: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the flags and the shipments set aside, as the events tell them."""
    held: dict[str, str] = {}
    excluded: set[str] = set()
    for kind, body in events.sort("version").select("kind", "body").iter_rows():
        said = said_in(body)
        for name in (*_FLAGS, _MOVED):
            held |= dict.fromkeys(said.get(name, ()), name)
        if kind in {"excluded", "included"}:
            (excluded.add if kind == "excluded" else excluded.discard)(said["shipment_uid"])
    flags = {
        column: tuple(sorted(flag for flag, name in held.items() if name == change))
        for change, column in _FLAGS.items()
    }
    return {**flags, "excluded_shipments": tuple(sorted(excluded))}
