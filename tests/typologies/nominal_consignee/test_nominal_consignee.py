"""A forwarder in place of the buyer: int_members__nominal_consignee, int_measures__nominal_consignee."""

from datetime import date

import pytest

from tests.sql.chain import lines

FORWARDER = {"consignee_name": "Nile Freight Forwarders"}


def found(chain, *changes, **more):
    return chain.only("nominal_consignee", lines(*changes), **more)


@pytest.mark.parametrize(("count", "flagged"), [(2, False), (3, True)])
def test_three_shipments_of_a_week_are_a_pattern(chain, count, flagged):
    assert bool(found(chain, *[FORWARDER] * count)) is flagged


@pytest.mark.parametrize(
    "change",
    [
        {"buyer_name": "Bo Ek"},
        {"consignee_name": "Bo Ek c/o Nile Freight Forwarders"},
        {"consignee_name": "Bo Ek"},
        {"entry_type": "01"},
        {"arrival_date": date(2025, 1, 20)},
    ],
)
def test_where_a_better_party_is_known_there_is_nothing_to_say(chain, change):
    assert not found(chain, FORWARDER, FORWARDER, {**FORWARDER, **change})


@pytest.mark.parametrize(
    ("name", "kind"),
    [("DHL Express (USA)", "carrier"), ("Bay Customs Brokers Inc", "broker"), ("Sol Air Cargo", "forwarder")],
)
def test_what_kind_of_firm_it_is_is_read_from_the_name(chain, name, kind):
    (flag,) = found(chain, *[{"consignee_name": name, "order_id": "A1"}] * 3)
    assert f"is by its name a {kind} (" in flag["reason"]
    assert "3 of them carry an order number" in flag["counter_reasons"]
    assert (flag["strength"], flag["identity_id"]) == ("supporting", f"i-{name.lower()}")
    assert chain.table("int_members__nominal_consignee").height == 3


@pytest.mark.parametrize("name", ["Dhlamini Upshaw", "Forwardson", "Logisticsia Cargol"])
def test_a_name_that_only_holds_the_letters_is_none(chain, name):
    assert not found(chain, *[{"consignee_name": name}] * 3)


def test_informal_entries_are_a_pattern_of_their_own(chain):
    entered = {**FORWARDER, "entry_type": "11", "arrival_date": date(2026, 10, 5)}
    assert not found(chain, *[entered] * 2, {**entered, "entry_type": "01"})
    (flag,) = found(chain, *[entered] * 3)
    assert flag["subject"].endswith("week of 2026-10-05, entries")
    assert flag["reason"].startswith("Informal entries are filed for 3 shipments whose consignee")
