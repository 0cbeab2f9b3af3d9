"""What people write where they have no tax number."""

from __future__ import annotations

__all__ = ["is_tax_number"]

_SHORTEST = 5
_COUNTED_UP = frozenset({"123456789", "987654321", "0123456789", "1234567890"})


def is_tax_number(compact: str) -> bool:
    """Tell whether letters and digits can be somebody's tax number.

    Parameters
    ----------
    compact : str
        Upper case, without blanks and marks.

    Returns
    -------
    bool
        False where it is too short to tell two people apart, has no digit (UNKNOWN), is all one character (222222222)
        or counted up.
    """
    has_digit = any(letter.isdigit() for letter in compact)
    return len(compact) >= _SHORTEST and len(set(compact)) > 1 and has_digit and compact not in _COUNTED_UP
