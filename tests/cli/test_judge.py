"""`splitship judge` takes one verdict, and `splitship screen` without input applies it."""

import polars as pl
import pytest
from typer.testing import CliRunner

import analytics
from analytics.cli.main import app
from analytics.errors import UsageError

HEADER = "shipment_id,arrival_date,consignee_name,consignee_address,declared_value,entry_type,mode,origin_country\n"
LINES = "S1,2025-03-14,Ann Ho,1 Elm St,450,86,air,DE\nS2,2025-03-14,Bo Ek,9 Oak Ave,450,86,air,DE\n"


def called(*words):
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0
    return done


@pytest.fixture
def store(tmp_path, monkeypatch, screened_once):
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
    (tmp_path / "in.csv").write_text(HEADER + LINES)
    return screened_once(tmp_path / "in.csv", tmp_path / "store")


def test_a_verdict_is_kept_applied_and_told(store):
    ids = store.table("aliases").collect()["alias_id"]
    told = called("judge", *ids, "--same", "--by", "ann", "--note", "one door", "--store", store.root)
    assert told.stdout == ""
    assert f"splitship screen --store {store.root}" in told.stderr
    again = called("screen", "--store", store.root, "--no-progress")
    assert "judgements                    1   1 kept" in again.stderr
    rows = analytics.open_store(store.root).table("judgements").select("judged_by", "note", "verdict").collect()
    assert rows.rows() == [("ann", "one door", "same")]


@pytest.mark.parametrize("options", [(), ("--same", "--different")])
def test_one_verdict_and_only_one(store, options):
    ids = store.table("aliases").select(pl.col("alias_id")).collect()["alias_id"]
    with pytest.raises(UsageError, match="Give one of"):
        called("judge", *ids, *options, "--store", store.root)
