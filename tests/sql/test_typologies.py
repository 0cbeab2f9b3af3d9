"""What every typology has in common: int_measures__united, int_members__united, int_fields__filled,
int_typologies__matched_to_fields, mart_typology_status."""

import json
from datetime import UTC, date, datetime

import polars as pl
import pytest

from analytics.contracts.shipments import UnreadCells
from analytics.engines.models import load_model, load_models
from analytics.rulebook import load_references
from analytics.typologies.registry import evidence
from tests.sql.chain import lines

EVERYWHERE = load_references().tables["ref_typologies"]
REGISTRY = EVERYWHERE.filter(regime="us")
BUILT = sorted(EVERYWHERE.filter(pl.col("made_by") != "missing")["typology"].unique())
CONTRACT = [
    "daily_limit", "possible_daily_limit", "order_split", "inferred_order_split", "just_below_clustering",
    "structuring",
    "fictitious_consignee", "address_hub", "warehouse_consignee", "nominal_consignee", "undervaluation",
    "vague_description", "description_mismatch", "ineligible_goods", "origin_shift", "origin_mismatch",
    "duplicate_entry", "entry_type_switching", "gift_split", "informal_entry_split", "over_informal_limit",
    "suspended_claim", "late_filing", "documentation_gap",
]  # fmt: skip


def test_every_typology_of_the_contract_is_in_the_registry_and_each_is_there_once():
    assert set(CONTRACT) <= set(REGISTRY["typology"])
    assert REGISTRY["typology"].is_unique().all()


def test_a_regime_without_rows_of_its_own_has_those_of_any():
    regimes = load_references().tables["ref_limits"]["regime"].unique()
    assert sorted(EVERYWHERE["regime"].unique()) == sorted(regimes)
    assert sorted(EVERYWHERE.filter(regime="jp")["typology"]) == [
        "consignment_split", "daily_limit", "ineligible_goods", "order_split", "suspended_claim",
    ]  # fmt: skip


@pytest.mark.parametrize("part", ["measures", "members"])
def test_the_unions_take_in_every_typology_that_is_built_and_no_other(part):
    reads = load_model(f"int_{part}__united").reads
    made = tuple(name for name in reads if name.startswith(f"int_{part}__"))
    assert made == tuple(f"int_{part}__{typology}" for typology in BUILT)


def test_measures_begin_with_the_columns_that_are_united(chain):
    chain.run(lines({}))
    tables = [name for name in load_models() if name.startswith("int_measures__")]
    columns = {name: chain.shape(name) for name in tables}
    common = columns["int_measures__united"]
    assert all(found[: len(common)] == common for found in columns.values()), columns


def test_every_typology_says_why_it_flags_from_its_own_measures(chain):
    chain.run(lines({}))
    for typology in BUILT:
        told = evidence(typology).of(chain.table(f"int_measures__{typology}"))
        assert told.columns == ["flag_id", "reason", "counter_reasons", "attributes", "codes"], typology


def test_members_have_the_three_columns_that_are_united(chain):
    chain.run(lines({}))
    tables = [name for name in load_models() if name.startswith("int_members__")]
    types = [kind for _, kind in chain.shape("int_members__united")]
    for name in tables:
        kinds = dict(chain.shape(name))
        assert [kinds[column] for column in ("flag_id", "shipment_uid", "amount")] == types, name


def status(chain, *changes, **kwargs):
    """What is tested and of how many rows, by typology; what is found is not asked, so most findings are left out."""
    table = chain.run(lines(*changes), **kwargs).about("daily_limit").table("mart_typology_status")
    return {row["typology"]: row for row in table.rows(named=True)}


NO_FIELD = "not tested: no order_id, no conveyance_id, no seller_id, no seller_name, no shipper_name"


@pytest.mark.parametrize(
    ("changes", "tested"),
    [
        ({"entry_type": "11"}, NO_FIELD),
        ({"entry_type": "11", "order_id": "A1"}, "yes"),
        ({"entry_type": "11", "conveyance_id": "XX 12"}, "yes"),
        ({"entry_type": "13", "mode": "mail", "shipper_name": "Ox"}, "yes"),
        ({"order_id": "A1"}, "not testable on these entries: no informal entry"),
        ({}, NO_FIELD),
        ({"order_id": "A1", "arrival_date": date(2012, 1, 2)}, "not tested: no such rule on these days"),
    ],
)
def test_one_of_the_columns_of_a_clause_is_enough(chain, changes, tested):
    found = status(chain, changes)["informal_entry_split"]
    assert (found["tested"], found["rows"]) == (tested, int(tested == "yes"))


def needing(fields):
    """The registry with other columns for order_split."""
    changed = REGISTRY.with_columns(
        fields=pl.when(pl.col("typology") == "order_split").then(pl.lit(fields)).otherwise("fields")
    )
    parts = fields.split("&")
    rows = [
        {"regime": "us", "typology": "order_split", "clause_no": number, "field_no": number, "field": part,
         "is_circumstance": False, "wording": part}
        for number, part in enumerate(parts, start=1)
    ]  # fmt: skip
    schema = load_references().tables["ref_typology_fields"].schema
    return {"ref_typologies": changed, "ref_typology_fields": pl.DataFrame(rows, schema=schema)}


