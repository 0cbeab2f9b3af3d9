"""The findings of a store, measured against a folder of truth."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from analytics.calls import checked
from analytics.errors import UnreadableFile
from analytics.evaluation.partitions import Agreement, compare_partitions
from analytics.evaluation.schemes import MEASURED, Detection, measure_detection

__all__ = ["Evaluation", "Tables", "evaluate"]


class Tables(Protocol):
    """Anything that gives published tables by name: a store."""

    def table(self, name: str) -> pl.LazyFrame:
        """Give a table, unread."""


@dataclass(frozen=True)
class Evaluation:
    """Precision and recall of the flags, and how well consignees were told apart.

    Attributes
    ----------
    detections : list of Detection
        One a typology.
    over_shipments : Agreement
        Identities against persons, every shipment an item. A shipment without an identity stands alone.
    over_aliases : Agreement
        The same with every distinct writing of a person an item, however often it was shipped to.
    missing : int
        Shipments of the truth that the store does not have; they are left out of the identities.
    """

    detections: list[Detection]
    over_shipments: Agreement
    over_aliases: Agreement
    missing: int

    def to_json(self) -> str:
        """Write it as JSON."""
        return json.dumps(asdict(self), indent=2, sort_keys=True)

    def to_text(self) -> str:
        """Write it as two tables for people to read."""
        found = [
            (row.typology, *_counts(row.flags, row.right, row.schemes, row.found), *_shares(
                row.precision, row.recall, row.deliberate_precision, row.deliberate_recall),
                *_counts(row.explained, row.explained_deliberate))
            for row in self.detections
            if row.flags or row.schemes
        ]  # fmt: skip
        agreements = {"shipments": self.over_shipments, "writings": self.over_aliases}
        told = [
            (name, *_counts(it.items, it.true_groups, it.found_groups), *_shares(
                it.pair_precision, it.pair_recall, it.bcubed_precision, it.bcubed_recall), *_counts(it.false_pairs),
                f"{it.false_merge_share:.4%}")
            for name, it in agreements.items()
        ]  # fmt: skip
        lines = [*_aligned([_FOUND_HEADINGS, *found]), "", *_aligned([_TOLD_HEADINGS, *told])]
        if self.missing:
            lines += ["", f"{self.missing:,} shipments of the truth are not in the store and were left out."]
        return "\n".join(lines)


_FOUND_HEADINGS = (
    "typology", "flags", "right", "schemes", "found", "precision", "recall", "precision (deliberate)",
    "recall (deliberate)", "explained", "of them deliberate",
)  # fmt: skip
_TOLD_HEADINGS = (
    "identities over", "items", "persons", "identities", "pair precision", "pair recall", "B3 precision", "B3 recall",
    "false pairs", "of joined pairs",
)  # fmt: skip


@checked
def evaluate(truth: Path, store: Tables) -> Evaluation:
    """Measure what a store's tables say against the truth of a folder written by `analytics.synthesize`.

    Parameters
    ----------
    truth : Path
        Folder with truth_identities.csv and truth_flags.csv.
    store : object with ``table(name)``
        The store into which that folder's shipments were screened.

    Returns
    -------
    Evaluation
        The measures.

    Raises
    ------
    UnreadableFile
        Where one of the truth files is missing.
    """
    persons, schemes = (_read(Path(truth) / name) for name in ("truth_identities.csv", "truth_flags.csv"))
    schemes = schemes.with_columns(pl.col("is_deliberate") == "true")
    flags = store.table("flags").select("flag_id", "typology", "is_suppressed")
    flagged = flags.join(store.table("flag_shipments").select("flag_id", "shipment_id"), on="flag_id")
    shipments = store.table("shipments").select("shipment_id", "identity_id", "alias_id").collect()
    items = persons.join(shipments.unique("shipment_id", keep="first", maintain_order=True), on="shipment_id")
    alone = pl.concat_str(pl.lit("no identity: "), "alias_id", pl.lit(" "), "shipment_id", ignore_nulls=True)
    items = items.select("alias_id", true="person_id", found=pl.coalesce("identity_id", alone))
    return Evaluation(
        detections=measure_detection(flagged.filter(pl.col("typology").is_in(MEASURED)).collect(), schemes),
        over_shipments=compare_partitions(items),
        over_aliases=compare_partitions(items.unique()),
        missing=len(persons) - len(items),
    )


def _read(path: Path) -> pl.DataFrame:
    if not path.is_file():
        raise UnreadableFile(f"{path}: not there. Give the folder that `splitship synth` wrote.")
    return pl.read_csv(path, infer_schema=False)


def _counts(*numbers: int) -> tuple[str, ...]:
    return tuple(f"{number:,}" for number in numbers)


def _shares(*numbers: float) -> tuple[str, ...]:
    return tuple(f"{number:.4f}" for number in numbers)


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Set the first column left and the others right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = ([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])] for row in rows)
    return ["  ".join(cells) for cells in aligned]
