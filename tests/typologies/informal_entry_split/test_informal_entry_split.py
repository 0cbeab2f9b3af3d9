"""Splitting below the informal limit: int_shipments__entered_informally, int_crossings__informal_entry_split,
int_members__informal_entry_split, int_measures__informal_entry_split."""

from datetime import date

import pytest

from tests.sql.chain import TUESDAY, cases_of, lines, side_by_side

INFORMAL = {"entry_type": "11", "declared_value": "1300.00"}
ORDER = {**INFORMAL, "order_id": "A123", "order_issuer": "shop"}
FLIGHT = {**INFORMAL, "conveyance_id": "XX 12"}


def flags(chain, *changes):
    return chain.run(lines(*changes)).flags("informal_entry_split")


def beside(chain, *cases):
    """Flags of several cases, each with orders and a consignee of its own."""
    shops = (
        [row | ({"order_issuer": f"shop {number}"} if row.get("order_issuer") else {}) for row in case]
        for number, case in enumerate(cases)
    )
    return chain.run(side_by_side(*shops)).flags("informal_entry_split").sort("identity_id")


@pytest.mark.parametrize("common", [ORDER, FLIGHT, {**ORDER, "mode": "mail"}])
def test_pieces_within_the_informal_limit_are_over_it_together(chain, common):
    units = [
        (["1300.00", "1199.99"], False),
        (["1300.00", "1200.00"], False),
        (["1300.00", "1200.01"], True),
        (["2500.00", "0.01"], True),
        (["2500.01", "100.00"], False),
        (["2600.00"], False),
    ]
    found = beside(chain, *([{**common, "declared_value": value} for value in values] for values, _ in units))
    assert cases_of(found) == [number for number, (_, flagged) in enumerate(units) if flagged]


def test_each_way_has_its_rule(chain):
    ways = [
        (ORDER, "US-INF-01"),
        (FLIGHT, "US-INF-02"),
        ({**ORDER, "mode": "mail"}, "US-INF-03"),
        ({**ORDER, "mode": "mail", "arrival_date": date(2026, 7, 23)}, "US-INF-03"),
        ({**ORDER, "mode": "mail", "arrival_date": date(2026, 7, 24)}, "US-C-15"),
        ({**ORDER, "mode": "mail", "arrival_date": date(2027, 6, 30)}, "US-C-15"),
        ({**ORDER, "mode": "mail", "arrival_date": date(2027, 7, 1)}, "US-INF-03"),
        ({**ORDER, "arrival_date": date(2013, 1, 7)}, "US-INF-01"),
        ({**ORDER, "arrival_date": date(2013, 1, 6)}, None),
    ]
    found = beside(chain, *([common, common] for common, _ in ways))
    told = dict(zip((int(identity.split()[-1]) for identity in found["identity_id"]), found["rule_id"], strict=True))
    assert told == {number: rule for number, (_, rule) in enumerate(ways) if rule}


def test_another_consignee_day_or_conveyance_or_mail_is_another_entry(chain):
    mail = {**FLIGHT, "mode": "mail"}
    changes = [{}, {"consignee_name": "Bo Ek"}, {"arrival_date": TUESDAY}, {"conveyance_id": "XX 13"}]
    found = beside(chain, *([FLIGHT, {**FLIGHT, **change}] for change in changes), [mail, mail])
    assert cases_of(found) == [0]


def strengths(found):
    return dict(zip((int(identity.split()[-1]) for identity in found["identity_id"]), found["strength"], strict=True))


def test_only_informal_entries_count(chain):
    sale = {**ORDER, "product_id": "P1"}
    entries = [
        ({}, "inferred"),
        ({"entry_type": None, "arrival_date": date(2025, 9, 15)}, "inferred"),
        ({"entry_type": "01"}, None),
        ({"entry_type": "86", "declared_value": "700"}, None),
        ({"entry_type": "mail", "mode": "mail", "declared_value": "700"}, None),
        ({"entry_type": "mail", "mode": "mail", "exemption_claimed_declared": False}, "inferred"),
        ({"order_issuer": None}, "supporting"),
    ]
    found = beside(chain, *([{**sale, **change}] * 4 for change, _ in entries))
    assert strengths(found) == {number: strength for number, (_, strength) in enumerate(entries) if strength}