@pytest.mark.parametrize(
    ("changes", "tested", "rows"),
    [
        ([{}], "not tested: no order_id, no seller_id", 0),
        ([{"order_id": "A1"}], "not tested: no seller_id", 0),
        ([{"order_id": "A1"}, {"seller_id": "S"}], "not tested: no shipment carries all of: order_id, seller_id", 0),
        ([{"order_id": "A1", "seller_id": "S"}, {"seller_id": "S"}], "yes", 1),
    ],
)
def test_every_clause_must_be_met_by_one_shipment(chain, changes, tested, rows):
    found = status(chain, *changes, references=needing("order_id&seller_id"))["order_split"]
    assert (found["tested"], found["rows"]) == (tested, rows)


TODAY = {"arrival_date": date(2026, 10, 5)}
ENTERED = {**TODAY, "entry_type": "11"}
PRESENT = {**TODAY, "entry_type": "mail", "mode": "mail", "is_gift": True}


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        # an exemption is on offer and claimed
        ([{"order_id": "A1"}, {"order_id": "A2", "entry_type": "11"}], {"order_split": 1, "daily_limit": 1}),
        # nothing is on offer: the entry is judged by what bites there
        ([{**ENTERED, "order_id": "A1", "description": "gift"}] * 2,
         {"order_split": 0, "daily_limit": 0, "inferred_order_split": 0, "possible_daily_limit": 0,
          "informal_entry_split": 2, "structuring": 2, "vague_description": 2, "over_informal_limit": 2}),
        ([{**ENTERED, "seller_id": "S"}, {**ENTERED, "seller_id": "S", "entry_type": "01"}],
         {"just_below_clustering": 1, "entry_type_switching": 2, "nominal_consignee": 1, "warehouse_consignee": 0}),
        ([{**ENTERED, "shipper_country": "CN", "origin_country": "MX"}], {"origin_mismatch": 1}),
        ([{**TODAY, "entry_type": "86"}], {"daily_limit": 0, "suspended_claim": 1, "informal_entry_split": 0}),
        # gifts keep an exemption of their own
        ([PRESENT], {"gift_split": 1, "daily_limit": 1, "suspended_claim": 1}),
        ([{**ENTERED, "declared_at": datetime(2026, 10, 6, tzinfo=UTC), "entry_type": "23"}], {"late_filing": 0}),
        ([{"declared_at": datetime(2025, 1, 13, tzinfo=UTC)}], {"late_filing": 1}),
    ],
)  # fmt: skip
def test_rows_are_those_that_a_typology_could_judge(chain, changes, rows):
    found = status(chain, *changes)
    assert {typology: found[typology]["rows"] for typology in rows} == rows
    assert {found[typology]["shipments"] for typology in rows} == {len(changes)}
    assert all((found[typology]["tested"] == "yes") is bool(count) for typology, count in rows.items())


def test_what_cannot_bite_says_why(chain):
    found = status(chain, {**ENTERED, "order_id": "A1"})
    assert found["order_split"]["tested"] == (
        "not testable on these entries: no claim of an exemption that was on offer"
    )
    assert status(chain, {}, missing_order_id="ignore")["inferred_order_split"]["tested"] == (
        "not tested: missing_order_id is ignore"
    )


@pytest.mark.parametrize(("count", "tested"), [(29, False), (30, True)])
def test_words_are_learned_from_enough_shipments_only(chain, count, tested):
    goods = [{"description": "steel letter opener", "hts_code": "8214100000"}] * count
    found = status(chain, *goods)["description_mismatch"]
    assert found["rows"] == (count if tested else 0)
    assert found["tested"] == (
        "yes" if tested else "not tested: too few shipments with description and tariff number (29) to learn words from"
    )


def test_what_this_version_does_not_test_is_never_a_zero(chain):
    for typology, row in status(chain, {}).items():
        if typology not in BUILT:
            assert row["tested"] == "not tested: not in this version"


def test_shipments_outside_the_period_count_for_nothing(chain):
    found = status(chain, {"order_id": "A1"}, {}, {}, from_date=date(2025, 2, 1))
    assert found["order_split"]["tested"].startswith("not tested")
    assert chain.table("int_fields__filled").is_empty()
    assert chain.table("int_typologies__matched_to_fields")["shipments"].sum() == 0


def test_a_registry_of_another_regime_tests_nothing(chain):
    other = REGISTRY.with_columns(regime=pl.lit("xx"))
    assert status(chain, {}, references={"ref_typologies": other}) == {}


HOSTILE = "'; drop table x; -- \"},{\\ <script>alert(1)</script> =1+1 \u202e| %_'"
PLACE = {"consignee_address": "1 Dock Rd", "consignee_postal_code": "07102", "consignee_state": "NJ"}
AFTER = {"arrival_date": date(2025, 5, 5)}


