"""What no score may do by itself."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analytics.identity import IdentityResolver
from analytics.identity.records.preparing import prepare
from analytics.identity.scoring.caps import CERTAIN, LIKELY, POSSIBLE, PROVEN, capped
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.rules import evidence

HOUSE = {"consignee_address": "36 River Ave", "consignee_city": "Columbus", "consignee_postal_code": "43201"}

ELSEWHERE = {"consignee_address": "1200 Lake Rd", "consignee_city": "Boise", "consignee_postal_code": "83702"}
PHONE, MAIL = {"consignee_phone": "614-555-3813"}, {"consignee_email": "kx1990@gmail.com"}
STRANGERS = [
    {"consignee_name": f"{given} Stranger", "consignee_address": f"{no} Pine St", "consignee_postal_code": "60601"}
    | {"consignee_city": "Chicago", "consignee_phone": f"312-555-0{no}", "consignee_email": f"s{no}@gmail.com"}
    for no, given in enumerate(["Mia", "Leo", "Zoe", "Max", "Ivy", "Sam"], 100)
]


def joined(*rows: dict[str, str]) -> bool:
    """Whether all rows are one consignee."""
    return len(set(IdentityResolver().fit_predict(pl.DataFrame([HOUSE | row for row in rows])).tolist())) == 1


def test_a_junior_is_not_his_father_however_rare_the_name() -> None:
    assert not joined({"consignee_name": "Robert S Bellamy"}, {"consignee_name": "Robert S Bellamy Jr"})


def test_a_household_s_telephone_does_not_make_a_junior_of_his_father() -> None:
    phone = {"consignee_phone": "614-555-3813"}
    assert not joined(
        {"consignee_name": "Robert S Bellamy"} | phone,
        {"consignee_name": "Robert S Bellamy Jr"} | phone,
    )


def test_what_is_one_person_s_own_brings_a_junior_and_his_shorter_name_together() -> None:
    own = {"consignee_email": "robertbellamyjr90995@gmail.com", "consignee_phone": "614-555-3813"}
    assert joined({"consignee_name": "Robert S Bellamy"} | own, {"consignee_name": "Robert S Bellamy Jr"} | own)


def test_one_name_at_two_addresses_is_not_one_person() -> None:
    assert not joined(
        {"consignee_name": "Yelena Kowalski", "consignee_address": "5460 Highland St"},
        {"consignee_name": "Yelena Kowalski", "consignee_address": "99 Shady St"},
    )


@pytest.mark.parametrize(
    ("told", "doubted", "barred", "held"),
    [
        (CERTAIN, True, False, CERTAIN),
        (CERTAIN - 0.01, True, False, POSSIBLE),
        (CERTAIN - 0.01, False, False, CERTAIN - 0.01),
        (0.999, False, True, POSSIBLE),
        (0.1, True, True, 0.1),
    ],
)
def test_a_pair_in_doubt_needs_near_certainty(told: float, doubted: bool, barred: bool, held: float) -> None:
    found = capped(np.array([told]), np.array([doubted]), np.array([barred]), np.array([True]))
    assert found.tolist() == [held]


@pytest.mark.parametrize("told", [LIKELY, 0.985, 0.99, 0.999, 0.9999, 1.0])
def test_one_sign_proves_nothing_and_keeps_its_order(told: float) -> None:
    every = np.array([told, max(0.97, told - 0.001)])
    nobody = np.zeros(2, dtype=bool)
    found = capped(every, nobody, nobody, nobody)
    assert LIKELY <= found[0] < PROVEN
    assert found[1] < found[0]
    assert capped(every, nobody, nobody, ~nobody).tolist() == every.tolist()


def test_a_probability_below_likely_stays_as_it_is() -> None:
    nobody = np.zeros(1, dtype=bool)
    assert capped(np.array([LIKELY - 0.001]), nobody, nobody, nobody).tolist() == [LIKELY - 0.001]


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ({"consignee_name": "Ann Bell"}, {"consignee_name": "Anne Bell"}, True),  # name and address
        ({"consignee_name": "Ann Bell"}, {"consignee_name": "Carl Bell"}, False),
        # an address and a telephone are those of one household
        ({"consignee_name": "Ann Bell"} | PHONE, {"consignee_name": "Carl Bell"} | PHONE, False),
        ({"consignee_name": "Ann Bell"} | MAIL, {"consignee_name": "A B Customer"} | MAIL, True),
        ({"consignee_name": "Ann Bell"} | ELSEWHERE, {"consignee_name": "Ann Bell"}, False),  # a name alone
        ({"consignee_name": "Ann Bell"} | ELSEWHERE | PHONE, {"consignee_name": "Ann Bell"} | PHONE, True),
        ({"consignee_name": "Ann Bell"} | ELSEWHERE | MAIL, {"consignee_name": "Carl Coe"} | MAIL, False),
        ({"consignee_name": "Elm Dental LLC"}, {"consignee_name": "Elm Dentall LLC"}, True),
        ({"consignee_name": "Elm Dental LLC"}, {"consignee_name": "Elm Rental LLC"}, False),
        (
            {"consignee_name": "Ann Bell", "consignee_address2": "Apt 2"},
            {"consignee_name": "Ann Bell", "consignee_address2": "Apt 7"},
            False,
        ),
    ],
)
def test_two_identifiers_one_of_them_ones_own(one: dict[str, str], other: dict[str, str], answer: bool) -> None:
    records = prepare(pl.DataFrame([HOUSE | one, HOUSE | other, *STRANGERS], infer_schema_length=None), {})
    every = np.arange(len(records))
    name = records.text("name", every).tolist()
    assert len(name) == 2 + len(STRANGERS)
    left, right = records.row_record[:2]
    found = compare(Pairs(records, np.array([left]), np.array([right])))
    assert (evidence(found, {}) > 0).tolist() == [answer]
