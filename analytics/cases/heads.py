"""Where a chain ended, kept outside its database: a chain by itself cannot show that its end was cut off."""

from __future__ import annotations

import json
import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from errno import EACCES
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, select

from analytics.cases.chain import Head
from analytics.cases.tables import EVENTS
from analytics.errors import LedgerError
from analytics.store.replacing import replace_text

__all__ = ["KeptHead", "is_cut", "keep_head", "kept_head", "require_place"]

MOST_SECONDS = 60.0
"""How long to wait for others who write the file, each of whom takes milliseconds."""
_WAS_WRITTEN = "the event was written, do not repeat it; but "


@dataclass(frozen=True)
class KeptHead:
    """What a store remembers of its ledger.

    Attributes
    ----------
    ledger_id : str
        Which ledger.
    head : Head
        Where it ended when it was last written to.
    """

    ledger_id: str
    head: Head


def kept_head(root: Path) -> KeptHead | None:
    """Return what a store remembers of its ledger; None where it has none."""
    file = _file(root)
    if not file.exists():
        return None
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        return KeptHead(raw["ledger_id"], Head(int(raw["events"]), raw["hash"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LedgerError(
            f"{file} is damaged ({type(error).__name__}). Restore it from a backup: it tells whether events were lost."
        ) from error


def is_cut(connection: Connection, kept: KeptHead | None) -> bool:
    """Tell whether a ledger lacks the event that its store remembers as the last one: later events cannot heal that."""
    if kept is None or kept.head.events == 0:
        return False
    found = connection.execute(select(EVENTS.c.hash).where(EVENTS.c.seq == kept.head.events)).scalar()
    return found != kept.head.hash


def keep_head(root: Path, ledger_id: str, head: Head, *, is_other: bool = False) -> None:
    """Remember where a ledger ends; where the store remembers a later end of it, that stays.

    Parameters
    ----------
    root : Path
        The store.
    ledger_id : str
        Which ledger.
    head : Head
        Its end.
    is_other : bool
        Whether this ledger takes the place of another.
    """
    with _held(root, _WAS_WRITTEN):
        kept = kept_head(root)
        if kept is not None and not is_other and kept.head.events >= head.events:
            return
        raw = {"ledger_id": ledger_id, "events": head.events, "hash": head.hash}
        try:
            replace_text(_file(root), json.dumps(raw, indent=1, sort_keys=True) + "\n", mode=0o600)
        except OSError as error:
            raise LedgerError(
                f"{_WAS_WRITTEN}{_file(root)} cannot be ({error.strerror}). Make room there; the next event brings it "
                "up to date."
            ) from error


def require_place(root: Path) -> None:
    """Raise `LedgerError` where the end of a ledger cannot be kept: before an event is written, not after it."""
    with _held(root):
        pass


def _file(root: Path) -> Path:
    return root / "cases" / "head.json"


def _held(root: Path, said: str = "") -> AbstractContextManager[object]:
    """Wait until nobody else writes the file, and keep it so until the context is left; `said` opens an error."""
    lock = root / "cases" / "head.lock"
    try:
        _file(root).parent.mkdir(parents=True, exist_ok=True)
        if not os.access(_file(root).parent, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
        return FileLock(lock, timeout=MOST_SECONDS).acquire()
    except Timeout as error:
        raise LedgerError(
            f"{said}{lock} has been held for {MOST_SECONDS:g} seconds. Wait for whoever writes to these cases and try "
            "again; where nobody does, a program that was stopped left it there: delete it."
        ) from error
    except OSError as error:
        raise LedgerError(
            f"{root}: cannot be written to ({error.strerror}). Cases need a store you may add to."
        ) from error
