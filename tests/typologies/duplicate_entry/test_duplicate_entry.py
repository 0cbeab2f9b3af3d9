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


def test_a_number_with_marks_in_it_is_a_text_like_any_other(chain):
    hostile = "'; drop table x; -- \u202e"
    (flag,) = found(chain, {**ONE, "house_bill": hostile}, {**OTHER, "house_bill": hostile})
    assert "DROP TABLE" in flag["subject"]
