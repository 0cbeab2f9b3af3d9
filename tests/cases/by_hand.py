"""A case and its events put together by hand: what a dossier and a packet read of a ledger, and nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import polars as pl

from analytics.cases.states import Case

EVENTS = {
    "seq": pl.Int64, "case_id": pl.String, "version": pl.Int64, "kind": pl.String, "at": pl.String, "by": pl.String,
    "state": pl.String, "body": pl.String, "previous_hash": pl.String, "hash": pl.String,
}  # fmt: skip
DOCUMENTS = {
    "document_id": pl.String, "name": pl.String, "media_type": pl.String, "bytes": pl.Int64, "added_at": pl.String,
    "added_by": pl.String,
}  # fmt: skip


class CaseByHand:
    """One case; `add` writes an event, `now` changes the state."""

    def __init__(self, **changes: Any) -> None:
        self._case = replace(CASE, **changes)
        self._events: list[dict[str, Any]] = []
        self._documents: dict[str, tuple[dict[str, Any], bytes]] = {}
        self.add("opened")

    def now(self, **changes: Any) -> None:
        self._case = replace(self._case, **changes)

    def add(self, kind: str, **body: Any) -> None:
        number = len(self._events) + 1
        row = {
            "seq": number,
            "case_id": self._case.case_id,
            "version": number,
            "kind": kind,
            "at": f"2026-11-30T{number // 60:02d}:{number % 60:02d}:00Z",
            "by": "ann",
            "state": self._case.state,
            "body": json.dumps(body, ensure_ascii=False, sort_keys=True),
            "previous_hash": self._events[-1]["hash"] if self._events else "0" * 64,
        }
        digest = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
        self._events.append({**row, "hash": digest})
        self.now(version=number, last_event_at=row["at"])

    def attach(self, name: str, content: bytes, media_type: str = "text/plain") -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        row = {"document_id": sha256, "name": name, "media_type": media_type, "bytes": len(content)}
        self._documents[sha256] = ({**row, "added_at": "2026-11-30T00:00:00Z", "added_by": "ann"}, content)
        self.add("attached", document={**row})
        return sha256

    def case(self, case_id: str) -> Case:
        return self._case

    def events(self, case_id: str | None = None) -> pl.DataFrame:
        return pl.DataFrame(self._events, schema=EVENTS)

    def documents(self, case_id: str) -> pl.DataFrame:
        return pl.DataFrame([row for row, _ in self._documents.values()], schema=DOCUMENTS)

    def document(self, sha256: str) -> bytes:
        return self._documents[sha256][1]


CASE = Case(
    case_id="C000001",
    version=0,
    state="investigating",
    subject_kind="identity",
    subject_id="unknown",
    assignee="ann",
    due_on=None,
    snoozed_until=None,
    outcome=None,
    outcome_reason=None,
    decided_by=None,
    opened_at="2026-11-30T00:00:00Z",
    opened_by="ann",
    last_event_at="2026-11-30T00:00:00Z",
)
