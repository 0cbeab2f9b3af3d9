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
from tests.rows import PEOPLE, write_rows

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


def of(person, shipment, **change):
    return {**PEOPLE[person], "shipment_id": shipment, **change}


@pytest.fixture(scope="module")
def two_days(tmp_path_factory):
    """What a store says after a file of four people, and after the next one, which adds, respells, amends, cancels."""
    folder = tmp_path_factory.mktemp("days")
    first = [of("Ann Ash", "A1"), of("Bo Beech", "B1"), *(of("Cy Cedar", f"C{n}") for n in (1, 2))]
    first += [of("Di Dogwood", f"D{n}") for n in (1, 2)]
    second = [
        of("Ann Ash", "A2"),
        of("Bo Beech", "B2", consignee_name="BEECH, BO", arrival_date="2025-03-20"),
        of("Cy Cedar", "C2", declared_value="100.00"),
        of("Di Dogwood", "D2", record_action="cancel"),
    ]
    told = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        for name, rows in (("1.csv", first), ("2.csv", second)):
            run = analytics.screen(write_rows(folder / name, rows), folder / "store")
            told.append((run, {table: run.table(table).collect() for table in TOLD}))
    return told


TOLD = ("flags", "shipments", "shipment_versions", "runs")


def flagged(tables):
    """Names of the people with a flag, and shipments of it."""
    names = tables["shipments"].select("identity_id", name="consignee_name").unique("identity_id")
    return dict(
        tables["flags"].filter(typology="daily_limit").join(names, on="identity_id")["name", "shipments"].rows()
    )


def test_a_new_file_is_added_and_makes_the_split_visible(two_days):
    (first, before), (second, after) = two_days
    assert flagged(before) == {"Cy Cedar": 2, "Di Dogwood": 2}
    assert flagged(after) == {"Ann Ash": 2}
    assert after["runs"]["run_id"].to_list() == [first.run_id, second.run_id]


def test_an_identity_keeps_its_id_when_new_spellings_come(two_days):
    (_, before), (_, after) = two_days
    (identity,) = before["shipments"].filter(shipment_id="B1")["identity_id"]
    assert (
        after["shipments"].filter(pl.col("shipment_id").is_in(["B1", "B2"]))["identity_id"].to_list() == [identity] * 2
    )


def test_a_replaced_shipment_is_kept_as_an_earlier_version(two_days):
    _, (_, after) = two_days
    assert "Cy Cedar" not in flagged(after)
    (earlier,) = after["shipment_versions"].filter(shipment_id="C2").rows(named=True)
    assert earlier["declared_value"] == Decimal("450.00")
    assert earlier["replaced_by_file"].endswith("2.csv")


def test_a_cancelled_shipment_is_gone_from_the_day(two_days):
    _, (_, after) = two_days
    assert after["shipments"].filter(pl.col("shipment_id").str.starts_with("D"))["shipment_id"].to_list() == ["D1"]
    assert "Di Dogwood" not in flagged(after)


def test_only_the_period_asked_for_is_screened(write, tmp_path, screened_once):
    days = [date(2025, 3, day) for day in (13, 14, 15)]
    file = write(*({"arrival_date": f"{day}"} for day in days for _ in range(2)))
    assert flags(screened_once(file, tmp_path / "all"))["window_start"].sort().to_list() == days
    found = flags(analytics.screen(file, tmp_path / "store", start=days[1], end=days[1]))
    assert found["window_start"].to_list() == [days[1]]


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
        ({"engine": "abacus"}, "engine is str 'abacus'. Give 'duckdb' or 'spark'"),
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


def test_what_is_unknown_is_not_explained(write, tmp_path, screened_once):
    with pytest.raises(UsageError, match="is no flag, identity or alias"):
        screened_once(write(*SPLIT), tmp_path / "store").explain("f000")


def test_a_tax_id_is_nowhere_in_the_store(write, tmp_path):
    file = write({}, {"declared_value": "x"}, consignee_tax_id="123-45-6789")
    analytics.screen(file, tmp_path / "store")
    stored = [pl.read_parquet(path).write_json() for path in (tmp_path / "store").rglob("*.parquet")]
    stored.append((tmp_path / "store" / "store.json").read_text())
    assert len(stored) > 10
    assert not [form for form in ("123-45-6789", "123456789") if form in "".join(stored)]
