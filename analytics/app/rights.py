"""What somebody may do: with a case in its state, and with names."""

from __future__ import annotations

import time
from typing import Any

from analytics.app.context import me, server
from analytics.app.users import ROLES
from analytics.cases.states import require_role, verbs_of
from analytics.errors import NotAllowed

__all__ = ["is_unmasked", "may", "may_unmask", "unmask", "verbs"]

_ANY_STATE = ("note", "attach", "exclude", "include", "undo")
_MINUTES = 15


def may(verb: str) -> bool:
    """Tell whether the role of who asks has the right to a verb."""
    try:
        require_role(verb, me().role)
    except NotAllowed:
        return False
    return True


def verbs(state: str) -> list[str]:
    """Return what who asks may do with a case in a state, in the order of the table of transitions."""
    return [verb for verb in (*verbs_of(state), *_ANY_STATE) if verb != "take" and may(verb)]


def may_unmask() -> bool:
    """Tell whether who asks may see names: everybody but viewers."""
    return ROLES.index(me().role) > ROLES.index("viewer")


def unmask(subject: str) -> None:
    """Let who asks see the names of a case or page for a quarter of an hour; each look is an event."""
    if not may_unmask():
        raise NotAllowed("viewers see pseudonyms only. Ask an admin for the role of an investigator.")
    until = time.time() + 60 * _MINUTES

    def add(kept: dict[str, Any]) -> None:
        known = {name: end for name, end in kept.get("unmasked", {}).items() if end > time.time()}
        kept["unmasked"] = {**known, subject: until}

    server().sessions.remember(me(), add)


def is_unmasked(subject: str) -> bool:
    """Tell whether who asks has unmasked a case or page, and the quarter of an hour is not over."""
    return may_unmask() and me().kept.get("unmasked", {}).get(subject, 0) > time.time()
