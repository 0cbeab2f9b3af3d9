"""The chain of events: what an event is, how it is hashed, and whether a history is as it was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from analytics.cases.tables import EVENTS
from analytics.errors import LedgerError

__all__ = ["ROOT_HASH", "Head", "Verification", "body_text", "event_hash", "faults_of", "said_in"]

ROOT_HASH = "0" * 64
"""What stands before the first event."""


@dataclass(frozen=True)
class Head:
    """The end of a chain.

    Attributes
    ----------
    events : int
        How many there are.
    hash : str
        Of the last one.
    """

    events: int = 0
    hash: str = ROOT_HASH


@dataclass(frozen=True)
class Verification:
    """What was found when a chain was proven.

    Attributes
    ----------
    head : Head
        Its end.
    problems : list of str
        One sentence each; none where the history is as it was written.
    """

    head: Head
    problems: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Nothing was changed, added between or cut off."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"is_whole": self.is_whole, **asdict(self.head), "problems": self.problems}


def body_text(body: Mapping[str, Any]) -> str:
    """Return what an event says beside its columns, as JSON that is always written alike."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def said_in(body: str, *names: str) -> dict[str, Any]:
    """Return what the body of an event says; raises `LedgerError` where it is damaged, or lacks one of some names."""
    try:
        said = dict(json.loads(body))
    except (TypeError, ValueError):
        said = {}
    if not said.keys() >= set(names) or (not said and body != "{}"):
        raise LedgerError(
            "an event of the case ledger is not as it was written. Restore the ledger from a backup: cases.sqlite with "
            "head.json of the same night, or the database of the team."
        )
    return said


def event_hash(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of every column of an event but its hash; the hash of the one before it is among them."""
    names = sorted(column.name for column in EVENTS.columns if column.name != "hash")
    return hashlib.sha256(body_text({name: row[name] for name in names}).encode()).hexdigest()


def faults_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Head, list[str]]:
    """Prove a chain event by event.

    Parameters
    ----------
    rows : iterable of mapping
        The events, by ``seq``.

    Returns
    -------
    tuple
        Its head, and a sentence for each fault.
    """
    head, problems, versions = Head(), [], dict[str, int]()
    for row in rows:
        seq, case_id = row["seq"], row["case_id"]
        if seq != head.events + 1:
            problems.append(f"events {head.events + 1:,} to {seq - 1:,} are missing")
        if row["previous_hash"] != head.hash and seq == head.events + 1:
            problems.append(f"event {seq:,} does not follow the one before it")
        if event_hash(row) != row["hash"]:
            problems.append(f"event {seq:,} is not as it was written")
        if case_id is not None:
            versions[case_id] = versions.get(case_id, 0) + 1
            if row["version"] != versions[case_id]:
                problems.append(f"event {seq:,} is not number {row['version']} of case {case_id}")
                versions[case_id] = row["version"]
        head = Head(seq, row["hash"])
    return head, problems
