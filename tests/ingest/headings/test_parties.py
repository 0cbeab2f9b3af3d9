"""Headings of parties: in whichever order party and field stand, or told by the headings before them."""

from __future__ import annotations

import pytest

from analytics.ingest.headings.columns.claims import claims_of
from analytics.ingest.headings.understanding import understand
from analytics.ingest.mapping.settings import SourceSettings


def best(heading):
    """Return the columns that one heading could be."""
    return set(claims_of([heading]))


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Ship To - Postal Code", "consignee_postal_code"),
        ("ShipTo_StateProvince", "consignee_state"),
        ("shipment_to_name", "consignee_name"),
        ("Name of Consignee", "consignee_name"),
        ("City (Shipping)", "consignee_city"),
        ("Shipping Address1", "consignee_address"),
        ("to_address.zip", "consignee_postal_code"),
        ("shipping_address.province", "consignee_state"),
        ("ship_to.address.line1", "consignee_address"),
        ("ship_to.address.postal_code", "consignee_postal_code"),
        ("Consignee Address City", "consignee_city"),
        ("Shipper Address Country", "shipper_country"),
        ("Sender Address Line 1", "shipper_address"),
        ("Exporter Country/Territory", "shipper_country"),
        ("IOR Country", "importer_country"),
        ("Importer of Record Country Code", "importer_country"),
        ("Bill-to Name", "buyer_name"),
        ("Name (Billing)", "buyer_name"),
        ("IOR Tax ID", "importer_id"),
        ("Pickup Tax ID", "masked"),
        ("收件人详细地址", "consignee_address"),
        ("寄件人姓名", "shipper_name"),
        ("收件人地址 Address", "consignee_address"),
        ("发件人地址 Address", "shipper_address"),
        ("*Recipient Zip (required)", "consignee_postal_code"),
        ("Recipient\nCity*", "consignee_city"),
    ],
)
def test_party_and_field_make_the_column(heading, column):
    assert best(heading) - {"masked"} == ({column} - {"masked"})


@pytest.mark.parametrize("heading", ["Billing Address", "Shipper City", "Return Zip", "Delivery Number", "Shipping"])
def test_what_belongs_to_others_is_no_column(heading):
    assert not best(heading)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            ["Shipper", "Address", "City", "Country", "Consignee", "Address", "City"],
            {"shipper_address": 1, "shipper_country": 3, "consignee_address": 5, "consignee_city": 6},
        ),
        (
            ["Consignee", "Address", "City", "Shipper Name", "Address", "City"],
            {"shipper_address": 4, "consignee_address": 1, "consignee_city": 2},
        ),
        (["Shipper Country", "Name", "Address"], {"shipper_country": 0, "consignee_name": 1, "consignee_address": 2}),
        (["Seller", "Weight", "Address"], {"seller_name": 0, "consignee_address": 2}),
        (["Bill To", "Address", "Ship To", "Address"], {"buyer_name": 0, "consignee_address": 3}),
    ],
)
def test_a_bare_field_belongs_to_the_party_before_it(headings, expected):
    plan, _ = understand(headings, SourceSettings())
    found = {column: use.heading for column, use in plan.uses.items()}
    assert expected.items() <= found.items()


def test_an_address_under_the_shipper_alone_is_not_the_consignees():
    headings = ["HAWB", "Arrival", "Value", "Recipient", "Weight", "Shipper", "Address"]
    plan, asked = understand(headings, SourceSettings())
    assert plan.shown["shipper_address"] == "Address"
    assert [(question.about, question.choices[0]) for question in asked] == [
        ("consignee_address", 'columns.consignee_address = "Address"')
    ]
    _, asked = understand(headings, SourceSettings(columns={"consignee_address": "Address"}))
    assert not asked
