"""An account under which name and address differ joins nobody, however few share it."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.identity import IdentityResolver

PEOPLE = [
    ("Petra Malone", "14 Orchard Lane", "Salem", "MA", "01970"),
    ("Oskar Dvorak", "802 Bayview Drive", "Mobile", "AL", "36602"),
    ("Ines Carvalho", "3310 Quarry Road", "Boise", "ID", "83702"),
    ("Hamid Rostami", "77 Pinecrest Way", "Fargo", "ND", "58102"),
    ("Lucy Abernathy", "9 Station Street", "Provo", "UT", "84601"),
    ("Goran Petrov", "561 Millrace Court", "Macon", "GA", "31201"),
]
FIELDS = ("name", "address", "city", "state", "postal_code")


def groups(*people, issuer="market"):
    """Group people who stand under one account."""
    frame = pl.DataFrame(people, schema=[f"consignee_{field}" for field in FIELDS], orient="row")
    frame = frame.with_columns(consignee_id=pl.lit("770000"), consignee_id_issuer=pl.lit(issuer, pl.String))
    return IdentityResolver().fit_predict(frame).tolist()


@pytest.mark.parametrize("count", range(2, len(PEOPLE) + 1))
@pytest.mark.parametrize("issuer", ["market", None])
def test_strangers_under_one_account_stay_apart(count, issuer):
    assert groups(*PEOPLE[:count], issuer=issuer) == list(range(count))


def test_one_consignee_under_one_account_is_one_after_a_move():
    assert groups(PEOPLE[0], ("Petra Malone", *PEOPLE[1][1:])) == [0, 0]


def test_another_alias_at_one_address_is_one():
    assert groups(PEOPLE[0], ("P. Malone", *PEOPLE[0][1:])) == [0, 0]


def test_a_stranger_takes_the_trust_from_the_whole_account():
    moved = ("Petra Malone-Hughes", "5 Elm Square", "Akron", "OH", "44301")
    assert groups(PEOPLE[0], PEOPLE[1], moved)[1] == 1
