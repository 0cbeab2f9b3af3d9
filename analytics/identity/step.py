"""The step of the pipeline that says who is who."""

from __future__ import annotations

import os
from collections.abc import Mapping

import numpy as np
import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.identity.constraints import Judged, judged_pairs
from analytics.identity.evidence import evidence_json
from analytics.identity.holding import Resolved, holding_tables
from analytics.identity.ledger import assign_ids
from analytics.identity.pairs import Pairs
from analytics.identity.recipe import compare
from analytics.identity.records import Records, prepare
from analytics.identity.refit import refitted
from analytics.identity.resolution import resolve
from analytics.identity.scorer import PairScorer, default_scorer
from analytics.identity.thresholds import CENTRAL, ordered

__all__ = ["build_identities", "identity_step"]

TOLD = 0.05
"""Probability from which a compared pair is kept with its evidence."""


def identity_step() -> Step:
    """Return the step that groups parties into identities."""
    return Step(
        name="identity_members",
        grain=("alias_id",),
        reads=("parties", "previous_members", "judgements", "refit"),
        params=("link_thresholds", "run_id"),
        build=build_identities,
        also_writes=(
            "party_keys",
            "identity_links",
            "identity_changes",
            "identity_health",
            "identity_bridges",
            "identity_bridge_sides",
            "identity_thresholds",
            "identity_parts",
            "new_members",
        ),
        description="One row per alias that belongs to an identity.",
    )


def build_identities(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    """Read parties, what was and what people said; leave members, links, changes, health, parts and keys."""
    parties = engine.frame("parties").sort("alias_id")
    previous = engine.frame("previous_members").sort("alias_id")
    judgements = engine.frame("judgements")
    records = prepare(parties, {})
    judged = _judged(parties, records, judgements)
    scorer = refitted(default_scorer(), engine.frame("refit"))
    found = resolve(records, scorer, CENTRAL, judged, os.cpu_count() or 1)
    aliases = parties.select("alias_id", "first_day").with_columns(record=pl.Series(records.row_record))
    aliases = aliases.filter(pl.col("record") >= 0)
    aliases = aliases.with_columns(group=pl.Series(found.group[aliases["record"].to_numpy()], dtype=pl.Int64))
    names, members, changes = assign_ids(
        aliases.drop("record"), previous, judgements.filter(pl.col("verdict") != "unsure"), str(params["run_id"])
    )
    aliases = aliases.join(names, on="group", maintain_order="left")
    resolved = Resolved(records, found, judged, aliases)
    engine.write("party_keys", _published_keys(parties, records))
    engine.write("identity_members", _members(resolved))
    engine.write("identity_links", _links(resolved, scorer))
    for name, frame in holding_tables(resolved, ordered(str(params["link_thresholds"]))).items():
        engine.write(name, frame)
    engine.write("identity_changes", changes)
    engine.write("new_members", members)


def _judged(parties: pl.DataFrame, records: Records, judgements: pl.DataFrame) -> Judged:
    """Judgements of aliases as judgements of records; those on aliases that are absent wait."""
    place = parties.select("alias_id").with_columns(record=pl.Series(records.row_record)).filter(pl.col("record") >= 0)
    verdicts = (
        judgements.join(place, left_on="alias_id_l", right_on="alias_id")
        .join(place, left_on="alias_id_r", right_on="alias_id", suffix="_r")
        .select("verdict", "judged_at", left="record", right="record_r")
    )
    return judged_pairs(verdicts.filter(pl.col("left") != pl.col("right")), len(records))


def _published_keys(parties: pl.DataFrame, records: Records) -> pl.DataFrame:
    """Comparison keys of every alias; those that name nobody are placeholders."""
    place = pl.Series(np.where(records.row_record < 0, 0, records.row_record), dtype=pl.UInt32)
    named = pl.Series(records.row_record >= 0)
    place = pl.select(pl.when(named).then(place)).to_series()
    kept = pl.exclude("tax", "tax_deletions", "issuer", "account", "address")
    keys = records.keys.select(kept)
    gathered = keys.select(pl.all().gather(place)) if keys.height else keys.clear(parties.height)
    return parties.select("alias_id").hstack(gathered).with_columns(pl.col("party_class").fill_null("placeholder"))


def _members(resolved: Resolved) -> pl.DataFrame:
    record = resolved.aliases["record"].to_numpy()
    return resolved.aliases.select(
        "alias_id",
        "identity_id",
        party_class=resolved.records.keys["party_class"].gather(pl.Series(record)),
        probability=pl.Series(resolved.health.belonging[record]),
    ).sort("alias_id")


def _links(resolved: Resolved, scorer: PairScorer) -> pl.DataFrame:
    """Compared pairs of aliases with their evidence; the smallest alias of a record stands for it."""
    records, found, alias = resolved.records, resolved.found, resolved.first_alias
    told = found.probability >= TOLD
    left, right = found.left[told], found.right[told]
    pairs = Pairs(records, left, right)
    compared = pl.DataFrame(
        {
            "one": alias.gather(pl.Series(left, dtype=pl.UInt32)),
            "other": alias.gather(pl.Series(right, dtype=pl.UInt32)),
            "probability": found.probability[told],
            "is_joined": found.group[left] == found.group[right],
            "evidence": evidence_json(pairs, scorer, compare(pairs)),
        }
    )
    first = resolved.aliases.with_columns(one=pl.col("alias_id").min().over("record")).filter(
        pl.col("alias_id") != pl.col("one")
    )
    equal = first.select(
        "one",
        other="alias_id",
        probability=pl.lit(1.0),
        is_joined=pl.lit(value=True),
        evidence=pl.lit(
            '[{"feature": "keys", "left": null, "right": null, "weight": 0.0, "text": "Equal once normalised."}]'
        ),
    )
    return (
        pl.concat([compared, equal])
        .select(
            "probability",
            "is_joined",
            "evidence",
            alias_id_l=pl.min_horizontal("one", "other"),
            alias_id_r=pl.max_horizontal("one", "other"),
        )
        .select("alias_id_l", "alias_id_r", "probability", "is_joined", "evidence")
        .sort("alias_id_l", "alias_id_r")
    )
