"""Buyers who walk under a limit, planted in a year of real orders; and honest buyers, at many limits.

The orders are those of a British shop (UCI Online Retail II, Chen 2012, CC BY 4.0). Each order is taken for one parcel
to its customer on its day; nobody there splits for customs. Run it with ``make bench-typologies`` or

    python -m benchmarks.structuring

It prints a Markdown page and writes it to benchmarks/results/structuring.md.

The law of a *walker* under a limit L: a customer of the year, drawn at random, gets 4 to 7 parcels more (each number as
likely), 2 to 7 days apart, from a day drawn at random, each worth 0.86 L to L. What the customer ordered that year
stays, and the walk may pass the end of a quarter. A walker is *found* when a flag names the customer and at least three
planted parcels. Of what flags name, the planted parcels are right, and all else is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from statistics import mean

import numpy as np
import polars as pl

from analytics.contracts.parameters import resolve_parameters
from analytics.typologies.structuring.step import learn_laws, quarters_tested

__all__ = ["LIMIT_CENTS", "Found", "flagged_days", "measure", "parcels_of_year", "plant_walkers", "to_days"]

LIMIT_CENTS = 516_00
RESULT = Path(__file__).parent / "results" / "structuring.md"
SETTINGS = Path(__file__).parent / "planted"
SHARED = Path(os.environ.get("SPLITSHIP_SHARED") or Path(__file__).parents[2] / "shared")
ORDERS = SHARED / "data" / "online_retail_2009_2010"
TAX_KEY = "splitship-demo-key-published-not-secret"
WALKERS, SEEDS = (20, 100, 400), 20
LIMITS = range(100, 2_001, 10)
LEAST_FOUND, LEAST_PRECISION, MOST_HONEST = 0.55, 0.95, 1 / 10_000

_PARCELS = {"parcel": pl.String, "customer": pl.String, "day": pl.Date, "cents": pl.Int64, "is_planted": pl.Boolean}
_USUAL = resolve_parameters({})
_WIDTH, _FEWEST, _BUYERS = (_USUAL[name] for name in ("near_days_share", "min_near_days", "min_band_buyers"))
_MOST_CHANCE = float(str(_USUAL["structuring_false_share"]))


@dataclass(frozen=True)
class Found:
    """What was found of the walkers planted at once.

    Attributes
    ----------
    walkers, found : int
        How many were planted, and how many of them were found.
    named, right : int
        Parcels that flags name, and those of them that were planted.
    others : int
        Customers flagged that are no walkers.
    """

    walkers: int
    found: int
    named: int
    right: int
    others: int


def parcels_of_year(folder: Path) -> pl.DataFrame:
    """Read every order that was not cancelled, is worth something and whose customer is known: one parcel each."""
    orders = pl.read_csv(folder / "orders.csv", infer_schema=False)
    cents = (pl.col("value_gbp").cast(pl.Float64) * 100).round().cast(pl.Int64)
    return (
        orders.filter((pl.col("cancelled") == "False") & pl.col("customer_id").is_not_null())
        .select(
            parcel="invoice",
            customer="customer_id",
            day=pl.col("ts").str.slice(0, 10).str.to_date(),
            cents=cents,
            is_planted=pl.lit(False),
        )
        .filter(pl.col("cents") > 0)
        .sort("parcel")
    )


def plant_walkers(parcels: pl.DataFrame, count: int, seed: int) -> pl.DataFrame:
    """Return the parcels with those of so many walkers beside them."""
    rng = np.random.default_rng(seed)
    customers = rng.choice(parcels["customer"].unique().sort().to_numpy(), count, replace=False).tolist()
    walks = list(_walks(rng, customers, parcels))
    return pl.concat([parcels, pl.DataFrame(walks, schema=_PARCELS, orient="row")])


def _walks(rng: np.random.Generator, customers: Sequence[str], parcels: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    days = parcels["day"].unique().sort()
    first, last = days[0], days[-1]
    for number, customer in enumerate(customers):
        steps = rng.integers(2, 8, rng.integers(4, 8)).cumsum().tolist()
        start = first + timedelta(days=int(rng.integers(0, (last - first).days - steps[-1])))
        for place, step in enumerate(steps):
            cents = int(LIMIT_CENTS * rng.uniform(0.86, 1.0))
            yield (f"W{number:03d}{place}", str(customer), start + timedelta(days=step), cents, True)


def to_days(parcels: pl.DataFrame, limit_cents: int) -> pl.DataFrame:
    """Give the days around a limit as the program counts them: free parcels below it, all parcels above it."""
    width, limit = float(str(_WIDTH)), pl.lit(limit_cents)
    is_free = pl.col("cents") <= limit
    days = parcels.group_by(identity_id="customer", arrival_date="day").agg(
        free=pl.col("cents").filter(is_free).sum(), all=pl.col("cents").sum()
    )
    low, near, high = (limit_cents * (1 + bands * width) for bands in (-3, -1, 3))
    below, above = pl.col("free").is_between(low, limit, closed="right"), pl.col("all").is_between(
        limit, high, closed="right"
    )  # fmt: skip
    counted = pl.when(below).then("free").when(above).then("all")
    return (
        days.with_columns(counted=counted)
        .drop_nulls("counted")
        .select(
            "identity_id",
            "arrival_date",
            pool=pl.lit("standard"),
            limit_currency=pl.lit("GBP"),
            quarter_start=pl.col("arrival_date").dt.truncate("1q"),
            limit_amount=(limit / 100).cast(pl.Decimal(18, 2)),
            counted_amount=(pl.col("counted") / 100).cast(pl.Decimal(18, 2)),
            is_near=(pl.col("counted") > near) & (pl.col("counted") <= limit),
        )
    )


def flagged_days(days: pl.DataFrame) -> pl.DataFrame:
    """Give the days that flags name: customer and day."""
    laws = learn_laws(days, Decimal(str(_WIDTH)), int(str(_BUYERS)))
    tested = quarters_tested(days, laws, int(str(_FEWEST)))
    flags = tested.filter(pl.col("q_value") <= _MOST_CHANCE, pl.col("near_days") >= int(str(_FEWEST)))
    near = days.filter("is_near").join(flags, on=["identity_id", "quarter_start"], how="semi")
    return near.select(customer="identity_id", day="arrival_date")


def measure(parcels: pl.DataFrame, named: pl.DataFrame) -> Found:
    """Measure the days that flags name against what was planted."""
    of_flags = parcels.filter(pl.col("cents") <= LIMIT_CENTS).join(named.unique(), on=["customer", "day"], how="semi")
    walkers = set(parcels.filter("is_planted")["customer"])
    hits = of_flags.filter("is_planted").group_by("customer").len()
    return Found(
        walkers=len(walkers),
        found=hits.filter(pl.col("len") >= int(str(_FEWEST))).height,
        named=len(of_flags),
        right=int(of_flags["is_planted"].sum()),
        others=len(set(named["customer"]) - walkers),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args(
        arguments
    )
    if not ORDERS.is_dir():
        sys.exit(f"{ORDERS} is not there. Set SPLITSHIP_SHARED to the folder that has the shared data.")
    page = "\n".join(_lines(parcels_of_year(ORDERS)))
    sys.stdout.write(page)
    RESULT.write_text(page, encoding="utf-8")


def _lines(parcels: pl.DataFrame) -> Iterator[str]:
    customers = parcels["customer"].n_unique()
    planted = {
        count: [_tried(plant_walkers(parcels, count, seed)) for seed in range(1, SEEDS + 1)] for count in WALKERS
    }
    honest = {limit: flagged_days(to_days(parcels, limit * 100))["customer"].n_unique() for limit in LIMITS}
    yield from (
        "# Buyers who walk under a limit",
        "",
        f"{len(parcels):,} orders of {customers:,} customers in a year, each taken for one parcel. Walkers planted"
        f" under a limit of GBP {LIMIT_CENTS // 100}, {SEEDS} seeds a row; honest customers at {len(LIMITS)} limits"
        f" from GBP {LIMITS[0]} to {LIMITS[-1]:,}. Default settings.",
        "",
        "| aim | bound | measured | |",
        "|---|---:|---:|---|",
    )
    share, precision = _shares(planted[WALKERS[0]])
    flagged = sum(honest.values())
    yield _aim(f"of {WALKERS[0]} walkers found", f"≥ {LEAST_FOUND}", f"{share:.3f}", is_met=share >= LEAST_FOUND)
    yield _aim("precision of parcels", f"≥ {LEAST_PRECISION}", f"{precision:.3f}", is_met=precision >= LEAST_PRECISION)
    yield _aim(
        "honest customers flagged", "≤ 1 in 10,000", f"{flagged:,} of {customers * len(LIMITS):,}",
        is_met=flagged <= MOST_HONEST * customers * len(LIMITS),
    )  # fmt: skip
    yield from (
        "",
        "| walkers at once | found | least | most | precision of parcels | others flagged a year |",
        "|---:|---:|---:|---:|---:|---:|",
    )
    yield from (_row(count, tries) for count, tries in planted.items())
    yield from ("", *_screened(plant_walkers(parcels, WALKERS[0], 1)), "")


def _tried(parcels: pl.DataFrame) -> Found:
    return measure(parcels, flagged_days(to_days(parcels, LIMIT_CENTS)))


def _shares(tries: Sequence[Found]) -> tuple[float, float]:
    found = sum(it.found for it in tries) / sum(it.walkers for it in tries)
    return found, sum(it.right for it in tries) / max(1, sum(it.named for it in tries))


def _aim(text: str, bound: str, measured: str, *, is_met: bool) -> str:
    return f"| {text} | {bound} | {measured} | {'met' if is_met else '**missed**'} |"


def _row(count: int, tries: Sequence[Found]) -> str:
    share, precision = _shares(tries)
    shares = [it.found / it.walkers for it in tries]
    others = mean(it.others for it in tries)
    return f"| {count} | {share:.3f} | {min(shares):.3f} | {max(shares):.3f} | {precision:.3f} | {others:.2f} |"


def _screened(parcels: pl.DataFrame) -> list[str]:
    """Screen one planted year with the whole program."""
    import analytics

    os.environ.setdefault("SPLITSHIP_TAX_KEY", TAX_KEY)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "walkers.csv")
        money = pl.format("{}.{}", pl.col("cents") // 100, (pl.col("cents") % 100).cast(pl.String).str.zfill(2))
        parcels.select("parcel", "day", "customer", value=money).write_csv(file)
        run = analytics.screen(
            file, Path(folder, "store"), mappings=[SETTINGS / "walkers.toml"], rules=SETTINGS / "rules"
        )
        flags = run.table("flags").filter(pl.col("typology") == "structuring").select("flag_id")
        named = run.table("flag_shipments").join(flags, on="flag_id").select(parcel="shipment_id").collect()
    found = measure(parcels, parcels.join(named, on="parcel", how="semi").select("customer", "day"))
    return [
        f"One of these years (seed 1) screened by the whole program: {found.found} of {found.walkers} walkers found,"
        f" {found.right} of {found.named} parcels right, {found.others} others flagged."
    ]


if __name__ == "__main__":
    main()
