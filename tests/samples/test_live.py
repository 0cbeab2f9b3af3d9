"""The entries of 2026: what is planted is found, under the law of the day, and what is like it is at most a lead."""

from __future__ import annotations

import polars as pl
import pytest

import analytics
from tests.samples.conftest import SAMPLES

TRUTH = pl.read_csv(SAMPLES / "_truth" / "live" / "truth_flags.csv", infer_schema=False)
SCHEMES = {str(name): set(rows["shipment_id"]) for (name,), rows in TRUTH.group_by("scheme_id", maintain_order=True)}


@pytest.fixture(scope="module")
def flagged(live: analytics.Run) -> pl.DataFrame:
    """One row a flag and shipment."""
    members = live.table("flag_shipments").join(live.table("flags"), on="flag_id")
    shipments = live.table("shipments").select("shipment_id", "consignee_name", "shipper_name", "house_bill")
    return members.join(shipments, on="shipment_id").collect()


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_every_scheme_is_found(flagged: pl.DataFrame, scheme: str) -> None:
    of_typology = flagged.filter(pl.col("typology") == scheme.rsplit("-", 1)[0])
    found = [set(rows["shipment_id"]) for _, rows in of_typology.group_by("flag_id")]
    if scheme == "just_below_clustering-filer":  # a flag of a crowd names whatever lies just below
        assert any(SCHEMES[scheme] <= members and len(members) < 1.1 * len(SCHEMES[scheme]) for members in found)
    else:
        assert SCHEMES[scheme] in found


def test_what_puts_value_at_issue_was_planted(live: analytics.Run, flagged: pl.DataFrame) -> None:
    stated = live.table("typology_status").collect()
    counted = flagged.filter(
        pl.col("strength") != "supporting",
        pl.col("typology").is_in(["gift_split", "informal_entry_split", "over_informal_limit", "suspended_claim"]),
    )
    planted = TRUTH.select("typology", "shipment_id")
    assert counted["flag_id"].n_unique() == 9
    assert counted.join(planted, on=["typology", "shipment_id"], how="anti").is_empty()
    assert stated.filter(pl.col("tested") == "yes").height >= 20


INNOCENT = {
    "Ridgeway Table Co": set(),  # one bill in two entries, within the limit
    "Sable Point Gifts LLC": set(),  # exactly at the limit
    "Delta Fern Imports LLC": {"informal_entry_split"},  # separate bills on one flight
    "Stonebrook Sport Inc": {"informal_entry_split"},  # monthly installments of one order
    "Northway US Inc": {"origin_shift"},  # a plant that moved; so did the place that it ships from
    "Willow Bend Store LLC": set(),  # restocks weekly
    "Cedar Fork Plumbing Inc": set(),  # over the limit by retail value alone
    "Anchor Point Freight Forwarding Inc": set(),  # its buyers are named
    "Aurora Trail Gear LLC": set(),  # a new supplier in another country
    "Hatton Lighting LLC": set(),  # one entry in two lines
    "Bluestem Kitchen LLC": set(),  # an importer of record at home
}


@pytest.mark.parametrize("consignee", sorted(INNOCENT))
def test_what_is_like_a_scheme_is_at_most_a_lead(flagged: pl.DataFrame, consignee: str) -> None:
    of_it = flagged.filter(pl.col("consignee_name") == consignee)
    assert set(of_it["typology"]) == INNOCENT[consignee]
    assert set(of_it["strength"]) <= {"supporting"}


@pytest.mark.parametrize("shipper", ["Rosa Medina", "Guimaraes Textil SA", "Penang Canvas Sdn Bhd", "Hanoi Rattan Co"])
def test_honest_senders_are_in_no_flag(flagged: pl.DataFrame, shipper: str) -> None:
    assert flagged.filter(pl.col("shipper_name") == shipper).is_empty()


def test_a_traveler_and_a_small_price_at_a_small_weight_are_in_no_flag(
    live: analytics.Run, flagged: pl.DataFrame
) -> None:
    alone = live.table("shipments").filter(
        (pl.col("description") == "Linen tablecloth") | ((pl.col("declared_value") == 39) & (pl.col("weight_kg") < 1))
    )
    numbers = alone.collect()["shipment_id"].to_list()
    assert len(numbers) == 2
    assert flagged.filter(pl.col("shipment_id").is_in(numbers)).is_empty()


def test_a_withheld_claim_that_was_entered_at_its_value_is_a_lead(flagged: pl.DataFrame) -> None:
    claims = flagged.filter(pl.col("typology") == "duplicate_entry", pl.col("house_bill").str.starts_with("FXH99"))
    assert dict(claims.select("house_bill", "strength").unique().rows()) == {
        "FXH9910017": "inferred",  # the value fell
        "FXH9910024": "supporting",
    }
