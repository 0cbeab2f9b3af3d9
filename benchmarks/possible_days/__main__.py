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
from dataclasses import dataclass
from pathlib import Path

import polars as pl

import analytics
from benchmarks.planted_splits import ORDERS, SETTINGS, TAX_KEY
from benchmarks.planting import plant
from benchmarks.possible_days.making import KINDS, SCHEMES, SHIPMENTS, WEEKS, make
from benchmarks.possible_days.measuring import LEAD, Measured, measure, pooled

SEEDS = (41, 42, 43)
RESULT = Path(__file__).parents[1] / "results" / "possible_days.md"
LEAST_RECALL, MOST_FALSE_PAIRS, MOST_REAL = 0.98, 2.0, 2
LEAST_PRECISION = {"poor households": 0.9, "rich, together": 0.75, "rich, together, near names": 0.75}
STEPS = (
    "party_places",
    "int_days__claimed_by_identities",
    "int_days__keyed_to_places",
    "int_days__adding_up_together",
    "possible_pairs",
    "int_pairs__of_possible_days",
    "int_measures__possible_daily_limit",
    "int_members__possible_daily_limit",
    "mart_lead_pairs",
)
"""What a screening does for leads alone."""
COST_SHIPMENTS, COST_SEED = 200_000, 41
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
    page = "\n".join([*_lines(found, _of_shop(), call.seeds), *_cost_lines(cost())])
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


@dataclass(frozen=True)
class Cost:
    """What leads cost a screening.

    Attributes
    ----------
    shipments, leads : int
        Screened, and the flags of leads.
    whole : float
        Seconds of all steps.
    steps : list of (str, float)
        Those for leads alone and their seconds, as they ran.
    """

    shipments: int
    leads: int
    whole: float
    steps: list[tuple[str, float]]


def cost(shipments: int = COST_SHIPMENTS) -> Cost:
    """Screen invented shipments and read off what the steps for leads took.

    Parameters
    ----------
    shipments : int
        How many, in `WEEKS` weeks.
    """
    os.environ.setdefault("SPLITSHIP_TAX_KEY", TAX_KEY)
    with tempfile.TemporaryDirectory() as folder:
        analytics.synthesize(Path(folder, "made"), shipments=shipments, weeks=WEEKS, seed=COST_SEED)
        run = analytics.screen(Path(folder, "made", "shipments.csv"), Path(folder, "store"), threads=2)
        leads = run.table("flags").filter(pl.col("typology") == LEAD).collect().height
        took = [(step["step"], float(step["seconds"])) for step in run.last_run.steps]
    return Cost(shipments, leads, sum(seconds for _, seconds in took), [each for each in took if each[0] in STEPS])


def _cost_lines(spent: Cost) -> list[str]:
    ours = sum(seconds for _, seconds in spent.steps)
    return [
        "## What it costs",
        "",
        f"{spent.shipments:,} invented shipments of {WEEKS} weeks (seed {COST_SEED}), {spent.leads:,} leads: of the "
        f"{spent.whole:.1f} s that the steps of a screening take together, {ours:.1f} s are for leads alone "
        f"({ours / spent.whole:.1%}). The share says more than the seconds: other work may have run beside it.",
        "",
        "| step | seconds |",
        "|---|---:|",
        *(f"| `{name}` | {seconds:.2f} |" for name, seconds in spent.steps),
        "",
    ]


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
