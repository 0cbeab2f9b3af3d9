"""Writes docs/lineage.md and its picture from the models themselves; `make docs` runs it, a test compares both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from analytics.contracts.paths import sql_folder
from analytics.contracts.steps import Step
from analytics.engines.models import load_models
from analytics.pipeline.lineage import Lineage
from analytics.screening import registered_steps

__all__ = ["lineage_page", "lineage_picture"]

_HERE = Path(__file__).resolve().parent
_TARGET, _PICTURE = _HERE / "lineage.md", _HERE / "img" / "lineage.svg"
_ROOMS = {
    "inputs": "landed lines, tables of earlier runs, verdicts, the law",
    "sql/10_staging": "names and types of landed lines",
    "sql/20_intermediate/lines": "a line: its versions, its owner, its value",
    "sql/20_intermediate/shipments": "a shipment: its lines added up, its description",
    "sql/20_intermediate/parties": "a consignee, and its identity",
    "Python: identity": "entity resolution",
    "sql/20_intermediate/law": "the rules that apply to a shipment",
    "sql/20_intermediate/orders": "lots that may be one order",
    "sql/20_intermediate/days": "totals of an identity on a day",
    "Python: statistics and traits": "statistics over many rows, and traits of names and goods",
    "sql/typologies": "one folder per typology: its flags and their shipments",
    "sql/20_intermediate/flags": "the steps common to all flags: members, required matches, thresholds",
    "Python: wording": "the sentences of a flag, from its measures",
    "sql/30_marts": "the published tables",
    "Python: exposure": "the duty at issue on a flag",
    "sql/90_checks": "rows that must not exist",
}
"""Rooms in the order of the row, with what stands there."""
_PACKAGES = ("identity", "exposure", "wording")
"""Packages whose steps are a room of their own."""
_OPENING = """# Lineage

`make docs` writes this page from the models. Do not edit it. A run goes from top to bottom: each model reads tables of
the folders above it, and sometimes of its own. `splitship model NAME` shows one model with its grain, its inputs and
its readers. With `--store DIR` it runs the model on a store and shows rows.

![Folders from landed lines to published tables; an arc means that one folder reads another](img/lineage.svg)
"""


def lineage_page() -> str:
    """Return the page."""
    lineage = Lineage.of(registered_steps())
    rooms: dict[str, list[Step]] = {}
    for step in sorted({step.name: step for step in lineage.makers.values()}.values(), key=lambda step: step.name):
        rooms.setdefault(_room(step), []).append(step)
    lines = [_OPENING, "## inputs", "", ", ".join(f"`{table}`" for table in lineage.given), ""]
    for room in _ROOMS:
        if room in rooms:
            lines += [f"## {room}", "", f"{_ROOMS[room][:1].upper()}{_ROOMS[room][1:]}.", ""]
            lines += ["| model | one row | grain | reads |", "|---|---|---|---|"]
            lines += [*map(_row, rooms[room]), ""]
    return "\n".join(lines)


def _row(step: Step) -> str:
    reads = ", ".join(f"`{table}`" for table in sorted(step.reads))
    return f"| `{step.name}` | {step.description.replace('|', '/')} | {', '.join(step.grain)} | {reads} |"


def _room(step: Step) -> str:
    found = load_models().get(step.name)
    if found is not None:
        place = "sql/" + found.path.parent.relative_to(sql_folder()).as_posix()
        return "sql/typologies" if place.startswith("sql/typologies/") else place
    module = str(getattr(step.build, "func", step.build).__module__)
    package = "wording" if module == "analytics.typologies.evidence" else module.split(".")[1]
    return f"Python: {package}" if package in _PACKAGES else "Python: statistics and traits"


_LINE, _TOP, _LEFT, _WIDTH = 44, 40, 330, 1080


def lineage_picture() -> str:
    """Return the picture: rooms one below the other, an arc for each that reads another."""
    lineage = Lineage.of(registered_steps())
    steps = {step.name: step for step in lineage.makers.values()}.values()
    counts = Counter(map(_room, steps)) + Counter({"inputs": len(lineage.given)})
    reads: Counter[tuple[str, str]] = Counter()
    for step in steps:
        for table in step.reads:
            source = _room(lineage.makers[table]) if table in lineage.makers else "inputs"
            reads[source, _room(step)] += source != _room(step)
    places = {room: _TOP + _LINE * place for place, room in enumerate(_ROOMS)}
    height = _TOP + _LINE * len(_ROOMS)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" '
            'font-size="13" role="img">',
            "<title>Rooms of the SQL and which reads which</title>",
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            *(_arc(places, *pair, count) for pair, count in sorted(reads.items()) if count),
            *(line for room in _ROOMS for line in _label(room, counts[room], places[room])),
            "</svg>",
            "",
        ]
    )


def _label(room: str, count: int, y: int) -> Iterator[str]:
    yield f'<circle cx="{_LEFT}" cy="{y}" r="5" fill="#1f4e79"/>'
    yield f'<text x="{_LEFT - 14}" y="{y + 4}" text-anchor="end" fill="#1a1a1a">{escape(room)} ({count})</text>'
    note = escape(_ROOMS[room])
    yield f'<text x="{_WIDTH - 430}" y="{y + 4}" fill="#555555">{note}</text>'


def _arc(places: dict[str, int], source: str, reader: str, count: int) -> str:
    """Draw what flows down to the right; what flows back up is dashed."""
    start, end = places[source], places[reader]
    reach = min(290, 26 + abs(end - start) * 0.42)
    dashes = "" if end > start else ' stroke-dasharray="4 3"'
    return (
        f'<path d="M {_LEFT} {start} C {_LEFT + reach:.0f} {start}, {_LEFT + reach:.0f} {end}, {_LEFT} {end}" '
        f'fill="none" stroke="#4a86c5" stroke-opacity="0.55" stroke-width="{min(5, 0.6 + count / 8):.1f}"{dashes}/>'
    )


if __name__ == "__main__":
    _TARGET.write_text(lineage_page(), encoding="utf-8")
    _PICTURE.write_text(lineage_picture(), encoding="utf-8")
