"""``--resolve hot``: the flags of a run over everybody, but for what needs everybody."""

import polars as pl
import pytest

import analytics
from analytics.errors import UsageError


@pytest.fixture
def shipments(write):
    """Three pieces of one person under three spellings, two of them equal once normalised; and strangers."""
    pieces = [{"consignee_name": name} for name in ("Maria Lopez", "LOPEZ, MARIA", "Maria Lopes")]
    strangers = [
        {"consignee_name": name, "consignee_address": f"{number} Oak St", "consignee_phone": f"217-555-02{number}"}
        for number, name in enumerate(("Ann Ash", "Bo Beech", "Cy Cedar", "Di Dogwood"), start=10)
    ]
    return write(*pieces, *strangers, declared_value="300.00")


@pytest.fixture
def screened(shipments, tmp_path, screened_once):
    """Screens the shipments one way or the other."""
    return lambda resolve: screened_once(shipments, tmp_path / resolve, resolve=resolve)


def test_the_split_is_found_and_strangers_are_not_compared(screened):
    pruned, whole = screened("hot"), screened("all")
    flags = [run.table("flags").collect().select("flag_id", "typology", "total_usd") for run in (pruned, whole)]
    assert flags[0]["typology"].to_list() == ["daily_limit"]
    assert flags[0].equals(flags[1])
    how = pruned.last_run.settings["who_is_who"]
    assert (how["kind"], how["parties"]) == ("pruned", 6)
    assert 2 <= how["regrouped_parties"] < 6


def test_what_was_not_tested_is_said(screened):
    status = screened("hot").table("typology_status").collect()
    told = status.filter(pl.col("tested") == "not tested: pruned run")["typology"].to_list()
    assert {"address_hub", "structuring", "inferred_order_split", "gift_split"} <= set(told)
    assert not {"daily_limit", "order_split"} & set(told)


def test_a_store_may_be_screened_pruned_first_and_whole_after(shipments, tmp_path, screened_once):
    store = tmp_path / "store"
    screened_once(shipments, store, resolve="hot")
    again, fresh = analytics.screen([], store), screened_once(shipments, tmp_path / "fresh")
    assert again.last_run.settings["parameters"]["resolve"] == "auto"
    for table in ("flags", "identities", "typology_status"):
        columns = [name for name in again.table(table).collect_schema().names() if name not in ("first_run_id",)]
        assert again.table(table).collect().select(columns).equals(fresh.table(table).collect().select(columns)), table


def test_the_configuration_may_ask_for_it(shipments, tmp_path):
    config = tmp_path / "run.toml"
    config.write_text('[parameters]\nresolve = "hot"\nhot_groups = 2\n')
    run = analytics.screen(shipments, tmp_path / "store", config=config)
    assert run.last_run.settings["who_is_who"]["kind"] == "pruned"


def test_more_consignees_than_are_all_compared_make_it_a_pruned_run(shipments, tmp_path):
    config = tmp_path / "run.toml"
    config.write_text("[parameters]\nmost_compared_whole = 5\n")
    run = analytics.screen(shipments, tmp_path / "store", config=config)
    assert run.last_run.settings["who_is_who"]["kind"] == "pruned"


def test_another_regime_is_refused(shipments, tmp_path):
    with pytest.raises(UsageError, match="for regime us only, and this run is for eu"):
        analytics.screen(shipments, tmp_path / "store", regime="eu", resolve="hot")
