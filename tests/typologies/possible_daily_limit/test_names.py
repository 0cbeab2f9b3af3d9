"""What two names are to each other: blanks, order and initials set aside, names of two people told apart."""

from __future__ import annotations

import pytest

from analytics.typologies.possible_daily_limit.names import NAME_LEVELS, Name, name_level


def name(text, generation=None, *, is_firm=False, may_be_firm=False):
    return Name(tuple(text.split()), generation, is_firm, may_be_firm)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("tamsin okafor", "tamsinokafor", "same"),
        ("tamsin okafor", "ta msinokafor", "same"),
        ("tamsin okafor", "tamsino kafor", "same"),
        ("tamsin okafor", "okafor tamsin", "same"),
        ("tamsin j okafor", "okafor tamsin", "same"),
        ("tamsin j okafor", "tamsin jane okafor", "same"),
        ("tamsin jane okafor", "tamsin jolie okafor", "two names"),
        ("tamsin okafor", "tamsin okafro", "slip"),
        ("tamsin okafor", "tamsinokafr", "slip"),
        ("tamsin okafor", "t okafor", "initial"),
        ("tamsin okafor", "to kafor", "initial"),
        ("tamsin okafor", "t okafr", "initial"),
        ("tamsin okafor", "b okafor", "other"),
        ("william thornberry", "bill thornberry", "variant"),
        ("tamsin okafor", "tamsn oakfor", "close"),
        ("tamsin okafor", "gregor lindqvist", "other"),
        ("tamsin okafor", "", "other"),
    ],
)
def test_levels_of_names(one, other, level):
    assert name_level(name(one), name(other)) == name_level(name(other), name(one)) == level


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kyle okafor", "kylie okafor"),
        ("brian okafor", "brianna okafor"),
        ("kyleokafor", "kylie okafor"),
        ("kyle okafor", "okafor kylie"),
        ("kyle okafor", "kylie okafr"),
        ("martin b okafor", "martin c okafor"),
    ],
)
def test_known_given_names_of_two_people_are_two_names(one, other):
    assert name_level(name(one), name(other)) == "two names"


def test_a_father_and_a_son_are_two():
    assert name_level(name("martin okafor", "2"), name("martin okafor")) == "two names"
    assert name_level(name("martin okafor", "2"), name("martin okafor", "2")) == "same"


def test_a_surname_that_is_a_given_name_elsewhere_is_no_second_given_name():
    assert name_level(name("tamsin jordan"), name("tamsin jordon")) == "slip"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("marlow export", "marlow import", "two names"),
        ("marlow dental", "marlow rental", "two names"),
        ("marlow dental", "marlow dentel", "slip"),
        ("marlow warehouse 4", "marlow warehouse 7", "two names"),
        ("marlow dental", "marlowdental", "same"),
    ],
)
def test_firms_with_a_word_of_their_own_are_two(one, other, level):
    assert name_level(name(one, is_firm=True), name(other, is_firm=True)) == level


@pytest.mark.parametrize(
    "hostile", ["'; drop table flags; --", '"}],"x":[{"', "a" * 5_000, "\u202e nimsat", "%s {0}", "=1+1"]
)
def test_hostile_names_have_a_level(hostile):
    assert name_level(name(hostile), name("tamsin okafor")) in NAME_LEVELS


def test_names_that_may_be_firms_are_two_where_firms_would_be():
    one, other = (name(text, may_be_firm=True) for text in ("hollow cattle", "hollow kettle"))
    assert name_level(name("hollow cattle"), name("hollow kettle")) == "close"
    assert name_level(one, other) == name_level(other, one) == "two names"
    assert name_level(one, name("hollow kettle", is_firm=True)) == "two names"
    assert name_level(one, name("hollow kettle")) == "close"


def test_a_name_that_may_be_a_firms_is_not_turned_round():
    assert name_level(name("quorva zembli"), name("zembli quorva")) == "same"
    assert name_level(*(name(text, may_be_firm=True) for text in ("quorva zembli", "zembli quorva"))) == "other"


def test_names_that_may_be_firms_are_two_where_persons_would_be():
    one, other = name("quorva zembli", "2", may_be_firm=True), name("quorva zembli", may_be_firm=True)
    assert name_level(one, other) == "two names"
