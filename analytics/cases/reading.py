"""Reading a ledger: the cases of today, what happened to them, and their documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Connection, Select, Table, select

from analytics.cases.chain import said_in
from analytics.cases.states import CLOSED, DRAWN, LOOKED, REVIEWED, Case
from analytics.cases.tables import CASES, EVENTS, FLAGS_TODAY, rows_of
from analytics.errors import UnknownCase, did_you_mean

__all__ = [
    "case_of_flag",
    "cases_frame",
    "documents_frame",
    "documents_of",
    "drawn",
    "events_frame",
    "last_decision",
    "one_case",
    "undone_versions",
    "unknown_case",
]

_TEXTS = (
    "case_id", "state", "subject_kind", "subject_id", "assignee", "due_on", "snoozed_until", "outcome",
    "outcome_reason", "decided_by", "opened_at", "opened_by", "last_event_at", "flag_ids", "gone_flag_ids",
    "covered_flag_ids", "excluded_shipments",
)  # fmt: skip
_CASE_SCHEMA = {"case_id": pl.String, "version": pl.Int64, **dict.fromkeys(_TEXTS[1:], pl.String)}
_EVENT_SCHEMA = {
    "seq": pl.Int64, "case_id": pl.String, "version": pl.Int64, "kind": pl.String, "at": pl.String, "by": pl.String,
    "state": pl.String, "body": pl.String, "previous_hash": pl.String, "hash": pl.String,
}  # fmt: skip
_DOCUMENT_SCHEMA = {
    "document_id": pl.String, "name": pl.String, "media_type": pl.String, "bytes": pl.Int64, "added_at": pl.String,
    "added_by": pl.String, "note": pl.String,
}  # fmt: skip
_DAYS = ("due_on", "snoozed_until")
_LIST = "List them: splitship cases list"


def one_case(connection: Connection, case_id: str) -> Case:
    """Return a case as it is today; raises `UnknownCase`."""
    found = rows_of(connection, select(CASES).where(CASES.c.case_id == case_id))
    if not found:
        raise unknown_case(connection, case_id)
    flags = rows_of(connection, select(FLAGS_TODAY).where(FLAGS_TODAY.c.case_id == case_id))
    return _case_row(found[0], flags, _excluded(connection, [case_id]).get(case_id, ()))


def unknown_case(connection: Connection, case_id: str) -> UnknownCase:
    """Return the error that a case is not known, with the nearest numbers."""
    known = [row["case_id"] for row in rows_of(connection, select(CASES.c.case_id))]
    return UnknownCase(f"there is no case {case_id}. {did_you_mean(case_id, known) or _LIST}")


def _case_row(row: Mapping[str, Any], flags: Iterable[Mapping[str, Any]], excluded: Iterable[str]) -> Case:
    """Return a case from the rows of its views."""
    by_change: dict[str, list[str]] = {}
    for flag in flags:
        by_change.setdefault(flag["change"], []).append(flag["flag_id"])
    days = {name: None if row[name] is None else date.fromisoformat(row[name]) for name in _DAYS}
    columns: dict[str, Any] = {name: row[name] for name in Case.__dataclass_fields__ if name in row} | days
    return Case(
        **columns,
        flag_ids=tuple(sorted(by_change.get("attached", ()))),
        gone_flag_ids=tuple(sorted(by_change.get("gone", ()))),
        covered_flag_ids=tuple(sorted(by_change.get("covered", ()))),
        excluded_shipments=tuple(sorted(excluded)),
    )


def cases_frame(connection: Connection, case_ids: Sequence[str] | None = None) -> pl.DataFrame:
    """Return cases as they are today, by number: all of them, or some. Lists are JSON text."""
    excluded = _excluded(connection, case_ids)
    flags: dict[str, dict[str, list[str]]] = {}
    for row in rows_of(connection, _some(select(FLAGS_TODAY), FLAGS_TODAY, case_ids)):
        flags.setdefault(row["case_id"], {}).setdefault(row["change"], []).append(row["flag_id"])
    rows = []
    for row in rows_of(connection, _some(select(CASES), CASES, case_ids).order_by(CASES.c.case_id)):
        of_case = flags.get(row["case_id"], {})
        lists = {
            "flag_ids": of_case.get("attached", []),
            "gone_flag_ids": of_case.get("gone", []),
            "covered_flag_ids": of_case.get("covered", []),
            "excluded_shipments": excluded.get(row["case_id"], set()),
        }
        rows.append({**row, **{name: json.dumps(sorted(values)) for name, values in lists.items()}})
    return pl.DataFrame(rows, schema=_CASE_SCHEMA)


def case_of_flag(connection: Connection, flag_id: str) -> str | None:
    """Return the case that a flag is attached to; the newest of several."""
    of_flag = (FLAGS_TODAY.c.flag_id == flag_id) & (FLAGS_TODAY.c.change == "attached")
    return connection.execute(
        select(FLAGS_TODAY.c.case_id).where(of_flag).order_by(FLAGS_TODAY.c.case_id.desc())
    ).scalar()


def events_frame(connection: Connection, case_id: str | None = None) -> pl.DataFrame:
    """Return events, oldest first: all of them, or those of a case. A look at its names has no ``version``."""
    asked = select(EVENTS).order_by(EVENTS.c.seq)
    if case_id is not None:
        of_case = EVENTS.c.body.contains(f'"case_id":"{case_id}"', autoescape=True)
        asked = asked.where((EVENTS.c.case_id == case_id) | ((EVENTS.c.kind == LOOKED) & of_case))
    rows = [{**row, "by": row["by_whom"]} for row in rows_of(connection, asked)]
    return pl.DataFrame([{name: row[name] for name in _EVENT_SCHEMA} for row in rows], schema=_EVENT_SCHEMA)


def documents_frame(connection: Connection, case_id: str) -> pl.DataFrame:
    """Return the documents of a case, oldest first; one that was taken back is left out."""
    return documents_of(events_frame(connection, case_id))


def documents_of(events: pl.DataFrame) -> pl.DataFrame:
    """Return the documents that some events of a case attach, oldest first, but for those that they take back."""
    undone = undone_versions(events)
    rows = [
        {**said_in(row["body"], "document")["document"], "added_at": row["at"], "added_by": row["by"]}
        for row in events.filter(kind="attached").iter_rows(named=True)
        if row["version"] not in undone
    ]
    return pl.DataFrame([{name: row.get(name) for name in _DOCUMENT_SCHEMA} for row in rows], schema=_DOCUMENT_SCHEMA)


def drawn(connection: Connection) -> list[str]:
    """Return the cases that were drawn for blind review and not reviewed, by number."""
    asked = select(EVENTS.c.case_id, EVENTS.c.kind).where(EVENTS.c.kind.in_((DRAWN, REVIEWED))).order_by(EVENTS.c.seq)
    last = {row["case_id"]: row["kind"] for row in rows_of(connection, asked)}
    closed = {row["case_id"] for row in rows_of(connection, select(CASES.c.case_id).where(CASES.c.state == CLOSED))}
    return sorted(case_id for case_id, kind in last.items() if kind == DRAWN and case_id in closed)


def last_decision(connection: Connection, case_id: str) -> dict[str, str]:
    """Return what the last decision on a case said; nothing where there is none."""
    bodies = select(EVENTS.c.body).where(EVENTS.c.case_id == case_id, EVENTS.c.kind == "decided")
    body = connection.execute(bodies.order_by(EVENTS.c.version.desc()).limit(1)).scalar()
    return said_in(body) if body else {}


def undone_versions(events: pl.DataFrame) -> set[int]:
    """Return the numbers of the events of a case that were taken back."""
    return {int(said_in(body, "undone")["undone"]) for body in events.filter(kind="undone")["body"]}


def _some(asked: Select[Any], table: Table, case_ids: Sequence[str] | None) -> Select[Any]:
    return asked if case_ids is None else asked.where(table.c.case_id.in_(list(case_ids)))


def _excluded(connection: Connection, case_ids: Sequence[str] | None = None) -> dict[str, set[str]]:
    """Return the shipments that people set aside, by case."""
    asked = select(EVENTS).where(EVENTS.c.kind.in_(("excluded", "included"))).order_by(EVENTS.c.seq)
    found: dict[str, set[str]] = {}
    for row in rows_of(connection, _some(asked, EVENTS, case_ids)):
        shipments = found.setdefault(row["case_id"], set())
        change = shipments.add if row["kind"] == "excluded" else shipments.discard
        change(said_in(row["body"], "shipment_uid")["shipment_uid"])
    return found
