"""What is said of identities that changed a conclusion."""

from __future__ import annotations

from analytics.reports.sections.identities import clues, likelihood, takes_for_one, threshold

TRIED = [{"threshold": at, "standing": standing} for at, standing in
         ((0.25, "high"), (0.5, "central"), (0.95, "low"), (1.0, "certain"))]  # fmt: skip


def test_clues_are_the_heaviest_on_either_side():
    evidence = [
        {"feature": "prior", "left": None, "right": None, "weight": -9.0, "text": "Before anything is compared."},
        {"feature": "email", "left": None, "right": "a@b", "weight": -3.0, "text": "E-mail: only one is known."},
        {"feature": "house", "left": "1", "right": "1", "weight": 1.5, "text": "House numbers: the same."},
        {"feature": "phone", "left": "1", "right": "1", "weight": 8.1, "text": "Telephone numbers, shared: the same."},
        {"feature": "given_name", "left": "m", "right": "maria", "weight": -1.2, "text": "Given names: an initial."},
    ]
    assert clues(evidence) == "For it: phone (the same); house (the same). Against it: given name (an initial)"
    assert clues([]) == ""


def test_agreement_is_never_listed_as_against_it():
    evidence = [
        {"feature": "phone", "left": "1", "right": "1", "weight": 8.1, "text": "Telephone numbers: the same."},
        {"feature": "house", "left": "12", "right": "12", "weight": -1.3, "text": "House numbers: the same."},
        {"feature": "name_order", "left": "a b", "right": "a b", "weight": -0.3, "text": "Order: same order."},
        {"feature": "neighbours", "left": "12 elm", "right": "12 elm", "weight": -0.5, "text": "How many: forty."},
    ]
    assert clues(evidence) == "For it: phone (the same). Against it: neighbours (forty)"
    assert clues(evidence[:3]) == "For it: phone (the same)"


def test_what_shrinks_a_probability_is_told_though_it_compares_nothing():
    text = "Told as 0.71: in public files too few matches that rest on a name are one consignee."
    evidence = [
        {"feature": "phone", "left": "1", "right": "1", "weight": 7.0, "text": "Phones: the same."},
        {"feature": "calibration", "left": None, "right": None, "weight": -5.0, "text": text},
    ]
    assert clues(evidence) == (
        "For it: phone (the same). Against it: calibration (in public files too few matches that rest on a name are "
        "one consignee)"
    )


def test_a_likelihood_is_never_rounded_up_to_certainty():
    assert [likelihood(value) for value in (0.91234, 0.999, 0.99996)] == ["91.2%", "99.9%", "over 99.9%"]


def test_thresholds_are_told_by_name_and_in_words():
    assert [threshold(row) for row in TRIED] == ["0.25, high", "0.5, as reported", "0.95, low", "certain"]
    assert all(takes_for_one(row["standing"]) for row in TRIED)