APART = [
    # one bill on one conveyance belongs on one entry
    ([{**FLIGHT, "house_bill": "HB1"}] * 2, "objective", "Another exception of 19 CFR 141.52"),
    ([{**FLIGHT, "house_bill": "HB1", "entry_type": None, "arrival_date": date(2025, 9, 15)}] * 2, "inferred",
     "informal entry is assumed"),
    ([{**FLIGHT, "house_bill": "hb1 "}, {**FLIGHT, "house_bill": "HB1"}], "objective", None),
    # separate bills may be entered apart
    ([{**FLIGHT, "house_bill": "HB1"}, {**FLIGHT, "house_bill": "HB2"}], "supporting", "2 bills of lading"),
    ([FLIGHT, FLIGHT], "inferred", "House bills are not given"),
    ([{**FLIGHT, "house_bill": "HB1"}, FLIGHT], "inferred", "House bills are not given"),
    # equal goods under one bill, each with an entry number, may be one entry and its replacement
    ([{**FLIGHT, "house_bill": "HB1", "hts_code": "8205100000", "entry_number": number} for number in "PQ"],
     "inferred", "taken the place of the other"),
    ([{**FLIGHT, "house_bill": "HB1", "hts_code": f"820510000{number}", "entry_number": f"P{number}"}
      for number in "12"], "objective", None),
    ([{**FLIGHT, "house_bill": "HB1", "hts_code": "8205100000", "entry_number": number, "declared_value": value}
      for number, value in (("R", "1400"), ("S", "1401"))], "objective", None),
    # so may classes that different centers process, unless one class is over the limit by itself
    ([{**FLIGHT, "house_bill": "HB1", "hts_code": "6110303053"}, {**FLIGHT, "house_bill": "HB1",
      "hts_code": "8517130000"}], "supporting", "different centers"),
    ([{**FLIGHT, "house_bill": "HB1", "hts_code": "6110303053"}, {**FLIGHT, "house_bill": "HB1",
      "hts_code": "6404110000"}], "objective", None),
    ([{**FLIGHT, "house_bill": "HB1", "hts_code": "6110303053"}, {**FLIGHT, "house_bill": "HB1"}], "objective",
     None),
    # instalments are admitted each; the same goods within days look like one sale that was cut
    ([ORDER, {**ORDER, "arrival_date": TUESDAY}], "supporting", "19 CFR 143.21(b)"),
    ([{**ORDER, "product_id": "P1"}, {**ORDER, "product_id": "P1", "arrival_date": TUESDAY}], "inferred", None),
    ([{**ORDER, "product_id": "P1"}, {**ORDER, "product_id": "P2", "arrival_date": TUESDAY}], "supporting", None),
    ([{**ORDER, "product_id": "P1"}, {**ORDER, "product_id": "P1", "arrival_date": date(2025, 1, 26)}],
     "inferred", None),
    ([{**ORDER, "product_id": "P1"}, {**ORDER, "product_id": "P1", "arrival_date": date(2025, 1, 27)}],
     "supporting", None),
    # mail is added up where it was sent at one time
    ([{**ORDER, "mode": "mail"}] * 2, "inferred", "day of mailing would settle it"),
    ([{**ORDER, "mode": "mail"}, {**ORDER, "mode": "mail", "arrival_date": TUESDAY}], "supporting",
     "sent at different times"),
]  # fmt: skip
"""Two pieces over the limit together, the strength of the flag and what is said against it."""


def test_strength_follows_what_may_be_entered_apart(chain):
    found = beside(chain, *(pieces for pieces, _, _ in APART))
    told = {int(flag["identity_id"].split()[-1]): flag for flag in found.rows(named=True)}
    assert len(told) == found.height
    strengths = {number: (flag["strength"], flag["shipments"]) for number, flag in sorted(told.items())}
    assert strengths == {number: (strength, 2) for number, (_, strength, _) in enumerate(APART)}
    unsaid = [said for number, (*_, said) in enumerate(APART) if said and said not in told[number]["counter_reasons"]]
    assert unsaid == []


