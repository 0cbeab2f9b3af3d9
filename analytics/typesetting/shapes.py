"""The few shapes of which a drawing for paper is made, as SVG: text stays text, numbers have one decimal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal
from xml.sax.saxutils import escape

__all__ = ["FONT", "Anchor", "disc", "drawing", "line", "path", "rect", "spelled", "text"]

FONT = "Noto Sans"
Anchor = Literal["start", "middle", "end"]
_RGBA = re.compile(r"rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)")


def drawing(width: float, height: float, parts: Iterable[str], size: float = 10) -> str:
    """Return a drawing of its own.

    Parameters
    ----------
    width, height : float
        Of the drawing.
    parts : iterable of str
        What is drawn, the rearmost first.
    size : float
        Of text that does not say otherwise.
    """
    box = f'width="{spelled(width)}" height="{spelled(height)}" viewBox="0 0 {spelled(width)} {spelled(height)}"'
    inside = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="{FONT}" font-size="{spelled(size)}">{inside}</svg>'
    )


def spelled(number: float) -> str:
    """Return a number as it is written in a drawing: one decimal, none where it is nought."""
    return f"{number:z.1f}".removesuffix(".0")


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: Anchor = "start",
    color: str,
    size: float = 10,
    is_bold: bool = False,
    turned: float = 0,
) -> str:
    """Return a line of text that begins, is centered or ends at a place.

    Parameters
    ----------
    x, y : float
        Where its base line is.
    words : str
        What it says; escaped here.
    anchor : str
        ``start``, ``middle`` or ``end``.
    color : str
        Of the letters.
    size : float
        Of the letters.
    is_bold : bool
        Whether it is bold.
    turned : float
        Degrees by which it is turned about its place.
    """
    weight = ' font-weight="bold"' if is_bold else ""
    turn = f' transform="rotate({spelled(turned)} {spelled(x)} {spelled(y)})"' if turned else ""
    return (
        f'<text x="{spelled(x)}" y="{spelled(y)}" text-anchor="{anchor}" {_painted("fill", color)} '
        f'font-size="{spelled(size)}"{weight}{turn}>{escape(words)}</text>'
    )


def line(left: float, top: float, right: float, bottom: float, color: str, width: float = 1.0, dashes: str = "") -> str:
    """Return a straight line."""
    ends = f'x1="{spelled(left)}" y1="{spelled(top)}" x2="{spelled(right)}" y2="{spelled(bottom)}"'
    return f'<line {ends} {_painted("stroke", color)} stroke-width="{spelled(width)}"{_dashed(dashes)}/>'


def rect(
    left: float, top: float, width: float, height: float, fill: str, *, outline: str = "", outline_width: float = 1
) -> str:
    """Return a rectangle; one without an outline has none."""
    edge = f' {_painted("stroke", outline)} stroke-width="{spelled(outline_width)}"' if outline else ""
    box = f'x="{spelled(left)}" y="{spelled(top)}" width="{spelled(width)}" height="{spelled(height)}"'
    return f"<rect {box} {_painted('fill', fill)}{edge}/>"


def disc(x: float, y: float, radius: float, fill: str) -> str:
    """Return a disc."""
    size = f'rx="{spelled(radius)}" ry="{spelled(radius)}"'
    return f'<ellipse cx="{spelled(x)}" cy="{spelled(y)}" {size} {_painted("fill", fill)}/>'


def path(
    points: Sequence[tuple[float, float]], *, fill: str = "none", stroke: str = "", width: float = 1, dashes: str = ""
) -> str:
    """Return a line through points; with a fill it is closed."""
    ends = " L".join(f"{spelled(x)} {spelled(y)}" for x, y in points)
    closed = "" if fill == "none" else "Z"
    edge = f' {_painted("stroke", stroke)} stroke-width="{spelled(width)}" stroke-linejoin="round"' if stroke else ""
    return f'<path d="M{ends}{closed}" {_painted("fill", fill)}{edge}{_dashed(dashes)}/>'


def _dashed(dashes: str) -> str:
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _painted(what: str, color: str) -> str:
    """Return a color as every reader of SVG knows it: six digits, and how opaque it is."""
    found = _RGBA.fullmatch(color)
    if found is None:
        return f'{what}="{color}"'
    red, green, blue, opaque = found.groups()
    return f'{what}="#{int(red):02x}{int(green):02x}{int(blue):02x}" {what}-opacity="{opaque}"'
