"""Measures what was found of the days of many faces, against who is who in truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analytics.opened import Run

__all__ = ["Measured", "measure", "persons", "pooled"]

OBJECTIVE, LEAD = "daily_limit", "possible_daily_limit"
LIMIT = 800


@dataclass(frozen=True)
class Measured:
    """What was found.

    Attributes
    ----------
    shipments : int
        Screened.
    lots, by_identity, with_leads : int
        Lots of days of many faces; those in a right daily_limit flag; those in one or in a right lead.
    new_lots, true_lots : int
        Shipments of leads that are in no daily_limit flag, and those of them that are rightly there.
    leads, true_leads : int
        Leads, and those in which every shipment is rightly there.
    pairs, false_pairs : int
        Pairs of identities that leads rest on, and those that are two people.
    """

    shipments: int
    lots: int
    by_identity: int
    with_leads: int
    new_lots: int
    true_lots: int
    leads: int
    true_leads: int
    pairs: int
    false_pairs: int


def measure(run: Run, truth: Path) -> Measured:
    """Hold the flags of a run against the truth.

    A shipment is *rightly* in a flag where its person has two shipments or more in it that are over the limit together.
    """
    told = pl.read_csv(truth, schema_overrides={"is_lot": pl.Boolean})
    flags = (
        run.table("flags")
        .filter(pl.col("typology").is_in([OBJECTIVE, LEAD]))
        .select("flag_id", "typology", "attributes")
    )
    members = run.table("flag_shipments").join(flags, on="flag_id").select("flag_id", "typology", "shipment_id")
    worth = run.table("shipments").select("shipment_id", "value_usd", "identity_id")
    named = members.join(worth, on="shipment_id").collect().join(told, on="shipment_id")
    own = ("flag_id", "person_id")
    named = named.with_columns(is_right=(pl.col("value_usd").sum().over(own) > LIMIT) & (pl.len().over(own) > 1))
    is_objective, is_lead = pl.col("typology") == OBJECTIVE, pl.col("typology") == LEAD
    flagged = set(named.filter(is_objective)["shipment_id"])
    right, all_right = (
        set(rows["shipment_id"]) for rows in (named.filter(is_objective, "is_right"), named.filter("is_right"))
    )
    lots = set(told.filter("is_lot")["shipment_id"])
    new = named.filter(is_lead, ~pl.col("shipment_id").is_in(list(flagged)))
    leads = named.filter(is_lead).group_by("flag_id").agg(pl.col("is_right").all())
    pairs = run.table("lead_pairs").select("identity_id_l", "identity_id_r").collect().rows()
    return Measured(
        shipments=len(told), lots=len(lots), by_identity=len(lots & right), with_leads=len(lots & all_right),
        new_lots=len(new), true_lots=int(new["is_right"].sum()), leads=len(leads),
        true_leads=int(leads["is_right"].sum()), pairs=len(pairs), false_pairs=_false(pairs, persons(run, truth)),
    )  # fmt: skip


def persons(run: Run, truth: Path) -> dict[str, str]:
    """Return for each identity the person of most of its shipments."""
    told = pl.read_csv(truth, infer_schema=False)
    whose = run.table("shipments").select("shipment_id", "identity_id").collect().join(told, on="shipment_id")
    of_identity: dict[str, Counter[str]] = {}
    columns = whose.drop_nulls("identity_id").select("identity_id", "person_id").sort("person_id")
    for identity, person in columns.iter_rows():
        of_identity.setdefault(identity, Counter())[person] += 1
    return {identity: people.most_common(1)[0][0] for identity, people in of_identity.items()}


def _false(pairs: Iterable[tuple[str, ...]], mostly: dict[str, str]) -> int:
    """Count pairs of identities most of whose shipments are of two people."""
    return sum(mostly[left] != mostly[right] for left, right in pairs)


def pooled(measured: Iterable[Measured]) -> Measured:
    """Add up what was found of several sets."""
    rows = [vars(each) for each in measured]
    return Measured(**{name: sum(row[name] for row in rows) for name in rows[0]})
