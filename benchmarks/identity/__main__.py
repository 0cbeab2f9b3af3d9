"""Run both sides and write the page.

python -m benchmarks.identity                 everything, to benchmarks/results/identity.md
python -m benchmarks.identity --quick         10,000 consignees and one public set, printed only
python -m benchmarks.identity --households    households with near names alone; replaces their section of the page
python -m benchmarks.identity --large         3 and 10 million consignees as well, ours alone
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.identity.page import HOUSEHOLDS, Told, households, page
from benchmarks.identity.peer import best
from benchmarks.identity.runs import FAILED, in_child, run_child
from benchmarks.identity.sets import MADE, SETS, DataSet, absent, copied, made

RESULT = Path(__file__).parents[1] / "results" / "identity.md"
SIZES, SEEDS = (10_000, 100_000, 1_000_000), (7, 11, 23)
LARGE = (3_000_000, 10_000_000)
MOST_WITHHELD = 100_000
NEAR_SEEDS, QUICK_HOUSEHOLDS = (61, 62, 63), 300
SHIPMENTS, QUICK_SHIPMENTS, SYNTH_SEED = 50_000, 2_000, 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is asked for."""
    asked = _asked(arguments)
    if asked.child:
        kind, job, out = asked.child
        run_child(kind, json.loads(job), Path(out))
        return
    if asked.households:
        _only_households(asked.out or RESULT)
        return
    told = Told(missing=absent())
    with tempfile.TemporaryDirectory() as folder:
        if not told.missing:
            _public(told, asked.sets, Path(folder))
            for size in asked.sizes:
                for seed in asked.seeds:
                    _consignees(told, size, seed, Path(folder) / f"{size}-{seed}", is_first=seed == asked.seeds[0])
    told.synth = in_child("synth", shipments=asked.shipments, seed=SYNTH_SEED)
    told.hard_pairs = in_child("hard_pairs")
    told.near_names = _near_names(NEAR_SEEDS[:1], QUICK_HOUSEHOLDS) if asked.quick else _near_names(NEAR_SEEDS)
    text = page(told)
    print(text)
    if asked.out:
        asked.out.write_text(text)


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--seeds", type=int, nargs="*", default=list(SEEDS))
    parser.add_argument("--sets", nargs="*", default=[dataset.name for dataset in SETS])
    parser.add_argument("--shipments", type=int, default=SHIPMENTS, help="invented shipments of our own data")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--households", action="store_true", help="measure households with near names alone")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--out", type=Path, default=RESULT)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.quick:
        asked.sizes, asked.seeds, asked.sets = [SIZES[0]], [SEEDS[0]], ["fodors_zagats"]
        asked.shipments, asked.out = QUICK_SHIPMENTS, None if asked.out == RESULT else asked.out
    if asked.large:
        asked.sizes += LARGE
    return asked


def _near_names(seeds: Sequence[int], *count: int) -> dict[int, dict[str, Any]]:
    return {seed: in_child("near_names", seed=seed, **({"count": count[0]} if count else {})) for seed in seeds}


def _only_households(out: Path) -> None:
    """Measure households alone and put them into the page that is there."""
    before, _, rest = out.read_text(encoding="utf-8").partition(f"{HOUSEHOLDS}\n")
    after = rest[rest.find("\n## ") + 1 :] if rest and "\n## " in rest else ""
    if not rest:
        before, mark, after = before.partition("## With the training withheld")
        after = mark + after
    section = "\n\n".join(households(Told(near_names=_near_names(NEAR_SEEDS))))
    print(section)
    out.write_text(f"{before}{section}\n\n{after}".rstrip() + "\n", encoding="utf-8")


def _public(told: Told, names: Sequence[str], folder: Path) -> None:
    for dataset in SETS:
        if dataset.name in names:
            file = copied(dataset, folder / dataset.name)
            told.public[dataset.name] = _both(dataset, file)
            told.withheld[dataset.name] = in_child("withheld", dataset=dataset.plain(), file=str(file))
            _note(dataset.name)


def _consignees(told: Told, size: int, seed: int, folder: Path, *, is_first: bool) -> None:
    """Both sides on made consignees; of the largest files ours alone, by the first seed."""
    if size in LARGE and not is_first:
        return
    file, dataset = made(size, seed, folder), DataSet(MADE)
    if size in LARGE:
        told.made[size, seed] = _one("ours", dataset, file), None
    else:
        told.made[size, seed] = _both(dataset, file)
    if is_first and size <= MOST_WITHHELD:
        told.withheld[f"consignees {size:,}"] = in_child("withheld", dataset=dataset.plain(), file=str(file))
    file.unlink()
    _note(f"consignees {size:,}, seed {seed}")


def _both(dataset: DataSet, file: Path) -> tuple[dict[str, Any], dict[str, Any] | None]:
    mine = _one("ours", dataset, file)
    runs = [_one("peer", dataset, file, variant=variant) for variant in dataset.variants]
    finished = [run for run in runs if FAILED not in run]
    return mine, best(finished) if finished else runs[0]


def _one(kind: str, dataset: DataSet, file: Path, **more: Any) -> dict[str, Any]:
    return in_child(kind, dataset=dataset.plain(), file=str(file), **more)


def _note(done: str) -> None:
    print(f"{done}: done", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
