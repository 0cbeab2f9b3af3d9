"""A week of the whole country, timed beside the floor: DuckDB reading the same file and adding up by consignee and day.

Every stage runs in a process of its own (`benchmarks.national_week.stages`). Run it with ``make bench-scale`` or

    python -m benchmarks.national_week --sizes 1000000 4000000

Each size is screened with everybody compared (``all``, up to ``--whole-up-to``), with those only who can pass a limit
together (``hot``), and with identities and their keys given as the one before found them (``known``). After ``all`` the
peer says who is who among the same consignees, where it and the shared data are at hand. Sizes from `BOUNDED_FROM` on
give the engine `BOUND` and no more, so that the whole stays within 12 GB. It prints a Markdown page and writes it to
benchmarks/results/national_week.md, and draws where the time of the largest size goes. A run that is not done after
``--minutes`` is stopped, and the page says so. With ``--folder`` what was measured is kept, and not measured again.

``--pace`` writes how long the steps of the smallest and of the largest size took beside each other into the program,
which tells by it how far a run is.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.identity.sets import absent
from benchmarks.national_week.making import make_week
from benchmarks.national_week.metering import Stage
from benchmarks.national_week.picture import picture
from benchmarks.national_week.stages import STORE, in_child, time_left, times_of
from benchmarks.where import where

RESULT = Path(__file__).resolve().parents[1] / "results" / "national_week.md"
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "img" / "where_time_goes.svg"
PACE = Path(__file__).resolve().parents[2] / "analytics" / "pipeline" / "data" / "pace.csv"
SIZES = (1_000_000, 4_000_000, 28_000_000)
WHOLE_UP_TO = 5_000_000
BOUNDED_FROM = 10_000_000
BOUND = "4GB"
WAYS = ("all", "hot", "known")
TOLD = {"known": "given"}
"""What a way is called on the page, where that is another word."""
SHOWN_STAGES = 14


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--form", choices=("parquet", "csv"), default="parquet")
    parser.add_argument("--minutes", type=float, default=60, help="a run that takes longer is stopped")
    parser.add_argument("--memory", help="most memory for the engine, such as 4GB")
    parser.add_argument("--ways", choices=WAYS, nargs="+", default=WAYS)
    parser.add_argument("--whole-up-to", type=int, default=WHOLE_UP_TO, help="larger sizes are not run with all")
    parser.add_argument("--folder", type=Path, help="where weeks and what was measured are kept and found again")
    parser.add_argument("--no-peer", dest="peer", action="store_false", help="do not have the peer say who is who")
    parser.add_argument("--pace", action="store_true", help="keep the pace of the last run in the program")
    call = parser.parse_args()
    found = sorted((_of_size(size, call) for size in call.sizes), key=lambda told: int(told["size"]))
    page = _page(found, call)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(page, encoding="utf-8")
    print(page)
    _draw(found[-1])
    if call.pace:
        _keep_pace(found)


def _draw(told: dict[str, Any]) -> None:
    """Draw where the time of the largest size goes, with those compared whom its time is mostly told of."""
    run = told.get("hot", told.get("all", {}))
    if "stages" in run:
        PICTURE.write_text(picture(told["size"], run["stages"], told["floor"]["seconds"]), encoding="utf-8")


def _keep_pace(found: list[dict[str, Any]]) -> None:
    ended = [(told["size"], told[way]) for told in found for way in WAYS if "steps" in told.get(way, {})]
    sizes = {size: times_of(run) for size, run in (ended[:1] + ended[-1:])}
    steps = sorted(set[str].intersection(*map(set, sizes.values())))
    rows = [
        ["step", *map(str, sizes)],
        *([step, *(f"{times[step]:.3f}" for times in sizes.values())] for step in steps),
    ]
    PACE.write_text("".join(",".join(row) + "\n" for row in rows))


def _of_size(size: int, call: argparse.Namespace) -> dict[str, Any]:
    """Measure a size, or what of it is not measured in the folder yet."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = (call.folder or Path(temporary)) / str(size)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"week.{call.form}"
        if not file.exists():
            make_week(file, size)
        memory = call.memory or (BOUND if size >= BOUNDED_FROM else None)
        asked: dict[str, Any] = {"form": call.form, "memory": memory, "minutes": call.minutes}
        told: dict[str, Any] = {"size": size, "bytes": file.stat().st_size}
        floors = []
        for way in (way for way in call.ways if way != "all" or size <= call.whole_up_to):
            floors.append(_measured("floor", folder, asked, kept_as=f"floor before {way}"))
            told[way] = _measured(way, folder, asked)
            if way == "all" and call.peer:
                missing = absent()
                told["peer"] = {"stopped": missing} if missing else _measured("peer", folder, asked)
            shutil.rmtree(folder / STORE, ignore_errors=True)
        floors.append(_measured("floor", folder, asked, kept_as="floor at the end"))
        return told | {"floor": min(floors, key=lambda each: each["seconds"])}


def _measured(stage: str, folder: Path, asked: dict[str, Any], kept_as: str | None = None) -> dict[str, Any]:
    """Measure a stage, and keep what was found; what was measured before in that folder is taken from there."""
    kept = folder / f"{kept_as or stage}.json"
    if not kept.exists():
        found = in_child(stage, folder, **asked)
        kept.write_text(json.dumps(found), encoding="utf-8")
        print(f"{folder.name} {kept_as or stage}: {found.get('seconds', 0):.1f} s", file=sys.stderr)
    told: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return told


