"""The fewest shipments without which a flag would not stand: int_members__ranked_in_flags, int_flags__cut_short,
mart_smallest_cuts."""

from datetime import date
from itertools import combinations

import polars as pl
import pytest

from analytics.contracts.findings import SmallestCuts
from tests.sql.chain import lines


def cut(chain, *changes, typology):
    (flag,) = chain.run(lines(*changes)).flags(typology).rows(named=True)
    cuts = SmallestCuts.validate(chain.table("mart_smallest_cuts"), cast=True)
    return cuts.filter(flag_id=flag["flag_id"]).row(0, named=True)


def fewest(values, limit=800):
    """Try every part of the pieces, the smallest first."""
    for count in range(1, len(values) + 1):
        for gone in combinations(range(len(values)), count):
            rest = [value for place, value in enumerate(values) if place not in gone]
            if len(rest) < 2 or sum(rest) <= limit:
                return count
    raise AssertionError


@pytest.mark.parametrize("values", [[500, 400], [500, 400, 300], [300] * 6, [790, 10, 10, 10], [600, 600, 600, 600]])
def test_a_day_falls_without_its_dearest_pieces(chain, values):
    row = cut(chain, *({"declared_value": f"{value}.00"} for value in values), typology="daily_limit")
    dearest = sorted(values)[-row["cut_count"] :]
    assert (row["cut_count"], row["cut_usd"]) == (fewest(values), sum(dearest))
    named = chain.table("mart_flag_shipments").join(chain.table("mart_shipments"), on="shipment_uid")
    assert sorted(named.filter("is_in_cut")["value_usd"].cast(pl.Int64)) == dearest
    assert chain.table("int_members__ranked_in_flags")["place"].sort().to_list() == [*range(1, len(values) + 1)]


def test_what_stands_on_one_row_falls_with_it(chain):
    row = cut(chain, {"hts_code": "2208300000"}, typology="ineligible_goods")
    assert (row["stands_on"], row["cut_count"], row["statement"]) == ("each", 1, "The flag rests on this one shipment.")
    assert chain.table("mart_flag_shipments")["is_in_cut"].to_list() == [True]


@pytest.mark.parametrize(
    ("entries", "count"),
    [(["E1", "E2"], 1), (["E1", "E1", "E1", "E2"], 1), (["E1", "E2", "E3"], 2), (["E1", "E1", "E2", "E2"], 2)],
)
def test_a_bill_may_keep_one_of_its_entries(chain, entries, count):
    rows = [{"house_bill": "HB1", "entry_number": entry} for entry in entries]
    assert cut(chain, *rows, typology="duplicate_entry")["cut_count"] == count


@pytest.mark.parametrize(("shipments", "count"), [(3, 1), (7, 5)])
def test_a_pattern_of_filing_needs_three(chain, shipments, count):
    rows = [{"description": "parts", "seller_id": "S"}] * shipments
    row = cut(chain, *rows, typology="vague_description")
    assert (row["cut_count"], row["cut_usd"]) == (count, None)
    assert row["statement"] == f"Without {count} of its {shipments} shipments the flag would not stand."


def test_of_many_names_nine_may_stay_those_with_most_shipments(chain):
    place = {"consignee_address": "1 Dock Rd", "consignee_postal_code": "07102"}
    names = [f"Person {number}" for number in range(11)] + ["Person 0", "Person 1", "Person 1"]
    row = cut(chain, *({**place, "consignee_name": name} for name in names), typology="address_hub")
    assert (row["shipments"], row["cut_count"]) == (14, 2)


def test_what_rests_on_a_history_has_no_smallest_cut(chain):
    entered = {"seller_id": "S", "entry_type": "11"}
    claimed = {"seller_id": "S", "entry_type": "86", "arrival_date": date(2025, 2, 13)}
    row = cut(chain, *[entered] * 10, *[claimed] * 10, typology="entry_type_switching")
    assert (row["stands_on"], row["cut_count"]) == ("pattern", None)
    assert "rests on a pattern over time" in row["statement"]
    assert chain.table("int_flags__cut_short").height == chain.table("mart_flags").height
