"""From verdicts in a store to a model that weighs otherwise, and back."""

from __future__ import annotations

import json
import shutil
from random import Random

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

import analytics
from analytics.cli.main import app
from analytics.errors import UsageError
from analytics.identity import MODEL_VERSION
from analytics.identity.records.preparing import prepare
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.refit import PRIOR, refitted, shifted
from analytics.identity.scoring.scorer import default_scorer
from analytics.review.judging import Verdict, take_down
from analytics.review.refitting import gathered
from analytics.store import refit_log, refit_table
from analytics.synth import synthesize
from tests.identity.conftest import frame, row
from tests.stores import list_again


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A store of made-up shipments, large enough that a hundred pairs can be judged."""
    folder = tmp_path_factory.mktemp("refit")
    synthesize(folder, shipments=4_000, weeks=6, seed=5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        return analytics.screen(folder / "shipments.csv", folder / "store")


@pytest.fixture
def store(made, tmp_path, monkeypatch):
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
    shutil.copytree(made.root, tmp_path / "store")
    return analytics.open_store(tmp_path / "store")


def pairs(store):
    """Compared pairs of aliases by probability, equal ones left out."""
    links = store.table("identity_links").filter(pl.col("probability") < 1).collect()
    return (
        links.sort("probability", "alias_id_l", "alias_id_r").select("alias_id_l", "alias_id_r", "probability").rows()
    )


def say(store, rule, by="ann", pick=None):
    """Judge the pairs in doubt, and some that are not, by a rule on the probability."""
    chosen = [pair for pair in pairs(store) if 0.05 < pair[2] < 0.999] if pick is None else pick
    take_down(store, [Verdict(left, right, rule(chance)) for left, right, chance in chosen], by)
    return analytics.open_store(store.root)


def strict(chance):
    """A person who wants more than the model does: its 0.9 is not enough."""
    return "same" if chance > 0.97 else "different"


def test_people_who_want_more_than_the_model_move_it(store):
    judged = say(store, strict)
    dry = judged.refit(dry_run=True)
    assert not dry.is_adopted
    assert dry.trial.refusals == []
    assert refit_log(store.root, analytics.open_store(store.root).state) == []
    found = judged.refit(by="ann")
    assert found.is_adopted
    assert found.trial.shift.prior < 0
    assert found.trial.after.log_loss < found.trial.before.log_loss
    assert found.trial.after.wrong_merges < found.trial.before.wrong_merges
    assert found.would_part > 0 == found.would_join
    (entry,) = refit_log(store.root, analytics.open_store(store.root).state)
    assert (entry["event"], entry["base"], entry["by"], entry["version"]) == (
        "adopted", MODEL_VERSION, "ann", found.version,
    )  # fmt: skip


def test_the_next_screening_uses_it_and_it_can_be_withdrawn(store):
    before = pairs(store)
    found = say(store, strict).refit()
    run = analytics.screen(store=store.root)
    assert run.last_run.model_version == found.version != MODEL_VERSION
    after = {(left, right): chance for left, right, chance in pairs(run)}
    shared = [(chance, after[left, right]) for left, right, chance in before if (left, right) in after]
    moved = [(then, now) for then, now in shared if then != now]  # what is told at most as files bear out stays there
    assert len(moved) > 0.8 * len(shared)
    assert sum(now < then for then, now in moved) > 0.8 * len(moved)
    link = run.table("identity_links").filter(pl.col("probability").is_between(0.46, 0.99)).collect().row(0, named=True)
    weight = sum(item["weight"] for item in json.loads(link["evidence"]))
    assert 1 / (1 + 2**-weight) == pytest.approx(link["probability"], abs=0.01)
    assert run.table("refits").collect()["event"].to_list() == ["adopted"]

    assert run.withdraw_refit(by="bob") == found.version
    again = analytics.screen(store=store.root)
    assert again.last_run.model_version == MODEL_VERSION
    assert pairs(again) == before
    assert again.table("refits").collect()["event"].to_list() == ["adopted", "withdrawn"]
    with pytest.raises(UsageError, match="no refit is in force"):
        again.withdraw_refit()


def test_verdicts_at_random_move_nothing(store):
    draw = Random(7)
    found = say(store, lambda _: draw.choice(("same", "different"))).refit()
    assert not found.is_adopted
    assert found.trial.refusals
    assert "not adopted:" in str(found)
    assert not analytics.screen(store=store.root).last_run.model_version.startswith(f"{MODEL_VERSION}+")


def test_few_verdicts_move_nothing(store):
    found = say(store, strict, pick=pairs(store)[-20:]).refit()
    assert "it takes 40 in all" in found.trial.refusals[0]


def test_two_people_who_disagree_teach_nothing(store):
    say(store, lambda _: "same", by="bob")
    found = say(store, strict, by="ann").refit()
    assert not found.is_adopted
    assert any("contradict" in reason for reason in found.trial.refusals)


def test_who_changes_her_own_mind_contradicts_nobody(store):
    at_once = say(store, strict, by="ann").refit(dry_run=True)
    say(store, lambda _: "same", by="ann")
    assert say(store, strict, by="ann").refit(dry_run=True).contradicted == at_once.contradicted


def evidence(store):
    store = analytics.open_store(store.root)
    aliases = store.table("aliases").sort("alias_id").collect()
    records = prepare(aliases, {})
    return gathered(store, records, dict(zip(aliases["alias_id"], records.row_record.tolist(), strict=True)))


def test_what_is_taken_back_and_what_cannot_all_be_true_is_left_out(store):
    (a, b, _), *_, (c, d, _) = [pair for pair in pairs(store) if 0.2 < pair[2] < 0.9]
    say(store, lambda _: "same", pick=[(a, b, 0), (c, d, 0)])
    assert len(evidence(store)) == 2
    say(store, lambda _: "unsure", pick=[(a, b, 0)])
    assert len(evidence(store)) == 1
    say(store, lambda _: "same", pick=[(a, c, 0)])
    assert len(set(evidence(store).cluster.tolist())) == 1
    say(store, lambda _: "different", pick=[(a, d, 0)])
    told = evidence(store)
    assert (len(told), told.contradicted) == (2, 1)


def test_the_shares_of_the_evidence_sum_to_the_log_odds_of_the_model(store):
    told = evidence(say(store, strict))
    chances = {(left, right): chance for left, right, chance in pairs(store)}
    odds = told.intercept + told.shares.sum(axis=1)
    links = store.table("identity_links").select("alias_id_l", "alias_id_r", "evidence").collect().iter_rows()
    held = {
        (left, right) for left, right, items in links if any(i["feature"] == "calibration" for i in json.loads(items))
    }
    kept = [chance for pair, chance in chances.items() if 0.5 < chance < 0.999 and pair not in held]
    assert np.isin(np.round(1 / (1 + np.exp(-odds)), 6), kept).sum() >= len(kept) - told.contradicted > 500


def test_a_refit_of_another_model_is_not_applied(store):
    found = say(store, strict).refit()
    file = next((store.root / "refits").rglob("refit.json"))
    file.write_text(json.dumps({**json.loads(file.read_text()), "base": "another-model"}))
    list_again(store.root, file)
    run = analytics.screen(store=store.root)
    assert run.last_run.model_version == MODEL_VERSION != found.version


def test_factors_and_prior_change_shares_and_log_odds_alike():
    records = prepare(frame(row("Robert Hall"), row("Bob Hall", "9 Elm St")), {})
    found = compare(Pairs(records, np.array([0]), np.array([1])))
    base = default_scorer()
    moved = shifted(base, "v", -0.5, {"surname": 2.0, "phone": 0.5})
    plain = base.shares(found, {})
    assert moved.log_odds(found, {}) == pytest.approx(
        base.log_odds(found, {}) - 0.5 + plain["surname"] - plain["phone"] / 2
    )
    same = shifted(base, "v", 0.0, {})
    assert same.log_odds(found, {}) == pytest.approx(base.log_odds(found, {}))


def test_a_refit_goes_through_its_table():
    assert refitted(default_scorer(), refit_table(None)) is default_scorer()
    table = refit_table({"version": "v", "prior": -0.25, "factors": {"phone": 0.5}})
    assert dict(table.select("term", "shift").iter_rows()) == {PRIOR: -0.25, "phone": -0.5}
    moved = refitted(default_scorer(), table)
    assert moved.version == "v"
    assert moved.weights["phone"] == pytest.approx(default_scorer().weights["phone"] / 2)
    assert moved.intercept == default_scorer().intercept - 0.25


def test_the_command_shows_both_scores_and_takes_back(store):
    say(store, strict)
    words = ["refit", "--store", str(store.root)]
    dry = CliRunner().invoke(app, [*words, "--dry-run"], catch_exceptions=False)
    assert "log loss" in dry.stdout
    assert "dry run: it would be adopted as" in dry.stdout
    done = CliRunner().invoke(app, [*words, "--by", "ann"], catch_exceptions=False)
    assert "adopted: " in done.stdout
    back = CliRunner().invoke(app, [*words, "--withdraw"], catch_exceptions=False)
    assert back.exit_code == 0
    with pytest.raises(UsageError, match="Give one of them"):
        CliRunner().invoke(app, [*words, "--withdraw", "--dry-run"], catch_exceptions=False)
