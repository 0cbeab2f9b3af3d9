"""Crowds just below a limit: int_shipments__beside_limits, int_amounts__of_units, int_members__just_below_clustering,
int_measures__just_below_clustering."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from tests.sql.chain import lines


def trade(seed, count, seller, *, crowded=0, **changes):
    """Values spread evenly around the limit, each entered as its value demands; some more just below it."""
    rng = np.random.default_rng(seed)
    cents = [*rng.integers(50_000, 110_000, count).tolist(), *rng.integers(77_000, 80_001, crowded).tolist()]
    return [
        {
            "shipment_id": f"{seller}{place:05d}", "seller_id": seller, "consignee_name": f"Buyer {place % 97}",
            "declared_value": f"{value / 100:.2f}", "entry_type": "86" if value <= 80_000 else "11", **changes,
        }
        for place, value in enumerate(cents)
    ]  # fmt: skip


def found(chain, *rows, **parameters):
    return chain.only("just_below_clustering", lines(*rows), **parameters)


@pytest.fixture(scope="module")
def honest():
    return [row for number in range(3) for row in trade(number, 700, f"S{number}")]


def test_a_seller_whose_values_crowd_below_the_limit_is_supporting_evidence(chain, honest):
    (flag,) = found(chain, *honest, *trade(7, 700, "crooked", crowded=150))
    assert (flag["subject"], flag["strength"], flag["identity_id"]) == (
        "seller CROOKED, USD 800.00",
        "supporting",
        None,
    )
    assert (flag["rule_id"], flag["limit_amount"], flag["excess_usd"]) == ("US-T05", 800, None)
    told = json.loads(flag["attributes"])
    assert told["excess_low"] < 141 < told["excess_high"]
    assert "a share of 0.05 at most is expected to be chance" in flag["reason"]
    amounts = chain.table("int_members__just_below_clustering")["amount"]
    assert 720 < amounts.min() <= amounts.max() <= 800


def test_evenly_spread_values_are_nothing(chain, honest):
    assert not found(chain, *honest)
    tested = chain.table("clustering_tests")
    assert set(tested["unit"]) == {"all shipments", "S0", "S1", "S2"}


@pytest.mark.parametrize(("shipments", "is_tested"), [(99, False), (100, True)])
def test_as_many_around_the_limit_as_are_worth_a_test(chain, shipments, is_tested):
    around = [
        {**row, "declared_value": f"{641 + place * 3.13:.2f}"} for place, row in enumerate(trade(1, shipments, "S"))
    ]
    found(chain, *around)
    assert bool(chain.table("int_amounts__of_units").height) is is_tested


@pytest.mark.parametrize(
    ("value", "is_member"), [("720.00", False), ("720.01", True), ("800.00", True), ("800.01", False)]
)
def test_just_below_is_a_tenth_and_the_limit_itself(chain, honest, value, is_member):
    row = {**trade(1, 1, "crooked")[0], "shipment_id": "edge", "declared_value": value, "entry_type": "86"}
    found(chain, *honest, *trade(7, 700, "crooked", crowded=150), row)
    members = chain.table("int_members__just_below_clustering")["shipment_uid"].to_list()
    assert ("edge" in members) is is_member


def test_parties_and_routes_are_told_apart_by_kind(chain):
    rows = trade(1, 240, "S", filer_code="F1", carrier_code="CX", origin_country="JP", port_of_entry="2704")
    found(chain, *rows)
    units = set(chain.table("int_amounts__of_units").select("unit_kind", "unit").iter_rows())
    assert units == {
        ("all", "all shipments"), ("seller", "S"), ("filer", "F1"), ("carrier", "CX"), ("route", "JP to 2704"),
    }  # fmt: skip


def test_where_there_was_no_exemption_there_is_no_limit(chain):
    from datetime import date

    found(chain, *trade(1, 150, "S", origin_country="CN", arrival_date=date(2025, 6, 2)))
    assert chain.table("int_amounts__of_units").is_empty()


def test_it_says_what_it_lacks(chain):
    status = chain.run(lines({"carrier_code": None, "filer_code": None})).table("mart_typology_status")
    (row,) = status.filter(status["typology"] == "just_below_clustering").rows(named=True)
    assert row["tested"] == "not tested: no seller_id, no seller_name, no shipper_name, no filer_code, no carrier_code"


def test_values_that_crowd_below_the_limit_of_informal_entry(chain):
    def entries(seed, seller, crowded=0):
        rng = np.random.default_rng(seed)
        cents = [*rng.integers(160_000, 340_000, 700).tolist(), *rng.integers(241_000, 250_001, crowded).tolist()]
        return [
            {
                "shipment_id": f"{seller}{place:05d}", "seller_id": seller, "consignee_name": f"Buyer {place % 97}",
                "declared_value": f"{value / 100:.2f}", "entry_type": "11" if value <= 250_000 else "01",
                "arrival_date": date(2026, 10, 5),
            }
            for place, value in enumerate(cents)
        ]  # fmt: skip

    rows = [row for number in range(3) for row in entries(number, f"S{number}")]
    (flag,) = found(chain, *rows, *entries(7, "crooked", crowded=150))
    assert (flag["subject"], flag["strength"]) == ("seller CROOKED, USD 2500.00", "supporting")
    assert "143.21" in flag["legal_basis"]
    assert set(chain.table("int_shipments__beside_limits")["limit_kind"]) == {"informal entry"}
