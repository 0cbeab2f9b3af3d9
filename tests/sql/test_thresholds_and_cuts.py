"""Flags at other thresholds on who is who, and what a flag hangs on: int_flags__over_a_limit,
int_flags__regrouped_by_threshold, int_flags__surviving_thresholds, int_shipments__summed_to_joined_day,
int_shipments__summed_to_joined_conveyance, int_identities__joined_by_threshold, int_flags__joined_by_threshold,
int_flags__depending_on_shipment, int_flags__depending_on_link, int_flags__depending_on_numbers,
int_flags__depending_on_one_record, int_flags__depending_on, mart_flag_thresholds, mart_threshold_totals,
mart_flag_cuts."""

import json
from datetime import date
from decimal import Decimal
from random import Random

import polars as pl
import pytest

from analytics.contracts.findings import FlagCuts, FlagThresholds, ThresholdTotals
from tests.sql.chain import MONDAY, THRESHOLDS, TUESDAY, lines

HALF = {"declared_value": "500.00"}
FLIGHT = {"entry_type": "11", "declared_value": "1300.00", "conveyance_id": "XX 12"}
OWN_ORDER = {"order_id": "A12", "declared_value": "500.00"}


def spelled(address, **more):
    """One consignee under a spelling of its own."""
    return {"consignee_address": address, **more}


def aliases(chain):
    """Alias ids by the address they were written with, or by the name where there is none."""
    rows = chain.table("parties").select("alias_id", "consignee_address", "consignee_name").iter_rows()
    return {address or name: alias for alias, address, name in rows}


def regrouped(chain, *parts, sides=()):
    """Give other parts: (threshold, addresses that are one); and bridges: (probability, addresses)."""
    known = aliases(chain)
    rows = [(known[each], at, min(known[one] for one in part)) for at, part in parts for each in part]
    schema = chain.table("identity_parts").schema
    chain.put("identity_parts", pl.DataFrame(rows, schema=schema, orient="row"))
    links = [("i", f"l{n}", f"r{n}", chance, known[one]) for n, (chance, part) in enumerate(sides) for one in part]
    schema = chain.table("identity_bridge_sides").schema
    chain.put("identity_bridge_sides", pl.DataFrame(links, schema=schema, orient="row"))
    return chain


def stands(chain, **wanted):
    """Whether and with how much each threshold leaves the flags, summed."""
    rows = chain.table("mart_flag_thresholds").filter(**wanted).filter("stands")
    told = rows.group_by("threshold").agg(pl.len(), pl.col("total_usd").sum()).sort("threshold")
    return {at: (count, total) for at, count, total in told.iter_rows()}


def cut(chain, kind):
    return chain.table("mart_flag_cuts").filter(cut=kind).rows(named=True)


@pytest.mark.parametrize(
    ("values", "survives", "left"),
    [
        (["500", "500", "100"], 0.5, {0.8: None, 0.95: None}),
        (["400.01", "400", "100"], 0.5, {0.8: None}),
        (["500", "100", "500"], 0.95, {0.8: "1000.00", 0.95: "1000.00", 1.0: None}),
    ],
)
def test_a_flag_survives_while_a_part_of_its_person_is_over_the_limit(chain, values, survives, left):
    """The first spelling stands apart from 0.8 on, the first and third only where nothing but certainty counts."""
    chain.run(lines(*(spelled(f"{n} Elm", declared_value=value) for n, value in enumerate(values))))
    split = [(at, part) for at in (0.8, 0.95) for part in (["0 Elm", "2 Elm"], ["1 Elm"])]
    regrouped(chain, *split, *((1.0, [f"{n} Elm"]) for n in range(3))).about("daily_limit")
    (flag,) = chain.flags("daily_limit").rows(named=True)
    assert flag["survives_to_threshold"] == survives
    found = stands(chain, typology="daily_limit")
    assert {at: found.get(at, (0, None))[1] for at in left} == {
        at: total and Decimal(total) for at, total in left.items()
    }
    fell = "At the stricter identity threshold of 0.8 no part of it is over the limit."
    assert (fell in json.loads(flag["counter_reasons"])) is (survives == 0.5)


def test_one_spelling_stands_whatever_the_threshold(chain):
    chain.run(lines(HALF, HALF))
    assert chain.flags("daily_limit")["survives_to_threshold"].to_list() == [1.0]
    assert set(stands(chain)) == {*THRESHOLDS, 1.0}


def test_a_flag_that_rests_on_an_order_number_does_not_depend_on_who_is_who(chain):
    order = {"order_id": "LONG-4711", "order_issuer": "shop", "declared_value": "500"}
    chain.run(lines(spelled("1 Elm", **order), spelled("2 Elm", **order, arrival_date=TUESDAY)))
    regrouped(chain, (0.8, ["1 Elm"]), (0.8, ["2 Elm"]))
    assert chain.flags("order_split")["survives_to_threshold"].to_list() == [1.0]
    assert stands(chain, typology="order_split")[0.8] == (1, Decimal("1000.00"))


