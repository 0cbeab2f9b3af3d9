"""What a column of JSON says, as lines that a person reads in a cell."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["text_of_json"]


def text_of_json(text: str) -> str:
    """Return a JSON list or object as plain lines.

    Parameters
    ----------
    text : str
        JSON as a table holds it. What is no JSON comes back as it was.

    Returns
    -------
    str
        A line for each item of a list; ``name: value`` pairs parted by semicolons for an object.

    Examples
    --------
    >>> text_of_json('[{"column": "mode", "reason": "mode_unknown"}]')
    'column: mode; reason: mode_unknown'
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if isinstance(value, list):
        return "\n".join(_inline(each) for each in value)
    return _pairs(value) if isinstance(value, dict) else text


def _inline(value: Any) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_inline(each) for each in value)
    return _pairs(value) if isinstance(value, dict) else str(value)


def _pairs(value: dict[str, Any]) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {_inline(each)}" for name, each in value.items())
