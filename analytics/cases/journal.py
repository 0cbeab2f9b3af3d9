"""Writing to a ledger: events are appended in one transaction, each with what the case was before and is after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from analytics.cases.chain import Head, body_text, event_hash
from analytics.cases.reading import unknown_case
from analytics.cases.states import CLOSED, SYSTEM
from analytics.cases.tables import CASES, EVENTS, FLAGS, STATE_COLUMNS, rows_of
from analytics.errors import IllegalTransition, StaleCase
from analytics.reports.wording import counted

__all__ = ["STAMP", "Journal"]

STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


class Journal:
    """One writing transaction of a ledger.

    Parameters
    ----------
    connection : Connection
        Of the one writer.
    by : str
        Who writes.
    now : datetime
        When; an event is never dated before the one it follows.
    """

    def __init__(self, connection: Connection, by: str, now: datetime) -> None:
        self.connection = connection
        self.by = by
        self.now = now
        self.head = Head()
        self._cases: int | None = None
        for last in rows_of(connection, select(EVENTS).order_by(EVENTS.c.seq.desc()).limit(1)):
            self.head = Head(last["seq"], last["hash"])
            self.now = max(now, datetime.strptime(last["at"], STAMP).replace(tzinfo=UTC) + timedelta(microseconds=1))

    def case(self, case_id: str, seen: int | None = None) -> dict[str, Any]:
        """Return a case as it is now; raises `UnknownCase`, or `StaleCase` where it is not as it was seen."""
        found = rows_of(self.connection, select(CASES).where(CASES.c.case_id == case_id))
        if not found:
            raise unknown_case(self.connection, case_id)
        row = found[0]
        if seen is not None and row["version"] != seen:
            raise StaleCase(
                f"{case_id} changed while you looked at it: {counted(row['version'] - seen, 'event')} came in. Look "
                "at it again, then decide."
            )
        return row

    def open_case_of(self, kind: str, subject: str) -> str | None:
        """Return the open case on a subject."""
        of_subject = (CASES.c.subject_kind == kind) & (CASES.c.subject_id == subject)
        found = select(CASES.c.case_id).where(of_subject & (CASES.c.state != CLOSED)).order_by(CASES.c.case_id)
        return self.connection.execute(found).scalar()

    def require_free(self, case: Mapping[str, Any]) -> None:
        """Raise `IllegalTransition` where a closed case would open beside another open one on its subject."""
        other = self.open_case_of(case["subject_kind"], case["subject_id"])
        if case["state"] == CLOSED and other is not None:
            raise IllegalTransition(
                f"{case['case_id']} cannot open again: {other} is open on the same subject. Go on with {other}."
            )

    def new_case_id(self) -> str:
        """Return the next number of a case; nobody else opens one before this transaction ends."""
        if self._cases is None:
            opened = select(func.count()).where(EVENTS.c.version == 1)
            self._cases = self.connection.execute(opened).scalar_one()
        self._cases += 1
        return f"C{self._cases:06d}"

    def append(
        self,
        kind: str,
        case: Mapping[str, Any] | None = None,
        changes: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        flags: Iterable[tuple[str, str]] = (),
        *,
        by: str | None = None,
    ) -> dict[str, Any]:
        """Append an event.

        Parameters
        ----------
        kind : str
            What happened.
        case : mapping, optional
            The case as it was; `STATE_COLUMNS`, ``case_id`` and ``version``, which is 0 for one that is opened.
        changes : mapping, optional
            Of `STATE_COLUMNS`, what it is afterwards.
        body : mapping, optional
            What else is to be said.
        flags : iterable of tuple
            Flags with what became of them: attached, gone or moved.
        by : str, optional
            Another than who writes.

        Returns
        -------
        dict
            The case as it is afterwards, fit for the next event on it.
        """
        before = dict.fromkeys(STATE_COLUMNS) | ({name: case[name] for name in STATE_COLUMNS} if case else {})
        after = before | {name: _text(value) for name, value in (changes or {}).items()}
        changed = {name: before[name] for name in STATE_COLUMNS if before[name] != after[name]}
        touched = sorted(flags)
        given = {name: _written(value) for name, value in (body or {}).items() if value is not None}
        said = {**({"before": changed} if changed else {}), **_flags_said(touched), **given}
        row: dict[str, Any] = {
            "seq": self.head.events + 1,
            "case_id": case["case_id"] if case else None,
            "version": case["version"] + 1 if case else None,
            "kind": kind,
            "at": self.now.strftime(STAMP),
            "by_whom": by or self.by,
            **after,
            "body": body_text(said),
            "previous_hash": self.head.hash,
        }
        row["hash"] = event_hash(row)
        self.connection.execute(EVENTS.insert(), row)
        if touched and case:
            self._write_flags(row["seq"], case["case_id"], touched)
        self.head = Head(row["seq"], row["hash"])
        self.now += timedelta(microseconds=1)
        return {"case_id": row["case_id"], "version": row["version"], **after}

    def append_as_system(self, kind: str, case: Mapping[str, Any], **rest: Any) -> dict[str, Any]:
        """Append an event that nobody asked for."""
        return self.append(kind, case, by=SYSTEM, **rest)

    def _write_flags(self, seq: int, case_id: str, flags: Sequence[tuple[str, str]]) -> None:
        rows = [{"seq": seq, "case_id": case_id, "flag_id": flag, "change": change} for flag, change in flags]
        self.connection.execute(FLAGS.insert(), rows)


def _flags_said(flags: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for flag, change in flags:
        said.setdefault(f"flags_{change}", []).append(flag)
    return said


def _text(value: object) -> str | None:
    return None if value is None else str(_written(str(value)))


def _written(value: Any) -> Any:
    """Return what a person typed as it can be hashed: bytes that are no UTF-8 reach a program as surrogates."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {name: _written(item) for name, item in value.items()}
    return value