def many(text):
    """Rows that raise nearly every typology, with a text wherever somebody may write one."""
    written = dict.fromkeys(("seller_id", "seller_name", "shipper_name", "marketplace", "filer_code"), text)
    written |= dict.fromkeys(("carrier_code", "conveyance_id", "product_id", "order_issuer", "source_file"), text)
    late = {"declared_at": datetime(2025, 1, 20, tzinfo=UTC)}
    gift = {"is_gift": True, "declared_value": "60", "entry_type": "mail", "mode": "mail"}
    low = {"quantity": "1", "weight_kg": "1", "declared_value": "100"}
    bill = {"house_bill": text, "order_id": text, "declared_value": "500"}
    rows = [
        *[{"consignee_name": f"{text} Warehouse {number}", **PLACE, "declared_value": "700"} for number in range(2)],
        *[{"consignee_name": f"{text} Freight Forwarders"}] * 3,
        *[{"consignee_name": f"{text} {number}", **PLACE} for number in range(10)],
        *[{"description": "gift", "hts_code": "2208300000"}] * 3,
        *[{"description": text, **low}] * 8,
        {"description": text, **low, "declared_value": "1"},
        {"consignee_name": "Mickey Mouse", "consignee_address": "...", **late},
        {**bill, "entry_number": text, "has_invoice": False},
        {**bill, "entry_number": f"{text}2", **late},
        gift,
        {**gift, "arrival_date": date(2025, 1, 14)},
        {**AFTER, "shipper_country": "CN", "origin_country": "VN"},
        {**AFTER, "origin_country": "CN"},
    ]
    return lines(*({**written, **row} for row in rows))


RAISED = {
    "address_hub", "daily_limit", "documentation_gap", "duplicate_entry", "fictitious_consignee", "gift_split",
    "ineligible_goods", "inferred_order_split", "late_filing", "nominal_consignee", "order_split", "origin_mismatch",
    "suspended_claim", "undervaluation", "vague_description", "warehouse_consignee",
}  # fmt: skip


def test_hostile_text_is_text_in_every_flag(chain):
    flags = chain.run(many(HOSTILE)).table("mart_flags")
    assert set(flags["typology"]) == RAISED
    for row in flags.iter_rows(named=True):
        assert all(isinstance(text, str) for text in json.loads(row["counter_reasons"]))
        assert isinstance(json.loads(row["attributes"]), dict)
        assert row["reason"]
        assert "<script" not in row["counter_reasons"] + row["attributes"]


def test_the_order_of_rows_changes_no_flag_of_any_kind(chain):
    rows = many("Bao")
    first, named = (chain.run(rows).table(name) for name in ("mart_flags", "mart_flag_shipments"))
    again = chain.run(rows.sample(fraction=1, shuffle=True, seed=3))
    assert again.table("mart_flags").equals(first)
    assert again.table("mart_flag_shipments").equals(named)
    assert set(first["strength"]) == {"objective", "inferred", "supporting"}


def test_rows_that_say_as_little_as_they_may_raise_nothing(chain):
    bare = dict.fromkeys(("entry_type", "mode", "origin_country", "consignee_country", "consignee_name"))
    chain.run(lines(*[{**bare, "consignee_id": f"U{number}"} for number in range(12)]))
    assert chain.table("mart_flags").is_empty()
    assert chain.table("mart_typology_status").height == REGISTRY.height


def test_no_rows_at_all_leave_empty_tables(chain):
    chain.run(lines({}).clear())
    assert chain.table("mart_flags").is_empty()
    assert not chain.table("mart_typology_status").filter(tested="yes").height


def unread(*cells):
    """Cells of the lines of `lines`, as (place of the line from 1, column)."""
    rows = [
        {"source_file": "a.csv", "source_line": at + 1, "column": column, "reason": "r", "message": "m", "input_no": 0}
        for at, column in cells
    ]
    return pl.DataFrame([{**row, "raw": "?"} for row in rows], schema=UnreadCells.create_empty().schema)


@pytest.mark.parametrize(
    ("changes", "cells", "note"),
    [
        ([{}, {"hts_code": "6109100012"}], [(1, "hts_code")], "not tested for 1 shipment: hts_code unread"),
        ([{}, {}, {}], [(1, "hts_code"), (3, "hts_code")], "not tested for 2 shipments: hts_code unread"),
        ([{"hts_code": "6109100012"}], [], None),
        ([{"hts_code": "6109100012"}], [(1, "weight_kg")], None),  # it is not needed
    ],
)
def test_a_typology_says_what_it_could_not_test_for_an_unread_cell(chain, changes, cells, note):
    chain.unread = unread(*cells)
    found = status(chain, *changes, references=needing("hts_code"))["order_split"]
    assert found["note"] == note
    assert chain.table("int_shipments__with_unread_cells").height == len(cells)


def test_an_unread_cell_costs_nothing_where_another_column_serves(chain):
    chain.unread = unread((1, "order_id"))
    found = status(chain, {"entry_type": "11", "conveyance_id": "XX 12"})["informal_entry_split"]
    assert (found["tested"], found["rows"]) == ("yes", 1)
    assert "unread" not in (found["note"] or "")
