"""Headings of common exports are understood; where two could be one column, nobody guesses."""

from __future__ import annotations

import pytest

from analytics.errors import AmbiguousInput, InputError, MappingError
from analytics.ingest.headings.understanding import plan_columns, understand
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.words.canonical import COLUMNS
from analytics.ingest.words.wordlists import countries, currencies, heading_rows

NEEDED = ["shipment_id", "arrival_date", "consignee_id", "declared_value"]


def shown(*headings, **settings):
    return plan_columns("a.csv", headings, SourceSettings(**settings)).shown


TEMPLATES = {
    "trade_window": [
        "BillNumber", "ClearanceNumber", "ClearanceExemption", "ShipperName", "ShipperAddress1", "ShipperTaxNumber",
        "ConsigneeName", "ConsigneeAddress1", "ConsigneeAddress2", "ConsigneeCity", "ConsigneeRegion",
        "ConsigneeContactPhone", "ArrivalDate", "Value",
    ],
    "bringer": [
        "Tracking Number", "Customer Reference Number", "Sender Name", "Sender Address", "Sender Country",
        "Recipient Name", "Recipient Tax ID", "Recipient Address", "Recipient City", "Recipient State",
        "Recipient Postal Code", "Recipient Country", "ETA", "Declared Value",
    ],
    "tms": [
        "carrier_code", "shipment_type", "shipper_name", "consignee_name", "consignee_business_number", "entry_port",
        "loading_country", "control_number", "line_number", "description", "hs_code", "quantity", "country_of_origin",
        "value_amount", "value_currency", "consignee address", "release date",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("trade_window", {
            "shipment_id": "BillNumber", "house_bill": "BillNumber", "entry_type": "ClearanceExemption",
            "consignee_state": "ConsigneeRegion", "consignee_phone": "ConsigneeContactPhone",
            "shipper_address": "ShipperAddress1", "declared_value": "Value",
        }),
        ("bringer", {
            "shipment_id": "Tracking Number", "order_id": "Customer Reference Number",
            "consignee_tax_id": "Recipient Tax ID", "consignee_postal_code": "Recipient Postal Code",
            "estimated_arrival_date": "ETA", "shipper_country": "Sender Country",
        }),
        ("tms", {
            "shipment_id": "control_number", "line_no": "line_number", "port_of_entry": "entry_port",
            "export_country": "loading_country", "currency": "value_currency", "declared_value": "value_amount",
            "consignee_tax_id": "consignee_business_number", "released_at": "release date",
        }),
    ],
)  # fmt: skip
def test_templates_map_by_themselves(template, expected):
    assert expected.items() <= shown(*TEMPLATES[template]).items()


@pytest.mark.parametrize("spelling", ["Ship To Zip", "ship_to_zip", "SHIPTOZIP", "ship-to zip.", " Ship  To  Zip "])
def test_case_spaces_and_punctuation_do_not_matter(spelling):
    assert shown(*NEEDED, spelling)["consignee_postal_code"] == spelling


def test_the_own_name_of_a_column_wins_over_aliases():
    found = shown("HAWB", "House Bill", *NEEDED, "Zip", "consignee_postal_code")
    assert found["shipment_id"] == "shipment_id"
    assert found["consignee_postal_code"] == "consignee_postal_code"


def test_a_customs_value_stands_for_the_declared_one_only_where_there_is_none():
    found = shown("HAWB", "Arrival", "Customer Number", "Customs Value (USD)")
    assert (found["declared_value"], found["customs_value"]) == ("Customs Value (USD)", "Customs Value (USD)")
    found = shown("HAWB", "Arrival", "Customer Number", "Customs Value (USD)", "Retail Value")
    assert found["declared_value"] == "Retail Value"


@pytest.mark.parametrize(
    ("headings", "name", "address"),
    [
        (("Recipient Name", "Ship To"), "Recipient Name", "Ship To"),
        (("Ship To", "Recipient Name"), "Recipient Name", "Ship To"),
        (("Ship To", "Ship To Address"), "Ship To", "Ship To Address"),
        (("Ship To", "Ship To Name", "Street"), "Ship To Name", "Street"),
    ],
)
def test_ship_to_is_the_name_or_the_address_whichever_the_others_leave(headings, name, address):
    found = shown("HAWB", "Arrival", "Value", *headings)
    assert (found["consignee_name"], found["consignee_address"]) == (name, address)


def test_ship_to_alone_is_not_both():
    with pytest.raises(MappingError, match="consignee_name with consignee_address"):
        shown("HAWB", "Arrival", "Value", "Ship To")


def test_ship_to_is_the_address_where_the_mapping_says_the_name():
    found = shown("HAWB", "Arrival", "Value", "Ship To", "Contact", columns={"consignee_name": "Contact"})
    assert (found["consignee_name"], found["consignee_address"]) == ("Contact", "Ship To")


def test_two_headings_for_one_column_are_ambiguous():
    with pytest.raises(AmbiguousInput, match="declared_value could be 'Total Value' and 'Amount'"):
        shown("HAWB", "Arrival", "Customer No", "Total Value", "Amount")


