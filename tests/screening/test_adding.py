"""A file that is added: new parties join those that are there, and nobody else moves."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

import analytics
from analytics.cli.summary import summary_lines
from analytics.identity.incremental.joining import resolve_again
from analytics.identity.incremental.known import Known
from analytics.identity.incremental.state import FrozenState
from analytics.identity.records.preparing import prepare
from analytics.identity.scoring.scorer import default_scorer
from analytics.synth import synthesize

ADDED = 50
"""Shipments of each of the two later files."""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Made-up shipments in three files: most of them, and two further days."""
    folder = tmp_path_factory.mktemp("adding")
    synthesize(folder, shipments=1_000, weeks=6, seed=7)
    rows = pl.read_csv(folder / "shipments.csv", infer_schema=False).sort("arrival_date", "shipment_id")
    parts = [rows.head(rows.height - 2 * ADDED), rows.tail(2 * ADDED).head(ADDED), rows.tail(ADDED)]
    for name, part in zip("abc", parts, strict=True):
        part.write_csv(folder / f"{name}.csv")
    return [folder / f"{name}.csv" for name in "abc"]


@pytest.fixture(scope="module")
def stores(files, tmp_path_factory):
    """The store after each file."""
    folder = tmp_path_factory.mktemp("added")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        runs = []
        for file in files:
            run = analytics.screen(file, folder / "store")
            tables = ("aliases", "identity_links", "identity_changes", "identity_thresholds")
            kept = {name: run.table(name).collect() for name in tables}
            runs.append((run, kept, run.last_run.settings["who_is_who"]))
        return runs


def partition(aliases):
    named = aliases.drop_nulls("identity_id")
    return {frozenset(ids) for ids in named.group_by("identity_id").agg("alias_id")["alias_id"].to_list()}


def test_the_first_screening_compares_everybody_and_the_next_only_whoever_is_new(stores):
    (_, _, first), (_, _, second), (_, _, third) = stores
    assert (first["kind"], second["kind"], third["kind"]) == ("everybody", "added", "added")
    assert first["compared_pairs"] == first["pairs"]
    for added in (second, third):
        assert 0 < added["new_parties"] <= ADDED
        assert added["compared_pairs"] < added["pairs"] / 4
        assert added["regrouped_parties"] < added["parties"] / 3
        assert added["counted_parties"] == first["parties"]


def test_the_identities_are_those_of_everybody_resolved_under_what_was_frozen(stores):
    run, tables, _ = stores[-1]
    aliases = tables["aliases"].sort("alias_id")
    records = prepare(aliases, {})
    state = FrozenState.load(run.root / run.state.remembered / "frozen_state.parquet")
    everybody = resolve_again(records, state, Known.nothing(), state.learned(default_scorer()), 0.5)
    group = [everybody.found.group[record] if record >= 0 else None for record in records.row_record.tolist()]
    named = aliases.with_columns(identity_id=pl.Series(group, dtype=pl.Int64))
    assert partition(tables["aliases"]) == partition(named)
    told = everybody.found.probability >= 0.05
    assert int(told.sum()) == tables["identity_links"].filter(~pl.col("evidence").str.contains('"keys"')).height


def test_every_change_has_its_cause_and_none_is_the_models(stores):
    for run, tables, _ in stores[1:]:
        changes = tables["identity_changes"].filter(run_id=run.run_id)
        assert changes.height
        assert set(changes["cause"]) == {"data"}


@pytest.mark.parametrize("place", [0, -1])
def test_the_evidence_that_was_kept_still_sums_to_the_probability(stores, place):
    _, tables, _ = stores[place]
    links = tables["identity_links"].filter(pl.col("probability") < 1 - 1e-6)
    weights = pl.col("evidence").str.json_decode(pl.List(pl.Struct({"weight": pl.Float64})))
    odds = links.select(weights.list.eval(pl.element().struct.field("weight")).list.sum()).to_series()
    said = 1 / (1 + 2 ** (-odds))
    assert (said - links["probability"]).abs().max() < 0.002
    for note in ("caution", "calibration"):
        assert links["evidence"].str.contains(f'"feature":"{note}"', literal=True).any()


def test_the_summary_says_what_was_compared(stores):
    run, _, how = stores[-1]
    (line,) = [line for line in summary_lines(run) if line.startswith("new parties")]
    assert f"{how['new_parties']:,}" in line
    assert f"{how['compared_pairs']:,} pairs compared" in line


def test_names_are_counted_anew_where_the_store_has_grown_or_it_is_asked_for(files, tmp_path, monkeypatch):
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
    (tmp_path / "c.toml").write_text("[parameters]\nmax_growth = 0.0\n")
    analytics.screen(files[1], tmp_path / "store")
    grown = analytics.screen(files[2], tmp_path / "store")
    assert grown.last_run.settings["who_is_who"]["kind"] == "everybody"
    assert grown.last_run.settings["parameters"]["max_growth"] == str(Decimal("0.2"))
    asked = analytics.screen(store=tmp_path / "store", config=tmp_path / "c.toml")
    assert asked.last_run.settings["who_is_who"]["kind"] == "everybody"
    assert asked.table("aliases").collect().equals(grown.table("aliases").collect())


def test_a_store_filled_by_files_and_screened_anew_is_one_filled_at_once(files, stores, tmp_path, monkeypatch):
    """A screening anew settles who had joined under older counts, and lists it; a second one lists nothing."""
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
    at_once = analytics.screen(files, tmp_path / "once").table("aliases").collect()
    shutil.copytree(stores[-1][0].root, tmp_path / "store")
    (tmp_path / "anew.toml").write_text("[parameters]\nmax_growth = 0.0\n")
    first = analytics.screen(store=tmp_path / "store", config=tmp_path / "anew.toml")
    named = first.table("aliases").collect()
    assert partition(named) == partition(at_once)
    second = analytics.screen(store=tmp_path / "store", config=tmp_path / "anew.toml", start=date(2025, 1, 1))
    assert second.run_id != first.run_id
    assert second.table("aliases").collect().equals(named)
    changes = second.table("identity_changes").collect()
    assert changes.filter(run_id=second.run_id).is_empty()
    told = changes.filter(run_id=first.run_id, cause="model").height
    lines = [line for line in summary_lines(first) if line.startswith("counted anew")]
    assert [f"{told:,}" in line for line in lines] == ([True] if told else [])
    assert not [line for line in summary_lines(second) if line.startswith("counted anew")]


def test_a_screening_of_nothing_new_compares_nobody(stores, tmp_path, monkeypatch):
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
    run, tables, _ = stores[-1]
    shutil.copytree(run.root, tmp_path / "store")
    again = analytics.screen(store=tmp_path / "store", start=date(2025, 1, 1))
    how = again.last_run.settings["who_is_who"]
    assert (how["kind"], how["new_parties"], how["compared_pairs"], how["regrouped_parties"]) == ("added", 0, 0, 0)
    assert again.table("identity_links").collect().equals(tables["identity_links"])
