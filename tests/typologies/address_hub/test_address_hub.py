"""Many names at one address: int_members__address_hub, int_measures__address_hub."""

from datetime import date

import polars as pl
import pytest

from analytics.rulebook import load_references
from tests.sql.chain import lines

DOCK = {"consignee_address": "1 Dock Rd", "consignee_postal_code": "07102", "consignee_state": "NJ"}


def people(count, **more):
    return [{**DOCK, "consignee_name": f"Person {place}", **more} for place in range(count)]


def found(chain, *changes, **more):
    return chain.only("address_hub", lines(*changes), **more)


@pytest.mark.parametrize(("count", "flagged"), [(9, False), (10, True), (11, True)])
def test_ten_names_in_a_week_are_many(chain, count, flagged):
    assert bool(found(chain, *people(count))) is flagged


def test_spelling_the_street_otherwise_is_the_same_address(chain):
    assert found(chain, *people(5), *({**row, "consignee_address": "1 DOCK ROAD", "consignee_name": f"Q {place}"}
                                      for place, row in enumerate(people(5))))  # fmt: skip


@pytest.mark.parametrize(
    "others",
    [
        [{**row, "consignee_address2": f"Apt {place}"} for place, row in enumerate(people(10))],  # a block of flats
        people(9) + people(1, arrival_date=date(2025, 1, 20)),
        people(9) + people(1, consignee_name="Person 3"),
        people(9) + people(1, consignee_name="Ann", entry_type="11"),
        people(9) + people(1, consignee_name="Ann", consignee_address="2 Dock Rd"),
        people(10, consignee_address=None),
        people(10, consignee_postal_code=None),
    ],
)
def test_who_is_told_apart_or_elsewhere_is_not_counted(chain, others):
    assert not found(chain, *others)


def test_a_unit_that_many_share_tells_nobody_apart(chain):
    (flag,) = found(chain, *people(10, consignee_address2="Suite 5"), *people(1, consignee_address2="Apt 7"))
    assert flag["shipments"] == 10


def listed(kind):
    shipped = load_references().tables["ref_facilities"]
    row = shipped.row(0, named=True) | {
        "kind": kind, "match_on": "address", "written": "1 Dock Road", "postal_code": "07102",
    }  # fmt: skip
    return {"ref_facilities": pl.concat([shipped, pl.DataFrame([row], schema=shipped.schema)])}


def test_a_listed_address_and_named_owners_speak_against_it(chain):
    owned = people(1, consignee_name="Hua Trading c/o Acme Warehouse")
    (flag,) = found(chain, *people(10), *owned, references=listed("mail_drop"))
    assert "The address is listed as mail drop." in flag["counter_reasons"]
    assert "1 of the shipments name an owner" in flag["counter_reasons"]
    assert flag["attributes"] == '{"names": 11, "place": "mail_drop"}'
    assert chain.table("int_members__address_hub").height == 11


def test_a_hub_ranks_low_and_is_about_no_person(chain):
    (flag,) = found(chain, *people(40))
    assert (flag["strength"], flag["identity_id"]) == ("supporting", None)
    assert 0 < flag["size"] < 0.2
    assert flag["subject"] == "address 1 dock road, 07102, week of 2025-01-13"
