"""Given names: which stand for one another, and which are the names of two people."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analytics.identity.records.hashing import hashes
from analytics.identity.scoring.compare.name_variants import are_two_names, are_variants, is_known, is_listed


def told(asked, one: str, other: str, **more) -> bool:
    left, right = hashes(pl.Series([one])), hashes(pl.Series([other]))
    answers = asked(left, right, **more).tolist() + asked(right, left, **more).tolist()
    assert answers[0] == answers[1]
    return answers[0]


def are_two(one: str, other: str, *, sounds_alike: bool = False) -> bool:
    return told(are_two_names, one, other, sounds_alike=np.array([sounds_alike]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("robert", "bob"),
        ("margaret", "peggy"),
        ("bill", "will"),
        ("mohammed", "muhammad"),
        ("gary", "garry"),
        ("jonathan", "jonathon"),
        ("valerie", "valarie"),
        ("veronica", "vonnie"),
    ],
)
def test_nicknames_and_spellings_are_variants_and_no_two_names(one, other):
    assert told(are_variants, one, other)
    assert not are_two(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("francis", "frances"),  # one letter apart, a man's and a woman's, though a nickname list has them together
        ("daniel", "daniela"),
        ("gabriel", "gabriela"),
        ("tara", "tera"),
        ("wei", "wen"),  # known elsewhere
        ("ramesh", "rajesh"),
        ("jianguo", "jianjun"),  # two syllables of pinyin each
        ("anna", "hanna"),  # one entry of Wikidata, yet names of two sisters
    ],
)
def test_two_known_names_are_two_people(one, other):
    assert are_two(one, other)
    assert not told(are_variants, one, other)


@pytest.mark.parametrize(("one", "other"), [("jennifer", "jenniffr"), ("christopher", "christophr"), ("qwzx", "qwzy")])
def test_a_slip_is_no_name(one, other):
    assert not are_two(one, other)


@pytest.mark.parametrize(("one", "other"), [("naoko", "naoki"), ("haruto", "haruta"), ("gautam", "gautami")])
def test_romanised_names_that_end_in_other_vowels_are_two_however_they_sound(one, other):
    assert are_two(one, other, sounds_alike=True)


def test_systems_of_romanisation_write_one_name_in_several_ways():
    assert are_two("soojin", "sujin")
    assert not are_two("soojin", "sujin", sounds_alike=True)
    assert are_two("tara", "tera", sounds_alike=True)
    assert are_two("lan", "lin", sounds_alike=True)


@pytest.mark.parametrize(
    ("women", "men", "other", "answer"),
    [
        ((100, 0), (100, 0), "qbz", True),
        ((99, 0), (100, 0), "qbz", False),  # not known
        ((100, 0), (10_000, 0), "qbz", True),  # one in a hundred
        ((100, 0), (10_001, 0), "qbz", False),  # rarer: may be a slip
        ((100, 0), (0, 10_000_000), "qbz", True),  # a man's and a woman's, however rare
        ((100, 0), (4_000_000, 6_000_000), "qbz", True),  # six tenths more men
        ((100, 0), (4_100_000, 5_900_000), "qbz", False),
    ],
)
def test_bearers_decide(monkeypatch, women, men, other, answer):
    from analytics.identity.scoring.compare import name_variants

    rows = [("qaz", *women), (other, *men)]
    counted = pl.DataFrame(rows, schema=["name", "women", "men"], orient="row")
    read = name_variants.word_table
    monkeypatch.setattr(
        name_variants, "word_table", lambda name: counted if name == "given_name_bearers" else read(name)
    )
    name_variants._bearers.cache_clear()
    try:
        assert are_two("qaz", other) is answer
    finally:
        name_variants._bearers.cache_clear()


def test_known_and_listed_names():
    names = hashes(pl.Series(["robert", "bob", "xiaoming", "qwzx"]))
    assert is_known(names).tolist() == [True, True, True, False]
    assert is_listed(names).tolist() == [True, True, True, False]
