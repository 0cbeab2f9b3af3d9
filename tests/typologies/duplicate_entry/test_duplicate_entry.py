"""One bill entered more than once: int_members__duplicate_entry, int_measures__duplicate_entry."""

from datetime import date

import pytest

from tests.sql.chain import lines

ONE = {"house_bill": "HB1", "entry_number": "E1", "carrier_code": "FX"}
OTHER = {**ONE, "entry_number": "E2"}


def found(chain, *changes):
    return chain.only("duplicate_entry", lines(*changes))


@pytest.mark.parametrize(
    ("second", "flagged"),
    [
        (OTHER, True),
        ({**OTHER, "house_bill": " hb1 "}, True),
        (ONE, False),  # one entry for two rows of one bill
        ({**ONE, "entry_number": " e1"}, False),
        ({**OTHER, "house_bill": "HB2"}, False),
        ({**OTHER, "carrier_code": "D0"}, False),  # another carrier's number
        ({**OTHER, "house_bill": None}, False),
        ({**OTHER, "entry_number": None}, False),
        ({**OTHER, "arrival_date": date(2025, 7, 12)}, True),  # 180 days later
        ({**OTHER, "arrival_date": date(2025, 7, 13)}, False),  # the number is used again
    ],
)
def test_a_bill_is_entered_once(chain, second, flagged):
    assert bool(found(chain, ONE, second)) is flagged


def test_one_shipment_alone_is_no_duplicate(chain):
    assert not found(chain, ONE)


def test_bills_that_differ_in_value_may_have_been_entered_in_parts(chain):
    (same,) = found(chain, ONE, OTHER)
    (other,) = found(chain, ONE, {**OTHER, "declared_value": "40.00"}, {**OTHER, "entry_number": "E3"})
    assert (same["strength"], same["counter_reasons"], same["identity_id"]) == ("objective", "[]", "i-maria lopez")
    assert "entered in parts" in other["counter_reasons"]
    assert other["reason"] == "One house bill was entered under 3 entry numbers, on 3 shipments."
    assert chain.table("int_members__duplicate_entry").height == 3


CLAIM = {"house_bill": "HB1", "carrier_code": "FX", "declared_value": "790.00", "shipper_name": "A"}
ENTRY = {**CLAIM, "entry_number": "E1", "entry_type": "11"}


@pytest.mark.parametrize(
    ("claim", "entry", "way", "strength"),
    [
        ({}, {"declared_value": "789.99"}, "claim entered lower", "inferred"),
        ({}, {}, "claim entered", "supporting"),
        ({}, {"declared_value": "800.00"}, "claim entered", "supporting"),
        ({"entry_number": "E0"}, {"declared_value": "90.00"}, "claim entered lower", "inferred"),
        ({"entry_type": "321"}, {"entry_type": "01"}, "claim entered", "supporting"),
    ],
)
def test_a_bill_that_was_claimed_is_not_entered_at_a_lower_value(chain, claim, entry, way, strength):
    (flag,) = found(chain, {**CLAIM, **claim}, {**ENTRY, **entry})
    assert (flag["way"], flag["strength"], flag["shipments"]) == (way, strength, 2)
    worth = entry.get("declared_value", "790.00")
    assert f"claimed under the exemption at USD 790.00 and entered with duty at USD {worth}" in flag["reason"]
    assert ("The value fell" in flag["reason"]) is way.endswith("lower")
    assert "has to be entered anew" in flag["counter_reasons"]


@pytest.mark.parametrize(
    "rows",
    [
        (CLAIM, CLAIM),  # two releases from the manifest
        (CLAIM, {**CLAIM, "entry_number": "E0"}),
        (CLAIM, {**ENTRY, "entry_number": None}),
        ({**CLAIM, "entry_type": None}, ENTRY),  # nobody says that it was claimed
        (ENTRY, ENTRY),
    ],
)
def test_a_release_and_an_entry_by_number_are_needed(chain, rows):
    assert not found(chain, *rows)


SAME = {**ENTRY, "product_id": "P1", "quantity": "4"}


@pytest.mark.parametrize(
    ("second", "way", "strength"),
    [
        ({}, "again", "inferred"),
        ({"entry_type": "01"}, "again", "objective"),
        ({"consignee_name": "Ann Lee"}, "again", "supporting"),
        ({"declared_value": "300.00", "consignee_name": "Ann Lee"}, "other value", "supporting"),
        ({"declared_value": "300.00"}, "other value", "inferred"),
        ({"declared_value": "300.00", "quantity": None}, "parts", "supporting"),
        ({"declared_value": "300.00", "quantity": "3", "entry_type": None}, "again", "objective"),
    ],
)
def test_two_entries_of_a_bill_may_be_parts_of_it_or_one_at_another_value(chain, second, way, strength):
    (flag,) = found(chain, SAME, {**SAME, "entry_number": "E2", **second})
    assert (flag["way"], flag["strength"]) == (way, strength)
    assert ("USD 300.00 and USD 790.00" in flag["reason"]) is (way == "other value")


def test_entries_of_several_consignees_or_of_parts_alike_say_what_may_excuse_them(chain):
    second = {**SAME, "entry_number": "E2"}
    (alike,) = found(chain, SAME, second)
    (apart,) = found(chain, SAME, {**second, "consignee_name": "Ann Lee"})
    (formal,) = found(chain, SAME, {**second, "entry_type": "01"})
    assert "parts of the bill that are alike" in alike["counter_reasons"]
    assert "for 2 consignees; goods of one bill may be entered apart" in apart["counter_reasons"]
    assert "alike" not in apart["counter_reasons"] + formal["counter_reasons"]


@pytest.mark.parametrize(
    ("change", "flagged"),
    [
        ({"quantity": "3"}, False),
        ({"product_id": "P2"}, False),
        ({"quantity": None}, True),
        ({"quantity": "3", "entry_type": None}, True),
        ({}, True),
    ],
)
def test_entries_of_other_goods_or_quantities_are_parts_of_a_bill(chain, change, flagged):
    second = {**SAME, "entry_number": "E2", "declared_value": "300.00", **change}
    assert bool(found(chain, SAME, second)) is flagged


def test_of_three_entries_of_a_bill_two_may_be_one(chain):
    part = {**SAME, "entry_number": "E3", "quantity": "3"}
    (flag,) = found(chain, SAME, {**SAME, "entry_number": "E2"}, part)
    assert (flag["shipments"], flag["way"]) == (2, "again")


def test_a_number_with_marks_in_it_is_a_text_like_any_other(chain):
    hostile = "'; drop table x; -- \u202e"
    (flag,) = found(chain, {**ONE, "house_bill": hostile}, {**OTHER, "house_bill": hostile})
    assert "DROP TABLE" in flag["subject"]
