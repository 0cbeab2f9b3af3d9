"""Why the figures moved: int_shipments__compared_with_last_run and mart_run_changes, run after run."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

import analytics
from analytics.contracts.paths import sql_folder
from tests.rows import PEOPLE, write_rows
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


@pytest.fixture(scope="module")
def told_of(tmp_path_factory):
    """What is told of each of four people whose day is known, once the next file brings something about each."""
    folder = tmp_path_factory.mktemp("changes")
    days = [
        {**who, **piece, "shipment_id": f"{name} {n}"} for name, who in PEOPLE.items() for n, piece in enumerate(DAY, 1)
    ]
    news = {
        "Ann Ash": [{"shipment_id": f"N{place}", "arrival_date": "2025-03-20"} for place in (1, 2)],
        "Bo Beech": [{"shipment_id": "L1", "declared_value": "55.00"}],
        "Cy Cedar": [{"shipment_id": "Cy Cedar 2", "declared_value": "380.00", "declared_at": "2025-03-20T10:00:00Z"}],
        "Di Dogwood": [{"shipment_id": "Di Dogwood 2", "record_action": "cancel"}],
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        before = named_flags(analytics.screen(write_rows(folder / "in.csv", days), folder / "store"))
        rows = [{**PEOPLE[name], **row} for name, rows in news.items() for row in rows]
        run = analytics.screen(write_rows(folder / "next.csv", rows), folder / "store")
    names = before | named_flags(run)
    changes = run.table("run_changes").collect().rows(named=True)
    assert {row["run_id"] for row in changes} == {run.run_id}
    return lambda name, columns=("change", "cause", "usd_change"): [
        tuple(row[column] for column in columns) for row in changes if names[row["flag_id"]] == name
    ]


def named_flags(run):
    """Whose shipments each flag is about."""
    names = run.table("shipments").select("shipment_uid", name="consignee_name")
    members = run.table("flag_shipments").join(names, on="shipment_uid").select("flag_id", "name").unique()
    return dict(members.collect().rows())


def test_a_later_day_is_new_data(told_of):
    assert told_of("Ann Ash") == [("appeared", "new_data", Decimal("900.00"))]


def test_a_change_names_strength_and_last_day_of_its_flag_even_where_that_is_gone(told_of):
    assert told_of("Di Dogwood", ("change", "strength", "window_end")) == [("gone", "objective", date(2025, 3, 14))]


def test_rows_of_an_older_program_are_kept_without_what_it_did_not_write(write, store, screened_once):
    screened_once(write(*DAY), store)
    analytics.screen(write({"shipment_id": "L1", "declared_value": "55.00"}, name="late.csv"), store)
    file = sorted((store / "tables").glob("*/run_changes.parquet"))[-1]
    pl.read_parquet(file).drop("strength", "window_end").write_parquet(file)
    list_again(store, file)
    later = [{"shipment_id": f"N{place}", "arrival_date": "2025-03-20"} for place in (1, 2)]
    run = analytics.screen(write(*later, name="next.csv"), store)
    found = run.table("run_changes").select("change", "window_end").collect()
    assert set(found.rows()) == {("changed", None), ("appeared", date(2025, 3, 20))}


def test_another_piece_of_a_known_day_is_late_data_and_changes_the_flag(told_of):
    assert told_of("Bo Beech") == [("changed", "late_data", Decimal("55.00"))]


def test_an_amended_value_is_late_data(told_of):
    assert ("changed", "late_data", Decimal("-20.00")) in told_of("Cy Cedar")


def test_a_cancelled_piece_takes_the_flag_away(told_of):
    assert told_of("Di Dogwood") == [("gone", "late_data", Decimal("-850.00"))]


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


def test_the_amounts_of_every_run_add_up_to_its_difference(write, store, screened_once):
    """Several causes at once, over several runs; what was told before is still there."""
    runs = [screened_once(write(*DAY), store)]
    steps = [
        ({"shipment_id": "B1", "consignee_name": "Bo Ek", "consignee_address": "1 Pine Rd"},
         {"shipment_id": "L1", "declared_value": "20.00"}, {"shipment_id": "N1", "arrival_date": "2025-04-02"}),
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