@pytest.mark.parametrize(
    ("typology", "pieces"),
    [
        ("order_split", [{**OWN_ORDER, "arrival_date": day} for day in (MONDAY, TUESDAY)]),
        ("informal_entry_split", [FLIGHT, FLIGHT]),
    ],
)
def test_a_short_order_number_without_issuer_and_a_conveyance_do(chain, typology, pieces):
    chain.run(lines(*(spelled(f"{n} Elm", **piece) for n, piece in enumerate(pieces))))
    split = [(at, [f"{n} Elm"]) for at in (0.8, 0.95, 1.0) for n in range(2)]
    regrouped(chain, *split, sides=[(0.7, ["0 Elm"])]).about(typology)
    assert chain.flags(typology)["survives_to_threshold"].to_list() == [0.5]
    assert [row["probability"] for row in cut(chain, "link")] == [0.7]


@pytest.mark.parametrize(("second", "raised"), [("300.00", False), ("300.01", True), ("800.01", False)])
def test_a_looser_threshold_raises_flags_of_its_own(chain, second, raised):
    people = ({**HALF, "consignee_name": "Ann Lee"}, {"consignee_name": "Bo Lee", "declared_value": second})
    regrouped(chain.run(lines(*people)), (0.25, ["Ann Lee", "Bo Lee"])).about("daily_limit")
    (row,) = chain.table("mart_flag_thresholds").filter(~pl.col("is_raised")).rows(named=True) or [None]
    assert (row is not None) is raised
    if raised:
        assert (row["standing"], row["total_usd"], row["shipments"]) == ("high", Decimal("800.01"), 2)
        assert row["subject"].startswith("2 identities as one (i-ann lee, i-bo lee), 2025-01-13")


def test_on_a_conveyance_too(chain):
    people = ({**FLIGHT, "consignee_name": "Ann Lee"}, {**FLIGHT, "consignee_name": "Bo Lee"})
    regrouped(chain.run(lines(*people)), (0.4, ["Ann Lee", "Bo Lee"]), (0.25, ["Ann Lee", "Bo Lee"]))
    assert stands(chain, typology="informal_entry_split") == {at: (1, Decimal("2600.00")) for at in (0.25, 0.4)}


def test_a_looser_threshold_adds_to_a_flag_and_two_flags_stay_two(chain):
    ann, bo, cy = ({"consignee_name": name} for name in ("Ann Lee", "Bo Lee", "Cy Lee"))
    chain.run(lines(*([{**HALF, **ann}] * 2), *([{**HALF, **bo}] * 2), {**cy, "declared_value": "10"}))
    regrouped(chain, (0.25, ["Ann Lee", "Bo Lee", "Cy Lee"]), (0.4, ["Ann Lee", "Bo Lee"]))
    assert stands(chain) == {
        0.25: (2, Decimal("2010.00")),
        **{at: (2, Decimal("2000.00")) for at in (0.4, 0.5, 0.8, 0.95, 1.0)},
    }


def test_an_uncertain_piece_is_not_what_a_looser_threshold_adds(chain):
    """The flag is of what is sure; what may belong by another origin is no matter of who is who."""
    china = {"origin_country": None, "arrival_date": date(2025, 6, 2)}
    ann, bo = ({"consignee_name": name, "arrival_date": date(2025, 6, 2)} for name in ("Ann Lee", "Bo Lee"))
    chain.run(lines({**HALF, **ann}, {**HALF, **ann}, {**china, **ann}, {**bo, "declared_value": "10"}))
    regrouped(chain, (0.25, ["Ann Lee", "Bo Lee"]))
    assert stands(chain, typology="daily_limit")[0.25] == (1, Decimal("1010.00"))


@pytest.mark.parametrize("seed", range(3))
def test_at_each_threshold_the_sum_is_that_of_a_screening_with_those_groups(chain, seed):
    """Parts are made identities by their names, everything is screened anew, and the flags put as much at issue."""
    draw = Random(seed)
    people = [f"P{n}" for n in range(6)]
    pieces = [
        {"consignee_name": draw.choice(people), "consignee_address": f"{draw.randint(1, 2)} Elm",
         "arrival_date": draw.choice((MONDAY, TUESDAY)), "declared_value": f"{draw.randint(100, 800)}.00"}
        for _ in range(60)
    ]  # fmt: skip
    chain.run(lines(*pieces))
    parties = chain.table("parties").select("alias_id", "consignee_name", "consignee_address").rows()
    groups = {
        0.8: {alias: f"{name} {address}" for alias, name, address in parties},
        0.25: {alias: "P0" if name in {"P0", "P1", "P2"} else name for alias, name, _ in parties},
    }
    first = {
        (at, name): min(a for a in named if named[a] == name) for at, named in groups.items() for name in named.values()
    }
    rows = [(alias, at, first[at, name]) for at, named in groups.items() for alias, name in named.items()]
    moved = [row for row in rows if row[1] == 0.8 or groups[0.25][row[0]] == "P0"]
    chain.put("identity_parts", pl.DataFrame(moved, schema=chain.table("identity_parts").schema, orient="row"))
    found = stands(chain.about("daily_limit"), typology="daily_limit")
    spelling = {(name, address): alias for alias, name, address in parties}
    for at, named in groups.items():
        anew = [
            {**piece, "consignee_name": named[spelling[piece["consignee_name"], piece["consignee_address"]]]}
            for piece in pieces
        ]
        flags = chain.run(lines(*anew)).flags("daily_limit")
        assert found[at][1] == flags["total_usd"].sum()


