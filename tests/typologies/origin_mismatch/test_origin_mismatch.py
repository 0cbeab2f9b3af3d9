"""Origins that do not fit: int_origins__suspended, int_origins__layered, int_goods__on_duty_lists,
int_members__origin_mismatch, int_measures__origin_mismatch."""

from datetime import date

import polars as pl

from analytics.rulebook import load_references
from tests.sql.chain import lines

SWITCH = date(2025, 5, 2)


def mismatches(chain, *changes):
    return chain.only("origin_mismatch", lines(*changes))


SENT = {"seller_id": "S", "origin_country": "VN", "arrival_date": SWITCH}


def test_what_points_elsewhere_is_told_where_the_origin_decides(chain):
    cases = [
        ({"shipper_country": "CN"}, "supporting"),
        ({"export_country": "HK"}, "supporting"),
        ({"shipper_country": "CN", "export_country": "CN"}, "inferred"),
        ({"shipper_country": "VN", "export_country": "VN"}, None),
        ({"shipper_country": "CN", "origin_country": "CN"}, None),
        ({"shipper_country": "CN", "origin_country": None}, None),
        ({"shipper_country": "CN", "entry_type": "11", "hts_code": "6110303053"}, "supporting"),  # China pays more
        ({"shipper_country": "VN", "origin_country": "CN", "entry_type": "11"}, None),  # and of Vietnam less
        ({"shipper_country": "HK", "entry_type": "11"}, None),  # the duties on Hong Kong were held void
        ({"shipper_country": "CN", "arrival_date": date(2025, 5, 1)}, None),  # it would have been free anyway
        ({"shipper_country": "CN", "arrival_date": date(2025, 8, 29)}, None),  # nothing is free any more
        ({"shipment_id": "LX123456785CN", "mode": "mail", "entry_type": "mail"}, "supporting"),
        ({"shipment_id": "RX123456785CN"}, None),  # no mail item
        ({"shipment_id": "LX123456785VN", "mode": "mail", "entry_type": "mail"}, None),
    ]
    sent = ({**SENT, "seller_id": f"S{number}", **change} for number, (change, _) in enumerate(cases))
    flags = mismatches(chain, *sent)
    told = {flag["subject"].split(",")[0]: flag["strength"] for flag in flags}
    assert told == {f"seller S{number}": strength for number, (_, strength) in enumerate(cases) if strength}
    assert len(flags) == len(told)


def test_an_entry_is_told_where_the_other_origin_pays_more(chain):
    entry = {"entry_type": "11", "origin_country": "MX", "seller_id": "S", "arrival_date": date(2026, 7, 23)}
    entry |= {"hts_code": "6110303053"}
    cases = [
        ({"shipper_country": "CN"}, True),
        ({"shipper_country": "CN", "hts_code": "9503000073"}, False),  # toys are on no list
        ({"shipper_country": "CN", "hts_code": None}, False),
        ({"shipper_country": "CN", "export_country": "CN", "entry_type": "01"}, True),
        ({"shipper_country": "TR"}, False),
        ({"shipper_country": "VN"}, False),
        ({"shipper_country": "VN", "arrival_date": date(2026, 7, 24)}, True),  # 12.5 against 10 percent
        ({"shipper_country": "GB", "arrival_date": date(2026, 7, 24)}, False),
        ({"shipper_country": "CN", "entry_type": None}, False),
    ]
    flags = mismatches(chain, *({**entry, "seller_id": f"S{at}", **change} for at, (change, _) in enumerate(cases)))
    told = {flag["subject"].split(",")[0] for flag in flags}
    assert told == {f"seller S{at}" for at, (_, flagged) in enumerate(cases) if flagged}
    (first,) = [flag for flag in flags if flag["subject"].startswith("seller S0")]
    assert first["reason"] == (
        "1 shipment is entered as goods of MX, and came from CN, whose goods pay 7.5% of the value under S301_CN, "
        "not 0%: by the shipper 1."
    )


def test_a_truck_comes_from_where_goods_are_stocked(chain):
    entry = {"entry_type": "11", "origin_country": "MX", "hts_code": "6110303053", "arrival_date": date(2026, 7, 23)}
    exported = {**entry, "export_country": "CN"}
    cases = [
        ({"mode": "air", "shipper_country": "MX"}, True),
        ({"mode": None, "shipper_country": "MX"}, True),
        ({"mode": "truck", "shipper_country": "MX"}, False),
        ({"mode": "truck", "shipper_country": None}, True),
        ({"mode": "truck", "shipper_country": "CN"}, True),
    ]
    flags = mismatches(chain, *({**exported, "seller_id": f"S{at}", **change} for at, (change, _) in enumerate(cases)))
    told = {flag["subject"].split(",")[0] for flag in flags}
    assert told == {f"seller S{at}" for at, (_, flagged) in enumerate(cases) if flagged}


def test_the_longest_beginning_in_force_decides_what_list_goods_are_on(chain):
    shipped = load_references().tables["ref_duty_layer_goods"]
    row = shipped.filter(scheme="S301_CN").row(0, named=True)
    stretches = [
        ("61", "L3", date(2018, 7, 6), None),
        ("6110", "none", date(2025, 1, 1), date(2026, 1, 1)),
        ("ALL", "L1", date(2018, 7, 6), None),
    ]
    goods = [
        {**row, "hts_prefix": prefix, "goods_list": listed, "valid_from": begin, "valid_to": end}
        for prefix, listed, begin, end in stretches
    ]
    told = {"ref_duty_layer_goods": pl.DataFrame(goods, schema=shipped.schema)}
    entry = {"entry_type": "11", "origin_country": "MX", "shipper_country": "CN", "hts_code": "6110303053"}
    cases = [
        ({"arrival_date": date(2025, 6, 2)}, False),  # the longer beginning is on no list
        ({"arrival_date": date(2026, 6, 2)}, True),  # it is in force no more
        ({"arrival_date": date(2025, 6, 2), "hts_code": "6109100012"}, True),
        ({"arrival_date": date(2025, 6, 2), "hts_code": "9503000073"}, True),  # every other number
    ]
    rows = ({**entry, "seller_id": f"S{at}", **change} for at, (change, _) in enumerate(cases))
    flags = chain.only("origin_mismatch", lines(*rows), references=told)
    found = {flag["subject"].split(",")[0] for flag in flags}
    assert found == {f"seller S{at}" for at, (_, flagged) in enumerate(cases) if flagged}


def test_the_signs_of_a_seller_and_week_are_counted(chain):
    (flag,) = mismatches(chain, {**SENT, "shipper_country": "CN"}, {**SENT, "export_country": "CN"})
    assert flag["reason"] == (
        "2 shipments claim the exemption as goods of VN, and came from CN, whose goods had none: "
        "by the shipper 1, by the country of export 1."
    )
    assert flag["subject"] == "seller S, week of 2025-04-28, CN as VN"
    assert "Where goods are sent from is not where they are made." in flag["counter_reasons"]
    assert chain.table("int_members__origin_mismatch").height == 2
    assert chain.table("int_measures__origin_mismatch").height == 1
