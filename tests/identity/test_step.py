"""The step of the pipeline: parties in; members, links, changes, health and keys out."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.contracts.identities import (
    FrozenStates,
    IdentityChanges,
    IdentityLinks,
    IdentityMembers,
    Judgements,
    KnownRecords,
    Parties,
    PreviousMembers,
    Refit,
    ScoredPairs,
)
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.identity import identity_step, keys_step
from tests.identity.conftest import Row, row

REMEMBERED = {"frozen_state": FrozenStates, "known_records": KnownRecords, "scored_pairs": ScoredPairs}


_PARAMETERS = {
    "link_thresholds": "0.25, 0.5, 0.95",
    "max_growth": Decimal("0.2"),
    "hot_groups": 4,
}


def parties(*rows: Row) -> pl.DataFrame:
    """Rows as the table ``parties``, named a0, a1 and on."""
    written = pl.DataFrame([{"alias_id": f"a{k}", **one} for k, one in enumerate(rows)], infer_schema_length=None)
    blanks = {name: pl.lit(None, pl.String) for name in Parties.column_names() if name not in written.columns}
    day = pl.lit(date(2025, 3, 1))
    frame = written.with_columns(**(blanks | {"shipments": pl.lit(1, pl.Int64), "first_day": day, "last_day": day}))
    return frame.select(Parties.column_names())


def run(
    engine: DuckDBEngine,
    people: pl.DataFrame,
    *verdicts: tuple[str, str, str],
    brought: dict[str, float] | None = None,
) -> dict[str, pl.DataFrame]:
    """Run the step, with what earlier runs in this engine left; pruned where it is told what aliases brought."""
    judged = [(*pair, "ann", f"2025-01-{k:02d}T00:00:00Z", None) for k, pair in enumerate(verdicts, 1)]
    before = engine.frame("new_members") if "new_members" in engine.tables() else PreviousMembers.create_empty()
    engine.write("parties", people)
    engine.write("previous_members", before)
    engine.write(
        "judgements", pl.DataFrame(judged, schema=dict.fromkeys(Judgements.column_names(), pl.String), orient="row")
    )
    engine.write("refit", Refit.create_empty())
    for name, schema in REMEMBERED.items():
        kept = engine.frame(f"new_{name}") if f"new_{name}" in engine.tables() else schema.create_empty()
        engine.write(name, kept)
    links = engine.frame("identity_links") if "identity_links" in engine.tables() else IdentityLinks.create_empty()
    engine.write("previous_links", links)
    weights = {
        "alias_id": list(brought or {}),
        "unit": ["d"] * len(brought or {}),
        "share": list((brought or {}).values()),
    }
    shape = {"alias_id": pl.String, "unit": pl.String, "share": pl.Float64}
    engine.write("int_resolution__scoped", pl.DataFrame({"resolve": ["all" if brought is None else "hot"]}))
    engine.write("int_parties__weighed_by_unit", pl.DataFrame(weights, schema=shape))
    step = identity_step()
    keys_step().build(engine, {})
    step.build(engine, {**_PARAMETERS, "run_id": "r1"})
    return {name: engine.frame(name) for name in ("party_keys", *step.writes)}


ROBERTS = (row("Robert Aldine"), row("ALDINE, BOB"), row("Mary Aldine"), row("TO ORDER"), row("Robert  Aldine."))


@pytest.fixture
def tables(engine: DuckDBEngine) -> dict[str, pl.DataFrame]:
    return run(engine, parties(*ROBERTS))


def test_every_table_keeps_its_contract(tables: dict[str, pl.DataFrame]) -> None:
    for name, schema in (
        ("identity_members", IdentityMembers),
        ("identity_links", IdentityLinks),
        ("identity_changes", IdentityChanges),
        ("new_members", PreviousMembers),
    ):
        schema.validate(tables[name].select(schema.column_names()))


def test_members_are_grouped_and_nobody_has_no_identity(tables: dict[str, pl.DataFrame]) -> None:
    ids = dict(tables["identity_members"].select("alias_id", "identity_id").iter_rows())
    assert ids["a0"] == ids["a1"] == ids["a4"] != ids["a2"]
    assert "a3" not in ids
    classes = dict(tables["party_keys"].select("alias_id", "party_class").iter_rows())
    assert classes == {"a0": "person", "a1": "person", "a2": "person", "a3": "placeholder", "a4": "person"}


def test_links_carry_their_evidence(tables: dict[str, pl.DataFrame]) -> None:
    link = tables["identity_links"].row(
        by_predicate=(pl.col("alias_id_l") == "a0") & (pl.col("alias_id_r") == "a1"), named=True
    )
    told = {item["feature"]: item for item in json.loads(link["evidence"])}
    assert link["is_joined"]
    assert told["given_name"]["weight"] > 0
    assert {told["given_name"]["left"], told["given_name"]["right"]} == {"robert", "bob"}
    assert set(told["given_name"]) == {"feature", "left", "right", "weight", "text"}


def test_every_identity_has_its_cohesion(tables: dict[str, pl.DataFrame]) -> None:
    health = tables["identity_health"]
    assert set(health["identity_id"]) == set(tables["identity_members"]["identity_id"])
    assert health["cohesion"].is_between(0, 1).all()
    assert health["weakest_link"].is_between(0, 1).all()


def test_the_same_again_changes_nothing(engine: DuckDBEngine, tables: dict[str, pl.DataFrame]) -> None:
    again = run(engine, parties(*ROBERTS))
    assert again["identity_changes"].is_empty()
    assert again["identity_members"].equals(tables["identity_members"])


def test_a_verdict_different_splits_them(engine: DuckDBEngine, tables: dict[str, pl.DataFrame]) -> None:
    after = run(engine, parties(*ROBERTS), ("a0", "a1", "different"))
    ids = dict(after["identity_members"].select("alias_id", "identity_id").iter_rows())
    assert ids["a0"] != ids["a1"]
    assert after["identity_changes"]["cause"].to_list() == ["human"]


def test_a_verdict_same_joins_them(engine: DuckDBEngine, tables: dict[str, pl.DataFrame]) -> None:
    after = run(engine, parties(*ROBERTS), ("a0", "a2", "same"), ("a0", "a9", "same"))
    ids = dict(after["identity_members"].select("alias_id", "identity_id").iter_rows())
    assert ids["a0"] == ids["a2"]


def test_without_parties_every_table_is_there_and_empty(engine: DuckDBEngine) -> None:
    tables = run(engine, parties(row("Ann Poole")).clear())
    assert [name for name, frame in tables.items() if frame.height] == [
        "identity_thresholds",
        "identity_resolution",
        "new_frozen_state",
    ]


def test_parts_and_survival_agree_with_each_other(engine: DuckDBEngine, tables: dict[str, pl.DataFrame]) -> None:
    """At certainty only what is equal once normalised is one; nearby, the household might be."""
    members = dict(tables["identity_members"].select("alias_id", "identity_id").iter_rows())
    health = {row["identity_id"]: row for row in tables["identity_health"].iter_rows(named=True)}
    robert, mary = health[members["a0"]], health[members["a2"]]
    assert 0.5 <= robert["survives_to_threshold"] < 1 == mary["survives_to_threshold"]
    assert robert["joins_at_threshold"] == mary["joins_at_threshold"]
    parts = tables["identity_parts"]
    certain = parts.filter(threshold=1.0).group_by("part_id").agg(pl.col("alias_id").sort())
    assert sorted(certain["alias_id"].to_list()) == [["a0", "a4"], ["a1"]]
    strict = set(parts.filter(pl.col("threshold") > robert["survives_to_threshold"])["alias_id"])
    assert strict == {"a0", "a1", "a4"}


def test_the_bridge_of_two_aliases_splits_them(tables: dict[str, pl.DataFrame]) -> None:
    (bridge,) = tables["identity_bridges"].rows(named=True)
    assert (bridge["alias_id_l"], bridge["alias_id_r"], bridge["aliases_apart"]) == ("a0", "a1", 1)
    side = set(tables["identity_bridge_sides"]["alias_id"])
    assert side in ({"a0", "a4"}, {"a1"})
    assert tables["identity_health"].filter(pl.col("bridges") == 1)["identity_id"].to_list() == [bridge["identity_id"]]


@pytest.mark.parametrize(("share", "found"), [(0.6, 1), (0.01, 2)])
def test_a_pruned_run_joins_only_parties_that_can_exceed_a_limit(
    engine: DuckDBEngine, share: float, found: int
) -> None:
    two = parties(row("Robert Aldine"), row("ALDINE, BOB"))
    made = run(engine, two, brought={"a0": share, "a1": share})
    assert made["identity_members"]["identity_id"].n_unique() == found
    how = made["identity_resolution"].row(0, named=True)
    assert (how["kind"], how["parties"], how["regrouped_parties"]) == ("pruned", 2, 2 if found == 1 else 0)


@pytest.mark.parametrize("threads", [1, 3])
def test_it_works_on_as_many_threads_as_its_engine(monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    asked = []

    class Watched(ThreadPoolExecutor):
        def __init__(self, most: int, *others: object) -> None:
            asked.append(most)
            super().__init__(most)

    for module in ("scoring.scored", "candidates.pairing"):
        monkeypatch.setattr(f"analytics.identity.{module}.ThreadPoolExecutor", Watched)
    with DuckDBEngine(threads=threads) as engine:
        run(engine, parties(*ROBERTS))
    assert max(asked) == threads
