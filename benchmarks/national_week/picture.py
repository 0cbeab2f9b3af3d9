"""Draws where the time of a national week goes: a bar for each room that a shipment passes, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from analytics.contracts.paths import sql_folder
from analytics.engines.models import load_models
from benchmarks.national_week.metering import BEFORE, Stage

__all__ = ["ROOMS", "picture", "room_of", "seconds_by_room"]

_INTAKE, _LINES, _PARTIES, _WHO = "intake", "lines and shipments", "consignees", "entity resolution"
_LAW, _FLAGS, _OUT, _CHECKS = "law and days", "typologies and duty", "published tables", "checks"
ROOMS = {
    _INTAKE: "a file is read, judged, landed",
    _LINES: "versions, values, lines added up",
    _PARTIES: "aliases, their keys and traits",
    _WHO: "candidates, comparisons, groups, ids",
    _LAW: "the rule of the day, totals of days",
    _FLAGS: "orders, statistics, flags, evidence, duty",
    _OUT: "sorted and written",
    _CHECKS: "rows that must not exist",
}
"""Rooms in the order of a row, with what happens there."""
_FOLDERS = {
    "10_staging": _LINES,
    "20_intermediate/lines": _LINES,
    "20_intermediate/shipments": _LINES,
    "20_intermediate/parties": _PARTIES,
    "20_intermediate/law": _LAW,
    "20_intermediate/days": _LAW,
    "30_marts": _OUT,
    "90_checks": _CHECKS,
}
_STAGES = {
    BEFORE: _INTAKE, "reading": _INTAKE, "judging": _INTAKE, "named_owners": _LINES, "party_keys": _PARTIES,
    "party_traits": _PARTIES, "party_places": _PARTIES, "identity_members": _WHO, "publishing": _OUT,
}  # fmt: skip
_WIDTH, _LEFT, _LINE, _TOP, _BAR = 960, 180, 44, 72, 400


def room_of(stage: str) -> str:
    """Return the room of a stage: by its name, or by the folder of its model."""
    if stage in _STAGES:
        return _STAGES[stage]
    model = load_models().get(stage)
    folder = "" if model is None else model.path.parent.relative_to(sql_folder()).as_posix()
    return _FOLDERS.get(folder, _FLAGS)


def seconds_by_room(stages: Iterable[Stage]) -> dict[str, tuple[float, float]]:
    """Add up the seconds and the CPU seconds of each room."""
    found = dict.fromkeys(ROOMS, (0.0, 0.0))
    for name, seconds, cpu, *_ in stages:
        wall, worked = found[room_of(name)]
        found[room_of(name)] = wall + seconds, worked + cpu
    return found


def picture(size: int, stages: Iterable[Stage], floor: float) -> str:
    """Draw the time of each room in seconds, and how many times the baseline that is.

    Parameters
    ----------
    size : int
        Shipments.
    stages : iterable of Stage
        What each stage took.
    floor : float
        Seconds of the baseline.
    """
    rooms = seconds_by_room(stages)
    total = sum(seconds for seconds, _ in rooms.values())
    longest = max(seconds for seconds, _ in rooms.values()) or 1
    height = _TOP + _LINE * len(rooms) + 16
    said = f"{size:,} shipments: {total:,.0f} seconds, {total / floor:,.0f} times the baseline of {floor:.1f}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" '
            'font-size="13" role="img">',
            f"<title>Where the time goes. {said}</title>",
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            '<text x="24" y="30" font-size="15" font-weight="600" fill="#1b2733">Where the time goes</text>',
            f'<text x="24" y="50" fill="#5d6b78">{escape(said)}</text>',
            *(
                line
                for place, (room, (seconds, _)) in enumerate(rooms.items())
                for line in _bar(room, seconds, _TOP + _LINE * place, (seconds / longest, seconds / floor))
            ),
            "</svg>",
            "",
        ]
    )


def _bar(room: str, seconds: float, top: int, told: tuple[float, float]) -> Iterator[str]:
    share, times = told
    width = max(2, round(_BAR * share))
    yield f'<text x="{_LEFT - 12}" y="{top + 16}" text-anchor="end" fill="#1b2733">{escape(room)}</text>'
    yield f'<rect x="{_LEFT}" y="{top}" width="{width}" height="24" rx="3" fill="#1f4e79"/>'
    yield f'<text x="{_LEFT + width + 8}" y="{top + 16}" fill="#1b2733">{seconds:,.0f} s, {times:.1f} times</text>'
    yield f'<text x="{_WIDTH - 24}" y="{top + 16}" text-anchor="end" fill="#5d6b78">{escape(ROOMS[room])}</text>'
