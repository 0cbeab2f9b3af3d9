"""Our own data: invented shipments with errors by kind, and the table of hard pairs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics import synthesize
from analytics.evaluation.partitions import compare_partitions
from analytics.identity import IdentityResolver
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import COMPARISONS, compare
from analytics.identity.training.fitting import made_up_file, some_habits
from benchmarks.identity.calibrating import observed, reliability
from benchmarks.identity.scores import joined_pairs

__all__ = ["error_kinds", "hard_pairs", "synth"]

TABLE = Path(__file__).parents[2] / "tests" / "identity" / "pairs.csv"
SHORT = ("name", "address", "city", "state", "postal_code", "phone", "email", "tax_id")
STRANGERS = 2_000
SEED = 4
LEAST_LESSONS = 5
"""Lessons of a class that is shown by itself."""

Labels = NDArray[np.int64]
Found = dict[str, NDArray[np.uint8]]


def synth(shipments: int, seed: int) -> dict[str, Any]:
    """Who is who among the consignees of invented shipments, every distinct writing an item.

    Parameters
    ----------
    shipments, seed : int
        What `analytics.synthesize` is asked for.
    """
    with tempfile.TemporaryDirectory() as folder:
        synthesize(Path(folder), shipments=shipments, seed=seed)
        written = pl.read_csv(Path(folder) / "shipments.csv", infer_schema=False)
        persons = pl.read_csv(Path(folder) / "truth_identities.csv", infer_schema=False)
    rows = written.join(persons, on="shipment_id").select(pl.col("^consignee_.*$"), "person_id").unique()
    rows = rows.sort(rows.columns)
    fitted = IdentityResolver(n_jobs=2).fit(rows.drop("person_id"))
    agreement = compare_partitions(pl.DataFrame({"true": rows["person_id"], "found": fitted.labels_}))
    told: dict[str, Any] = {"writings": rows.height, "persons": rows["person_id"].n_unique()}
    told |= {"pair_F1": agreement.pair_f1, "b3_F1": agreement.bcubed_f1, "pair_P": agreement.pair_precision}
    told["reliability"] = reliability(observed(fitted, rows["person_id"]))
    return {**told, "kinds": error_kinds(fitted, rows["person_id"].to_numpy())}


def error_kinds(fitted: IdentityResolver, truth: NDArray[Any]) -> dict[str, tuple[int, int]]:
    """Wrong pairs of rows by kind, and how many of them nothing in the file could tell.

    Nothing tells two apart of whom everything that can be compared is the same; nothing brings two together that share
    no more than a name.

    Parameters
    ----------
    fitted : IdentityResolver
        A fitted resolver.
    truth : ndarray
        Person of each row.
    """
    codes = np.unique(truth, return_inverse=True)[1]
    kinds: dict[str, tuple[int, int]] = {}
    for side, other, wrong in (("merged", codes, fitted.labels_), ("parted", fitted.labels_, codes)):
        left, right = joined_pairs(wrong)
        apart = other[left] != other[right]
        record = fitted.records_.row_record
        ends = record[left[apart]], record[right[apart]]
        for kind, chosen, lost in _kinds(side, fitted, *ends):
            count = kinds.get(f"{side}: {kind}", (0, 0))
            kinds[f"{side}: {kind}"] = (count[0] + int(chosen.sum()), count[1] + int((chosen & lost).sum()))
    return {kind: count for kind, count in kinds.items() if count[0]}


def _kinds(side: str, fitted: IdentityResolver, left: Labels, right: Labels) -> list[tuple[str, Any, Any]]:
    """Kind by kind the pairs that are of it and of none before, and whether nothing could tell them."""
    nobody = (left < 0) | (right < 0)
    same_record = (left == right) & ~nobody
    pairs = Pairs(fitted.records_, np.maximum(np.minimum(left, right), 0), np.maximum(np.maximum(left, right), 0))
    found = compare(pairs)
    other_given, other_surname, other_house, other_firm = (
        _is(found, name, "different") for name in ("given_name", "surname", "house", "firm_name")
    )
    shares = np.any([_same(found, name) for name in ("phone", "email", "tax_number", "account", "house")], axis=0)
    of_merged = (("written exactly alike", same_record), ("household or flatmates", other_given | other_surname))
    of_parted = (
        ("names nobody", nobody),
        ("another given name or surname", other_given | other_surname),
    )
    kinds = [
        *(of_merged if side == "merged" else of_parted),
        ("another firm's name", other_firm),
        ("moved" if side == "parted" else "namesakes, houses differ", other_house),
        ("spelling, abbreviations or parts left out" if side == "parted" else "names alike, one house", ~nobody),
    ]
    lost = same_record if side == "merged" else nobody | ~shares
    told, left_over = [], np.ones(len(left), dtype=bool)
    for name, mask in kinds:
        told.append((name, mask & left_over, lost))
        left_over &= ~mask
    return told


def _is(found: Found, comparison: str, word: str) -> NDArray[np.bool_]:
    levels = next(item.levels for item in COMPARISONS if item.name == comparison)
    mask: NDArray[np.bool_] = found[comparison] == levels.index(word)
    return mask


def _same(found: Found, comparison: str) -> NDArray[np.bool_]:
    levels = next(item.levels for item in COMPARISONS if item.name == comparison)
    mask: NDArray[np.bool_] = np.isin(found[comparison], [n for n, word in enumerate(levels) if "the same" in word])
    return mask


def hard_pairs() -> dict[str, tuple[int, int, int, int, int]]:
    """Of each class of lessons: the same, of them parted; not the same, of them merged; who cannot be known."""
    table = pl.read_csv(TABLE, infer_schema=False)
    names = [f"consignee_{short}" for short in SHORT]
    kept = {"postal_code": "postal", "tax_id": "tax"}
    sides = [
        table.select(
            pl.col(f"{kept.get(short, short)}_{side}").alias(name) for short, name in zip(SHORT, names, strict=True)
        )
        for side in "lr"
    ]
    random = Random(SEED)  # noqa: S311 - made-up strangers
    strangers = made_up_file(random, some_habits(random, STRANGERS)).frame.select(names)
    labels = IdentityResolver().fit_predict(pl.concat([*sides, strangers]))
    joined = labels[: table.height] == labels[table.height : 2 * table.height]
    told = table.select("answer", kind=pl.col("lesson").str.split(":").list.first()).with_columns(joined=joined)
    is_same, is_other = pl.col("answer") == "same", pl.col("answer") == "not same"
    is_rare = pl.len().over("kind") < LEAST_LESSONS
    told = told.with_columns(kind=pl.when(is_rare).then(pl.lit("others")).otherwise("kind"))
    counts = told.group_by("kind").agg(
        same=is_same.sum(),
        parted=(is_same & ~pl.col("joined")).sum(),
        other=is_other.sum(),
        merged=(is_other & pl.col("joined")).sum(),
        unknown=(pl.col("answer") == "cannot know").sum(),
    )
    return {row[0]: row[1:] for row in counts.sort("kind").iter_rows()}