@pytest.mark.parametrize(("value", "strength"), [("900.00", "supporting"), ("900.01", "inferred")])
def test_a_missing_bill_matters_where_it_could_bring_a_bill_over_the_limit(chain, value, strength):
    bills = [("HB1", "1600.00"), ("HB2", "1500.00"), (None, value)]
    pieces = [{**FLIGHT, "house_bill": bill, "declared_value": worth} for bill, worth in bills]
    (flag,) = flags(chain, *pieces).rows(named=True)
    assert (flag["strength"], flag["shipments"]) == (strength, 3)
    assert ("whichever of these bills" in flag["counter_reasons"]) == (strength == "supporting")


def test_mail_of_one_sender_to_one_addressee_on_one_day_is_added_up(chain):
    mail = {**INFORMAL, "entry_type": "mail", "mode": "mail", "exemption_claimed_declared": False, "shipper_name": "Ox"}
    changes = [
        ({}, "US-INF-04"), ({"shipper_name": "Yak"}, None), ({"arrival_date": TUESDAY}, None),
        ({"order_id": "B"}, None), ({"order_id": "N/A"}, "US-INF-04"),
        ({"declared_value": "1200"}, None), ({"declared_value": "1200.01"}, "US-INF-04"),
    ]  # fmt: skip
    found = beside(chain, *([mail, {**mail, **change}] for change, _ in changes))
    told = dict(zip((int(identity.split()[-1]) for identity in found["identity_id"]), found["rule_id"], strict=True))
    assert told == {number: rule for number, (_, rule) in enumerate(changes) if rule}
    assert set(found["strength"]) == {"inferred"}


def test_what_may_not_have_come_by_mail_is_no_mailing(chain):
    unknown = {**INFORMAL, "mode": None, "shipper_name": "Ox", "arrival_date": date(2026, 3, 5)}
    assert flags(chain, unknown, unknown).is_empty()
    assert flags(chain, *[{**unknown, "mode": "mail", "entry_type": "mail"}] * 2)["rule_id"].to_list() == ["US-INF-04"]


def test_the_value_is_the_customs_value(chain):
    bill = {**FLIGHT, "house_bill": "HB1"}
    values = [
        ([("3000", "1500"), ("1000", "500")], False),
        ([("1000", "1500"), ("1000", "1500")], True),
        ([("1000", "1250"), ("1000", "1250")], False),
        ([("1000", "1250"), ("1000", "1250.01")], True),
        ([("1300", None), ("1300", None)], True),
    ]
    found = beside(
        chain,
        *([{**bill, "declared_value": told, "customs_value": customs} for told, customs in case] for case, _ in values),
    )
    assert cases_of(found) == [number for number, (_, flagged) in enumerate(values) if flagged]
    stands_in = found["counter_reasons"].str.contains("declared value stands in").to_list()
    assert stands_in == [False, False, True]


def test_rows_of_one_entry_number_are_one_entry(chain):
    bill = {**FLIGHT, "house_bill": "HB1"}
    numbers = [(["E1", "E1"], False), (["E1", "e1 "], False), (["E1", "E2"], True), (["E1", None], True)]
    found = beside(chain, *([{**bill, "entry_number": number} for number in case] for case, _ in numbers))
    assert cases_of(found) == [number for number, (_, flagged) in enumerate(numbers) if flagged]


def test_one_bill_over_the_limit_stands_beside_the_lead_of_its_conveyance(chain):
    first, second = {**FLIGHT, "house_bill": "HB1"}, {**FLIGHT, "house_bill": "HB2", "declared_value": "100"}
    found = flags(chain, first, first, second).sort("strength")
    assert found.select("strength", "shipments").rows() == [("objective", 2), ("supporting", 3)]
    assert found["subject"].str.contains("house bill HB1").to_list() == [True, False]


def test_a_flag_names_its_pieces_and_its_way(chain):
    (flag,) = flags(chain, FLIGHT, FLIGHT, {**FLIGHT, "declared_value": "2600.00"}).rows(named=True)
    assert flag["reason"] == (
        "2 shipments for one consignee on one conveyance, each within the informal limit of USD 2500.00, "
        "are together worth 2600.00."
    )
    assert chain.table("int_members__informal_entry_split")["shipment_uid"].to_list() == ["s1", "s2"]
    assert set(chain.table("int_shipments__entered_informally")["way"]) == {"conveyance_consignee"}
    assert chain.table("int_crossings__informal_entry_split").height == 1
    assert chain.table("int_measures__informal_entry_split")["identity_id"].to_list() == ["i-maria lopez"]
