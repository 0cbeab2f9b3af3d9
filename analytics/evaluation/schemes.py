"""Flags against true schemes, matched by the shipments they name.

A flag is *right* when more than half of its shipments belong to one true scheme of its typology, and at least two of
that scheme's shipments are among them (or the only one, where the scheme has one). A scheme is *found* when one right
flag names at least half of its shipments.

The true schemes of a typology that finds what another leaves (``possible_daily_limit``) are those of that other of
which some shipment is in no right flag of it: what was left to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from analytics.typologies.registry import schemes

__all__ = ["MEASURED", "Detection", "measure_detection"]

MEASURED = tuple(schemes())
"""The typologies whose truth is known: a flag of one of them that names no true scheme is wrong."""


@dataclass(frozen=True)
class Detection:
    """What was found of one typology.

    Attributes
    ----------
    typology : str
        Which one.
    flags, right : int
        Flags raised, and those of them that are right.
    schemes, found : int
        True schemes, whether somebody meant them or not, and those of them that were found.
    precision, recall : float
        Right flags in all flags; found schemes in all schemes. 1 where there are none.
    deliberate, deliberate_found : int
        The same of the schemes that were planted as deliberate.
    deliberate_precision : float
        Flags that are right about a deliberate scheme, in all flags that are not explained: lawful crossings count
        against it.
    deliberate_recall : float
        Deliberate schemes that were found.
    explained, explained_deliberate : int
        Flags that count as explained by what their shipments show, and those of them that are right about a deliberate
        scheme, and so explained away.
    """

    typology: str
    flags: int
    right: int
    schemes: int
    found: int
    precision: float
    recall: float
    deliberate: int
    deliberate_found: int
    deliberate_precision: float
    deliberate_recall: float
    explained: int
    explained_deliberate: int


def measure_detection(flagged: pl.DataFrame, truth: pl.DataFrame) -> list[Detection]:
    """Measure each typology.

    Parameters
    ----------
    flagged : polars.DataFrame
        Columns flag_id, typology, shipment_id, is_suppressed.
    truth : polars.DataFrame
        Columns scheme_id, typology, shipment_id, is_deliberate.

    Returns
    -------
    list of Detection
        One a typology of `MEASURED`, in that order.
    """
    flags = flagged.unique().with_columns(flag_size=pl.len().over("flag_id"))
    certain = truth.unique().with_columns(scheme_size=pl.len().over("scheme_id"))
    every = pl.concat([certain, *_left_to_find(certain, flags)])
    right = _right(flags, every)
    found = right.filter(2 * pl.col("both") >= pl.col("scheme_size"))
    return [_of_typology(name, flags, every, right, found) for name in MEASURED]


def _right(flags: pl.DataFrame, schemes: pl.DataFrame) -> pl.DataFrame:
    shared = (
        flags.join(schemes, on=["typology", "shipment_id"])
        .group_by("typology", "flag_id", "is_suppressed", "scheme_id", "flag_size", "scheme_size", "is_deliberate")
        .len("both")
    )
    enough = pl.col("both") >= pl.min_horizontal(pl.lit(2), "scheme_size")
    return shared.filter(enough, 2 * pl.col("both") > pl.col("flag_size"))


def _left_to_find(certain: pl.DataFrame, flags: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Give what a typology left to find, as schemes of the one that finds it."""
    right = _right(flags, certain)
    for name, scheme in schemes().items():
        if scheme.left_by is not None:
            named = flags.join(right.filter(typology=scheme.left_by), on="flag_id", how="semi").select("shipment_id")
            of_it = certain.filter(typology=scheme.left_by)
            left = of_it.join(named, on="shipment_id", how="anti").select("scheme_id")
            yield of_it.join(left, on="scheme_id", how="semi").with_columns(typology=pl.lit(name))


def _of_typology(
    typology: str, flags: pl.DataFrame, schemes: pl.DataFrame, right: pl.DataFrame, found: pl.DataFrame
) -> Detection:
    def count(rows: pl.DataFrame, column: str, *, deliberate: bool = False) -> int:
        of_it = rows.filter(pl.col("typology") == typology)
        return (of_it.filter("is_deliberate") if deliberate else of_it)[column].n_unique()

    raised, all_schemes = count(flags, "flag_id"), count(schemes, "scheme_id")
    explained = flags.filter("is_suppressed")
    standing = raised - count(explained, "flag_id")
    meant, meant_found = count(schemes, "scheme_id", deliberate=True), count(found, "scheme_id", deliberate=True)
    return Detection(
        typology=typology,
        flags=raised,
        right=count(right, "flag_id"),
        schemes=all_schemes,
        found=count(found, "scheme_id"),
        precision=_share(count(right, "flag_id"), raised),
        recall=_share(count(found, "scheme_id"), all_schemes),
        deliberate=meant,
        deliberate_found=meant_found,
        deliberate_precision=_share(
            count(right.filter(~pl.col("is_suppressed")), "flag_id", deliberate=True), standing
        ),
        deliberate_recall=_share(meant_found, meant),
        explained=count(explained, "flag_id"),
        explained_deliberate=count(right.filter("is_suppressed"), "flag_id", deliberate=True),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
