"""Names that may be those of firms or of persons: the more cautious of two readings counts."""

from __future__ import annotations

import random
from itertools import combinations
from unittest.mock import patch

import numpy as np
import polars as pl
import pytest

from analytics.identity import IdentityResolver
from analytics.identity.scoring import pairs
from analytics.parties.keys import party_keys
from analytics.parties.words import word_set
from tests.identity.conftest import Row, frame, row

Contacts = tuple[dict[str, str], dict[str, str]]
Case = tuple[str, str, Contacts, bool]
ONE_PHONE: Contacts = ({"phone": "309-555-7741"}, {"phone": "309-555-7741"})
OWN_PHONES: Contacts = ({"phone": "309-555-7741"}, {"phone": "309-555-2186"})
NO_PHONE: Contacts = ({}, {})

TWO_FIRMS = (
    ("Hollow Cattle", "Hollow Kettle"),
    ("Copper Lantern", "Copper Lanyard"),
    ("Gravel Ribbon", "Gravel Rabbit"),
    ("Walnut Cellar", "Walnut Seller"),
    ("Norma Lantern", "Normal Lantern"),
)
ONE_NAME = (
    ("Hollow Cattle", "Hollow Cattle"),
    ("Hollow Cattle", "HOLLOW CATLE"),
    ("Copper Lantern", "Copper Lanterns"),
    ("Copper Lantern", "Copperlantern"),
    ("Quorva Zembli", "Zembli Quorva"),
    ("Quorva Zembli", "Quorva K Zembli"),
    ("Quorva Zembli", "Q Zembli"),
)
APART: tuple[Case, ...] = (
    *((one, other, contacts, True) for one, other in TWO_FIRMS for contacts in (ONE_PHONE, OWN_PHONES, NO_PHONE)),
    ("Hollow Cattle", "Hollow Ribbon", ONE_PHONE, True),  # a person may take another surname; a switchboard does not
    ("Wexlo Pantru", "W Pantru", ONE_PHONE, False),
)
TOGETHER: tuple[Case, ...] = (
    *((one, other, ONE_PHONE, True) for one, other in ONE_NAME),
    ("Dostra Vimel", "Vimel Dostra", ONE_PHONE, False),
)


def _word(number: int) -> str:
    """A syllable of its own for each number."""
    return "BDFGKLMN"[number % 8] + "aeiou"[number % 5] + "lmnrst"[number % 6] + "bdgkt"[number // 8]


@pytest.fixture(scope="module")
def joined(strangers: pl.DataFrame) -> dict[int, bool]:
    """Whether the two rows of each case are joined, each case by itself among strangers of other places."""
    rows: list[Row] = []
    for number, (one, other, contacts, in_one_house) in enumerate((*APART, *TOGETHER)):
        place = {"city": f"{_word(number)}ville", "postal_code": f"{10_007 + 3_121 * number}"}
        phones = [
            {key: value.replace("309", f"{217 + 23 * number}") for key, value in each.items()} for each in contacts
        ]
        here, there = f"{211 + 37 * number} {_word(number)}an St", f"4 {_word(number + 1)}or Rd"
        rows.append(row(one, here, **place, **phones[0]))
        rows.append(row(other, here if in_one_house else there, **place, **phones[1]))
    labels = IdentityResolver().fit_predict(pl.concat([frame(*rows), strangers]))[: len(rows)].reshape(-1, 2)
    return dict(enumerate((labels[:, 0] == labels[:, 1]).tolist()))


@pytest.mark.parametrize("number", range(len(APART)))
def test_two_that_may_be_firms_stay_apart(joined: dict[int, bool], number: int) -> None:
    assert not joined[number], APART[number]


@pytest.mark.parametrize("number", range(len(TOGETHER)))
def test_ways_to_write_one_name_stay_together(joined: dict[int, bool], number: int) -> None:
    assert joined[len(APART) + number], TOGETHER[number]


def test_why_two_are_held_back_is_said(strangers: pl.DataFrame) -> None:
    rows = frame(row("Hollow Cattle", **ONE_PHONE[0]), row("Hollow Kettle", **ONE_PHONE[0]))
    told = IdentityResolver().fit(pl.concat([rows, strangers])).explain(0, 1)
    (held,) = told.filter(feature="caution")["text"]
    assert held.endswith("the names may be those of firms, and each has a word of its own.")


def unknown_names(count: int) -> list[str]:
    """Names of two words that may be a firm's or a person's."""
    words = [word for word in sorted(word_set("common_words")) if 4 <= len(word) <= 6]
    drawn = [" ".join(random.Random(number).sample(words, 2)) for number in range(40 * count)]
    classes = party_keys(pl.DataFrame({"consignee_name": drawn}))["party_class"]
    return [name for name, each in zip(drawn, classes, strict=True) if each == "unknown"][:count]


def writings(name: str) -> list[Row]:
    """A name in several ways, at one house and another, with a telephone and without."""
    first, last = name.split()
    names = (name, f"{last} {first}", f"{first[0]} {last}", f"{first} K {last}", f"{first} {last[:-1]}")
    phone = ONE_PHONE[0]
    return [
        row(each, address, **contact)
        for each in names
        for address, contact in (("142 Alder St", phone), ("142 Alder St", {}), ("9 Dock Rd", phone))
    ]


def test_no_pair_scores_above_a_pair_of_persons(strangers: pl.DataFrame) -> None:
    """The property itself: the same file, read with the class and without it."""
    rows = [each for name in unknown_names(2) for each in writings(name)]
    file = pl.concat([frame(*rows), strangers])
    ends = list(combinations(range(len(rows)), 2))
    told = IdentityResolver().fit(file)
    with patch.object(pairs, "_UNKNOWN", np.uint64(1)):
        as_persons = IdentityResolver().fit(file)
        before = [as_persons.probability(*each) for each in ends]
    after = [told.probability(*each) for each in ends]
    assert max(one - other for one, other in zip(after, before, strict=True)) <= 1e-6
    assert sum(after) < sum(before)
