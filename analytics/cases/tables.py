"""The tables of the ledger, as SQLAlchemy knows them; `migrations` makes them, with their triggers and views."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = ["CASES", "DOCUMENTS", "EVENTS", "FLAGS", "FLAGS_TODAY", "METADATA", "STATE_COLUMNS", "TABLES", "rows_of"]

METADATA = MetaData()

STATE_COLUMNS = (
    "state",
    "subject_kind",
    "subject_id",
    "assignee",
    "due_on",
    "snoozed_until",
    "outcome",
    "outcome_reason",
    "decided_by",
)
"""Of an event: what the case was after it."""

EVENTS = Table(
    "case_events",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("case_id", Text),
    Column("version", Integer),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by_whom", Text, nullable=False),
    *(Column(name, Text) for name in STATE_COLUMNS),
    Column("body", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    UniqueConstraint("case_id", "version"),
)
"""One row per event; append-only. Each holds the hash of the one before it."""

FLAGS = Table(
    "case_flags",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("flag_id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("change", Text, nullable=False),
)
"""One row per event and flag that it attached (attached), lost (gone) or handed on (moved); append-only."""

DOCUMENTS = Table(
    "case_documents",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""One row per document, by the digest of its bytes; append-only. Events say what it is called and whose it is."""

TABLES = (EVENTS, FLAGS, DOCUMENTS)

CASES = Table(
    "cases_today",
    MetaData(),
    *(Column(name, Text) for name in ("case_id", *STATE_COLUMNS, "opened_at", "opened_by", "last_event_at")),
    Column("version", Integer),
)
"""View: one row per case, what it is today."""

FLAGS_TODAY = Table("case_flags_today", MetaData(), *(Column(name, Text) for name in ("case_id", "flag_id", "change")))
"""View: one row per case and flag, what became of it last."""


def rows_of(connection: Connection, statement: Select[Any]) -> list[dict[str, Any]]:
    """Return the rows of a select as plain dicts."""
    found = connection.execute(statement)
    names = [str(name) for name in found.keys()]  # noqa: SIM118  # a result is no dict
    return [dict(zip(names, row, strict=True)) for row in found.all()]
