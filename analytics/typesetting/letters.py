"""About how wide text is in the font of the drawings, and where it may break."""

from __future__ import annotations

__all__ = ["text_width", "wrapped"]

_DIGIT, _CAPITAL, _SMALL, _NARROW, _WIDE = 0.58, 0.67, 0.56, 0.3, 1.0
_NARROW_ONES = frozenset(" .,:;'|!ijl()[]/-")
_LATIN = 0x2E80


def text_width(text: str, size: float) -> float:
    """Return about how wide a line of text is, rather too wide than too narrow."""
    return size * sum(_letter(letter) for letter in text)


def _letter(letter: str) -> float:
    if letter in _NARROW_ONES:
        return _NARROW
    if letter.isdigit():
        return _DIGIT
    if ord(letter) >= _LATIN:
        return _WIDE
    return _CAPITAL if letter.isupper() else _SMALL


def wrapped(text: str, room: float, size: float) -> list[str]:
    """Return lines no wider than there is room, words whole.

    Parameters
    ----------
    text : str
        Lines parted by line breaks stay so.
    room, size : float
        How wide a line may be, and the size of its letters.
    """
    lines: list[str] = []
    for given in text.split("\n"):
        line = ""
        for word in given.split(" "):
            longer = f"{line} {word}".strip()
            if line and text_width(longer, size) > room:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines
