"""Names taken apart: persons, firms, and what stands beside them."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.parties.names import name_keys


def keys(name: str | None) -> dict[str, object]:
    """The keys of one name."""
    return name_keys(pl.Series([name], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize(
    ("written", "given", "middle", "surname"),
    [
        ("John Smith", "john", None, "smith"),
        ("SMITH, JOHN", "john", None, "smith"),
        ("Smith, John Adam", "john", "adam", "smith"),
        ("Dr. Helen B. Marsh, MD", "helen", "b", "marsh"),
        ("J.R. Pemberton", "jr", None, "pemberton"),
        ("Kevin O'Brien", "kevin", None, "obrien"),
        ("José Hernández", "jose", None, "hernandez"),
        ("Juan de la Cruz", "juan", None, "delacruz"),
        ("Jan van der Berg", "jan", None, "vanderberg"),
        ("Jean-Paul Roux", "jeanpaul", None, "roux"),
        ("Anne Smith-Rowe", "anne", "smith", "rowe"),
        ("Сергей Кузнецов", "sergey", None, "kuznetsov"),
        ("王伟", "wei", None, "wang"),
        ("Zhang Wei", "wei", None, "zhang"),
        ("Shen Zemblius", "shen", None, "zemblius"),
        ("Shen Bo", "bo", None, "shen"),
        ("Wei Zhang", "wei", None, "zhang"),
        ("Kim Min-jun", "minjun", None, "kim"),
        ("Min Jun Kim", "minjun", None, "kim"),
        ("Nguyen Van Hung", "hung", "van", "nguyen"),
        ("Hung Van Nguyen", "hung", "van", "nguyen"),
        ("Halloran", None, None, "halloran"),
        ("  Mary\tAnn   Lee ", "mary", "ann", "lee"),
    ],
)
def test_persons(written: str, given: str | None, middle: str | None, surname: str) -> None:
    found = keys(written)
    assert (found["given"], found["middle"], found["surname"]) == (given, middle, surname)
    assert not found["is_firm"]


@pytest.mark.parametrize(
    ("written", "core"),
    [
        ("Northgate Tiles LLC", "northgate tiles"),
        ("Northgate Tiles, L.L.C.", "northgate tiles"),
        ("Meridian Intl Trading", "meridian international trading"),
        ("Brandt & Olsen Furniture Inc.", "brandt olsen furniture"),
        ("The Copper Kettle Restaurant", "copper kettle restaurant"),
        ("7-Eleven", "7 11"),
        ("First & Second Street Bakery Inc", "1st 2nd street bakery"),
        ("A B C Welding LLC", "abc welding"),
        ("A-B-C Welding LLC", "abc welding"),
        ("Weber GmbH", "weber"),
        ("LLC Inc", "llc inc"),
    ],
)
def test_firms(written: str, core: str) -> None:
    found = keys(written)
    assert found["is_firm"]
    assert found["firm"] == found["name"] == core
    assert found["surname"] is None


@pytest.mark.parametrize(
    ("written", "name", "beside", "value"),
    [
        ("John Farrell DBA Farrell Roofing", "john farrell", "other_name", "farrell roofing"),
        ("Mesquite Holdings d/b/a Mesquite Grill", "mesquite holdings", "other_name", "mesquite grill"),
        ("John Doe c/o Acme Forwarding", "john doe", "care_of", "acme forwarding"),
        ("ATTN: Bob / Larkspur Printing LLC", "larkspur printing", "other_name", None),
        ("Tamarack Dental Attn Dr Lowe", "tamarack dental", "other_name", None),
        ("Attn: Julia Perkins", "julia perkins", "care_of", None),
        ("Wei Chen (CN88231)", "wei chen", "name_code", "cn88231"),
    ],
)
def test_what_stands_beside_a_name(written: str, name: str, beside: str, value: str | None) -> None:
    found = keys(written)
    assert found["name"] == name
    assert found[beside] == value


@pytest.mark.parametrize("written", ["Kurt Bremner 2", "Kurt Bremner 13", "Kurt Bremner B", "Bremner, Kurt"])
def test_a_sign_behind_a_persons_name_is_no_part_of_it(written: str) -> None:
    found = keys(written)
    assert (found["is_firm"], found["name"]) == (False, "kurt bremner")


@pytest.mark.parametrize(
    "written", ["Studio 54", "Pier 1", "Grace Hotel 5", "Kurt Bremner Store 2", "Kurt Bremner 117"]
)
def test_a_number_of_a_firm_stays(written: str) -> None:
    found = keys(written)
    assert (found["is_firm"], found["name"]) == (True, written.lower())


@pytest.mark.parametrize(
    ("written", "generation"), [("Sam Keats Jr.", "2"), ("Keats, Sam III", "3"), ("Sam Keats", None)]
)
def test_generations(written: str, generation: str | None) -> None:
    assert keys(written)["generation"] == generation


@pytest.mark.parametrize(
    "written", [None, "", "  ", "N/A", "TO ORDER", "to the order of", "Unknown", "---", "12345", "."]
)
def test_those_who_name_nobody(written: str | None) -> None:
    found = keys(written)
    assert found["is_placeholder"]
    assert found["name"] is None


def test_every_name_gets_its_own_row_in_order() -> None:
    names = ["Ann Poole", None, "Acme LLC", "ann poole", "TO ORDER"]
    found = name_keys(pl.Series(names * 50))
    assert found.height == 250
    assert found["name"].to_list() == ["ann poole", None, "acme", "ann poole", None] * 50


def test_sounds_are_made_for_persons() -> None:
    found = name_keys(pl.Series(["Catherine Smith", "Katherine Smyth", "Acme LLC"]))
    assert found["given_sound"][0] == found["given_sound"][1]
    assert found["surname_sound"][0] == found["surname_sound"][1]
    assert found["surname_sound"][2] is None
