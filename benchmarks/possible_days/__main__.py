"""Measures the leads of `possible_daily_limit` on shipments made for it and on a real shop's year.

    python -m benchmarks.possible_days

It prints a Markdown page and writes it to benchmarks/results/possible_days.md. Kinds of households and the law
of what is added stand in `benchmarks.possible_days.making`. Other ``--seeds`` are for development: they print alone.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

import analytics
from benchmarks.planted_splits import ORDERS, SETTINGS, TAX_KEY
from benchmarks.planting import plant
from benchmarks.possible_days.making import KINDS, SCHEMES, SHIPMENTS, make
from benchmarks.possible_days.measuring import LEAD, Measured, measure, pooled

SEEDS = (41, 42, 43)
RESULT = Path(__file__).parents[1] / "results" / "possible_days.md"
LEAST_RECALL, MOST_FALSE_PAIRS, MOST_REAL = 0.98, 2.0, 2
LEAST_PRECISION = {"poor households": 0.9, "rich, together": 0.75, "rich, together, near names": 0.75}
PER = 10_000
"""Shipments to which false pairs are counted."""
SHOP_SEED = 321


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    call = parser.parse_args(arguments)
    os.environ.setdefault("SPLITSHIP_TAX_KEY", TAX_KEY)
    found = {name: pooled(_measured(name, seed) for seed in call.seeds) for name in KINDS}
    page = "\n".join(_lines(found, _of_shop(), call.seeds))
    print(page)
    if tuple(call.seeds) == SEEDS:
        RESULT.write_text(page, encoding="utf-8")


def _measured(name: str, seed: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), KINDS[name], seed)
        run = analytics.screen(Path(folder, "shipments.csv"), Path(folder, "store"))
        return measure(run, Path(folder, "truth.csv"))


def _of_shop() -> int | None:
    """Count the leads of a year of real orders in which nobody is written in two ways; None where it is not there."""
    if not ORDERS.is_dir():
        return None
    with tempfile.TemporaryDirectory() as folder:
        plant(ORDERS, seed=SHOP_SEED, share=0.0).write(Path(folder, "planted"))
        files = Path(folder, "planted", "shipments.csv")
        run = analytics.screen(
            files, Path(folder, "store"), mappings=[SETTINGS / "mapping.toml"], rules=SETTINGS / "rules"
        )
        return run.table("flags").filter(pl.col("typology") == LEAD).collect().height


def _lines(found: dict[str, Measured], of_shop: int | None, seeds: Sequence[int]) -> list[str]:
    return [
        "# Days over the limit only if consignees are one",
        "",
        f"{len(seeds)} sets of some {SHIPMENTS:,} invented shipments for each kind of household "
        f"(seeds {', '.join(map(str, seeds))}), {SCHEMES} days of many faces in each. The sets were run "
        "three times while the method was made, and once more, the method as it was, after identity had become more "
        "cautious. Generator and method have one author; the shipped shares come from other seeds. Default settings.",
        "",
        "| households | disguised lots | found by identity | with leads | new lots | rightly | leads | rightly "
        "| false pairs |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {name} | {row.lots:,} | {row.by_identity / row.lots:.3f} | {row.with_leads / row.lots:.3f} "
            f"| {row.new_lots:,} | {row.true_lots:,} | {row.leads:,} | {row.true_leads:,} "
            f"| {row.false_pairs} of {row.pairs:,} |"
            for name, row in found.items()
        ),
        "",
        "| aim | bound | measured | |",
        "|---|---:|---:|---|",
        *(_aim(*aim) for name, row in found.items() for aim in _aims(name, row)),
        *([] if of_shop is None else [_aim("leads in a real shop's year as it is", -MOST_REAL, -of_shop, "{:.0f}")]),
        "",
    ]


def _aims(name: str, row: Measured) -> list[tuple[str, float, float, str]]:
    precision = row.true_lots / row.new_lots if row.new_lots else 1.0
    false = row.false_pairs * PER / row.shipments
    return [
        (f"disguised lots found with leads: {name}", LEAST_RECALL, row.with_leads / row.lots, "{:.3f}"),
        (f"new lots that are rightly there: {name}", LEAST_PRECISION[name], precision, "{:.3f}"),
        (f"false pairs in {PER:,} shipments: {name}", -MOST_FALSE_PAIRS, -false, "{:.2f}"),
    ]


def _aim(text: str, bound: float, measured: float, form: str) -> str:
    """Write a line; bounds from above are negative."""
    verdict = "met" if measured >= bound else "**missed**"
    sign = "≤" if bound < 0 else "≥"
    return f"| {text} | {sign} {form.format(abs(bound))} | {form.format(abs(measured))} | {verdict} |"


if __name__ == "__main__":
    main()
