"""The steps of the pipeline that make comparison keys and resolve identities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from analytics.contracts.steps import BESIDE_ENGINE, Engine, ParameterValue, SpreadEngine, Step, write_all
from analytics.identity.candidates.pruning import read_limit_shares
from analytics.identity.grouping.cohesion_tables import Resolved, cohesion_tables
from analytics.identity.grouping.comparing import Pruning
from analytics.identity.grouping.constraints import Judged, judged_pairs
from analytics.identity.grouping.links import LINKS, write_links
from analytics.identity.grouping.resolution import Resolution, resolve
from analytics.identity.grouping.thresholds import CENTRAL, ordered
from analytics.identity.incremental.joining import resolve_again
from analytics.identity.incremental.known import Known, freeze
from analytics.identity.incremental.state import FrozenState
from analytics.identity.ledger.ids import assign_ids
from analytics.identity.records.aliases import Consignees
from analytics.identity.records.arrays import are_among
from analytics.identity.records.preparing import NAMED, NUMBERS, rows_with_keys
from analytics.identity.records.records import Records
from analytics.identity.scoring.refit import refitted
from analytics.identity.scoring.scorer import default_scorer
from analytics.parties.keys import WRITTEN

__all__ = ["build_identities", "identity_step", "keys_step"]

BYTES_A_PARTY = 800
"""Memory that a distinct party takes during the resolution, as measured at two and at thirteen million."""
NUMBERS_A_PARTY = 430
"""The same where the keys of parties stay with workers, as measured at two million; see `docs/scale.md`."""


def keys_step() -> Step:
    """Return the step that makes the keys by which parties are compared."""
    return Step(
        name="party_keys",
        grain=("alias_id",),
        reads=("parties",),
        params=(),
        build=_build_keys,
        by=("alias_id",),
        description="One row per alias: what its name, address and numbers are compared by, and its kind of party.",
    )


def _build_keys(engine: Engine, _: Mapping[str, ParameterValue]) -> None:
    keys = partial(rows_with_keys, kept=NAMED)
    write_all(engine, "party_keys", engine.batches("parties", (*NAMED, *WRITTEN, *NUMBERS), None, keys))


def identity_step() -> Step:
    """Return the step that groups parties into identities."""
    return Step(
        name="identity_members",
        grain=("alias_id",),
        reads=(
            "parties",
            "party_keys",
            "previous_members",
            "previous_links",
            "frozen_state",
            "known_records",
            "scored_pairs",
            "judgements",
            "refit",
            "int_parties__weighed_by_unit",
            "int_resolution__scoped",
        ),
        params=("hot_groups", "link_thresholds", "max_growth", "run_id"),
        build=build_identities,
        also_writes=(
            "identity_links",
            "identity_changes",
            "identity_health",
            "identity_bridges",
            "identity_bridge_sides",
            "identity_thresholds",
            "identity_parts",
            "identity_proven_parts",
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
    each = NUMBERS_A_PARTY if isinstance(engine, SpreadEngine) else BYTES_A_PARTY
    return f"about {max(engine.count('parties') * each / 1e9, 0.1):.1f} GB {BESIDE_ENGINE}"


def build_identities(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    """Read keys, the last run and verdicts; write members, links, changes, cohesion and parts."""
    consignees = Consignees.of(engine)
    judgements = engine.frame("judgements")
    verdicts = _verdicts(consignees, judgements)
    judged = judged_pairs(verdicts, len(consignees.records))
    pruning = (
        Pruning(partial(read_limit_shares, engine, consignees), int(str(params["hot_groups"])))
        if _is_pruned(engine)
        else None
    )
    outcome = _resolved(engine, params, consignees.records, judged, verdicts, pruning)
    write_links(engine, consignees.aliases, outcome.found, outcome.compared, outcome.links)
    for records in (consignees.records, outcome.compared):
        records.drop_keys()
    for name, frame in outcome.state_tables():
        engine.write(name, frame)
    named = assign_ids(
        consignees.grouped(outcome.found.group),
        engine.frame("previous_members").sort("alias_id"),
        judgements.filter(pl.col("verdict") != "unsure"),
        str(params["run_id"]),
    )
    write_all(engine, "identity_changes", named.changes())
    write_all(engine, "new_members", named.members())
    resolved = Resolved(consignees.records, outcome.found, judged, consignees.aliases, named.identity_id)
    write_all(engine, "identity_members", _members(resolved))
    for name, frames in cohesion_tables(resolved, ordered(str(params["link_thresholds"]))).items():
        write_all(engine, name, frames)
    consignees.release()


def _is_pruned(engine: Engine) -> bool:
    """Only those are compared who can matter."""
    return engine.frame("int_resolution__scoped")["resolve"].to_list() == ["hot"]


def _verdicts(consignees: Consignees, judgements: pl.DataFrame) -> pl.DataFrame:
    """Judgements of aliases as judgements of records; those on aliases that are absent wait."""
    ends = pl.concat([judgements["alias_id_l"], judgements["alias_id_r"]]).unique().sort()
    place = consignees.found(pl.DataFrame({"alias_id": ends}))
    verdicts = (
        judgements.join(place, left_on="alias_id_l", right_on="alias_id")
        .join(place, left_on="alias_id_r", right_on="alias_id", suffix="_r")
        .select("verdict", "judged_at", left="record", right="record_r")
    )
    return verdicts.filter(pl.col("left") != pl.col("right"))


@dataclass(frozen=True)
class _Outcome:
    """A resolution, how it was made, and what the next run needs of it.

    `compared` are the records as they were compared, `links` the links of the run before whose evidence still holds:
    none where workers put them all into words again.
    """

    kind: str
    found: Resolution
    compared: Records
    links: pl.DataFrame
    state: FrozenState
    known: Known
    counts: tuple[int, int, int]

    def state_tables(self) -> Iterator[tuple[str, pl.DataFrame]]:
        names = ("new_parties", "compared_pairs", "regrouped_parties")
        how = {"kind": self.kind, "parties": len(self.found.group), "pairs": len(self.found.left)}
        how |= dict(zip(names, self.counts, strict=True)) | {"counted_parties": self.state.frequencies.size}
        yield "identity_resolution", pl.DataFrame([how])
        yield "new_frozen_state", self.state.to_frame()
        yield "new_known_records", self.known.records_frame()
        yield "new_scored_pairs", self.known.pairs_frame()


def _resolved(
    engine: Engine,
    params: Mapping[str, ParameterValue],
    records: Records,
    judged: Judged,
    verdicts: pl.DataFrame,
    pruning: Pruning | None,
) -> _Outcome:
    """Let new parties join those that are there, or resolve everybody where the counts of then hold no longer.

    A pruned run compares anew whoever can matter: who that is may be others than in the run before.
    """
    state = FrozenState.from_frame(engine.frame("frozen_state"))
    refit = partial(refitted, refit=engine.frame("refit"))
    base = default_scorer()
    scorer = refit(base)
    known = Known.from_frames(engine.frame("known_records"), engine.frame("scored_pairs"))
    if pruning is not None or state is None or not state.holds(scorer, len(records), float(str(params["max_growth"]))):
        found = resolve(records, base, CENTRAL, judged, engine.threads, shift=refit, pruning=pruning)
        new = int((~are_among(records.content, known.record)).sum())
        counts = (new, len(found.left), int(found.is_reached.sum()))
        kind = "everybody" if pruning is None else "pruned"
        state, known = freeze(records, found, scorer, keeps_pairs=pruning is None)
        return _Outcome(kind, found, records, pl.DataFrame(schema=LINKS), state, known, counts)
    asked = np.unique(np.concatenate([verdicts["left"].to_numpy(), verdicts["right"].to_numpy()]))
    joined = resolve_again(records, state, known, refit(state.learned(base)), CENTRAL, judged, asked, engine.threads)
    counts = (joined.new_records, joined.compared, joined.regrouped)
    links = engine.frame("previous_links").select(list(LINKS)) if records.remote is None else pl.DataFrame(schema=LINKS)
    return _Outcome("added", joined.found, state.compared(records), links, state, joined.known, counts)


def _members(resolved: Resolved) -> Iterator[pl.DataFrame]:
    party_class = resolved.records.columns["party_class"]
    for part in resolved.aliases.batches():
        record = resolved.aliases.record[part]
        yield pl.DataFrame(
            {
                "alias_id": resolved.aliases.alias_id[part],
                "identity_id": resolved.identity_of(record),
                "party_class": party_class.series(record),
                "probability": resolved.strength.belonging[record],
            }
        )
