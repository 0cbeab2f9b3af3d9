"""A day added to a store of eight weeks, beside that day screened alone and everything screened at once.

    python -m benchmarks.added_day --a-day 10000

It prints a Markdown page and writes it to benchmarks/results/added_day.md.
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
from benchmarks.national_week.stages import STORE, in_child
from benchmarks.where import where

RESULT = Path(__file__).resolve().parent / "results" / "added_day.md"
WEEKS = 8
A_DAY = 10_000
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
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = _page(call.a_day, _measured(Path(folder), call.a_day))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(page, encoding="utf-8")
    print(page)


def _measured(folder: Path, a_day: int) -> dict[str, Any]:
    _make(folder, a_day)
    told: dict[str, Any] = {}
    for name, inputs, store in (
        ("eight weeks", "weeks", STORE),
        ("the day, added to them", "day", f"../weeks/{STORE}"),
        ("the day alone", "day", STORE),
        ("everything at once", "both", STORE),
    ):
        told[name] = in_child("all", folder / inputs, store=store)
        print(f"{name}: {told[name].get('seconds', 0):.1f} s", file=sys.stderr)
    return {"runs": told, **_held(folder / "weeks" / STORE, folder / "both" / STORE)}


def _make(folder: Path, a_day: int) -> None:
    before, every = 7 * WEEKS * a_day, (7 * WEEKS + 1) * a_day
    make_week(folder / "made.parquet", every)
    with duckdb.connect() as connection:
        for name, begin, end in (("weeks", 0, before), ("day", before, every), ("both", 0, every)):
            (folder / name).mkdir()
            asked = {"before": before, "weeks": WEEKS, "begin": begin, "end": end, "made": str(folder / "made.parquet")}
            connection.execute(f"copy ({PLACED}) to '{folder / name / 'week.parquet'}' (format parquet)", asked)


def _held(added: Path, at_once: Path) -> dict[str, Any]:
    """Whether groups and flags of two stores are the same; identities by the spellings in them, flags by shipments."""
    stores = [analytics.open_store(place) for place in (added, at_once)]
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
            f"| {who.get('compared_pairs', 0):,} |"
        )
    one, other = told["flags"]
    return "\n".join(
        [
            "# A day more",
            "",
            f"A store of eight weeks with {a_day:,} invented shipments a day, and a day of as many. Everybody is "
            "compared; when the day is added, its new consignees with those who share a key with them. All other "
            "tables are made anew, so that a day costs what the whole does.",
            "",
            where("DuckDB", "Polars"),
            "",
            "| screened | took | times the day alone | peak memory | who is who | pairs compared |",
            "|---|---:|---:|---:|---|---:|",
            *rows,
            "",
            f"Held against everything at once, which counts and learns anew: {told['others']:,} identities are others; "
            f"of {one:,} flags {told['both']:,} are of the same typology and shipments, there are {other:,} there.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
