"""Groups of more than two: who must stay apart, who must come together, and what it may cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

import numpy as np
import polars as pl
import pytest

from analytics.identity import IdentityResolver
from analytics.identity.candidates.blocking import candidate_pairs
from analytics.identity.records.preparing import prepare
from analytics.identity.training.fitting import made_up_file, some_habits
from analytics.identity.training.words import names
from tests.identity.conftest import frame, row

Together = Callable[..., list[int]]


def test_a_household_of_four_is_four_persons(together: Together) -> None:
    labels = together(
        row("John Ashworth", phone="3095550101"),
        row("Mary Ashworth", phone="3095550101"),
        row("Ashworth, John", phone="(309) 555-0101"),
        row("Lily Ashworth"),
        row("Tom Ashworth"),
    )
    assert labels[0] == labels[2]
    assert len(set(labels)) == 4


def test_one_person_written_in_six_ways_is_one(together: Together) -> None:
    labels = together(
        row("Robert Aldine", "142 Alder Street Apt 3", phone="3095550102"),
        row("ALDINE, ROBERT", "142 ALDER ST #3"),
        row("Bob Aldine", "142 Alder St Unit 3", email="raldine@example.org"),
        row("R. Aldine", "142 Alder St Apt 3", phone="309.555.0102"),
        row("Robert J Aldine", "142 Aldre St Apt 3", postal_code="61455-1029"),
        row("Mr Robert Aldine", "9 Other Rd", email="raldine+shop@example.org", phone="+1 309 555 0102"),
    )
    assert len(set(labels)) == 1


def test_fifty_strangers_at_a_forwarder_stay_fifty(together: Together) -> None:
    given, surnames = (names()["american", part] for part in ("given", "surname"))
    crowd = [f"{one} {other}" for one, other in zip(given[:50], surnames[40:90], strict=True)]
    labels = together(*(row(name, "7200 NW 19th St", phone="3055550100") for name in crowd))
    assert len(set(labels)) == 50


def test_branches_of_a_chain_stay_branches(together: Together) -> None:
    towns = (("Macomb", "IL", "61455"), ("Tampa", "FL", "33602"), ("Salem", "OR", "97301"), ("Utica", "NY", "13501"))
    labels = together(
        *(
            row("Subline Sandwich Restaurant", f"{10 * number} Depot Rd", city=city, state=state, postal_code=postal)
            for number, (city, state, postal) in enumerate(towns, 1)
        )
    )
    assert len(set(labels)) == len(towns)


def test_flats_of_one_house_stay_apart(together: Together) -> None:
    labels = together(
        *(row(f"{name} Lee", f"600 Castle Ave Apt {flat}") for name, flat in (("James", "4A"), ("Susan", "4B")))
    )
    assert len(set(labels)) == 2


@pytest.mark.parametrize("blank", ["", "N/A", "TO ORDER", "Unknown", "-", "SAME AS CONSIGNEE", None])
def test_those_who_name_nobody_never_become_one_person(blank: str | None) -> None:
    labels = IdentityResolver().fit_predict(frame(row(blank), row(blank), row("Ann Poole")))
    assert len(set(labels.tolist())) == 3


def test_two_tax_numbers_keep_two_parties_apart_whatever_else_agrees(together: Together) -> None:
    labels = together(
        row("Luis Garcia", phone="3095550103", email="lg@example.org", tax_id="412339002"),
        row("Luis Garcia", phone="3095550103", email="lg@example.org", tax_id="637118446"),
    )
    assert len(set(labels)) == 2


def test_a_forwarder_with_five_thousand_customers_costs_no_more_than_their_number() -> None:
    random = Random(8)
    people = made_up_file(random, some_habits(random, 4_500)).frame.head(5_000)
    crowd = people.with_columns(
        consignee_address=pl.lit("7200 NW 19th St"),
        consignee_city=pl.lit("Miami"),
        consignee_state=pl.lit("FL"),
        consignee_postal_code=pl.lit("33126"),
        consignee_phone=pl.lit("3055550100"),
    )
    records = prepare(crowd, {})
    left, _ = candidate_pairs(records)
    assert len(left) < 40 * len(records)


def test_a_frequent_name_costs_no_more_than_its_bearers() -> None:
    houses = np.arange(5_000)
    crowd = pl.DataFrame(
        {
            "consignee_name": ["Wei Zhang"] * len(houses),
            "consignee_address": [f"{house} Elm St" for house in houses],
            "consignee_postal_code": [f"{10_000 + house % 900}" for house in houses],
        }
    )
    started = time.perf_counter()
    left, _ = candidate_pairs(prepare(crowd, {}))
    assert len(left) < 40 * len(houses)
    assert time.perf_counter() - started < 20
