"""What no score may do by itself."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analytics.identity import IdentityResolver
from analytics.identity.caution import CERTAIN, POSSIBLE, held_back

HOUSE = {"consignee_address": "36 River Ave", "consignee_city": "Columbus", "consignee_postal_code": "43201"}


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
def test_who_is_in_doubt_has_to_be_all_but_certain(told: float, doubted: bool, barred: bool, held: float) -> None:
    found = held_back(np.array([told]), np.array([doubted]), np.array([barred]))
    assert found.tolist() == [held]
