"""Pseudonyms and marks."""

from __future__ import annotations

import pytest

from analytics.masking.marks import Marks, is_code


def test_a_mark_is_the_same_for_a_store_at_any_time_and_another_in_another_store():
    assert Marks("one").of("12 Elm St") == Marks("one").of("12 Elm St")
    assert Marks("one").of("12 Elm St") != Marks("two").of("12 Elm St")
    assert len(Marks("one").of("12 Elm St")) == 6


def test_case_and_spaces_make_no_other_mark():
    marks = Marks("one")
    assert marks.of("LIN  MEI trading ") == marks.of("Lin Mei Trading")
    assert marks.of("Lin Mei") != marks.of("Lin Meo")


def test_a_mark_of_broken_text_is_a_mark():
    assert len(Marks("one").of("\ud800 Lee")) == 6


def test_a_number_stays_and_a_name_does_not():
    marks = Marks("one")
    assert marks.party("Seller", "S102038") == "Seller S102038"
    assert marks.party("Seller", "Pine & Thread").startswith("Seller ")
    assert "Pine" not in marks.party("Seller", "Pine & Thread")


@pytest.mark.parametrize("text", ["Marta 2", "LUMEN", "", "7", "-12", "12 Elm St", "a@b.c1", "N1\nN2"])
def test_what_is_no_code(text):
    assert not is_code(text)


@pytest.mark.parametrize("text", ["S1", "S102038", "FXH-99/10.1_a", "12"])
def test_what_is_a_code(text):
    assert is_code(text)