def test_the_mapping_settles_a_heading():
    headings = ("HAWB", "Arrival", "Customer No", "Total Value", "Amount")
    assert shown(*headings, columns={"declared_value": "amount"})["declared_value"] == "Amount"


def test_an_empty_heading_leaves_a_column_out():
    assert "order_id" not in shown(*NEEDED, "PO Number", columns={"order_id": ""})


@pytest.mark.parametrize(
    ("heading", "currency"),
    [("Total Value (USD)", "USD"), ("value_gbp", "GBP"), ("Declared Value [EUR]", "EUR"), ("Value US$", "USD")],
)
def test_a_heading_may_name_the_currency(heading, currency):
    plan = plan_columns("a.csv", ["shipment_id", "arrival_date", "consignee_id", heading], SourceSettings())
    assert plan.uses["declared_value"].currency == currency


@pytest.mark.parametrize(("heading", "factor"), [("Weight (lb)", "0.45359237"), ("Gross Weight g", "0.001")])
def test_a_heading_may_name_the_unit(heading, factor):
    plan = plan_columns("a.csv", [*NEEDED, heading], SourceSettings())
    assert plan.uses["weight_kg"].factor == factor


def test_a_weight_without_a_unit_is_not_taken():
    assert "weight_kg" not in shown(*NEEDED, "Weight")


def test_a_mapping_that_names_no_heading_is_an_error():
    with pytest.raises(MappingError, match="no such heading"):
        shown(*NEEDED, columns={"order_id": "Order ref"})


@pytest.mark.parametrize("missing", NEEDED)
def test_a_needed_column_must_be_there(missing):
    with pytest.raises(InputError, match=missing.removesuffix("_id")):
        shown(*(name for name in NEEDED if name != missing))


def test_a_constant_fills_a_needed_column():
    assert shown("shipment_id", "consignee_id", "declared_value", constants={"arrival_date": "2025-03-04"})


TAX_HEADINGS = ["Recipient Tax ID", "SSN", "buyerSSN", "Sender Tax ID", "Passport Number", "TAXPAYER-NO", "客户税号"]


@pytest.mark.parametrize("heading", ["Business Name", "Rating", "Vein", "Classname", "Tax Amount"])
def test_what_only_looks_like_a_tax_id_is_shown(heading):
    assert not plan_columns("a.csv", [*NEEDED, heading], SourceSettings()).tax_ids


@pytest.mark.parametrize("heading", TAX_HEADINGS)
def test_tax_ids_are_known_whether_they_are_used_or_not(heading):
    plan = plan_columns("a.csv", [*NEEDED, heading, "consignee_tax_id"], SourceSettings())
    assert plan.tax_ids == {4, 5}


def test_a_template_cannot_show_a_tax_id():
    with pytest.raises(MappingError, match="would show the tax ids"):
        shown(*NEEDED, "SSN", columns={"shipment_id": "{SSN}-{row}"})


def test_every_alias_leads_to_a_column():
    targets = {row["column"] for row in heading_rows()}
    assert targets <= {*COLUMNS, "masked", "unit_price", "order_total", "row_total"}


def test_no_heading_is_listed_twice_for_one_column():
    pairs = [(row["heading"].casefold(), row["column"]) for row in heading_rows()]
    assert len(pairs) == len(set(pairs))


def test_countries_and_currencies_are_codes():
    assert all(len(code) == 2 and code.isupper() for code in countries().values())
    assert len(set(countries().values())) == 249
    assert all(len(code) == 3 and code.isupper() for code in currencies().values())


@pytest.mark.parametrize("heading", ["Declared Value (cents)", "declared_value_minor", "Declared Value pence"])
@pytest.mark.parametrize("mapped", [False, True])
def test_amounts_in_a_minor_unit_are_divided(desk, landed, heading, mapped):
    mapping = f'[[source]]\nmatch = "*.csv"\ncolumns.declared_value = "{heading}"\n' if mapped else None
    intake = desk.take(desk.rows("a.csv", {"declared_value": None, heading: "85375"}), mapping=mapping)
    assert str(landed(intake)[0]["declared_value"]) == "853.75"
    assert f"declared_value is read as hundredths, as '{heading}' says" in intake.inputs[0].notes


@pytest.mark.parametrize(
    "headings",
    [
        "Número de guía,Fecha de llegada,Destinatario,Dirección del destinatario,Código postal,Valor declarado",
        "Sendungsnummer,Ankunftsdatum,Empfänger,Straße,PLZ,Zollwert",
        "Numéro de suivi,Date d'arrivée,Nom du destinataire,Adresse du destinataire,Code postal,Valeur déclarée",
        "Numero di spedizione,Data di arrivo,Nome destinatario,Indirizzo destinatario,Cap,Valore dichiarato",
    ],
)
def test_headings_in_other_languages_are_understood(headings):
    plan, questions = understand(headings.split(","), SourceSettings())
    needed = {"shipment_id", "arrival_date", "consignee_name", "consignee_address", "declared_value"}
    assert not questions
    assert needed <= plan.uses.keys()