def _page(found: list[dict[str, Any]], call: argparse.Namespace) -> str:
    bound = (
        f" The engine has at most {call.memory}."
        if call.memory
        else f" From {BOUNDED_FROM:,} shipments on the engine has at most {BOUND}, and spills."
    )
    lines = [
        "# A week of the country",
        "",
        f"Invented shipments of one week as one {call.form} file, 0.48 distinct consignee strings a shipment "
        "(`benchmarks/national_week/making.py`). The floor is DuckDB reading the same file and adding up by consignee "
        "as written and day, the fastest of several; the screening goes from the file to flags and published tables, "
        "who is who included: everybody compared (all), or those only who can pass a limit together (hot); or with "
        f"identities and their keys given by the run before (given).{bound} Ratios are to the floor, in time and in "
        "CPU time. Bytes written are those of all files, per byte of input. The last column is what was said of the "
        "time left, at every step from a tenth to nine tenths of the way, beside the time that it took.",
        "",
        where("DuckDB", "Polars"),
        "",
        "| shipments | file | floor | its CPU | compared | screening | ratio | CPU | CPU ratio | peak memory | written "
        "| a million | time left |",
        "|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(_row(told, way) for told in found for way in WAYS if way in told),
        "",
        "| shipments | compared | parties | of them compared | pairs compared | flags |",
        "|---:|---|---:|---:|---:|---|",
        *(_who(told, way) for told in found for way in ("all", "hot") if "who" in told.get(way, {})),
        "",
    ]
    lines += [_peer(told) for told in found if "peer" in told]
    for told in found[-1:]:
        for way in WAYS:
            if "stages" in told.get(way, {}):
                lines += _stages(told, way)
    return "\n".join(lines)


def _row(told: dict[str, Any], way: str) -> str:
    under, ours = told["floor"], told[way]
    head = f"| {told['size']:,} | {told['bytes'] / 1e6:,.0f} MB | {under['seconds']:.2f} s | {under['cpu']:.2f} s "
    head += f"| {TOLD.get(way, way)} |"
    if "seconds" not in ours:
        return f"{head} {ours['stopped']} | | | | | | | |"
    return (
        f"{head} {ours['seconds']:.0f} s | {ours['seconds'] / under['seconds']:.0f} | {ours['cpu']:.0f} s "
        f"| {ours['cpu'] / under['cpu']:.0f} | {ours['peak_mb']:,.0f} MB | {ours['written'] / told['bytes']:.1f} "
        f"| {ours['seconds'] / told['size'] * 1e6:.0f} s | {time_left(ours)} |"
    )


def _who(told: dict[str, Any], way: str) -> str:
    who, flags = told[way]["who"], sum(count for _, count in told[way]["flags"])
    same = ""
    if way != "all" and "raised" in told.get("all", {}):
        whole, some = told["all"]["raised"], told[way]["raised"]
        others = [name for name in some if some[name] != whole.get(name)]
        same = f", others than with all: {', '.join(others)}" if others else ", of what both test the same as with all"
    return (
        f"| {told['size']:,} | {way} | {who['parties']:,} | {who['regrouped_parties']:,} "
        f"({who['regrouped_parties'] / who['parties']:.0%}) | {who['compared_pairs']:,} | {flags:,}{same} |"
    )


def _peer(told: dict[str, Any]) -> str:
    """What the peer took for who is who beside ours, one paragraph."""
    theirs, head = told["peer"], f"Who is who of {told['size']:,} shipments by the peer (Splink): "
    if "stopped" in theirs:
        return f"{head}{theirs['stopped']}.\n"
    ours = [f"{_seconds_of(told[way], 'identity_members'):.0f} s with {way}" for way in ("all", "hot") if way in told]
    return (
        f"{head}{theirs['seconds_of_peer']:.0f} s and {theirs['peak_mb_of_peer']:,.0f} MB for {theirs['records']:,} "
        f"spellings, everybody compared, given our keys. Ours took {' and '.join(ours)} with our keys given too, "
        "evidence and the tables of how identities hold together included.\n"
    )


def _seconds_of(run: dict[str, Any], step: str) -> float:
    return next((seconds for name, seconds, _ in run.get("steps", ()) if name == step), float("nan"))


def _stages(told: dict[str, Any], way: str) -> list[str]:
    """Time, CPU and peak memory of each stage: the longest, and what the others took together."""
    rows = {name: f"{rows:,} " for name, _, rows in told[way]["steps"] if rows is not None}
    stages = sorted(_united(told[way]["stages"]), key=lambda stage: (-stage[1], stage[0]))
    floor = told["floor"]["cpu"]
    shown, others = stages[:SHOWN_STAGES], stages[SHOWN_STAGES:]
    if others:
        shown.append((f"{len(others)} others", *_together(others)))
    return [
        f"Where the time of {told['size']:,} goes with {way}:",
        "",
        "| stage | seconds | CPU seconds | CPU in floors | peak memory | MB written | rows |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {name} | {seconds:.1f} | {cpu:.1f} | {cpu / floor:.1f} | {peak:,.0f} MB | {written / 1e6:,.0f} "
            f"| {rows.get(name, '')}|"
            for name, seconds, cpu, peak, written in shown
        ),
        "",
        f"Flags: {', '.join(f'{name} {count:,}' for name, count in told[way]['flags'])}.",
        "",
    ]


def _united(stages: list[Stage]) -> list[Stage]:
    """Stages of one name, such as the reading of several files, as one."""
    by_name: dict[str, list[Stage]] = {}
    for stage in stages:
        by_name.setdefault(stage[0], []).append(stage)
    return [(name, *_together(each)) for name, each in by_name.items()]


def _together(stages: list[Stage]) -> tuple[float, float, float, int]:
    _, seconds, cpu, peaks, written = zip(*stages, strict=True)
    return sum(seconds), sum(cpu), max(peaks), sum(written)


if __name__ == "__main__":
    main()
