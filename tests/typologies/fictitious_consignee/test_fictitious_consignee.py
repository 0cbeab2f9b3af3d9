"""Names that are nobody's, addresses that are none: int_members__fictitious_consignee,
int_measures__fictitious_consignee."""

import pytest

from tests.sql.chain import lines

SOUND = {"consignee_address": "12 Elm St", "consignee_state": "NY", "consignee_postal_code": "10001"}


def found(chain, *changes, **more):
    return chain.only("fictitious_consignee", lines(*changes), **more)


@pytest.mark.parametrize(
    ("change", "signs"),
    [
        ({}, None),
        ({"consignee_name": "MICKEY MOUSE"}, "cartoon"),
        ({"consignee_name": "Mickey Mouseworth"}, None),
        ({"consignee_name": "Clark Kent"}, "comic"),
        ({"consignee_name": "John Doe"}, "stand-in"),
        ({"consignee_name": "asdfgh"}, "keys"),
        ({"consignee_name": "Iorwerth Stawert"}, None),  # a row of keys, and a Welsh name
        ({"consignee_name": "Charlie Brown"}, None),  # of such names there are many
        ({"consignee_name": "Aaa aaa"}, "stand-in+one_letter"),
        ({"consignee_name": "Xu"}, None),
        ({"consignee_name": "1234 5678 B"}, "digits"),
        ({"consignee_name": "3M Company"}, None),
        ({"consignee_name": "<script>alert(1)</script>"}, None),
        ({"consignee_name": None, "consignee_id": None}, "nobody"),
        ({"consignee_address": "..."}, "no_address"),
        ({"consignee_address": "unknown"}, "no_address"),
        ({"consignee_address": None}, None),  # not known is not invalid
        ({"consignee_postal_code": "06390"}, None),  # prefix 063 is in Connecticut and in New York
        ({"consignee_postal_code": "07001"}, "zip_state"),
        ({"consignee_postal_code": "00401"}, "no_such_zip"),
        ({"consignee_postal_code": "00501"}, None),
        ({"consignee_postal_code": "90134"}, None),  # a prefix the list does not have: nothing can be said
        ({"consignee_state": None, "consignee_postal_code": "07001"}, None),
        ({"consignee_country": "MX", "consignee_postal_code": "07001"}, None),
    ],
)
def test_each_sign_is_told_by_its_name(chain, change, signs):
    flags = found(chain, {**SOUND, **change})
    assert [flag["attributes"] for flag in flags] == ([f'{{"signs": "{signs}"}}'] if signs else [])


@pytest.mark.parametrize(
    ("change", "strength", "size"),
    [
        ({"consignee_name": "Donald Duck"}, "supporting", 1.0),
        ({"consignee_postal_code": "07001"}, "supporting", 0.25),
        ({"consignee_name": "Donald Duck", "consignee_postal_code": "07001"}, "inferred", 1.0),
    ],
)
def test_one_sign_supports_and_two_let_infer(chain, change, strength, size):
    (flag,) = found(chain, {**SOUND, **change})
    assert (flag["strength"], flag["size"]) == (strength, size)
    assert ("one sign alone" in flag["counter_reasons"]) is (strength == "supporting")


def test_what_is_written_rightly_elsewhere_may_be_a_slip(chain):
    (flag,) = found(chain, SOUND, SOUND, {**SOUND, "consignee_postal_code": "07001"})
    assert "2 other shipments of the same consignee are written without this" in flag["counter_reasons"]
    assert (flag["shipments"], flag["size"]) == (1, pytest.approx(0.25 / 3))
    assert chain.table("int_members__fictitious_consignee")["shipment_uid"].to_list() == ["s3"]


def test_entered_goods_are_named_too_and_said_to_matter_less(chain):
    (flag,) = found(chain, {**SOUND, "consignee_name": "Donald Duck", "entry_type": "11"})
    assert "For 1 of them no exemption is claimed" in flag["counter_reasons"]
    assert flag["reason"] == (
        "The consignee of 1 shipment may not be a person or a place: it is the name of a cartoon figure."
    )
