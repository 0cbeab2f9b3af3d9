"""Who is who, side by side: the resolver of this project and Splink 5, on the same records, in one run.

Splink is given clean, parsed fields and its best threshold, chosen with the truth; ours gets the raw strings and its
one default configuration. Each runs in a process of its own. Run it with ``make bench-identity`` or

    python -m benchmarks.identity --sizes 10000 100000

It needs the shared data folder (SPLITSHIP_SHARED, or ``shared`` beside the repository), prints a Markdown page and
writes it to benchmarks/results/identity.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
RESULT = ROOT / "results" / "identity.md"
SHARED = Path(os.environ.get("SPLITSHIP_SHARED") or ROOT.parents[1] / "shared")
THREADS = 2
_MEASURES = {
    "B³": ("b3_F1", "{:.4f}"),
    "pairs": ("pair_F1", "{:.4f}"),
    "precision": ("pair_P", "{:.4f}"),
    "seconds": ("seconds", "{:.1f}"),
    "MB": ("peak_mb", "{:,.0f}"),
}


@dataclass(frozen=True)
class DataSet:
    """One set of records.

    Attributes
    ----------
    name : str
        Name of its file, and of the peer's model for it.
    columns : dict
        Consignee column to the columns of the file it is put together from.
    variants : tuple of str
        Models of the peer; the best of them counts.
    extra : dict
        Further columns by kind.
    is_link : bool
        Two lists without duplicates of their own: pairs within a list do not count.
    """

    name: str
    columns: dict[str, tuple[str, ...]]
    variants: tuple[str, ...]
    extra: dict[str, str] = field(default_factory=dict)
    is_link: bool = False


_FEBRL = {
    "consignee_name": ("given_name", "surname"),
    "consignee_address": ("street_number", "address_1"),
    "consignee_address2": ("address_2",),
    "consignee_city": ("suburb",),
    "consignee_state": ("state",),
    "consignee_postal_code": ("postcode",),
    "consignee_tax_id": ("soc_sec_id",),
}
SETS = (
    DataSet("febrl3", _FEBRL, ("nodob",)),
    DataSet("febrl4", _FEBRL, ("nodob",), is_link=True),
    DataSet(
        "chicago_childcare",
        {
            "consignee_name": ("name",),
            "consignee_address": ("address",),
            "consignee_postal_code": ("zip",),
            "consignee_phone": ("phone",),
        },
        ("doc", "sup"),
    ),
    DataSet(
        "fodors_zagats",
        {
            "consignee_name": ("name",),
            "consignee_address": ("addr",),
            "consignee_city": ("city",),
            "consignee_phone": ("phone",),
        },
        ("doc", "sup"),
        is_link=True,
    ),
    DataSet(
        "historical_50k",
        {"consignee_name": ("full_name",), "consignee_postal_code": ("postcode_fake",)},
        ("wide",),
        {"dob": "date", "birth_place": "text", "occupation": "text"},
    ),
    DataSet(
        "fake_20000",
        {"consignee_name": ("first_name", "surname"), "consignee_city": ("city",), "consignee_email": ("email",)},
        ("wide",),
        {"dob": "date"},
    ),
)


def ours(dataset: DataSet, records: Path) -> dict[str, Any]:
    """Resolve a set with the default configuration, from raw strings to groups."""
    import polars as pl

    from analytics.identity import IdentityResolver

    data = pl.read_parquet(records).sort("unique_id")
    if dataset.columns:
        joined = {
            name: pl.concat_str([pl.col(part).cast(pl.String) for part in parts], separator=" ", ignore_nulls=True)
            for name, parts in dataset.columns.items()
        }
        frame = data.select(*(text.alias(name) for name, text in joined.items()), *dataset.extra)
    else:
        frame = data.select([name for name in data.columns if name.startswith("consignee_")])
    began = time.perf_counter()
    resolver = IdentityResolver(extra_columns=dataset.extra or None, n_jobs=THREADS)
    labels = resolver.fit_predict(frame)
    seconds = time.perf_counter() - began
    source = data["source"].to_list() if dataset.is_link else None
    measured = _scoring().cluster_metrics(labels, data["cluster"].to_list(), source)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**measured, "seconds": seconds, "peak_mb": peak, "rows": data.height}


def _scoring() -> Any:
    spec = importlib.util.spec_from_file_location("score", SHARED / "bench" / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{SHARED}/bench/score.py is not there: set SPLITSHIP_SHARED to the folder that has it")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def peer(dataset: DataSet, records: Path) -> dict[str, Any]:
    """Run the peer's models on a set; of thresholds and models the best counts."""
    best: dict[str, Any] = {"b3_F1": 0.0, "pair_F1": 0.0, "pair_P": 0.0, "seconds": 0.0, "peak_mb": 0.0}
    for variant in dataset.variants:
        command = [sys.executable, str(SHARED / "bench" / "peer_splink.py"), dataset.name, variant, str(records)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        told = json.loads((records.parent / f"splink_{dataset.name}_{variant}.json").read_text())
        clusters = list(told["clusters"].values())
        at_best = max(clusters, key=lambda found: found["pair_F1"])
        if at_best["pair_F1"] > best["pair_F1"]:
            best.update(pair_F1=at_best["pair_F1"], pair_P=at_best["pair_P"], variant=variant)
            best.update(seconds=told["times"]["total"], peak_mb=told["peak_rss_mb"])
        best["b3_F1"] = max(best["b3_F1"], *(found["b3_F1"] for found in clusters))
    return best


def main() -> None:
    """Run everything and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--seeds", type=int, nargs="*", default=[7])
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--child", nargs=2, metavar=("SET", "FILE"))
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(ours(_by_name(asked.child[0]), Path(asked.child[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = [_row(dataset, _copied(dataset, Path(folder))) for dataset in SETS if _is_asked(dataset, asked.only)]
        made = [(size, seed) for size in asked.sizes for seed in asked.seeds]
        rows += [_row(_made(*which), _make(*which, Path(folder))) for which in made]
    page = _page(rows)
    print(page)
    RESULT.write_text(page)


def _is_asked(dataset: DataSet, only: Sequence[str] | None) -> bool:
    return only is None or dataset.name in only


def _made(size: int, seed: int) -> DataSet:
    return DataSet(f"consignees {size:,}, seed {seed}", {}, ("fair",))


def _by_name(name: str) -> DataSet:
    return next((dataset for dataset in SETS if dataset.name == name), DataSet(name, {}, ("fair",)))


def _copied(dataset: DataSet, folder: Path) -> Path:
    return Path(shutil.copy(SHARED / "data" / "identity" / f"{dataset.name}.parquet", folder))


def _make(size: int, seed: int, folder: Path) -> Path:
    file = folder / f"consignees_{size}_{seed}.parquet"
    command = [sys.executable, str(SHARED / "bench" / "make_consignees.py"), str(size), str(file), str(seed)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return file


def _row(dataset: DataSet, records: Path) -> tuple[str, dict[str, Any], dict[str, Any]]:
    command = [sys.executable, "-m", "benchmarks.identity", "--child", dataset.name, str(records)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT.parent)
    modelled = DataSet("syn", {}, dataset.variants) if dataset.name.startswith("consignees") else dataset
    print(f"{dataset.name}: done", file=sys.stderr, flush=True)
    return dataset.name, json.loads(told.stdout.splitlines()[-1]), peer(modelled, records)


def _page(rows: list[tuple[str, dict[str, Any], dict[str, Any]]]) -> str:
    about = (
        f"splitship {version('splitship')} at its defaults, given raw strings, and Splink {version('splink')}, given "
        "clean fields, at the best of its thresholds, chosen with the truth; 2 cores, one run. B³ and pairs are F1 "
        "over clusters."
    )
    heads = ["records", *(f"{name} {who}" for name in _MEASURES for who in ("ours", "peer")), "error ratio"]
    rule = ["---", *["---:"] * (len(heads) - 1)]
    lines = ["# Who is who, side by side", "", about, "", _cells(heads), _cells(rule)]
    lines += [_line(name, mine, theirs) for name, mine, theirs in rows]
    note = (
        "*error ratio*: our error (1 - B³) over the peer's. Nothing of our model is learned from or chosen on these "
        "records: the training data are made by `analytics/identity/training`."
    )
    return "\n".join([*lines, "", note, ""])


def _line(name: str, mine: dict[str, Any], theirs: dict[str, Any]) -> str:
    shown = [form.format(side[key]) for key, form in _MEASURES.values() for side in (mine, theirs)]
    return _cells([name, *shown, f"{(1 - mine['b3_F1']) / max(1 - theirs['b3_F1'], 1e-9):.2f}"])


def _cells(texts: Sequence[str]) -> str:
    return f"| {' | '.join(texts)} |"


if __name__ == "__main__":
    main()
