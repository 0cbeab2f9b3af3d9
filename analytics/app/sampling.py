"""The check before many cases are dismissed at once: a random tenth has to be opened first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from analytics.app.sessions import Session, Sessions

__all__ = ["is_looked_at", "look_at", "sample_of"]

_ONE_IN = 10
_REMEMBERED = 1000


def sample_of(case_ids: Iterable[str], sessions: Sessions) -> list[str]:
    """Return the tenth, one at least: drawn by the key of the server, so that nobody can choose it.

    Parameters
    ----------
    case_ids : iterable of str
        What is to be dismissed.
    sessions : Sessions
        Holds the key.

    Returns
    -------
    list of str
        Sorted.
    """
    wanted = sorted(set(case_ids))
    every = " ".join(wanted)
    drawn = sorted(wanted, key=lambda case_id: sessions.sign(f"sample of {every}: {case_id}"))
    return sorted(drawn[: -(-len(wanted) // _ONE_IN)])


def look_at(sessions: Sessions, session: Session, case_id: str) -> None:
    """Remember that somebody opened a case in this session."""

    def add(kept: dict[str, Any]) -> None:
        opened = [*(other for other in kept.get("opened", []) if other != case_id), case_id]
        kept["opened"] = opened[-_REMEMBERED:]

    sessions.remember(session, add)


def is_looked_at(session: Session, case_id: str) -> bool:
    """Tell whether somebody opened a case in this session."""
    return case_id in session.kept.get("opened", [])
