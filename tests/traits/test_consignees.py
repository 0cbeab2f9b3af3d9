"""What names and addresses show."""

from datetime import date

import polars as pl
import pytest

from analytics.contracts.ddl import empty_frame
from analytics.contracts.identities import Parties
from analytics.contracts.typologies import PartyTraits
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.errors import ContractError
from analytics.rulebook import load_references
from analytics.traits.consignees import party_traits, party_traits_step
from analytics.traits.facilities import known_facilities, owner_named, place_keys

TABLES = load_references().tables
FACILITIES, NAMES, ZIPS = (TABLES[f"ref_{name}"] for name in ("facilities", "fictitious_names", "zip_states"))
SCHEMA = empty_frame(Parties).schema


def parties(*rows):
    usual = {"consignee_country": "US", "shipments": 1, "first_day": date(2025, 1, 1), "last_day": date(2025, 1, 1)}
    made = [{"alias_id": f"a{place:02}", **usual, **row} for place, row in enumerate(rows)]
    return pl.DataFrame([{name: row.get(name) for name in SCHEMA} for row in made], schema=SCHEMA)


def traits(*rows, facilities=FACILITIES):
    return party_traits(classed(*rows), facilities, NAMES, ZIPS)


def classed(*rows):
    return parties(*rows).with_columns(party_class=pl.lit("person"))


def test_no_party_has_no_traits():
    assert PartyTraits.is_valid(traits())
    assert traits().is_empty()


@pytest.mark.parametrize(
    ("address", "place", "unit"),
    [
        (
            {"consignee_address": "12 Elm Street Apt 4", "consignee_postal_code": "10001-1234"},
            "12 elm street, 10001",
            "4",
        ),
        ({"consignee_address": "12 ELM ST #4", "consignee_postal_code": "10001"}, "12 elm street, 10001", "4"),
        ({"consignee_address": "12 Elm Ave", "consignee_postal_code": "10001"}, "12 elm avenue, 10001", None),
        ({"consignee_address": "PO Box 77", "consignee_postal_code": "10001"}, "box 77, 10001", None),
        ({"consignee_address": "12 Elm St"}, None, None),
        ({"consignee_address": "Elm St", "consignee_postal_code": "10001"}, None, None),
        ({}, None, None),
    ],
)
def test_an_address_has_one_key_however_it_is_written(address, place, unit):
    assert place_keys(parties(address)).select("place_key", "unit_key").row(0) == (place, unit)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("The UPS Store #12", "mail_drop", "the ups store"),
        ("Blue Freight Forwarding Inc.", "forwarder", "freight forwarding"),
        ("Acme FBA prep", "fulfilment", "fba"),
        ("Acme Whse. 4", "warehouse", "whse"),
        ("Fbarnes Whsely", None, None),
        ("倉庫", None, None),
        (None, None, None),
    ],
)
def test_a_facility_is_known_by_whole_words_the_longest_first(name, kind, words):
    row = traits({"consignee_name": name}).row(0, named=True)
    assert (row["name_kind"], row["name_words"]) == (kind, words)


def test_a_listed_address_is_known_however_it_is_written():
    own = FACILITIES.clear().vstack(
        FACILITIES.head(1).with_columns(
            kind=pl.lit("hotel"),
            match_on=pl.lit("address"),
            written=pl.lit("9 Bay Boulevard"),
            postal_code=pl.lit("33139"),
        )
    )
    near = {"consignee_address": "9 BAY BLVD, Room 12", "consignee_postal_code": "33139-2210", "consignee_state": "FL"}
    found = traits(near, {**near, "consignee_address": "11 Bay Blvd"}, facilities=own)
    assert found["place_kind"].to_list() == ["hotel", None]
    assert found["place_from"].to_list() == [date(1993, 12, 8), None]


def test_an_empty_list_knows_no_facility():
    found = known_facilities(pl.Series(["acme warehouse"]), pl.Series([None], dtype=pl.String), FACILITIES.clear())
    assert found.row(0) == (None,) * 7


@pytest.mark.parametrize(
    ("name", "is_named"),
    [
        ("Hua Trading c/o Acme Warehouse", True),
        ("Acme Warehouse C/O Hua Trading", True),
        ("Hua Trading in care of Acme", True),
        ("Acme Fulfillment FBO Hua", True),
        ("c/o Acme Warehouse", False),
        ("Acme Warehouse c/o", False),
        ("Al c/o Acme Warehouse", False),  # two letters are nobody's name
        ("Acme Warehouse", False),
        (None, False),
    ],
)
def test_an_owner_is_a_name_beside_the_facilitys(name, is_named):
    assert owner_named(pl.Series([name], dtype=pl.String), FACILITIES).to_list() == [is_named]


def test_the_order_of_the_parties_changes_nothing():
    rows = [{"consignee_name": name, "consignee_address": f"{place} Elm St", "consignee_postal_code": "07001"}
            for place, name in enumerate(["Mickey Mouse", "Acme Whse", None, "Hua c/o Acme Whse", "Ann"])]  # fmt: skip
    again = party_traits(classed(*rows).reverse(), FACILITIES, NAMES, ZIPS)
    assert again.sort("alias_id").equals(traits(*rows))


def with_references():
    engine = DuckDBEngine()
    for name, frame in {"ref_facilities": FACILITIES, "ref_fictitious_names": NAMES, "ref_zip_states": ZIPS}.items():
        engine.write(name, frame)
    return engine


def test_parties_are_looked_at_batch_by_batch_and_nobody_is_said_to_be_nobody():
    engine = with_references()
    looked_at = parties(*({"consignee_name": name} for name in ("Mickey Mouse", "Ann", "TO ORDER")))
    classes = pl.Series("party_class", ["person", "person", "placeholder"])
    engine.write("int_parties__inspected", looked_at.with_columns(classes).reverse())
    party_traits_step().build(engine, {})
    signs = dict(engine.frame("party_traits").select("alias_id", "signs").iter_rows())
    assert (signs["a00"] is not None, signs["a01"]) == (True, None)
    assert "nobody" in signs["a02"]


def test_parties_without_keys_are_refused():
    with pytest.raises(ContractError, match="party_keys lacks some"):
        party_traits(parties({"consignee_name": "Ann"}).with_columns(party_class=pl.lit(None)), FACILITIES, NAMES, ZIPS)
