"""Days over the limit only if identities are one: int_days__claimed_by_identities,
int_days__keyed_to_places, int_days__adding_up_together, int_members__possible_daily_limit,
int_pairs__of_possible_days, int_measures__possible_daily_limit, mart_lead_pairs."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest

from analytics.contracts.findings import LeadPairs
from analytics.contracts.identities import Judgements
from tests.sql.chain import TUESDAY, lines

HOME = {
    "consignee_name": "Tamsin Okafor", "consignee_address": "41 Larkspur Rd", "consignee_city": "Des Moines",
    "consignee_state": "IA", "consignee_postal_code": "50309", "consignee_phone": "515-555-0142",
    "declared_value": "450.00",
}  # fmt: skip


def crowd(count=60):
    """Strangers who order a little on many days, so that a common day and a dear lot are something."""
    return [
        {
            "consignee_name": f"Person{chr(97 + at % 26)}{chr(97 + at // 26)} Stranger{chr(97 + at % 26)}",
            "consignee_address": f"{100 + at} Monument Ave", "consignee_postal_code": "50309",
            "declared_value": f"{5 + at % 30}.00", "arrival_date": date(2025, 1, 1 + at % 28),
        }
        for at in range(count)
    ]  # fmt: skip


def found(chain, *rows, **parameters):
    return chain.only("possible_daily_limit", lines(*({**HOME, **row} for row in rows), *crowd()), **parameters)


DISGUISES = {
    "glued": {"consignee_name": "TamsinOkafor"},
    "blank moved": {"consignee_name": "Ta msinOkafor"},
    "initial with its blank moved": {"consignee_name": "T.O kafor", "consignee_phone": "515-555-0143"},
    "swapped": {"consignee_name": "Okafor Tamsin"},
    "initial and surname": {"consignee_name": "T Okafor", "consignee_phone": "515-555-0143"},
    "several slips": {"consignee_name": "Tamsinn Okafro", "consignee_phone": "515-555-0143"},
    "a digit of the phone": {"consignee_name": "Tamsin  Okafor.", "consignee_phone": "515-555-0192"},
    "no phone": {"consignee_name": "TamsinOkafr", "consignee_phone": None},
}


@pytest.mark.parametrize("how", DISGUISES)
def test_a_disguised_lot_is_a_lead(chain, how):
    (flag,) = found(chain, {}, DISGUISES[how])
    assert (flag["strength"], flag["shipments"], str(flag["total_usd"])) == ("inferred", 2, "900.00")
    assert str(flag["excess_usd"]) == "100.00"
    assert "only if these identities are one party" in flag["reason"]
    assert "weighed for such leads alone, never for identity" in flag["reason"]


NO_LEADS = {
    "siblings of known names": [
        {"consignee_name": "Kyle Okafor"},
        {"consignee_name": "Kylie Okafor", "consignee_phone": "515-555-7781"},
    ],
    "exactly the limit": [{"declared_value": "400.00"}, {"consignee_name": "TamsinOkafor", "declared_value": "400.00"}],
    "another day": [{}, {"consignee_name": "TamsinOkafor", "arrival_date": TUESDAY}],
    "no claim": [{}, {"consignee_name": "TamsinOkafor", "entry_type": "01"}],
    "a gift": [{}, {"consignee_name": "TamsinOkafor", "is_gift": True, "declared_value": "50.00"}],
    "over the limit alone": [{}, {"consignee_name": "TamsinOkafor", "declared_value": "900.00"}],
    "two flats whose contacts contradict": [
        {"consignee_address2": "Apt 3", "consignee_email": "tamsin.okafor@example.org"},
        {"consignee_name": "Tamara Okafer", "consignee_address2": "Apt 19", "consignee_phone": "641-555-8890",
         "consignee_email": "tokafer77@example.net"},
    ],
    "an order of both": [{"order_id": "ORDER-778201"}, {"consignee_name": "TamsinOkafor", "order_id": "ORDER-778201"}],
    "another house": [
        {"consignee_phone": None},
        {"consignee_name": "TamsinOkafor", "consignee_address": "42 Larkspur Rd", "consignee_phone": None},
    ],
}  # fmt: skip


@pytest.mark.parametrize("why", NO_LEADS)
def test_no_lead(chain, why):
    assert found(chain, *NO_LEADS[why]) == []


def test_a_further_lot_of_a_day_that_is_flagged(chain):
    (flag,) = found(chain, {}, {}, {"consignee_name": "TamsinOkafor", "declared_value": "300.00"})
    assert (flag["identity_id"], flag["shipments"]) == ("i-tamsin okafor", 3)
    assert "One identity is over the limit by itself" in flag["reason"]


def test_a_pair_of_a_lead_says_what_it_adds(chain):
    further = {"consignee_name": "TamsinOkafor", "declared_value": "300.00"}
    chain.run(lines(*({**HOME, **row} for row in ({}, {}, further)), *crowd()))
    pairs = LeadPairs.validate(chain.table("mart_lead_pairs"), cast=True)
    assert [str(amount) for amount in pairs["new_usd"]] == ["300.00"]


def test_two_days_that_are_each_flagged_are_no_lead(chain):
    other = {"consignee_name": "TamsinOkafor"}
    assert found(chain, {}, {}, other, other) == []


def test_three_that_are_over_the_limit_only_together(chain):
    faces = ("Tamsin Okafor", "TamsinOkafor", "Ta msinOkafor")
    (flag,) = found(chain, *({"consignee_name": face, "declared_value": "290.00"} for face in faces))
    assert (flag["shipments"], str(flag["total_usd"])) == (3, "870.00")
    assert json.loads(flag["attributes"])["identities"] == 3


def test_a_lead_names_the_pairs_that_would_settle_it(chain):
    (flag,) = found(chain, {}, DISGUISES["glued"])
    (pair,) = json.loads(flag["attributes"])["pairs"]
    of = dict(chain.table("int_aliases__joined_to_identities").select("alias_id", "identity_id").iter_rows())
    assert [of[pair["alias_id_l"]], of[pair["alias_id_r"]]] == ["i-tamsin okafor", "i-tamsinokafor"]
    assert 0.8 <= pair["probability"] <= 1


@pytest.mark.parametrize(("verdict", "left"), [("different", 0), ("unsure", 1)])
def test_a_pair_judged_to_be_two_is_no_lead(chain, verdict, left):
    found(chain, {}, DISGUISES["glued"])
    pair = chain.table("possible_pairs").row(0, named=True)
    row = {
        "alias_id_l": min(pair["alias_id_l"], pair["alias_id_r"]),
        "alias_id_r": max(pair["alias_id_l"], pair["alias_id_r"]),
        "verdict": verdict, "judged_by": "tester", "judged_at": "2025-02-01T00:00:00.000000Z", "note": None,
    }  # fmt: skip
    schema = Judgements.create_empty().schema
    chain.put("judgements", pl.DataFrame([row]).select(list(schema)).cast(dict(schema)))
    chain.rebuild("int_days__adding_up_together")
    assert chain.table("int_days__adding_up_together").height == left


def test_a_few_shipments_say_that_shipped_figures_were_used(chain):
    (flag,) = found(chain, {}, DISGUISES["glued"])
    assert "what is usual is mostly taken from shipped figures" in flag["counter_reasons"]


@pytest.mark.parametrize("text", ['Apt "}],"x":[{ 3', "Apt 3'; drop table flags; --", "Apt \\u0000\\ 3", "=1+1"])
@pytest.mark.parametrize("column", ["consignee_address2", "consignee_email", "consignee_phone"])
def test_hostile_cells_stay_out_of_the_words(chain, column, text):
    for flag in found(chain, {column: text}, {**DISGUISES["glued"], column: text[::-1]}):
        assert text not in flag["reason"]
        json.loads(flag["attributes"])
        json.loads(flag["counter_reasons"])


def test_a_crowded_house_number_tells_nothing(chain):
    others = [{"consignee_name": f"Guest{chr(97 + at)} Lodger", "declared_value": "9.00"} for at in range(8)]
    bare = {"consignee_phone": None, "consignee_email": "t.okafor@example.org"}
    rows = (bare, {**bare, "consignee_name": "TamsinOkafor"})
    assert found(chain, *rows, *others)
    assert found(chain, *rows, *({**other, "consignee_phone": None} for other in others), max_neighbors=3) == []


def test_the_same_rows_give_the_same_flags_in_any_order(chain):
    rows = [{}, DISGUISES["glued"], DISGUISES["initial and surname"]]
    first = found(chain, *rows)
    landed = lines(*({**HOME, **row} for row in rows), *crowd())
    assert chain.only("possible_daily_limit", landed.reverse()) == first


def test_no_shipments_no_leads(chain):
    assert chain.only("possible_daily_limit", lines({}).clear()) == []


def test_a_pruned_run_does_not_test_it(chain):
    assert found(chain, {}, DISGUISES["glued"], resolve="hot") == []
