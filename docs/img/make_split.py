"""Draws docs/img/split.svg, the picture at the top of the README."""

from __future__ import annotations

from pathlib import Path

__all__ = ["picture"]

_PARCELS = (
    ("Maria Lopez", "12 Elm St, Apt 4B", "UPS · JFK · air", 310),
    ("LOPEZ, MARIA", "12 Elm Street #4-B", "DHL · ORD · air", 295),
    ("Maria López Garcia", "12 Elm St Unit 4B", "USPS · mail", 240),
    ("M. Lopez", "12 ELM ST APT 4B", "FedEx · LAX · truck", 215),
)
_INK, _QUIET, _LINE, _OVER, _UNDER = "#1b2733", "#5d6b78", "#c9d1d8", "#b5462f", "#2f6f8f"
_FONT = "font-family=\"-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif\""


def picture() -> str:
    """Return the drawing as SVG text."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 372" role="img" {_FONT}>',
        "<title>Four parcels under $800 to one person on one day add up to $1,060</title>",
        '<rect width="960" height="372" fill="#ffffff"/>',
        _text(24, 36, "What each manifest shows", 15, _INK, bold=True),
        _text(24, 56, "Friday 14 March 2025: four parcels, four names, each under $800", 13, _QUIET),
        _text(600, 36, "What the law adds up", 15, _INK, bold=True),
        _text(600, 56, "one person, one day", 13, _QUIET),
    ]
    for index, parcel in enumerate(_PARCELS):
        parts.append(_parcel(80 + index * 70, *parcel))
    parts += [*_bar(), "</svg>"]
    return "\n".join(parts) + "\n"


def _parcel(top: int, name: str, address: str, route: str, value: int) -> str:
    return "\n".join(
        [
            f'<rect x="24" y="{top}" width="440" height="58" rx="6" fill="#f5f7f9" stroke="{_LINE}"/>',
            _text(40, top + 25, name, 15, _INK, bold=True),
            _text(40, top + 45, address, 13, _QUIET),
            _text(240, top + 35, route, 13, _QUIET),
            _text(448, top + 36, f"${value}", 17, _UNDER, bold=True, anchor="end"),
            f'<path d="M464 {top + 29} C 530 {top + 29}, 530 210, 592 210" fill="none" {_stroke(_LINE)}/>',
        ]
    )


def _bar() -> list[str]:
    scale, base, left = 0.24, 340, 640
    parts, top = [], float(base)
    for _, _, _, value in _PARCELS:
        height = value * scale
        top -= height
        size = f'width="110" height="{height - 2:.1f}"'
        parts.append(f'<rect x="{left}" y="{top:.1f}" {size} fill="{_UNDER}" fill-opacity="0.82"/>')
        parts.append(_text(left + 55, top + height / 2 + 4, f"${value}", 13, "#ffffff", anchor="middle"))
    limit = base - 800 * scale
    parts += [
        f'<line x1="{left - 30}" x2="920" y1="{limit}" y2="{limit}" {_stroke(_OVER)} stroke-dasharray="6 4"/>',
        _text(920, limit - 8, "limit of that day: $800", 13, _OVER, anchor="end"),
        f'<line x1="{left + 122}" x2="{left + 122}" y1="{top:.1f}" y2="{limit}" {_stroke(_OVER)}/>',
        _text(left + 134, (top + limit) / 2 + 2, "$260 over", 15, _OVER, bold=True),
        _text(left + 134, 300, "total $1,060", 15, _INK, bold=True),
        _text(left + 134, 320, "an indicator, not a finding", 13, _QUIET),
    ]
    return parts


def _stroke(colour: str) -> str:
    return f'stroke="{colour}" stroke-width="2"'


def _text(x: float, y: float, text: str, size: int, fill: str, *, bold: bool = False, anchor: str = "start") -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{weight}>{text}</text>'


if __name__ == "__main__":
    (Path(__file__).resolve().parent / "split.svg").write_text(picture(), encoding="utf-8")
