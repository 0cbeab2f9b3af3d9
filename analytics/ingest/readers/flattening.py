"""Objects inside objects, laid flat: ``{"to": {"city": "Fargo"}}`` has the heading ``to.city``."""

from __future__ import annotations

from typing import Any

__all__ = ["flat"]

_DEEPEST = 8


def flat(record: dict[str, Any]) -> dict[str, Any]:
    """Return an object whose inner objects are laid flat, their keys joined by points; lists stay as they are.

    Parameters
    ----------
    record : dict
        One object of a file.

    Returns
    -------
    dict
        An object that is deeper than eight, or whose joined key is there already, stays as it is under its own key.
    """
    if not any(type(value) is dict for value in record.values()):
        return record
    laid: dict[str, Any] = {}
    for key, value in record.items():
        inner = _inner(key, value) if type(value) is dict else None
        laid.update(inner if inner is not None and not inner.keys() & (record.keys() | laid.keys()) else {key: value})
    return laid


def _inner(key: str, value: dict[str, Any]) -> dict[str, Any] | None:
    """Return the values inside an object by their joined keys, in their order; None where it is too deep."""
    found: dict[str, Any] = {}
    waiting = [(key, value, 1)]
    while waiting:
        prefix, item, depth = waiting.pop()
        if type(item) is not dict:
            if prefix in found:
                return None
            found[prefix] = item
        elif depth > _DEEPEST:
            return None
        else:
            waiting += [(f"{prefix}.{name}", part, depth + 1) for name, part in reversed(item.items())]
    return found
