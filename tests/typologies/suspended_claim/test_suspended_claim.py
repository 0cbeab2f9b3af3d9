"""A claim when nothing was on offer: int_crossings__suspended_claim, int_members__suspended_claim,
int_measures__suspended_claim."""

from datetime import date

import polars as pl

from tests.sql.chain import cases_of, lines, side_by_side

SEPTEMBER = {"arrival_date": date(2025, 9, 15)}
JUNE = {"arrival_date": date(2025, 6, 2)}


def test_a_claim_is_flagged_where_no_exemption_was_on_offer(chain):
    cases = [
        ({}, None),
        (SEPTEMBER, "objective"),
        ({**SEPTEMBER, "entry_type": "11"}, None),
        ({**SEPTEMBER, "entry_type": None}, None),
        ({**SEPTEMBER, "entry_type": None, "exemption_claimed_declared": True}, "objective"),
        ({**SEPTEMBER, "exemption_claimed_declared": False}, None),
        ({**SEPTEMBER, "is_gift": True}, None),
        ({**JUNE, "origin_country": "CN"}, "objective"),
        ({**JUNE, "origin_country": "JP"}, None),
        ({**JUNE, "origin_country": None}, "inferred"),
        ({**JUNE, "origin_country": None, "entry_type": None}, None),
        ({**SEPTEMBER, "origin_country": None, "mode": None}, "objective"),
        ({"arrival_date": date(2025, 8, 28)}, None),
        ({"arrival_date": date(2025, 8, 29)}, "objective"),
        ({"arrival_date": date(2027, 7, 1)}, "objective"),
    ]
    flags = chain.run(side_by_side(*([changes] for changes, _ in cases))).flags("suspended_claim").sort("identity_id")
    expected = {number: strength for number, (_, strength) in enumerate(cases) if strength}
    assert cases_of(flags) == [*expected]
    subjects = {f"shipment s{number + 1}": strength for number, strength in expected.items()}
    assert dict(flags.select("subject", "strength").iter_rows()) == subjects


def test_a_suspended_claim_has_no_limit_and_belongs_to_its_shipment(chain):
    (flag,) = chain.run(lines({**SEPTEMBER, "consignee_name": None})).flags("suspended_claim").rows(named=True)
    assert (flag["limit_amount"], flag["excess_usd"], flag["identity_id"]) == (None, None, None)
    assert (flag["subject"], flag["rule_id"], flag["shipments"]) == ("shipment s1", "US-C-09", 1)
    assert "EO 14324" in flag["legal_basis"]
    (member,) = chain.table("int_members__suspended_claim").rows(named=True)
    assert (member["flag_id"], member["shipment_uid"]) == (flag["flag_id"], "s1")


def test_suspended_claims_are_not_added_up_against_a_limit(chain):
    chain.run(lines(*[SEPTEMBER] * 3))
    assert chain.flags("daily_limit").is_empty()
    assert chain.table("mart_daily_totals").select("limit_amount", "shipments").rows() == [(None, 3)]
    assert chain.table("int_crossings__suspended_claim").height == 3


def test_says_that_the_claim_was_read_from_the_entry_type(chain):
    (flag,) = chain.only("suspended_claim", lines(SEPTEMBER))
    assert "read from the entry type" in flag["counter_reasons"]


def test_mail_claims_nothing_since_the_exemption_ended_unless_it_is_declared(chain):
    mail = {"entry_type": "mail", "mode": "mail"}
    cases = [
        ({"arrival_date": date(2025, 8, 28)}, True, False),
        ({"arrival_date": date(2025, 8, 29)}, False, False),
        ({"arrival_date": date(2026, 10, 5)}, False, False),
        ({"arrival_date": date(2026, 10, 5), "entry_type": "13"}, False, False),
        ({"arrival_date": date(2026, 10, 5), "exemption_claimed_declared": True}, True, True),
        ({"arrival_date": date(2026, 10, 5), "is_gift": True, "declared_value": "90"}, True, False),
        ({"arrival_date": date(2026, 10, 5), "is_gift": True, "entry_type": "13"}, False, False),
        ({"arrival_date": date(2025, 6, 2), "origin_country": "CN"}, True, True),
    ]
    flags = chain.run(side_by_side(*([{**mail, **changes}] for changes, *_ in cases))).flags("suspended_claim")
    assert cases_of(flags) == [number for number, (*_, flagged) in enumerate(cases) if flagged]
    shipments = chain.table("mart_shipments").sort(pl.col("shipment_uid").str.slice(1).cast(pl.Int64))
    assert shipments["exemption_claimed"].to_list() == [claimed for _, claimed, _ in cases]
    assert shipments["exemption_basis"].to_list() == ["declared" if at == 4 else "entry_type" for at in range(8)]


def test_what_a_shop_sends_by_a_carrier_accompanies_nobody(chain):
    effects = {"entry_type": "personal", "declared_value": "190", "arrival_date": date(2026, 10, 5)}
    cases = [
        ({"mode": "air", "seller_id": "S9"}, True),
        ({"mode": "air"}, False),
        ({"mode": None, "seller_id": "S9"}, False),
        ({"mode": "accompanied", "seller_id": "S9"}, False),
    ]
    flags = chain.run(side_by_side(*([{**effects, **changes}] for changes, _ in cases))).flags("suspended_claim")
    assert cases_of(flags) == [number for number, (_, flagged) in enumerate(cases) if flagged]
    assert flags["reason"].str.contains("accompany a traveler .*; a seller sent these").all()
    (claim,) = chain.run(lines({**effects, "entry_type": "86", "seller_id": "S9"})).flags("suspended_claim")["reason"]
    assert "traveler" not in claim


def test_goods_that_the_suspension_may_leave_out_are_inferred_and_say_so(chain):
    cases = [
        ({**SEPTEMBER, "hts_code": "4902904000"}, "inferred"),
        ({"arrival_date": date(2026, 8, 4), "hts_code": "4911914040"}, "inferred"),
        ({**SEPTEMBER, "hts_code": "4820102020"}, "objective"),
        ({"arrival_date": date(2027, 7, 1), "hts_code": "4902904000"}, "objective"),
    ]
    flags = chain.run(side_by_side(*([row] for row, _ in cases))).flags("suspended_claim").sort("identity_id")
    assert flags["strength"].to_list() == [strength for _, strength in cases]
    said = flags["counter_reasons"].str.contains("informational materials, and baggage").to_list()
    assert said == [strength == "inferred" for _, strength in cases]
