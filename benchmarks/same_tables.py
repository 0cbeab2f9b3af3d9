"""Whether two versions of the code publish the same tables: the proof that a change of structure changed nothing else.

    python -m benchmarks.same_tables record before      # in the checkout of the old code
    python -m benchmarks.same_tables record after       # in the checkout of the new code
    python -m benchmarks.same_tables compare before after [--but flags.reason runs.seconds]

``record`` screens the samples, 20,000 invented shipments that hold every scheme and, where their folder is given by
SPLITSHIP_SHARED, the public files that the tests screen; each becomes a store. ``compare`` names each column of each
published table that is not the same, and how many rows of it differ; it ends with 1 where there is one. Texts that were
rewritten on purpose are named by ``--but``; all else must be equal: decimals to the cent, floats to six places.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

import analytics
from analytics.contracts.published import PUBLISHED
from analytics.synth import synthesize

__all__ = ["differences", "record"]

ROOT = Path(__file__).resolve().parents[1]
REAL = {
    "online_retail": "online_retail_2009_2010/orders.csv",
    "purchase_cards": "birmingham_purchase_cards/transactions.parquet",
}
"""Public files by the folder of ``tests/real`` that says how they are read."""
TELLS_OF_THE_RUN = frozenset({"runs"})
INVENTED, SAMPLES = Path("invented"), Path("data_samples")
SHIPMENTS = 20_000
PLACES = 6
AT_A_TIME = 500_000
"""Rows that are compared at a time."""


def record(folder: Path) -> None:
    """Screen every set into a store of its name under a folder that does not exist yet; files are named from there."""
    folder.mkdir(parents=True)
    os.chdir(folder)
    synthesize(INVENTED, shipments=SHIPMENTS)
    shutil.copytree(ROOT / "data_samples", SAMPLES)
    analytics.screen(SAMPLES, "samples")
    analytics.screen(INVENTED / "shipments.csv", "synth")
    for name, file in REAL.items():
        settings = ROOT / "tests" / "real" / name
        if shared := os.environ.get("SPLITSHIP_SHARED"):
            source = Path(shared) / "data" / file
            analytics.screen(source, name, mappings=[settings / "mapping.toml"], rules=settings / "rules")


def differences(before: Path, after: Path) -> Iterator[tuple[str, str, int]]:
    """Compare the published tables of two stores, one after the other.

    Parameters
    ----------
    before, after : Path
        Two stores.

    Yields
    ------
    tuple of str, str and int
        A table, what of it is not the same (``rows``, ``columns``, or the name of a column), and in how many rows; none
        where both stores hold the same.
    """
    stores = [analytics.open_store(store) for store in (before, after)]
    for table in sorted(set(PUBLISHED) - TELLS_OF_THE_RUN):
        one, other = (store.file(table) for store in stores)
        if not filecmp.cmp(one, other, shallow=False):
            for what, rows in _unlike(one, other):
                yield table, what, rows


def _unlike(one: Path, other: Path) -> Iterator[tuple[str, int]]:
    frames = [pl.scan_parquet(file) for file in (one, other)]
    schemas = [frame.collect_schema() for frame in frames]
    sizes = [int(frame.select(pl.len()).collect().item()) for frame in frames]
    if schemas[0] != schemas[1]:
        yield "columns", len(set(schemas[0].items()) ^ set(schemas[1].items()))
    if sizes[0] != sizes[1]:
        yield "rows", abs(sizes[0] - sizes[1])
        return
    unlike = dict.fromkeys((name for name in schemas[0] if name in schemas[1]), 0)
    floats = [name for name in unlike if schemas[0][name].is_float()]
    for start in range(0, sizes[0], AT_A_TIME):
        parts = [frame.slice(start, AT_A_TIME).with_columns(pl.col(floats).round(PLACES)).collect() for frame in frames]
        for name in unlike:
            unlike[name] += int(parts[0][name].ne_missing(parts[1][name]).sum())
    yield from ((name, rows) for name, rows in unlike.items() if rows)


def _compare(before: Path, after: Path, but: set[str]) -> bool:
    """Print what differs and return whether all that is left is equal."""
    written = [file.name for file in sorted((before / INVENTED).iterdir())]
    _, changed, missing = filecmp.cmpfiles(before / INVENTED, after / INVENTED, written, shallow=False)
    for name in [*changed, *missing]:
        print(f"invented: {name}: another file")
    equal = not (changed or missing)
    for store in sorted(folder.name for folder in before.iterdir() if (folder / "store.json").exists()):
        found = list(differences(before / store, after / store))
        for table, what, rows in found:
            allowed = f"{table}.{what}" in but
            equal = equal and allowed
            print(f"{store}: {table}.{what}: {rows:,} rows differ{' (expected)' if allowed else ''}")
        if not found:
            print(f"{store}: every published table is equal")
    return equal


def main() -> None:
    """Record or compare, as the call says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("record").add_argument("folder", type=Path)
    compare = verbs.add_parser("compare")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    compare.add_argument("--but", nargs="*", default=[], metavar="TABLE.COLUMN")
    call = parser.parse_args()
    if call.verb == "record":
        record(call.folder)
    elif not _compare(call.before, call.after, set(call.but)):
        sys.exit(1)


if __name__ == "__main__":
    main()
