"""From a file to flags, and what a store does with the next file."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

import analytics
from analytics.errors import StoreLocked, UsageError
from analytics.store import begin

SPLIT = ({}, {"consignee_name": "LOPEZ, MARIA", "consignee_address": "12 Elm Street #4-B", "carrier_code": "DHL"})


def flags(run, typology="daily_limit"):
    return run.table("flags").collect().filter(typology=typology)


def digests(root, *without):
    files = [file for file in sorted(root.glob("tables/*/*.parquet")) if file.stem not in without]
    return {file.stem: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_one_person_under_two_spellings_on_one_day_is_flagged(write, tmp_path, screened_once):
    run = screened_once(write(*SPLIT), tmp_path / "store")
    flag = flags(run).row(0, named=True)
    assert (flag["shipments"], flag["total_usd"], flag["excess_usd"]) == (2, Decimal("900.00"), Decimal("100.00"))
    assert flag["strength"] == "objective"
    assert (run.read, run.accepted, run.rejected, run.repeated) == (2, 2, 0, 0)


def test_exactly_the_limit_passes_one_piece_over_it_is_no_split_and_two_days_are_two(write, tmp_path):
    seconds = {
        "Ann Ash": {"declared_value": "349.99"},
        "Bo Beech": {"declared_value": "350.00"},
        "Cy Cedar": {"declared_value": "350.01"},
        "Di Dogwood": {"declared_value": "800.01"},
        "Ed Elder": {"arrival_date": "2025-03-15"},
    }
    rows = [
        {"consignee_name": name, "consignee_address": f"{7 * number} Oak St", "consignee_phone": f"217-555-02{number}"}
        for number, name in enumerate(seconds, start=10)
    ]
    run = analytics.screen(
        write(*(row | change for row in rows for change in ({}, seconds[row["consignee_name"]]))), tmp_path / "store"
    )
    names = run.table("shipments").collect().select("identity_id", "consignee_name").unique()
    assert names.height == len(seconds)
    assert flags(run).join(names, on="identity_id")["consignee_name"].to_list() == ["Cy Cedar"]


def test_nobody_is_not_a_person(write, tmp_path):
    run = analytics.screen(write({}, {}, consignee_name="TO ORDER"), tmp_path / "store")
    assert flags(run).is_empty()
    assert run.table("shipments").collect()["identity_id"].to_list() == [None, None]
    assert run.table("identities").collect().is_empty()


def test_the_same_file_again_changes_nothing(write, tmp_path, screened_once):
    file, store = write(*SPLIT), tmp_path / "store"
    screened_once(file, store)
    before = digests(store), (store / "store.json").read_bytes()
    again = analytics.screen(file, store)
    assert not again.changed
    assert again.inputs[0].skipped
    assert (digests(store), (store / "store.json").read_bytes()) == before


def test_the_same_rows_in_another_file_are_counted_and_change_no_table(write, tmp_path, screened_once):
    first = screened_once(write(*SPLIT), tmp_path / "store")
    before = digests(first.root, "runs")
    again = write(*reversed([{**change, "shipment_id": f"S{at}"} for at, change in enumerate(SPLIT, 1)]), name="b.csv")
    second = analytics.screen(again, tmp_path / "store")
    assert (second.read, second.accepted, second.repeated) == (2, 0, 2)
    assert [json.loads(inputs)[0]["repeated"] for inputs in second.table("runs").collect()["inputs"]] == [0, 2]
    assert digests(second.root, "runs") == before
    assert not analytics.screen(again, tmp_path / "store").changed


def test_the_same_input_gives_the_same_bytes(write, tmp_path):
    file = write(
        *SPLIT, {"consignee_name": "UNKNOWN"}, {"declared_value": "-1"}, {"order_id": "A1-1"}, {"order_id": "A1-2"}
    )
    for name in ("one", "two"):
        analytics.screen(file, tmp_path / name)
    assert digests(tmp_path / "one", "runs") == digests(tmp_path / "two", "runs")


def test_a_new_file_is_added_and_makes_the_split_visible(write, tmp_path):
    store = tmp_path / "store"
    first = analytics.screen(write({}, name="monday.csv"), store)
    assert flags(first).is_empty()
    second = analytics.screen(write({"shipment_id": "S9"}, name="tuesday.csv"), store)
    assert flags(second)["shipments"].to_list() == [2]
    assert [run["run_id"] for run in second.table("runs").collect().iter_rows(named=True)] == [
        first.run_id,
        second.run_id,
    ]


def test_an_identity_keeps_its_id_when_new_spellings_come(write, tmp_path):
    store = tmp_path / "store"
    before = analytics.screen(write({}, name="1.csv"), store).table("identities").collect()["identity_id"].to_list()
    later = write({"shipment_id": "S9", "consignee_name": "LOPEZ, MARIA"}, name="2.csv")
    assert analytics.screen(later, store).table("identities").collect()["identity_id"].to_list() == before


def test_a_replaced_shipment_is_kept_as_an_earlier_version(write, tmp_path):
    store = tmp_path / "store"
    analytics.screen(write({}, {"shipment_id": "S2"}, name="1.csv"), store)
    run = analytics.screen(write({"shipment_id": "S2", "declared_value": "100.00"}, name="2.csv"), store)
    assert flags(run).is_empty()
    earlier = run.table("shipment_versions").collect().row(0, named=True)
    assert (earlier["shipment_id"], earlier["declared_value"]) == ("S2", Decimal("450.00"))
    assert earlier["replaced_by_file"].endswith("2.csv")


def test_a_cancelled_shipment_is_gone_from_the_day(write, tmp_path):
    store = tmp_path / "store"
    analytics.screen(write({}, {}, name="1.csv"), store)
    cancel = {"shipment_id": "S2", "record_action": "cancel"}
    run = analytics.screen(write(cancel, name="2.csv"), store)
    assert run.table("shipments").collect()["shipment_id"].to_list() == ["S1"]
    assert flags(run).is_empty()


def test_only_the_period_asked_for_is_screened(write, tmp_path):
    file = write(*SPLIT)
    assert flags(analytics.screen(file, tmp_path / "in", start=date(2025, 3, 14), end=date(2025, 3, 14))).height == 1
    assert flags(analytics.screen(file, tmp_path / "out", start=date(2025, 3, 15))).is_empty()


def test_a_limit_of_ones_own_replaces_the_table(write, tmp_path):
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "ref_limits.csv").write_text(
        "rule_id,regime,provision,origin_scope,mode_scope,grouping_key,limit_amount,limit_currency,status,"
        "valid_from,valid_to,source,confidence\n"
        "OWN-1,us,a2C,ALL,ALL,person_day,1000.00,USD,eligible,2000-01-01,,house rule,S\n"
    )
    assert flags(analytics.screen(write(*SPLIT), tmp_path / "store", rules=rules)).is_empty()


def test_other_settings_rebuild_the_tables(write, tmp_path, screened_once):
    file, store = write(*SPLIT), tmp_path / "store"
    screened_once(file, store)
    run = analytics.screen(file, store, start=date(2025, 3, 15))
    assert run.changed
    assert flags(run).is_empty()


def test_the_second_run_at_once_is_refused(write, tmp_path):
    file = write({})
    with begin(tmp_path / "store"), pytest.raises(StoreLocked):
        analytics.screen(file, tmp_path / "store")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"regime": "mars"}, "--regime 'mars'"),
        ({"engine": "abacus"}, "--engine 'abacus'"),
        ({"start": date(2025, 2, 1), "end": date(2025, 1, 1)}, "ends .* before it starts"),
    ],
)
def test_a_wrong_call_is_refused_before_anything_is_touched(write, tmp_path, options, says):
    with pytest.raises(UsageError, match=says):
        analytics.screen(write({}), tmp_path / "store", **options)
    assert not (tmp_path / "store").exists()


def test_a_flag_is_explained_row_by_row(write, tmp_path, screened_once):
    run = screened_once(write(*SPLIT), tmp_path / "store")
    told = run.explain(flags(run)["flag_id"][0])
    assert told.frames["shipments"].height == 2
    assert "450.00 USD" in str(told)
    assert "in.csv:2" in str(told)
    identity = run.explain(run.table("identities").collect()["identity_id"][0])
    assert "2 aliases" in str(identity)


def test_what_is_unknown_is_not_explained(write, tmp_path):
    with pytest.raises(UsageError, match="is no flag, identity or alias"):
        analytics.screen(write({}), tmp_path / "store").explain("f000")


def test_a_tax_id_is_nowhere_in_the_store(write, tmp_path):
    file = write({}, {"declared_value": "x"}, consignee_tax_id="123-45-6789")
    analytics.screen(file, tmp_path / "store")
    stored = [pl.read_parquet(path).write_json() for path in (tmp_path / "store").rglob("*.parquet")]
    stored.append((tmp_path / "store" / "store.json").read_text())
    assert len(stored) > 10
    assert not [form for form in ("123-45-6789", "123456789") if form in "".join(stored)]
