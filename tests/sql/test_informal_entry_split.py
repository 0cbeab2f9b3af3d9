"""Splitting below the informal limit: int_pieces__entered_informally, int_crossings__informal_entry_split,
int_members__informal_entry_split, int_findings__informal_entry_split."""

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


def test_only_informal_entries_count_and_an_unknown_entry_is_an_inference(chain):
    entries = [
        ({}, "objective"),
        ({"entry_type": None, "arrival_date": date(2025, 9, 15)}, "inferred"),
        ({"entry_type": "01"}, None),
        ({"entry_type": "86", "declared_value": "700"}, None),
        ({"entry_type": "mail", "mode": "mail", "declared_value": "700"}, None),
        ({"entry_type": "mail", "mode": "mail", "exemption_claimed_declared": False}, "objective"),
        ({"order_issuer": None}, "inferred"),
    ]
    found = beside(chain, *([{**ORDER, **change}] * 4 for change, _ in entries))
    told = dict(zip((int(identity.split()[-1]) for identity in found["identity_id"]), found["strength"], strict=True))
    assert told == {number: strength for number, (_, strength) in enumerate(entries) if strength}


def test_a_flag_names_its_pieces_and_its_way(chain):
    (flag,) = flags(chain, FLIGHT, FLIGHT, {**FLIGHT, "declared_value": "2600.00"}).rows(named=True)
    assert flag["reason"] == (
        "2 pieces for one consignee on one conveyance, each within the informal limit of USD 2500.00, "
        "are together worth 2600.00."
    )
    assert chain.table("int_members__informal_entry_split")["shipment_uid"].to_list() == ["s1", "s2"]
    assert chain.table("int_pieces__entered_informally")["way"].to_list() == ["conveyance_consignee"] * 2
    assert chain.table("int_crossings__informal_entry_split").height == 1
    assert chain.table("int_findings__informal_entry_split")["identity_id"].to_list() == ["i-maria lopez"]
