"""What two identities are to each other, sign by sign."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.typologies.possible_daily_limit.comparing import COLUMNS, compared, kind_of, parties_of, representatives

USUAL = {
    "party_class": "person", "name": "tamsin okafor", "house": "41", "street": "larkspur", "postal": "50309",
}  # fmt: skip


def party(*aliases):
    rows = [
        {**dict.fromkeys(COLUMNS), **USUAL, "alias_id": f"a{at}", "identity_id": "i", **alias}
        for at, alias in enumerate(aliases)
    ]
    return parties_of(rows, "identity_id")["i"]


@pytest.mark.parametrize(
    ("sign", "one", "other", "level"),
    [
        ("unit", "3", "3", "same"),
        ("unit", "3", "4", "other"),
        ("unit", "3", None, "one"),
        ("unit", None, None, "none"),
        ("phone", "5155550142", "5155550142", "same"),
        ("phone", "5155550142", "5155550143", "slip"),
        ("phone", "5155550142", "5155550153", "other"),
        ("phone", "5155550142", None, None),
        ("email", "t.okafor@example.org", "t.okafro@example.org", "slip"),
        ("email", "t.okafor@example.org", "b.lindqvist@example.org", "other"),
        ("email", None, None, None),
    ],
)
def test_levels_of_signs(sign, one, other, level):
    assert compared(party({sign: one}), party({sign: other}))[sign] == level


def test_an_initial_counts_only_where_no_name_is_written_out():
    initial = {"name": "t okafor"}
    assert compared(party(initial), party({}))["name"] == "initial"
    assert compared(party(initial, {"name": "theodora okafor"}), party({}))["name"] == "other"


def test_one_that_is_written_out_as_two_people_outweighs_a_slip():
    kyle = party({"name": "kyle okafor"}, {"name": "kyli okafor"})
    assert compared(kyle, party({"name": "kylie okafor"}))["name"] == "two names"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ({}, {}, "building"),
        ({}, {"street": "larkspr"}, "building"),
        ({"unit": "3"}, {"unit": "3"}, "dwelling"),
        ({"unit": "3"}, {"unit": "4"}, "building"),
        ({}, {"street": "monument hill"}, "elsewhere"),
        ({}, {"house": "42"}, "elsewhere"),
        ({}, {"postal": "50408"}, "elsewhere"),
        ({}, {"postal": "50312"}, "building"),
        ({}, {"house": None}, "elsewhere"),
        ({"house": None, "box": "12"}, {"house": None, "box": "12"}, "building"),
    ],
)
def test_kinds_of_places(one, other, kind):
    assert kind_of(party(one), party(other), "building") == kind


def test_the_pair_to_ask_about_is_that_of_the_names_most_alike():
    rows = [
        {**dict.fromkeys(COLUMNS), **USUAL, "alias_id": alias, "identity_id": identity, "name": name}
        for alias, identity, name in (
            ("a1", "i1", "t okafor"), ("a2", "i1", "tamsin okafor"), ("a3", "i2", "o ktamsin"),
            ("a4", "i2", "tamsinokafor"),
        )
    ]  # fmt: skip
    pairs = pl.DataFrame({"identity_id_l": ["i1"], "identity_id_r": ["i2"]})
    assert [series.to_list() for series in representatives(pl.DataFrame(rows), pairs)] == [["a2"], ["a4"]]