def test_the_tables_keep_their_contracts_and_weeks_begin_on_mondays(chain):
    chain.run(
        lines(HALF, HALF, {**HALF, "arrival_date": date(2025, 1, 19)}, {**HALF, "arrival_date": date(2025, 1, 19)})
    )
    FlagThresholds.validate(chain.table("mart_flag_thresholds"), cast=True)
    FlagCuts.validate(chain.table("mart_flag_cuts"), cast=True)
    totals = ThresholdTotals.validate(chain.table("mart_threshold_totals"), cast=True)
    assert totals["week_start"].unique().to_list() == [MONDAY]
    assert totals["flags"].to_list() == [2] * (len(THRESHOLDS) + 1)


@pytest.mark.parametrize(
    ("values", "shipment", "told"),
    [
        (["100", "300", "700"], "s2", True),
        (["300", "300.01", "500"], "s2", True),
        (["300", "300", "500"], "s1", True),
        (["400"] * 4, None, False),
        (["500", "400"], "s2", False),
    ],
)
def test_the_cheapest_piece_without_which_the_rest_is_within_the_limit(chain, values, shipment, told):
    chain.run(lines(*({"declared_value": value} for value in values))).about("daily_limit")
    found = cut(chain, "piece")
    assert [row["shipment_id"] for row in found] == ([shipment] if shipment else [])
    (flag,) = chain.flags("daily_limit").rows(named=True)
    assert any("Without one shipment" in reason for reason in json.loads(flag["counter_reasons"])) is told


@pytest.mark.parametrize("typology", ["order_split", "informal_entry_split"])
def test_orders_hang_on_a_piece_and_on_how_their_numbers_are_read(chain, typology):
    kind = {"order_issuer": "shop"} | ({} if typology == "order_split" else {"entry_type": "11"})
    value = "500" if typology == "order_split" else "1300"
    lots = [{**kind, "declared_value": value, "order_id": f"A123-{n}", "arrival_date": day}
            for n, day in enumerate((MONDAY, TUESDAY), 1)]  # fmt: skip
    chain.run(lines(*lots)).about(typology)
    (flag,) = chain.flags(typology).rows(named=True)
    assert [row["shipment_id"] for row in cut(chain, "piece")] == ["s1"]
    assert [row["reason"] for row in cut(chain, "numbers")] == [
        "Read as 2 orders, one for each number, none is over the limit."
    ]
    assert cut(chain, "numbers")[0]["reason"] in json.loads(flag["counter_reasons"])
    assert cut(chain, "link") == []


def test_a_number_that_is_over_the_limit_by_itself_saves_nothing(chain):
    lots = [
        {"order_issuer": "shop", "order_id": number, "declared_value": "500"}
        for number in ("A123-1", "A123-1", "A123-2")
    ]
    chain.run(lines(*lots))
    assert cut(chain, "numbers") == []


@pytest.mark.parametrize(
    ("values", "sides", "weakest"),
    [
        (["500", "400"], [(0.9, ["0 Elm"])], 0.9),
        (["500", "400", "10"], [(0.9, ["0 Elm"]), (0.7, ["2 Elm"])], 0.9),
        (["300", "300", "300"], [(0.9, ["0 Elm"]), (0.7, ["1 Elm"])], 0.7),
        (["400", "400", "400"], [(0.9, ["0 Elm"]), (0.7, ["1 Elm", "2 Elm"])], 0.7),
        (["500", "400", "800"], [(0.9, ["0 Elm"])], None),
        (["500", "400"], [], None),
    ],
)
def test_the_weakest_link_that_parts_the_sum(chain, values, sides, weakest):
    chain.run(lines(*(spelled(f"{n} Elm", declared_value=value) for n, value in enumerate(values))))
    regrouped(chain, sides=sides).about("daily_limit")
    assert [row["probability"] for row in cut(chain, "link")] == ([weakest] if weakest else [])
    (flag,) = chain.flags("daily_limit").rows(named=True)
    assert any("rests on one match" in reason for reason in json.loads(flag["counter_reasons"])) is bool(weakest)
