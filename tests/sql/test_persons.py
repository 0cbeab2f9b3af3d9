"""Who the person is, and where goods are no import: int_lines__naming_an_owner, int_lines__owned_by_others,
int_crossings__seen_without_mail, mart_rolling_totals (the last two in test_switches)."""

import pytest

from tests.sql.chain import lines

OWNER = {"buyer_name": "Shen Li", "consignee_phone": "555", "consignee_id": "A1", "consignee_id_issuer": "market"}
TAX = {"consignee_tax_id_hash": "h", "consignee_tax_id_last2": "12", "consignee_tax_id_deletions": "[]"}


def party(chain, **change):
    chain.run(lines({"consignee_name": "Dock 9", "consignee_address": "1 Dock Rd", **change}))
    (row,) = chain.table("parties").rows(named=True)
    return row


def test_the_owner_is_resolved_in_care_of_the_address_without_the_consignees_tax_id(chain):
    row = party(chain, **OWNER, **TAX)
    assert (row["consignee_name"], row["consignee_address"], row["consignee_phone"]) == ("Shen Li", "1 Dock Rd", "555")
    assert (row["consignee_id"], row["consignee_id_issuer"]) == ("A1", "market")
    assert (row["consignee_tax_id_hash"], row["consignee_tax_id_deletions"]) == (None, None)


@pytest.mark.parametrize(
    "other",
    [{**OWNER, "buyer_name": "Ning Wu"}, {**OWNER, "buyer_name": None}],
    ids=["two owners", "the consignee himself"],
)
def test_numbers_that_go_with_several_names_are_the_consignees_and_not_the_owners(chain, other):
    both = {"consignee_name": "Dock 9", "consignee_address": "1 Dock Rd", "consignee_email": "in@dock9"}
    chain.run(lines({**both, **OWNER}, {**both, **other}))
    (row,) = chain.table("parties").filter(consignee_name="Shen Li").rows(named=True)
    numbers = ("consignee_phone", "consignee_email", "consignee_id", "consignee_id_issuer")
    assert [row[name] for name in numbers] == [None] * 4


def test_a_number_that_goes_with_one_buyer_joins_what_he_sends_to_others(chain):
    rows = [{**OWNER, "consignee_name": name, "consignee_address": f"{name} St"} for name in ("Ann", "Bo", "Cy")]
    chain.run(lines(*rows))
    assert chain.table("parties")["consignee_id"].to_list() == ["A1"] * 3


def test_an_importers_number_is_his_tax_id_and_a_sellers_account_his_account(chain):
    row = party(chain, importer_name="Shen Li", importer_id_hash="i", importer_id_last2="34", seller_name="Shen Li",
                seller_id="S7", marketplace="bazaar")  # fmt: skip
    assert (row["consignee_tax_id_hash"], row["consignee_tax_id_last2"]) == ("i", "34")
    assert (row["consignee_id"], row["consignee_id_issuer"]) == ("S7", "bazaar")


def test_the_shipment_keeps_the_consignee_as_written_and_names_the_role(chain):
    party(chain, **OWNER)
    (row,) = chain.table("mart_shipments").rows(named=True)
    assert (row["consignee_name"], row["consignee_id"], row["person_role"]) == ("Dock 9", "A1", "buyer")
    assert row["identity_id"] == "i-shen li"


def test_without_a_named_owner_nothing_is_made_of_owners(chain):
    row = party(chain, buyer_name="DOCK 9")
    assert row["consignee_name"] == "Dock 9"
    assert chain.table("int_lines__owned_by_others").is_empty()


def test_owner_and_consignee_of_one_name_at_one_address_are_two_spellings_of_one(chain):
    changes = [{**OWNER, "consignee_name": "Dock 9"}, {"consignee_name": "Shen Li"}]
    chain.run(lines(*({"declared_value": "500.00", "consignee_address": "1 Dock Rd", **change} for change in changes)))
    (flag,) = chain.flags("daily_limit").rows(named=True)
    assert flag["identity_id"] == "i-shen li"


@pytest.mark.parametrize(
    ("place", "is_import"),
    [
        ({"consignee_country": "GU"}, False),
        ({"consignee_state": "GU"}, False),
        ({"consignee_state": " vi"}, False),
        ({"consignee_country": "PR"}, True),
        ({"consignee_state": "PR"}, True),
        ({"consignee_state": "CA"}, True),
        ({"consignee_country": "CA"}, True),
    ],
)
def test_goods_to_the_islands_outside_the_customs_territory_come_under_no_rule(chain, place, is_import):
    change = {"declared_value": "500.00", **place}
    chain.run(lines(change, change))
    assert chain.flags("daily_limit").height == is_import
    coverage = chain.table("mart_shipments")["coverage"].unique().to_list()
    assert coverage == (["known"] if is_import else ["outside the customs territory"])


def test_nor_are_they_a_claim_under_suspension_or_a_split_informal_entry(chain):
    from datetime import date

    autumn = {"consignee_country": "GU", "arrival_date": date(2025, 9, 15)}
    informal = {"consignee_country": "GU", "entry_type": "11", "order_id": "A1", "order_issuer": "s",
                "declared_value": "2000.00"}  # fmt: skip
    chain.run(lines(autumn, informal, informal))
    assert chain.table("mart_flags").is_empty()
