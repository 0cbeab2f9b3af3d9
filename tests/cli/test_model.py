"""`splitship model` shows how a table is made, and its rows in a store that stays as it is."""

import pytest
from typer.testing import CliRunner

from analytics.cli.main import app
from analytics.errors import UsageError

HEADER = "shipment_id,arrival_date,consignee_name,consignee_address,declared_value,entry_type,mode,origin_country\n"


@pytest.fixture
def store(tmp_path, monkeypatch, screened_once):
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
    (tmp_path / "in.csv").write_text(
        HEADER + "".join(f"S{n},2025-03-14,Ann Ho,1 Elm St,{450 + n},86,air,DE\n" for n in range(3))
    )
    return screened_once(tmp_path / "in.csv", tmp_path / "store").root


def shown(*options):
    done = CliRunner().invoke(app, ["model", *map(str, options)], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_shows_where_it_stands_its_grain_and_both_ends():
    lines = shown("int_members__daily_limit").splitlines()
    assert lines[0] == "int_members__daily_limit"
    assert "made by    sql/typologies/daily_limit/int_members__daily_limit.sql" in lines
    assert "grain      flag_id, shipment_uid" in lines
    assert "reads      int_crossings__daily_limit, int_shipments__matched_to_rules" in lines


def test_a_step_in_python_is_named_by_its_module():
    assert "made by    analytics.exposure.step (Python)" in shown("exposure")


def test_lists_every_model_once_under_its_room():
    lines = shown().splitlines()
    assert "sql/20_intermediate/days/" in lines
    assert len([line for line in lines if line.startswith("  int_shipments__summed_to_identity_day: ")]) == 1


def test_prints_the_sql_and_nothing_else():
    assert shown("mart_flags", "--sql").startswith("-- One indicator")


def test_sql_of_a_step_in_python_is_refused():
    with pytest.raises(UsageError, match=r"made in Python by analytics\.exposure\.step"):
        shown("exposure", "--sql")


def test_a_list_has_no_rows_and_no_sql():
    with pytest.raises(UsageError, match="Name it: splitship model NAME"):
        shown("--sql")


def test_runs_a_model_on_a_store_and_leaves_the_store_as_it_is(store):
    before = {path: path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()}
    lines = shown("int_crossings__suspended_claim", "--store", store, "--rows", 2).splitlines()
    rows = shown("int_shipments__summed_to_identity_day", "--store", store, "--rows", 1)
    assert lines[0] == "int_crossings__suspended_claim"
    assert [line.split()[1] for line in rows.splitlines() if line.startswith("total_usd")] == ["1353.00"]
    assert before == {path: path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()}
