"""Importers of record abroad: int_shipments__entered_for_importers_abroad, int_members__foreign_importer_informal,
int_measures__foreign_importer_informal."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.exposure import exposure_step
from analytics.rulebook import load_references
from analytics.synth import synthesize
from tests.sql.chain import lines

ENTRY = {
    "entry_type": "11",
    "arrival_date": date(2026, 10, 5),
    "importer_name": "Bao Trading",
    "importer_country": "CN",
}
NAMESAKE = {"importer_country": None, "shipper_name": "BAO TRADING ", "shipper_country": "CN"}
AT_HOME = {
    "importer_country": None,
    "importer_name": "Maria Lopez",
    "shipper_name": "Maria Lopez",
    "shipper_country": "CN",
}
RULE = date(2026, 12, 1)


def found(chain, *changes, **more):
    return chain.only("foreign_importer_informal", lines(*changes), **more)


def with_rule(**changes):
    """The reference tables with one more row of ref_limits: a rule in force from a day on."""
    limits = load_references().for_regime("us").tables["ref_limits"]
    is_bar, day = pl.col("kind") == "importer_bar", pl.lit(RULE)
    rule = limits.filter(is_bar).with_columns(status=pl.lit("in_force"), valid_from=day)
    until = pl.when(is_bar).then(day).otherwise("valid_to")
    changed = rule.with_columns(**{name: pl.lit(value) for name, value in changes.items()})
    return {"ref_limits": pl.concat([limits.with_columns(valid_to=until), changed])}


CASES = [
    ({}, True),
    ({"importer_country": "US"}, False),
    ({"importer_country": "PR"}, False),
    ({"importer_country": "GU"}, False),
    ({"importer_country": "CA"}, True),
    ({"importer_country": None}, False),
    (NAMESAKE, True),
    ({**NAMESAKE, "shipper_country": "US"}, False),
    ({**NAMESAKE, "shipper_name": "Bao"}, False),
    (AT_HOME, False),
    ({**AT_HOME, "importer_country": "CN"}, True),
    ({"entry_type": "01"}, False),
    ({"entry_type": None}, False),
    ({"entry_type": "86"}, False),
    ({"entry_type": "12"}, True),
    ({"entry_type": "13", "mode": "mail"}, True),
    ({"exemption_claimed_declared": True}, False),
    ({"consignee_country": "GU"}, False),
    ({"arrival_date": date(2026, 6, 2)}, False),
    ({"arrival_date": date(2026, 6, 3)}, True),
]


def test_an_informal_entry_of_an_importer_abroad_is_a_lead(chain):
    rows = [{**ENTRY, "shipment_id": f"case{number:02}", **change} for number, (change, _) in enumerate(CASES)]
    flags = found(chain, *rows)
    told = chain.table("int_members__foreign_importer_informal")["shipment_uid"]
    shipments = chain.table("int_shipments__sorted_into_pools").filter(pl.col("shipment_uid").is_in(told.implode()))
    assert sorted(shipments["shipment_id"]) == [
        f"case{number:02}" for number, (_, is_lead) in enumerate(CASES) if is_lead
    ]
    assert {flag["strength"] for flag in flags} == {"supporting"}


@pytest.mark.parametrize(
    ("change", "strength"),
    [
        ({}, "objective"),
        (NAMESAKE, "inferred"),
        ({"arrival_date": date(2026, 11, 30)}, "supporting"),
        ({"importer_country": "US"}, None),
    ],
)
def test_a_rule_in_force_in_the_table_makes_it_more_than_a_lead(chain, change, strength):
    flags = found(chain, {**ENTRY, "arrival_date": RULE, **change}, references=with_rule())
    assert [flag["strength"] for flag in flags] == ([strength] if strength else [])
    assert all(("Not in force" in flag["counter_reasons"]) is (strength == "supporting") for flag in flags)


def test_the_days_before_and_after_a_rule_are_flags_of_their_own(chain):
    days = [{**ENTRY, "arrival_date": day} for day in (date(2026, 11, 30), RULE, RULE)]
    before, after = found(chain, *days, references=with_rule())
    assert (before["shipments"], before["strength"]) == (1, "supporting")
    assert (after["shipments"], after["strength"]) == (2, "objective")
    assert after["subject"] == before["subject"] + ", rule in force"


def test_a_rule_for_some_modes_is_a_lead_where_the_mode_is_unknown(chain):
    tables = with_rule(mode_scope="NOT(mail)", rule_id="US-IOR-2")
    ordered = tables["ref_limits"].filter(kind="importer_bar", status="ordered")
    for_mail = ordered.with_columns(mode_scope=pl.lit("mail"), valid_from=pl.lit(RULE), valid_to=None)
    tables = {"ref_limits": pl.concat([tables["ref_limits"], for_mail.cast(ordered.schema)])}
    modes = [
        {**ENTRY, "arrival_date": RULE, "mode": mode, "importer_name": str(mode)} for mode in ("air", "mail", None)
    ]
    flags = found(chain, *modes, references=tables)
    assert [flag["strength"] for flag in flags] == ["objective", "supporting", "supporting"]


def test_without_the_order_in_the_table_nothing_is_told(chain):
    limits = load_references().for_regime("us").tables["ref_limits"]
    assert not found(chain, ENTRY, references={"ref_limits": limits.filter(pl.col("kind") != "importer_bar")})


def test_the_entries_of_an_importer_and_week_are_one_flag(chain):
    entry = {**ENTRY, "declared_value": "100.00"}
    numbered = {**entry, "filer_code": "XYZ", "entry_number": "1"}
    sunday = {**entry, **NAMESAKE, "arrival_date": date(2026, 10, 11)}
    monday = {**entry, "arrival_date": date(2026, 10, 12)}
    first, second, other = found(chain, numbered, numbered, sunday, monday, {**entry, "importer_name": "Cho"})
    assert first["subject"] == "importer BAO TRADING, CN, week of 2026-10-05"
    assert first["reason"] == (
        "2 informal entries worth USD 300.00 name an importer of record in CN, outside the United States."
    )
    assert "For 1 of the shipments the importer's country is not given" in first["counter_reasons"]
    assert (second["subject"], second["shipments"]) == ("importer BAO TRADING, CN, week of 2026-10-12", 1)
    assert other["subject"].startswith("importer CHO, CN")
    assert (first["rule_id"], first["limit_amount"]) == ("US-IOR-1", None)


def test_an_importer_without_a_name_goes_by_its_number_or_not_at_all(chain):
    nameless = {**ENTRY, "importer_name": None}
    by_number = {**nameless, "importer_id_hash": "0123456789abcdef0123"}
    unnamed, numbered = found(chain, nameless, by_number)
    assert numbered["subject"].startswith("importer number 0123456789abcdef, CN")
    assert unnamed["subject"].startswith("importer not named, CN")
    assert "No importer is named" in unnamed["counter_reasons"]
    assert "No importer is named" not in numbered["counter_reasons"]


def test_no_duty_fee_or_penalty_is_reckoned_of_a_lead(chain):
    found(chain, ENTRY)
    chain.then(exposure_step(), {})
    (flag_id,) = chain.table("int_measures__foreign_importer_informal")["flag_id"]
    (row,) = chain.table("exposure").filter(flag_id=flag_id).rows(named=True)
    assert (row["component"], row["base_usd"], row["ceiling_usd"]) == ("value", 0, Decimal("400.00"))


@pytest.mark.parametrize(("start", "is_planted"), [(date(2026, 8, 3), True), (date(2025, 3, 10), False)])
def test_importers_abroad_are_planted_once_the_order_is_given(tmp_path, start, is_planted):
    synthesize(tmp_path, shipments=2000, weeks=4, seed=5, start=start)
    truth = pl.read_csv(tmp_path / "truth_flags.csv").filter(typology="foreign_importer_informal")
    assert bool(truth.height) is is_planted
