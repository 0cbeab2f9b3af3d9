"""Why the figures moved: int_shipments__compared_with_last_run and mart_run_changes, run after run."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

import analytics
from analytics.contracts.paths import sql_folder
from tests.stores import list_again

DAY = ({}, {"declared_value": "400.00"})
"""Two pieces of one person on one day: 850 together."""


def told(run):
    rows = run.table("run_changes").filter(pl.col("run_id") == run.run_id).collect()
    return [(row["change"], row["cause"], row["usd_change"]) for row in rows.iter_rows(named=True)]


def total(run):
    flags = run.table("flags").filter(~pl.col("is_suppressed")).collect()
    return flags["total_usd"].sum() or Decimal(0)


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


def test_the_first_run_is_held_against_nothing(write, store, screened_once):
    run = screened_once(write(*DAY), store)
    assert total(run) == 850
    assert run.table("run_changes").collect().is_empty()


def test_a_later_day_is_new_data(write, store, screened_once):
    screened_once(write(*DAY), store)
    later = [{"shipment_id": f"N{place}", "arrival_date": "2025-03-20"} for place in (1, 2)]
    run = analytics.screen(write(*later, name="next.csv"), store)
    assert told(run) == [("appeared", "new_data", Decimal("900.00"))]


def test_another_piece_of_a_known_day_is_late_data_and_changes_the_flag(write, store, screened_once):
    screened_once(write(*DAY), store)
    run = analytics.screen(write({"shipment_id": "L1", "declared_value": "55.00"}, name="late.csv"), store)
    assert told(run) == [("changed", "late_data", Decimal("55.00"))]


def test_an_amended_value_is_late_data(write, store, screened_once):
    screened_once(write(*DAY), store)
    amended = {"shipment_id": "S2", "declared_value": "380.00", "declared_at": "2025-03-20T10:00:00Z"}
    run = analytics.screen(write(amended, name="amended.csv"), store)
    assert ("changed", "late_data", Decimal("-20.00")) in told(run)


def test_a_cancelled_piece_takes_the_flag_away(write, store, screened_once):
    screened_once(write(*DAY), store)
    run = analytics.screen(write({"shipment_id": "S2", "record_action": "cancel"}, name="cancel.csv"), store)
    assert told(run) == [("gone", "late_data", Decimal("-850.00"))]


def test_a_judgement_is_named_as_the_cause(write, store):
    strangers = (
        {},
        {"consignee_name": "Zoe Park", "consignee_address": "9 Oak Ave", "consignee_phone": "555-010-7788"},
    )
    run = analytics.screen(write(*strangers), store)
    one, other = run.table("aliases").collect()["alias_id"].to_list()
    assert total(run) == 0
    run.judge(one, other, "same", by="tester")
    again = analytics.screen((), store)
    assert told(again) == [("appeared", "judgements", Decimal("900.00"))]


def test_another_law_is_named_as_the_cause(write, store, tmp_path, screened_once):
    screened_once(write(*DAY), store)
    rules = tmp_path / "rules"
    rules.mkdir()
    text = (sql_folder() / "00_reference" / "ref_limits.csv").read_text(encoding="utf-8")
    (rules / "ref_limits.csv").write_text(text.replace(",800.00,", ",900.00,"), encoding="utf-8")
    run = analytics.screen((), store, rules=rules)
    assert told(run) == [("gone", "rules", Decimal("-850.00"))]


def test_another_setting_is_named_as_the_cause(write, store, tmp_path, screened_once):
    screened_once(write(*DAY), store)
    config = tmp_path / "settings.toml"
    config.write_text("[parameters]\nmin_pieces = 3\n", encoding="utf-8")
    run = analytics.screen((), store, config=config)
    assert told(run) == [("gone", "settings", Decimal("-850.00"))]


def test_nothing_new_adds_nothing(write, store, screened_once):
    file = write(*DAY)
    screened_once(file, store)
    assert not analytics.screen(file, store).changed


def test_the_amounts_of_every_run_add_up_to_its_difference(write, store):
    """Several causes at once, over several runs; what was told before is still there."""
    runs = [analytics.screen(write(*DAY, {"consignee_name": "Bo Ek", "consignee_address": "1 Pine Rd"}), store)]
    steps = [
        ({"shipment_id": "L1", "declared_value": "20.00"}, {"shipment_id": "N1", "arrival_date": "2025-04-02"}),
        ({"shipment_id": "N2", "arrival_date": "2025-04-02", "declared_value": "390.00"},
         {"shipment_id": "S1", "declared_value": "440.00", "declared_at": "2025-04-03T10:00:00Z"}),
        ({"shipment_id": "S1", "record_action": "cancel"}, {"shipment_id": "N3", "arrival_date": "2025-04-02"}),
    ]  # fmt: skip
    for number, rows in enumerate(steps):
        totals = total(runs[-1])
        runs.append(analytics.screen(write(*rows, name=f"step{number}.csv"), store))
        changes = told(runs[-1])
        assert sum(usd for _, _, usd in changes) == total(runs[-1]) - totals
        assert changes
    ids = [run.run_id for run in runs[1:]]
    assert set(runs[-1].table("run_changes").collect()["run_id"]) == set(ids)


def test_a_store_of_an_older_program_is_held_against_nothing(write, store, screened_once):
    screened_once(write(*DAY), store)
    (tables,) = sorted((store / "tables").iterdir())
    old = pl.read_parquet(tables / "flags.parquet").drop("is_suppressed")
    old.write_parquet(tables / "flags.parquet")
    list_again(store, tables / "flags.parquet")
    run = analytics.screen(write({"shipment_id": "L1", "declared_value": "55.00"}, name="late.csv"), store)
    assert told(run) == []
