"""The published tables hold the columns that others rely on."""

import pytest

from analytics.contracts.ddl import duckdb_types, empty_frame, required_columns
from analytics.contracts.published import PUBLISHED

RELIED_ON = {
    "shipments": "shipment_id arrival_date value_usd exemption_claimed exemption_basis date_basis identity_id"
    " source_file source_line consignee_name consignee_address declared_value currency order_id hts_code",
    "rejected": "source_file source_line reasons raw",
    "unread_cells": "source_file source_line column raw",
    "identities": "identity_id display_name display_address aliases shipments first_day last_day cohesion",
    "aliases": "identity_id alias_id consignee_name consignee_address shipments probability",
    "identity_links": "alias_id_l alias_id_r probability evidence",
    "identity_changes": "identity_id event from_ids cause run_id",
    "daily_totals": "regime identity_id arrival_date pool shipments oversize_count total_amount total_usd limit_amount"
    " limit_currency rule_id is_over_limit coverage",
    "flags": "flag_id regime typology identity_id subject window_start window_end shipments total_usd limit_amount"
    " limit_currency excess_usd strength score reason counter_reasons rule_id legal_basis",
    "flag_shipments": "flag_id shipment_id",
    "exposure": "flag_id component reading floor_usd base_usd ceiling_usd is_unknown assumptions",
    "typology_status": "typology tested rows flags",
    "runs": "run_id started_at finished_at inputs rules_sha256 model_version program_version settings",
}


@pytest.mark.parametrize("name", RELIED_ON)
def test_a_table_keeps_the_columns_that_others_rely_on(name):
    assert set(RELIED_ON[name].split()) <= set(PUBLISHED[name].schema.columns())


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_table_is_described_ordered_and_typed(name):
    table = PUBLISHED[name]
    columns = table.schema.columns()
    assert table.schema.__doc__
    assert set(table.order) <= set(columns)
    assert all(column.description for column in columns.values())
    assert set(duckdb_types(table.schema)) == set(empty_frame(table.schema).columns)
    assert required_columns(table.schema)


@pytest.mark.parametrize("name", PUBLISHED)
def test_no_table_has_a_column_for_a_tax_id_in_clear(name):
    columns = PUBLISHED[name].schema.columns()
    assert not {"consignee_tax_id", "importer_id"} & set(columns)


@pytest.mark.parametrize("name", PUBLISHED)
def test_money_is_decimal(name):
    types = duckdb_types(PUBLISHED[name].schema)
    chances = {"p_value", "q_value"}
    money = {name: kind for name, kind in types.items() if name.endswith(("_usd", "_amount", "_value"))}
    money = {name: kind for name, kind in money.items() if name not in chances}
    assert all(kind.startswith("decimal") for kind in money.values())
