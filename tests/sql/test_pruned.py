"""A pruned run: int_resolution__scoped says whether it is one, int_parties__weighed_by_unit says who can matter.

What needs everybody is not tested, and int_parties__inspected says at whom it is worth looking.
"""

from datetime import timedelta

import polars as pl
import pytest

from analytics.engines.models import load_model
from analytics.rulebook import load_references
from tests.sql.chain import MONDAY, TUESDAY, lines

SHORT, LONG = "A77", "ORDER-20991"


def weights(chain, *changes, **parameters):
    chain.run(lines(*changes), resolve="hot", **parameters)
    names = dict(chain.table("parties").select("alias_id", "consignee_name").iter_rows())
    rows = chain.table("int_parties__weighed_by_unit").select("alias_id", "unit", "share").iter_rows()
    return sorted((names[alias], unit, share) for alias, unit, share in rows)


def test_a_day_is_weighed_in_parts_of_the_limit(chain):
    found = weights(chain, {"declared_value": "200.00"}, {"declared_value": "200.00"}, {"arrival_date": TUESDAY})
    assert found == [("Maria Lopez", "2025-01-13", 0.5), ("Maria Lopez", "2025-01-14", 0.5)]


def test_the_limit_is_that_of_the_day(chain):
    assert weights(chain, {"arrival_date": MONDAY.replace(year=2015)})[0][2] == 2.0


def test_a_gift_is_weighed_by_the_smaller_limit_of_gifts(chain):
    assert weights(chain, {"is_gift": True, "declared_value": "50.00"}) == [("Maria Lopez", "2025-01-13", 0.5)]


@pytest.mark.parametrize("change", [{}, {"is_gift": True}, {"entry_type": "11"}, {"entry_type": None}])
def test_the_pool_is_that_of_the_sums(chain, change):
    ((_, _, share),) = weights(chain, change)
    pool = chain.table("int_shipments__sorted_into_pools")["pool"].item()
    assert share == {"standard": 0.5, "gift": 4.0, "personal": 2.0}[pool]


def test_the_larger_of_two_values_is_weighed(chain):
    (row,) = weights(chain, {"declared_value": "80.00", "customs_value": "800.00"})
    assert row[2] == 1.0


@pytest.mark.parametrize("gap", [0, 40])
def test_whoever_has_a_lot_of_an_order_over_the_limit_is_looked_at(chain, gap):
    lot = {"declared_value": "410.00", "order_issuer": "market", "consignee_name": "Ann Ash"}
    later = {"consignee_name": "Bo Beech", "arrival_date": MONDAY + timedelta(days=gap)}
    found = weights(chain, {**lot, "order_id": f"{LONG}-1"}, {**lot, "order_id": f"{LONG}-2", **later})
    assert [row for row in found if row[1].startswith("order")] == [
        ("Ann Ash", f"order {LONG}", 1.0),
        ("Bo Beech", f"order {LONG}", 1.0),
    ]


def test_a_small_order_and_an_order_in_one_piece_are_passed_over(chain):
    for pieces in (["300", "400"], ["900"]):
        found = weights(chain, *({"declared_value": value, "order_id": LONG} for value in pieces))
        assert [unit for _, unit, _ in found] == ["2025-01-13"]


def test_a_short_number_without_issuer_is_added_up_like_a_day(chain):
    found = weights(chain, {"order_id": SHORT}, {"order_id": SHORT, "consignee_name": "Bo", "declared_value": "480"})
    assert [row[::2] for row in found if row[1] == f"order {SHORT}"] == [("Bo", 0.6), ("Maria Lopez", 0.5)]


def test_a_conveyance_of_several_days_is_a_unit_of_its_own(chain):
    aboard = {"conveyance_id": "VOY 7"}
    assert len(weights(chain, aboard, aboard)) == 1
    units = {unit for _, unit, _ in weights(chain, aboard, {**aboard, "arrival_date": TUESDAY})}
    assert units == {"2025-01-13", "2025-01-14", "conveyance VOY 7"}


def test_nothing_is_weighed_where_everybody_is_compared(chain):
    chain.run(lines({}, {}))
    assert chain.table("int_parties__weighed_by_unit").is_empty()


@pytest.mark.parametrize(
    ("resolve", "typology", "looked_at"),
    [("all", "address_hub", 2), ("hot", "address_hub", 0), ("hot", "daily_limit", 2), ("hot", "suspended_claim", 2)],
)
def test_a_pruned_run_looks_at_names_and_places_only_where_that_can_explain_a_flag(chain, resolve, typology, looked_at):
    benign = load_references().tables["ref_benign_splits"]
    asked = benign.filter(pl.col("benign") == "known_place").head(1).with_columns(typology=pl.lit(typology))
    chain.run(lines({}, {"consignee_name": "Bo Beech"}), {"ref_benign_splits": asked}, resolve=resolve)
    found = chain.table("int_parties__inspected")
    assert found.height == chain.table("party_traits").height == looked_at
    assert set(found["party_class"]) <= {"person"}


@pytest.mark.parametrize(("resolve", "flags"), [("all", 1), ("hot", 0)])
def test_what_needs_everybody_is_not_tested_and_raises_no_flag(chain, resolve, flags):
    dock = {"consignee_address": "1 Dock Rd", "consignee_postal_code": "07102", "consignee_state": "NJ"}
    chain.run(lines(*({**dock, "consignee_name": f"Guest {number}"} for number in range(12))), resolve=resolve)
    assert chain.flags("address_hub").height == flags
    told = dict(chain.table("mart_typology_status").select("typology", "tested").iter_rows())
    assert (told["address_hub"] == "not tested: pruned run") == (resolve == "hot")
    assert told["daily_limit"] == "yes"
    assert chain.table("mart_flag_shipments").is_empty() == (resolve == "hot")


@pytest.mark.parametrize(
    ("resolve", "regime", "whole", "chosen"),
    [
        ("auto", "us", 2, "all"),
        ("auto", "us", 1, "hot"),
        ("auto", "eu", 1, "all"),
        ("all", "us", 1, "all"),
        ("hot", "us", 2, "hot"),
    ],
)
def test_very_many_are_not_all_compared_unless_that_is_asked_for(engine, resolve, regime, whole, chosen):
    engine.write("parties", pl.DataFrame({"alias_id": ["a1", "a2"]}))
    asked = {"resolve": resolve, "regime": regime, "most_compared_whole": whole}
    engine.build(load_model("int_resolution__scoped"), asked)
    assert engine.frame("int_resolution__scoped")["resolve"].to_list() == [chosen]
