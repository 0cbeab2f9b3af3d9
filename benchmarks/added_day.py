"""A day added to a store of eight weeks, beside that day screened alone and everything screened at once.

    python -m benchmarks.added_day --a-day 50000

It prints a Markdown page and writes it to benchmarks/results/added_day.md. ``--pace`` writes what share of its whole
time each step takes for an addition into the program, which tells by it how far such a run is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

import analytics
from benchmarks.national_week.making import make_week
from benchmarks.national_week.stages import STORE, in_child, time_left, times_of
from benchmarks.where import where

RESULT = Path(__file__).resolve().parent / "results" / "added_day.md"
PACE = Path(__file__).resolve().parents[1] / "analytics" / "pipeline" / "data" / "pace_of_addition.csv"
WEEKS = 8
A_DAY = 50_000
KEPT = "kept"
WHOLE, IN_PART = "eight weeks, tables kept", "the day, added, made in part"
LEAST = 0.015
"""Seconds that a step of next to no rows takes, with which small ones are compared too."""
# a scheme is a block of four numbers, which stays on one day
PLACED = """
select * exclude (number) replace (
    case
        when number < $before then cast(arrival_date + cast(7 * (hash(number // 4) % $weeks) as int) as date)
        else cast(date '2025-03-10' + cast(7 * $weeks as int) as date)
    end as arrival_date
)
from (select *, cast(substr(shipment_id, 2) as bigint) as number from read_parquet($made))
where number >= $begin and number < $end
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--a-day", type=int, default=A_DAY, help="shipments a day")
    parser.add_argument("--pace", action="store_true", help="keep the pace of the addition in the program")
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = _measured(Path(folder), call.a_day)
    page = _page(call.a_day, told)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(page, encoding="utf-8")
    print(page)
    if call.pace:
        _keep_pace(told["runs"][WHOLE], told["runs"][IN_PART])


def _keep_pace(whole: dict[str, Any], in_part: dict[str, Any]) -> None:
    before, now = (times_of(run) for run in (whole, in_part))
    shares = {step: min((now[step] + LEAST) / (before[step] + LEAST), 1.0) for step in sorted({*before} & {*now})}
    PACE.write_text("step,share\n" + "".join(f"{step},{share:.3f}\n" for step, share in shares.items()))


def _measured(folder: Path, a_day: int) -> dict[str, Any]:
    _make(folder, a_day)
    told: dict[str, Any] = {}
    for name, way, inputs, store in (
        ("eight weeks", "all", "weeks", STORE),
        (WHOLE, "kept", "weeks", KEPT),
        ("the day, added, all made anew", "all", "day", f"../weeks/{STORE}"),
        (IN_PART, "kept", "day", f"../weeks/{KEPT}"),
        ("the day alone", "all", "day", STORE),
        ("everything at once", "all", "both", STORE),
    ):
        told[name] = in_child(way, folder / inputs, store=store)
        print(f"{name}: {told[name].get('seconds', 0):.1f} s", file=sys.stderr)
    anew, in_part = (analytics.open_store(folder / "weeks" / store) for store in (STORE, KEPT))
    return {"runs": told, "differing": _differing(anew, in_part), "bytes": _bytes(in_part.root)} | _held(
        anew, analytics.open_store(folder / "both" / STORE)
    )


def _differing(one: Any, other: Any) -> list[str]:
    """Published tables of two stores that are not the same to the byte; when runs were is not looked at."""
    folders = [store.root / store.state.tables for store in (one, other)]
    names = sorted({file.name for folder in folders for file in folder.iterdir()} - {"runs.parquet"})
    return [name for name in names if len({(folder / name).read_bytes() for folder in folders}) > 1]


def _bytes(store: Path) -> dict[str, int]:
    return {kind: sum(file.stat().st_size for file in (store / kind).rglob("*.parquet")) for kind in ("tables", "kept")}


def _make(folder: Path, a_day: int) -> None:
    before, every = 7 * WEEKS * a_day, (7 * WEEKS + 1) * a_day
    make_week(folder / "made.parquet", every)
    with duckdb.connect() as connection:
        for name, begin, end in (("weeks", 0, before), ("day", before, every), ("both", 0, every)):
            (folder / name).mkdir()
            asked = {"before": before, "weeks": WEEKS, "begin": begin, "end": end, "made": str(folder / "made.parquet")}
            connection.execute(f"copy ({PLACED}) to '{folder / name / 'week.parquet'}' (format parquet)", asked)


def _held(added: Any, at_once: Any) -> dict[str, Any]:
    """Whether groups and flags of two stores are the same; identities by the spellings in them, flags by shipments."""
    stores = [added, at_once]
    spellings = [store.table("aliases").select("alias_id", "identity_id").collect() for store in stores]
    both = spellings[0].join(spellings[1], on="alias_id", how="full", suffix="_r", nulls_equal=True)
    pairs = both.select("identity_id", "identity_id_r").unique()
    others = sum(int(pairs[name].is_duplicated().sum()) for name in pairs.columns)
    flags = [_by_shipments(store) for store in stores]
    return {"others": others, "flags": [len(each) for each in flags], "both": len(flags[0] & flags[1])}


def _by_shipments(store: Any) -> set[tuple[str, str]]:
    of_flags = store.table("flags").select("flag_id", "typology")
    named = store.table("flag_shipments").join(of_flags, on="flag_id").sort("flag_id", "shipment_uid")
    grouped = named.group_by("flag_id", "typology").agg(pl.col("shipment_uid").sort().str.join(" ")).collect()
    return set(grouped.select("typology", "shipment_uid").iter_rows())


def _page(a_day: int, told: dict[str, Any]) -> str:
    runs = told["runs"]
    alone = runs["the day alone"].get("seconds")
    rows = []
    for name, run in runs.items():
        ratio = f"{run['seconds'] / alone:.1f}" if alone and "seconds" in run else ""
        took = f"{run['seconds']:.1f} s" if "seconds" in run else run["stopped"]
        who = run.get("who", {})
        rows.append(
            f"| {name} | {took} | {ratio} | {run.get('peak_mb', 0):,.0f} MB | {who.get('kind', '')} "
            f"| {who.get('compared_pairs', 0):,} | {time_left(run) if 'foretold' in run else ''} |"
        )
    one, other = told["flags"]
    megabytes = {kind: told["bytes"][kind] / 1e6 for kind in ("tables", "kept")}
    same = "the same to the byte" if not told["differing"] else f"not the same: {', '.join(told['differing'])}"
    return "\n".join(
        [
            "# A day more",
            "",
            f"A store of eight weeks with {a_day:,} invented shipments a day, and a day of as many. Everybody is "
            "compared; when the day is added, its new consignees with those who share a key with them. All other "
            "tables are made anew, or, in a store that keeps its tables in between (`--keep`), partly. The last column "
            "is what was said of the time left, at every step from a tenth to nine tenths of the way, beside the time "
            "that it took.",
            "",
            where("DuckDB", "Polars"),
            "",
            "| screened | took | times the day alone | peak memory | who is who | pairs compared | time left |",
            "|---|---:|---:|---:|---|---:|---|",
            *rows,
            "",
            f"Tables of the day added in part are {same} as those of the day added and all made anew; kept beside them "
            f"are {megabytes['kept']:,.0f} MB; the store's tables, of two runs, take {megabytes['tables']:,.0f} MB.",
            "",
            f"Held against everything at once, which counts and learns anew: {told['others']:,} identities are others; "
            f"of {one:,} flags {told['both']:,} are of the same typology and shipments, there are {other:,} there.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
