"""Whether a name is a firm's, a person's, or may be either's."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.parties.keys import party_keys
from analytics.parties.name_class import bearing
from analytics.parties.words import word_set


def classes(*names: str) -> list[str]:
    """The class of each name."""
    return party_keys(pl.DataFrame({"consignee_name": names}))["party_class"].to_list()


@pytest.mark.parametrize(
    "written",
    [
        "www.zemblifabrics.com",
        "zemblifabrics.com",
        "Zembli-Fabrics.co.uk Orders",
        "Quorva's Lamps",
        "Quorva\u2019s Lamps",
        "The Hollow Lantern",
        "Lantern, The Hollow",
        "House of Zembli",
        "Lamps at Dostra",
        "Lanterns by Quorva",
        "Zembli & Dostra",
        "Zembli and Dostra",
    ],
)
def test_signs_that_no_persons_name_bears(written: str) -> None:
    assert classes(written) == ["firm"]


@pytest.mark.parametrize(
    "written",
    [
        "Marcus Zembli",
        "Zembli, Marcus",
        "Zembli Marcus",
        "Marcus & Helen Zembli",
        "Marcus and Helen Zembli",
        "Kevin O'Zembli",
        "Helen Zembli-Dostra",
        "Chen Bo",
        "Kim In Soo",
        "Nguyen Thi Hoa",
        "Hiroshi Dostra",
        "Marcus Zembli 2",
        "Ms. Helen D. Zembli",
    ],
)
def test_known_names_bear_a_person_out(written: str) -> None:
    assert classes(written) == ["person"]


@pytest.mark.parametrize(
    "written",
    [
        "Quorva Zembli",
        "Q Zembli",
        "Zembli",
        "Hollow Lantern",
        "The Zemblis",
        "La Zembli",
        "El Marcus",
        "Marcus of Dostra",
        "Quorva Zembli III",
        "Of Dostra",
        "Zembli And",
    ],
)
def test_other_names_may_be_either(written: str) -> None:
    assert classes(written) == ["unknown"]


def test_names_with_the_same_parts_are_of_one_class() -> None:
    """A record is made of all rows with the same parts, and has one class."""
    names = ["Quorva Zembli", "Mr. Quorva Zembli", "ZEMBLI, QUORVA", "Quorva Zembli (QZ20418)"]
    keys = party_keys(pl.DataFrame({"consignee_name": names}))
    assert keys.select("given", "middle", "surname", "generation", "party_class").n_unique() == 1


def test_the_class_of_a_name_hangs_on_no_other() -> None:
    names = ["Quorva Zembli", "Marcus Zembli", "House of Zembli", "The Hollow Lantern", "Zembli"] * 3
    assert classes(*names) == [classes(name)[0] for name in names]
    assert classes(*reversed(names)) == classes(*names)[::-1]


def test_a_common_word_bears_a_name_out_only_where_many_bear_it() -> None:
    words = pl.Series(["helen", "summer", "legacy", "quorva", "hoa", "wei", "la", None])
    assert {"summer", "legacy"} <= word_set("common_words")
    assert bearing(words).to_list() == [2, 2, 1, 0, 2, 1, 0, 0]


def test_every_sign_stays_a_sign_among_other_words() -> None:
    assert classes("Hollow House of Zembli Lamps", "Zembli Dostra & Quorva Lamps") == ["firm", "firm"]
