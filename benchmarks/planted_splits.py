"""Power and false alarms in one: splits and look-alikes planted in real orders, screened, and told apart or not.

What is planted, and by which law, stands in `benchmarks.planting`; seed, law and the digest of the files were fixed
before anything was screened. Run it with ``make bench-typologies`` or

    python -m benchmarks.planted_splits

It prints a Markdown page and writes it to benchmarks/results/planted_splits.md. Another ``--seed`` or a part of the
year (``--from``, ``--to``) is for development: it prints and writes nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.planting import plant

__all__ = ["SEED", "SHA256", "Score", "score"]

SEED = 321
SHA256 = "17bfaa000167a20aeab3515b43bab4fc39f0643ac77325ac734a90d7021eccc6"
RESULT = Path(__file__).parent / "results" / "planted_splits.md"
SETTINGS = Path(__file__).parent / "planted"
SHARED = Path(os.environ.get("SPLITSHIP_SHARED") or Path(__file__).parents[2] / "shared")
ORDERS = SHARED / "data" / "online_retail_2009_2010"
TYPOLOGIES = ("inferred_order_split", "structuring", "possible_daily_limit")
TAX_KEY = "splitship-demo-key-published-not-secret"
LEAST_RECALL, MOST_LOOKALIKES, MOST_OTHERS = 0.9, 0.05, 0.005


@dataclass(frozen=True)
class Score:
    """What was found.

    Attributes
    ----------
    schemes : polars.DataFrame
        One row a planted scheme: scheme, kind, pieces, span in days, is_found, is_touched.
    others : polars.DataFrame
        One row a day of a customer with orders that belong to no scheme: customer, day, is_touched.
    """

    schemes: pl.DataFrame
    others: pl.DataFrame

    @property
    def deliberate(self) -> pl.DataFrame:
        """The schemes that were meant."""
        return self.schemes.filter(pl.col("kind") == "deliberate")

    @property
    def lookalikes(self) -> pl.DataFrame:
        """The others."""
        return self.schemes.filter(pl.col("kind") != "deliberate")


def score(truth: pl.DataFrame, flagged: pl.DataFrame) -> Score:
    """Measure flags against what was planted.

    A deliberate split is *found* when one flag names at least two of its pieces and at least half of them, and more
    than half of what the flag names are its pieces. A look-alike or an ordinary day is a *false alarm* as soon as any
    flag names any parcel of it.

    Parameters
    ----------
    truth : polars.DataFrame
        shipment_id, customer, day, scheme, kind; scheme and kind are null for what was not planted.
    flagged : polars.DataFrame
        flag_id, shipment_id.
    """
    named = flagged.unique().with_columns(flag_size=pl.len().over("flag_id"))
    planted = truth.drop_nulls("scheme").with_columns(scheme_size=pl.len().over("scheme"))
    both = planted.join(named, on="shipment_id").group_by("scheme", "flag_id", "flag_size", "scheme_size").len("both")
    found = both.filter(
        pl.col("both") >= 2, 2 * pl.col("both") >= pl.col("scheme_size"), 2 * pl.col("both") > pl.col("flag_size")
    )
    touched = truth.with_columns(is_touched=pl.col("shipment_id").is_in(named["shipment_id"].unique().to_list()))
    span = (pl.col("day").max() - pl.col("day").min()).dt.total_days() + 1
    schemes = (
        touched.drop_nulls("scheme")
        .group_by("scheme", "kind")
        .agg(pl.len().alias("pieces"), span.alias("span"), pl.col("is_touched").any())
    )
    return Score(
        schemes.with_columns(is_found=pl.col("scheme").is_in(found["scheme"].unique().to_list())).sort("scheme"),
        touched.filter(pl.col("scheme").is_null()).group_by("customer", "day").agg(pl.col("is_touched").any()),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--from", dest="start", type=date.fromisoformat)
    parser.add_argument("--to", dest="end", type=date.fromisoformat)
    parser.add_argument("--share", type=float, default=1.0, help="of the number of schemes, for a shorter period")
    parser.add_argument("--keep", type=Path, help="folder for the planted files and the store")
    call = parser.parse_args(arguments)
    if not ORDERS.is_dir():
        sys.exit(f"{ORDERS} is not there. Set SPLITSHIP_SHARED to the folder that has the shared data.")
    with tempfile.TemporaryDirectory() as folder:
        page = _page(call, call.keep or Path(folder))
    print(page)
    if (call.seed, call.start, call.end, call.share) == (SEED, None, None, 1.0):
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(page, encoding="utf-8")


def _page(call: argparse.Namespace, folder: Path) -> str:
    import analytics

    os.environ.setdefault("SPLITSHIP_TAX_KEY", TAX_KEY)
    digest = plant(ORDERS, seed=call.seed, start=call.start, end=call.end, share=call.share).write(folder / "planted")
    is_fixed = (call.seed, call.start, call.end, call.share) == (SEED, None, None, 1.0)
    if is_fixed and digest != SHA256:
        sys.exit(f"what was planted is not what was fixed ({digest}). Undo the change of benchmarks/planting.py.")
    run = analytics.screen(
        folder / "planted" / "shipments.csv",
        folder / "store",
        mappings=[SETTINGS / "mapping.toml"],
        rules=SETTINGS / "rules",
    )
    flags = run.table("flags").filter(pl.col("typology").is_in(TYPOLOGIES)).select("flag_id", "typology")
    named = run.table("flag_shipments").join(flags, on="flag_id").select("flag_id", "typology", "shipment_id").collect()
    truth = pl.read_csv(
        folder / "planted" / "truth.csv", try_parse_dates=True, schema_overrides={"customer": pl.String}
    )
    return "\n".join(_lines(truth, named, call, digest))


def _lines(truth: pl.DataFrame, named: pl.DataFrame, call: argparse.Namespace, digest: str) -> list[str]:
    measured = score(truth, named.select("flag_id", "shipment_id"))
    return [
        "# Planted splits in real orders",
        "",
        f"{len(truth):,} parcels of {truth['customer'].n_unique():,} customers, none with an order number; "
        f"{len(measured.deliberate)} deliberate splits and {len(measured.lookalikes)} look-alikes planted "
        f"(seed {call.seed}, SHA-256 {digest[:16]}…). Limit GBP 516. Default settings.",
        "",
        *_aims(measured),
        "",
        "| typology | flags | that find a split | splits found |",
        "|---|---:|---:|---:|",
        *(_typology_line(truth, named, name) for name in TYPOLOGIES),
        "",
        *_by(measured.deliberate, "pieces", "is_found", "found"),
        "",
        *_by(measured.deliberate, "span", "is_found", "found"),
        "",
        *_by(measured.lookalikes, "kind", "is_touched", "flagged"),
        "",
    ]


def _aims(measured: Score) -> list[str]:
    figures = (
        ("deliberate splits found", measured.deliberate["is_found"], LEAST_RECALL, True),
        ("look-alikes flagged", measured.lookalikes["is_touched"], MOST_LOOKALIKES, False),
        ("other customer-days flagged", measured.others["is_touched"], MOST_OTHERS, False),
    )
    lines = ["| aim | bound | measured | | |", "|---|---:|---:|---:|---|"]
    for text, hits, bound, is_least in figures:
        count, share = int(hits.sum()), hits.sum() / len(hits)
        is_met = share >= bound if is_least else share <= bound
        sign, verdict = "≥" if is_least else "≤", "met" if is_met else "**missed**"
        lines.append(f"| {text} | {sign} {bound:.1%} | {share:.2%} | {count:,} of {len(hits):,} | {verdict} |")
    return lines


def _typology_line(truth: pl.DataFrame, named: pl.DataFrame, typology: str) -> str:
    of_it = named.filter(pl.col("typology") == typology).select("flag_id", "shipment_id")
    planted = truth.filter(pl.col("kind") == "deliberate").select("shipment_id")
    hits = of_it.join(planted, on="shipment_id", how="semi")["flag_id"].n_unique()
    found = int(score(truth, of_it).deliberate["is_found"].sum())
    return f"| `{typology}` | {of_it['flag_id'].n_unique():,} | {hits:,} | {found:,} |"


def _by(schemes: pl.DataFrame, column: str, hit: str, word: str) -> list[str]:
    groups = schemes.group_by(column).agg(pl.len(), pl.col(hit).sum()).sort(column)
    cells = list(zip(*groups.iter_rows(), strict=True))
    return [
        f"| {column} | " + " | ".join(str(name) for name in cells[0]) + " |",
        "|---|" + "---:|" * len(groups),
        "| planted | " + " | ".join(f"{count:,}" for count in cells[1]) + " |",
        f"| {word} | " + " | ".join(f"{count:,}" for count in cells[2]) + " |",
    ]


if __name__ == "__main__":
    main()
