"""The step of the pipeline that says who is who."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from analytics.contracts.steps import BESIDE_ENGINE, Engine, ParameterValue, Step
from analytics.identity.constraints import Judged, judged_pairs
from analytics.identity.evidence import evidence_json
from analytics.identity.frozen import FrozenState
from analytics.identity.holding import Resolved, holding_tables
from analytics.identity.hot import Brought
from analytics.identity.incremental import Known, content, freeze, resolve_again
from analytics.identity.ledger import assign_ids
from analytics.identity.pairs import Pairs
from analytics.identity.recipe import compare
from analytics.identity.records import Records, prepare
from analytics.identity.refit import refitted
from analytics.identity.resolution import Heat, Resolution, resolve
from analytics.identity.scorer import default_scorer
from analytics.identity.thresholds import CENTRAL, ordered

__all__ = ["build_identities", "identity_step"]

_NO_LINKS = pl.DataFrame(
    schema={"alias_id_l": pl.String, "alias_id_r": pl.String, "probability": pl.Float64, "evidence": pl.String}
)
BYTES_A_PARTY = 2_500
"""Memory that a distinct party takes while it is found out who is who, as measured at two million."""
TOLD = 0.05
"""Probability from which a compared pair is kept with its evidence."""


def identity_step() -> Step:
    """Return the step that groups parties into identities."""
    return Step(
        name="identity_members",
        grain=("alias_id",),
        reads=(
            "parties",
            "previous_members",
            "previous_links",
            "frozen_state",
            "known_records",
            "scored_pairs",
            "judgements",
            "refit",
            "int_parties__weighed_by_unit",
        ),
        params=("hot_groups", "link_thresholds", "max_growth", "resolve", "run_id"),
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
            "identity_resolution",
            "new_members",
            "new_frozen_state",
            "new_known_records",
            "new_scored_pairs",
        ),
        description="One row per alias that belongs to an identity.",
        needs=_needs,
    )


def _needs(engine: Engine) -> str:
    """Say what the step takes beside the engine: parties and their keys do not spill."""
    return f"about {max(engine.count('parties') * BYTES_A_PARTY / 1e9, 0.1):.1f} GB {BESIDE_ENGINE}"


def build_identities(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    """Read parties, what was and what people said; leave members, links, changes, health, parts and keys."""
    parties = engine.frame("parties").sort("alias_id")
    judgements = engine.frame("judgements")
    records = prepare(parties, {})
    verdicts = _verdicts(parties, records, judgements)
    judged = judged_pairs(verdicts, len(records))
    parties = parties.select("alias_id", "first_day")
    heat = _heat(engine, parties, records, int(str(params["hot_groups"]))) if params["resolve"] == "hot" else None
    told = _resolved(engine, params, records, judged, verdicts, heat)
    aliases = parties.with_columns(record=pl.Series(records.row_record))
    aliases = aliases.filter(pl.col("record") >= 0)
    aliases = aliases.with_columns(group=pl.Series(told.found.group[aliases["record"].to_numpy()], dtype=pl.Int64))
    previous = engine.frame("previous_members").sort("alias_id")
    names, members, changes = assign_ids(
        aliases.drop("record"), previous, judgements.filter(pl.col("verdict") != "unsure"), str(params["run_id"])
    )
    aliases = aliases.join(names, on="group", maintain_order="left")
    resolved = Resolved(records, told.found, judged, aliases)
    engine.write("party_keys", _published_keys(parties, records))
    engine.write("identity_members", _members(resolved))
    engine.write("identity_links", _links(resolved, told.compared, told.links))
    for name, frame in holding_tables(resolved, ordered(str(params["link_thresholds"]))).items():
        engine.write(name, frame)
    for name, frame in told.left_behind().items():
        engine.write(name, frame)
    engine.write("identity_changes", changes)
    engine.write("new_members", members)


def _heat(engine: Engine, parties: pl.DataFrame, records: Records, groups: int) -> Heat:
    """What every record brought, of the parties that are somebody."""
    place = parties.select("alias_id", record=pl.Series(records.row_record)).filter(pl.col("record") >= 0)
    brought = engine.frame("int_parties__weighed_by_unit").join(place, on="alias_id")
    record, share = (brought[name].to_numpy() for name in ("record", "share"))
    return Heat(Brought.of(record, brought["unit"].hash(seed=11).to_numpy(), share), groups)


def _verdicts(parties: pl.DataFrame, records: Records, judgements: pl.DataFrame) -> pl.DataFrame:
    """Judgements of aliases as judgements of records; those on aliases that are absent wait."""
    place = parties.select("alias_id").with_columns(record=pl.Series(records.row_record)).filter(pl.col("record") >= 0)
    verdicts = (
        judgements.join(place, left_on="alias_id_l", right_on="alias_id")
        .join(place, left_on="alias_id_r", right_on="alias_id", suffix="_r")
        .select("verdict", "judged_at", left="record", right="record_r")
    )
    return verdicts.filter(pl.col("left") != pl.col("right"))


@dataclass(frozen=True)
class _Told:
    """Who is who, how it was found out, and what the next run needs to know of it.

    `compared` are the records as they were compared, `links` the links of the run before whose evidence still holds.
    """

    kind: str
    found: Resolution
    compared: Records
    links: pl.DataFrame
    state: FrozenState
    known: Known
    counts: tuple[int, int, int]

    def left_behind(self) -> dict[str, pl.DataFrame]:
        names = ("new_parties", "compared_pairs", "regrouped_parties")
        how = {"kind": self.kind, "parties": len(self.found.group), "pairs": len(self.found.left)}
        how |= dict(zip(names, self.counts, strict=True)) | {"counted_parties": self.state.size}
        return {
            "identity_resolution": pl.DataFrame([how]),
            "new_frozen_state": self.state.to_frame(),
            "new_known_records": self.known.records_frame(),
            "new_scored_pairs": self.known.pairs_frame(),
        }


def _resolved(
    engine: Engine,
    params: Mapping[str, ParameterValue],
    records: Records,
    judged: Judged,
    verdicts: pl.DataFrame,
    heat: Heat | None,
) -> _Told:
    """Let new parties join those that are there, or resolve everybody where the counts of then hold no longer.

    A pruned run compares anew whoever can matter: who that is may be others than in the run before.
    """
    state = FrozenState.from_frame(engine.frame("frozen_state"))
    refit = partial(refitted, refit=engine.frame("refit"))
    base = default_scorer()
    scorer = refit(base)
    threads = os.cpu_count() or 1
    known = Known.from_frames(engine.frame("known_records"), engine.frame("scored_pairs"))
    if heat is not None or state is None or not state.holds(scorer, len(records), float(str(params["max_growth"]))):
        found = resolve(records, base, CENTRAL, judged, threads, shift=refit, heat=heat)
        new = int((~np.isin(content(records), known.record)).sum())
        counts = (new, len(found.left), int(found.is_reached.sum()))
        kind = "everybody" if heat is None else "pruned"
        return _Told(kind, found, records, _NO_LINKS, *freeze(records, found, scorer), counts)
    asked = np.unique(np.concatenate([verdicts["left"].to_numpy(), verdicts["right"].to_numpy()]))
    joined = resolve_again(records, state, known, refit(state.learned(base)), CENTRAL, judged, asked, threads)
    counts = (joined.new_records, joined.compared, joined.regrouped)
    links = engine.frame("previous_links").select(_NO_LINKS.columns)
    return _Told("added", joined.found, state.compared(records), links, state, joined.known, counts)


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


def _links(resolved: Resolved, compared: Records, known: pl.DataFrame) -> pl.DataFrame:
    """Compared pairs of aliases with their evidence; the smallest alias of a record stands for it."""
    found, alias = resolved.found, resolved.first_alias
    told = found.probability >= TOLD
    left, right = found.left[told], found.right[told]
    pairs = pl.DataFrame(
        {
            "one": alias.gather(pl.Series(left, dtype=pl.UInt32)),
            "other": alias.gather(pl.Series(right, dtype=pl.UInt32)),
            "probability": found.probability[told],
            "is_joined": found.group[left] == found.group[right],
        }
    ).with_columns(alias_id_l=pl.min_horizontal("one", "other"), alias_id_r=pl.max_horizontal("one", "other"))
    evidence = pairs.join(known, on=["alias_id_l", "alias_id_r", "probability"], how="left", maintain_order="left")[
        "evidence"
    ]
    fresh = np.flatnonzero(evidence.is_null().to_numpy())
    weighed = Pairs(compared, left[fresh], right[fresh])
    said = evidence_json(weighed, found.scorer, compare(weighed)) if len(fresh) else pl.Series([], dtype=pl.String)
    columns = ("alias_id_l", "alias_id_r", "probability", "is_joined", "evidence")
    kept = pairs.with_columns(evidence=evidence.scatter(fresh, said)).select(columns)
    return pl.concat([kept, _equal(resolved).select(columns)]).sort("alias_id_l", "alias_id_r")


def _equal(resolved: Resolved) -> pl.DataFrame:
    """Aliases that are equal once normalised, each with the one that stands for them."""
    first = resolved.aliases.with_columns(one=pl.col("alias_id").min().over("record"))
    return first.filter(pl.col("alias_id") != pl.col("one")).select(
        probability=pl.lit(1.0),
        is_joined=pl.lit(value=True),
        evidence=pl.lit(
            '[{"feature": "keys", "left": null, "right": null, "weight": 0.0, "text": "Equal once normalised."}]'
        ),
        alias_id_l="one",
        alias_id_r="alias_id",
    )
