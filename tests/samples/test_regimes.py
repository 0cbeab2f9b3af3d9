"""Each regime's example file, screened from end to end: what its own rule text asks for, and nothing else."""

import shutil
from pathlib import Path

import polars as pl
import pytest

import analytics
from analytics.rulebook import known_regimes

FOLDER = Path(__file__).resolve().parents[2] / "data_samples" / "_regimes"
EXPECTED = pl.read_csv(FOLDER / "_expected.csv")
REGIMES = sorted(file.stem for file in FOLDER.glob("*.csv") if not file.stem.startswith("_"))


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    """Screens a regime's example; a screening is kept for the next who asks."""
    kept = {}

    def run(regime):
        if regime not in kept:
            store = tmp_path_factory.mktemp(regime) / "store"
            kept[regime] = analytics.screen(FOLDER / f"{regime}.csv", store, regime=regime, threads=2)
        return kept[regime]

    return run


def test_every_regime_that_ships_has_an_example():
    assert [*REGIMES, "us"] == known_regimes()


@pytest.mark.parametrize("regime", REGIMES)
def test_the_example_raises_the_flags_its_rules_ask_for(screened, regime):
    run = screened(regime)
    assert run.rejected == 0
    members = run.table("flag_shipments").group_by("flag_id").agg(shipments=pl.col("shipment_id").sort().str.join("|"))
    flags = run.table("flags").join(members, on="flag_id", suffix="_named").collect()
    found = flags.select("regime", "typology", "rule_id", "shipments_named").rows()
    assert sorted(found) == sorted(EXPECTED.filter(pl.col("regime") == regime).rows())
    assert set(flags["regime"]) == {regime}


def test_nothing_of_the_united_states_is_computed_elsewhere(screened):
    run = screened("eu")
    owed = run.table("exposure").filter(pl.col("component").is_in(["duty", "fees"])).collect()
    assert owed.height
    assert owed["is_unknown"].all()
    assert not (owed["ceiling_usd"] > 0).any()
    assert run.table("ref_hts_rates").collect().is_empty()


def test_a_regime_is_kept_with_the_run_and_another_screens_the_store_anew(screened, tmp_path):
    store = shutil.copytree(screened("eu").root, tmp_path / "store")
    run = analytics.screen((), store, regime="uk", threads=2)
    assert run.changed
    assert '"regime": "uk"' in run.last_run.as_row()["settings"]
