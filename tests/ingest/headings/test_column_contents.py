"""Headings with two readings: decided by what the column holds, said in a note, else asked with settings that work."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.ingest.headings.columns.contents import Contents
from analytics.ingest.headings.understanding import understand
from analytics.ingest.mapping.settings import SourceSettings

ROWS = 12
FILE = {
    "HAWB": [f"H{at}" for at in range(ROWS)],
    "Arrival Date": ["2025-03-04"] * ROWS,
    "Consignee": [f"Person {at}" for at in range(ROWS)],
    "Consignee Address": [f"{at} Elm Street" for at in range(ROWS)],
    "Consignee State": ["MA", "New Jersey", "tx"] * 4,
    "Declared Value": [f"{at}.50" for at in range(ROWS)],
}


def read(settings=None, without=(), **columns):
    """Plan a file of sound columns and some more; a value that is one text stands on every row."""
    table = {heading: cells for heading, cells in FILE.items() if heading not in without}
    table |= {heading: cells * (ROWS // len(cells)) for heading, cells in columns.items()}
    cells = pl.DataFrame({f"c{at}": values for at, values in enumerate(table.values())}, strict=False).lazy()
    return understand(list(table), SourceSettings(**(settings or {})), Contents(cells))


def uses(plan):
    return plan.shown


@pytest.mark.parametrize(
    ("cells", "used"),
    [
        (["PCS"], False),
        (["set", "EA", "Pair"], False),
        (["Apt 4", "12B", ""], True),
        ([""], True),
    ],
)
def test_a_unit_of_measure_is_no_apartment(cells, used):
    plan, asked = read(Unit=cells)
    assert (("consignee_address2" in uses(plan)), asked) == (used, [])
    assert bool(plan.notes) is not used


def test_a_unit_that_is_both_is_asked():
    _, asked = read(Unit=["PCS", "Apt 2"])
    assert asked[0].choices == ('columns.consignee_address2 = "Unit"', 'columns.consignee_address2 = ""')


@pytest.mark.parametrize("cells", [["Delivered"], ["In Transit", "Delivered", "", "Held"]])
def test_a_status_is_no_state(cells):
    plan, asked = read(without=["Consignee State"], State=cells)
    assert ("consignee_state" not in uses(plan), asked) == (True, [])
    assert "statuses" in plan.notes[0]


def test_a_state_of_which_nothing_is_known_is_asked_unless_the_consignees_live_abroad():
    _, asked = read(without=["Consignee State"], State=["Bayern", "Hessen"])
    assert [question.about for question in asked] == ["consignee_state"]
    plan, asked = read(without=["Consignee State"], State=["Bayern", "Hessen"], Country=["DE"])
    assert (uses(plan)["consignee_state"], asked) == ("State", [])


def test_a_foreign_country_beside_us_addresses_is_asked():
    _, asked = read(Country=["CN"])
    assert asked[0].choices == (
        'columns.origin_country = "Country"',
        'columns.shipper_country = "Country"',
        'columns.consignee_country = "Country"',
    )
    answered, asked = read({"columns": {"origin_country": "Country"}}, Country=["CN"])
    assert (uses(answered)["origin_country"], asked) == ("Country", [])


def test_a_foreign_country_beside_us_addresses_and_an_origin_is_left_out():
    plan, asked = read(Country=["CN"], COO=["CN"])
    assert ("consignee_country" not in uses(plan), asked) == (True, [])


@pytest.mark.parametrize("cells", [["US"], ["USA", "United States", ""]])
def test_the_country_of_the_address_is_the_consignees(cells):
    assert uses(read(Country=cells)[0])["consignee_country"] == "Country"


@pytest.mark.parametrize(
    ("numbers", "used"),
    [
        (["77", "78"], False),  # under each number six names and addresses
        ([f"A{at}" for at in range(ROWS)], False),  # nothing repeats: no support
    ],
)
def test_an_account_without_an_owner_needs_support(numbers, used):
    plan, asked = read(**{"Account Number": numbers})
    assert (("consignee_id" in uses(plan)), asked) == (used, [])
    assert 'columns.consignee_id = "Account Number"' in plan.notes[0]


def test_an_account_of_one_consignee_each_is_used():
    people = {"Consignee": [f"Person {at % 4}" for at in range(ROWS)]}
    accounts = {"Account Number": [f"A{at % 4}" for at in range(ROWS)]}
    plan, _ = read(without=["Consignee"], **people, **accounts)
    assert uses(plan)["consignee_id"] == "Account Number"
    assert "of 4 numbers on several rows, 4 stand for one consignee" in plan.notes[0]


def test_a_customer_number_is_used_until_names_and_addresses_differ_under_it():
    assert "consignee_id" in uses(read(**{"Customer Number": [f"C{at}" for at in range(ROWS)]})[0])
    assert "consignee_id" not in uses(read(**{"Customer Number": ["C1", "C2"]})[0])


def test_a_client_over_many_addresses_is_no_consignee():
    plan, asked = read(without=["Consignee"], Customer=["Acme"], Contact=[f"Person {at}" for at in range(ROWS)])
    assert (uses(plan)["consignee_name"], asked) == ("Contact", [])


ORIGINS = [
    (["PVG", "CAN", "SZX"], "airports"),
    (["CNSHA", "CN SZX"], "locodes"),
    (["CHN", "CAN"], None),  # CHN is no airport
    (["CN", "Viet Nam"], None),
    (["HKG", "MEX"], None),  # one country either way
]


@pytest.mark.parametrize(("cells", "places"), ORIGINS)
def test_origins_are_read_as_the_whole_column_says(cells, places):
    plan, asked = read(Origin=cells * (ROWS // len(cells)))
    assert (plan.uses["origin_country"].places, asked) == (places, [])


@pytest.mark.parametrize("cells", [["CAN"], ["CAN", "HKG"], ["CAN", "PVG", "CHN"], ["China", "PVG"]])
def test_origins_that_could_be_either_are_asked(cells):
    _, asked = read(Origin=cells)
    assert asked[0].about == "origin_country"
    table, _, reading = asked[0].choices[0].partition(" = ")
    settings = {table.split(".")[0]: {table.split(".")[1]: reading.strip('"')}}
    assert read(settings, Origin=cells)[1] == []


def test_a_country_of_origin_is_a_country():
    assert read(COO=["CAN"])[0].uses["origin_country"].places is None


def test_a_port_of_loading_is_a_country_of_export_where_it_holds_codes():
    assert read(**{"Port of Loading": ["CAN", "PVG"]})[0].uses["export_country"].places == "airports"
    assert "export_country" not in uses(read(**{"Port of Loading": ["TORONTO"]})[0])


def test_two_headings_that_hold_the_same_are_one():
    plan, asked = read(Recipient=FILE["Consignee"])
    assert (uses(plan)["consignee_name"], asked) == ("Consignee", [])


def test_a_heading_that_holds_nothing_is_passed_over():
    plan, asked = read(without=["Consignee"], **{"Recipient Company": [""], "Recipient Contact": FILE["Consignee"]})
    assert (uses(plan)["consignee_name"], asked) == ("Recipient Contact", [])


def test_two_headings_that_differ_are_asked():
    _, asked = read(Recipient=["Somebody else"])
    assert asked[0].choices == ('columns.consignee_name = "Consignee"', 'columns.consignee_name = "Recipient"')


VALUES = ["Declared Value"]


def values(**columns):
    return read(without=VALUES, **columns)


@pytest.mark.parametrize("quantities", [["2", "1"], ["", "1"], ["1 box", "1"]])
def test_a_price_of_one_unit_is_asked_with_its_product(quantities):
    _, asked = values(**{"Unit Price": ["10.00"], "Qty": quantities})
    assert asked[0].choices == (
        'columns.declared_value = "{Unit Price} * {Qty}"',
        'columns.declared_value = "Unit Price"',
    )


def test_a_price_of_one_unit_is_the_value_where_every_quantity_is_one():
    plan, asked = values(**{"Unit Price": ["10.00"], "Qty": ["1"]})
    assert (uses(plan)["declared_value"], asked) == ("Unit Price", [])
    assert "every quantity is 1" in plan.notes[0]


def test_of_two_values_the_product_is_taken():
    plan, asked = values(**{"Value": ["10.00", "7.25"], "Total Value": ["20.00", "21.75"], "Qty": ["2", "3"]})
    assert (uses(plan)["declared_value"], asked) == ("Total Value", [])
    assert "times the quantity" in plan.notes[0]


def test_a_value_equal_to_the_price_of_one_is_asked():
    _, asked = values(**{"Value": ["10.00"], "Unit Price": ["10.00"], "Qty": ["2"]})
    assert asked[0].choices[0] == 'columns.declared_value = "{Value} * {Qty}"'


def test_a_value_that_repeats_within_orders_is_asked():
    orders = [f"O{at // 2}" for at in range(ROWS)]
    _, asked = values(**{"Order No": orders, "Total Value": [f"{at // 2}0.00" for at in range(ROWS)]})
    assert "total of the order" in asked[0].text
    plan, asked = values(**{"Order No": orders, "Total Value": [f"{at}0.00" for at in range(ROWS)]})
    assert (uses(plan)["declared_value"], asked) == ("Total Value", [])


def test_the_total_of_an_order_is_asked():
    _, asked = values(**{"Order Total": ["10.00"]})
    assert asked[0].choices == ('columns.declared_value = "Order Total"',)


@pytest.mark.parametrize("total", ["Total", "Line Total", "Extended Price", "Total (USD)"])
def test_a_total_of_value_times_quantity_is_the_value(desk, landed, total):
    head = f"Tracking Number,Arrival Date,Recipient Name,Address,Value,Quantity,{total}\n"
    who = "2025-03-04,Ann Example,1 Test Street"
    path = desk.write("a.csv", f"{head}T1,{who},140.00,3,420.00\nT2,{who},100.00,4,400.00\nT3,{who},7.00,1,7.00\n")
    intake = desk.take(path)
    assert [str(row["declared_value"]) for row in landed(intake)] == ["420.00", "400.00", "7.00"]
    assert f"declared_value is taken from {total!r}, which is 'Value' times the quantity" in intake.inputs[0].notes


def test_a_total_that_is_no_product_is_not(desk, landed):
    head = "Tracking Number,Arrival Date,Recipient Name,Address,Value,Quantity,Total\n"
    path = desk.write("a.csv", f"{head}T1,2025-03-04,Ann Example,1 Test Street,140.00,3,150.00\n")
    assert [str(row["declared_value"]) for row in landed(desk.take(path))] == ["140.00"]
