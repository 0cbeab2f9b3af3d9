"""From lines to shipments and to who they are for: int_shipments__rolled_up_from_lines, parties,
int_aliases__joined_to_identities, mart_shipments, mart_aliases, mart_identities."""

import hashlib
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.contracts.identities import Aliases, Identities, Parties
from analytics.contracts.shipments import Shipments, ShipmentVersions
from tests.sql.chain import MONDAY, TUESDAY, lines

SAME = {"shipment_id": "s1"}


def test_lines_add_up_and_the_rest_comes_from_the_first(chain):
    chain.run(
        lines(
            {**SAME, "line_no": 2, "declared_value": "20.10", "hts_code": "61091000", "quantity": "2"},
            {**SAME, "line_no": 1, "declared_value": "10.05", "hts_code": "61103030", "quantity": "1"},
        )
    )
    (shipment,) = chain.table("int_shipments__rolled_up_from_lines").rows(named=True)
    assert (shipment["declared_value"], shipment["value_usd"]) == (Decimal("30.15"), Decimal("30.15"))
    assert (shipment["line_count"], shipment["hts_code"], shipment["quantity"]) == (2, "61103030", Decimal(3))


def test_customs_value_stands_for_itself_or_is_a_proxy(chain):
    chain.run(lines({"customs_value": "90.00"}, {}))
    shipments = chain.table("mart_shipments", "shipment_id")
    assert shipments["customs_value_usd"].to_list() == [Decimal(90), Decimal(400)]
    assert shipments["is_customs_value_proxy"].to_list() == [False, True]


@pytest.mark.parametrize(("day", "usd"), [(date(2025, 1, 31), "155.00"), (date(2025, 2, 1), "160.00")])
def test_another_currency_is_valued_at_the_rate_of_its_day(chain, pounds, day, usd):
    rates = pounds((date(2025, 1, 1), date(2025, 2, 1), "1.55"), (date(2025, 2, 1), None, "1.60"))
    chain.run(lines({"currency": "GBP", "declared_value": "100.00", "arrival_date": day}), {"ref_fx_rates": rates})
    assert chain.table("mart_shipments")["value_usd"].cast(pl.String).to_list() == [usd]


TEN_LINES = [{**SAME, "line_no": number, "currency": "GBP", "declared_value": "291.96"} for number in range(1, 11)]


def test_a_currency_is_converted_on_the_sum_of_the_lines(chain, pounds):
    chain.run(lines(*TEN_LINES), {"ref_fx_rates": pounds((date(2025, 1, 1), None, "0.137"))})
    (shipment,) = chain.table("mart_shipments").rows(named=True)
    assert shipment["declared_value"] == Decimal("2919.60")
    assert shipment["value_usd"] == Decimal("399.99")  # 399.9852; ten lines of 40.00 would make 400.00
    assert shipment["customs_value_usd"] == Decimal("399.99")


@pytest.mark.parametrize(("other", "total"), [("400.01", None), ("400.02", "800.01")])
def test_a_day_of_800_00_in_two_currencies_passes_and_of_800_01_is_flagged(chain, pounds, other, total):
    day = lines(*TEN_LINES, {"shipment_id": "s2", "declared_value": other})
    flags = chain.run(day, {"ref_fx_rates": pounds((date(2025, 1, 1), None, "0.137"))}).flags("daily_limit")
    assert [str(amount) for amount in flags["total_usd"]] == ([total] if total else [])


def test_the_largest_amounts_that_are_accepted_fit_every_table(chain, pounds):
    """Intake lets no amount of a billion dollars pass; nor one of 100 billion of a currency."""
    rates = pounds((date(2025, 1, 1), None, "0.00999999"))
    most = {"declared_value": "999999999.99", "quantity": "99999999.9999", "weight_kg": "99999999.999"}
    pairs = [{**most, "shipment_id": "s1", "line_no": number} for number in range(1, 100)]
    pairs += [
        {**most, "shipment_id": "s2"},
        {"shipment_id": "s3", "declared_value": "99999999999.99", "currency": "GBP"},
    ]
    chain.run(lines(*pairs), {"ref_fx_rates": rates})
    shipments = chain.table("mart_shipments", "shipment_id")
    assert shipments["value_usd"].to_list() == [
        Decimal("98999999999.01"),
        Decimal("999999999.99"),
        Decimal("999999000.00"),
    ]
    assert chain.table("mart_typology_status").height > 0


def test_lines_of_a_flag_carry_shares_that_add_up_to_their_shipment(chain, pounds):
    day = lines(*TEN_LINES, {"shipment_id": "s2", "declared_value": "700.00"})
    chain.run(day, {"ref_fx_rates": pounds((date(2025, 1, 1), None, "0.137"))})
    shares = chain.table("int_lines__of_flags").filter(shipment_uid="s1")["customs_value_usd"]
    assert shares.sum() == Decimal("399.99")
    assert sorted(shares.unique()) == [Decimal("39.99"), Decimal("40.00")]


def test_a_party_is_a_way_of_writing_a_consignee(chain):
    chain.run(lines({}, {"arrival_date": TUESDAY}, {"consignee_name": "maria lopez"}))
    parties = Parties.validate(chain.table("parties", "consignee_name"), cast=True)
    assert parties["shipments"].to_list() == [2, 1]
    assert (parties["first_day"][0], parties["last_day"][0]) == (MONDAY, TUESDAY)


def test_an_alias_id_is_the_digest_of_the_fields_as_written(chain):
    chain.run(lines({"consignee_city": "Austin"}))
    fields = {"consignee_name": "Maria Lopez", "consignee_city": "Austin", "consignee_country": "US"}
    written = "\x1f".join(fields.get(name, "") for name in Parties.column_names() if name.startswith("consignee_"))
    digest = hashlib.md5(written.encode(), usedforsecurity=False).hexdigest()[:16]
    assert chain.table("parties")["alias_id"].to_list() == ["a" + digest]


def test_the_published_tables_keep_their_contracts(chain):
    chain.run(lines({}, {**SAME, "input_no": 1}, {"consignee_name": None, "consignee_id": None}))
    Shipments.validate(chain.table("mart_shipments").select(Shipments.column_names()), cast=True)
    ShipmentVersions.validate(chain.table("mart_shipment_versions").select(ShipmentVersions.column_names()), cast=True)
    Aliases.validate(chain.table("mart_aliases"), cast=True)
    Identities.validate(chain.table("mart_identities"), cast=True)


def test_a_shipment_without_a_consignee_has_no_identity(chain):
    chain.run(lines({"consignee_name": None}))
    assert chain.table("mart_shipments").select("identity_id", "party_class").row(0) == (None, "placeholder")
    assert chain.table("int_aliases__joined_to_identities")["identity_id"].to_list() == [None]
    assert chain.table("mart_identities").is_empty()


def test_an_identity_is_shown_as_it_is_written_most_often(chain):
    chain.run(
        lines(
            {"consignee_name": "MARIA LOPEZ", "consignee_address": "12 Elm St"},
            {"consignee_address": "12 Elm Street", "consignee_city": "Austin"},
            {"consignee_address": "12 Elm Street", "consignee_city": "Austin"},
        )
    )
    (identity,) = chain.table("mart_identities").rows(named=True)
    assert (identity["display_name"], identity["display_address"]) == ("Maria Lopez", "12 Elm Street, Austin")
    assert (identity["aliases"], identity["shipments"], identity["cohesion"]) == (2, 3, 1.0)
