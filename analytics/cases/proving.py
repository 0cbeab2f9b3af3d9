"""Proof that a ledger is as it was written: the chain, the rows beside it, its documents, and the head kept outside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from analytics.cases.chain import Verification, faults_of
from analytics.cases.databases import Database
from analytics.cases.documents import digest_of
from analytics.cases.heads import KeptHead, kept_head
from analytics.cases.tables import DOCUMENTS, EVENTS, FLAGS, rows_of

__all__ = ["prove"]

_CHANGES = ("attached", "covered", "gone", "moved")


def prove(database: Database, root: Path, ledger_id: str) -> Verification:
    """Read the whole ledger and hold it against itself and against what the store remembers of it."""
    kept = kept_head(root)  # before the events: others may write meanwhile
    with database.reading() as connection:
        rows = rows_of(connection, select(EVENTS).order_by(EVENTS.c.seq))
        head, problems = faults_of(rows)
        problems += _flag_faults(connection, rows)
        problems += _document_faults(connection, rows)
    return Verification(head, problems + _head_faults(kept, ledger_id, rows))


def _flag_faults(connection: Connection, rows: list[Any]) -> list[str]:
    """Hold the rows of flags against what the events say."""
    said = {
        (row["seq"], row["case_id"], flag, change)
        for row in rows
        for change in _CHANGES
        for flag in _said(row).get(f"flags_{change}", ())
    }
    kept = {(row["seq"], row["case_id"], row["flag_id"], row["change"]) for row in rows_of(connection, select(FLAGS))}
    found = [
        f"event {seq:,} of {case_id} names flag {flag} as {change}, and no row does"
        for seq, case_id, flag, change in sorted(said - kept)
    ]
    return found + [
        f"a row of {case_id} names flag {flag} at event {seq:,}, which does not"
        for seq, case_id, flag, _ in sorted(kept - said)
    ]


def _document_faults(connection: Connection, rows: list[Any]) -> list[str]:
    said = [_said(row).get("document", {}) for row in rows if row["kind"] == "attached"]
    named = {str(document.get("document_id")) for document in said}
    found: dict[str, bool] = {}
    for row in rows_of(connection, select(DOCUMENTS)):
        found[row["sha256"]] = digest_of(row["content"]) == row["sha256"]
    missing = [f"document {digest[:16]} is missing" for digest in sorted(named - set(found))]
    return missing + [
        f"document {digest[:16]} is not as it was attached"
        for digest, is_whole in sorted(found.items())
        if not is_whole
    ]


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an event says; nothing where it is no longer JSON, which its hash tells."""
    try:
        return dict(json.loads(row["body"]))
    except (TypeError, ValueError):
        return {}


def _head_faults(kept: KeptHead | None, ledger_id: str, rows: list[Any]) -> list[str]:
    """Hold the end of the chain against the head that the store keeps."""
    if kept is None:
        return ["the store remembers no end of this ledger: its file cases/head.json is missing"]
    if kept.ledger_id != ledger_id:
        return ["the store remembers the end of another ledger"]
    count = kept.head.events
    if count > len(rows):
        return [
            f"{count - len(rows):,} events were cut off: the store remembers {count:,}, and {len(rows):,} are there"
        ]
    if count and rows[count - 1]["hash"] != kept.head.hash:
        return [f"event {count:,} is not the one that the store remembers"]
    return []
