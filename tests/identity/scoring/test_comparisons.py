"""Comparisons find what their words say; spellings, kin and crowds."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analytics.identity.records.hashing import NOTHING, all_of, any_order, hashes, word_hashes
from analytics.identity.records.preparing import prepare
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import COMPARISONS, NOT_WEIGHED, compare, level_names, recipe
from tests.identity.conftest import Row, frame, row


def found(one: Row, other: Row) -> dict[str, str]:
    """In words what every comparison finds between two rows."""
    records = prepare(frame(one, other), {})
    left, right = records.row_record.reshape(2, 1)
    levels = compare(Pairs(records, left, right))
    words = {item.name: item.levels for item in (*COMPARISONS, *NOT_WEIGHED)}
    return {name: words[name][int(level[0])] for name, level in levels.items()}


@pytest.mark.parametrize(
    ("one", "other", "given", "surname"),
    [
        ("Ann Poole", "Ann Poole", "the same", "the same"),
        ("Robert Poole", "Bob Poole", "nickname or other spelling of the same", "the same"),
        ("A Poole", "Ann Poole", "initial of the other", "the same"),
        ("Cora Quist", "Gro Quist", "different", "the same"),  # one code of sounds
        ("Johnathon Poole", "Johnathan Poole", "nickname or other spelling of the same", "the same"),
        ("Paul Poole", "Paula Poole", "alike, but names of their own", "the same"),
        ("Ann Poole", "Mary Poole", "different", "the same"),
        ("Poole Ann", "Ann Poole", "the same", "the same"),
        ("Ann Garcia Lopez", "Ann Garcia", "the same", "part of the other"),
        ("Ann Thornbury", "Ann Thornbry", "the same", "one typing error apart"),
        ("Ann Poole", "Acme LLC", "cannot be compared", "cannot be compared"),
    ],
)
def test_names(one: str, other: str, given: str, surname: str) -> None:
    for left, right in ((one, other), (other, one)):
        levels = found(row(left), row(right))
        assert (levels["given_name"], levels["surname"]) == (given, surname)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Quorva Zembli", "Quorva Zembli", "alike"),
        ("Quorva Zembli", "Quorva Zemblli", "alike"),
        ("Quorva Zembli", "Zembli Quorva", "alike"),
        ("Quorva Zembli", "Quorva Dostra Zembli", "alike in some words"),
        ("Hollow Cattle", "Hollow Kettle", "each has a word of its own"),
        ("Hollow Cattle", "Copper Lantern", "different"),
        ("Hollow Cattle", "Marcus Cattel", "cannot be compared"),  # the other one is a person
        ("Marcus Hale", "Marcus Bale", "cannot be compared"),
        ("Hollow Cattle LLC", "Hollow Kettle", "cannot be compared"),  # known for a firm: see firm_name
    ],
)
def test_names_that_may_be_those_of_firms_are_held_against_each_other_as_such(one: str, other: str, words: str) -> None:
    assert found(row(one), row(other))["firm_or_person"] == found(row(other), row(one))["firm_or_person"] == words


def test_a_word_of_its_own_counts_beside_the_name_of_a_person_too() -> None:
    """A name that may be a firm's and one that only looks like a person's: Marina Lantern, Marine Lantern."""
    levels = found(row("Norma Lantern"), row("Normal Lantern"))
    assert levels["firm_or_person"] == "each has a word of its own"


def test_what_is_not_weighed_has_no_part_in_the_model() -> None:
    assert {item.name for item in NOT_WEIGHED}.isdisjoint(level_names())
    assert {item.name for item in NOT_WEIGHED}.isdisjoint(item.name for item in recipe({}))


def test_a_name_turned_round_is_seen() -> None:
    assert found(row("Poole Ann"), row("Ann Poole"))["name_order"] == "turned round"
    assert found(row("Ann Poole"), row("Ann Hale"))["name_order"] == "same order"


@pytest.mark.parametrize(
    ("comparison", "one", "other", "words"),
    [
        ("generation", row("Ann Poole Jr"), row("Ann Poole Sr"), "different"),
        ("generation", row("Ann Poole Jr"), row("Ann Pole Jr"), "the same"),
        ("generation", row("Zembli SR"), row("Zembli SR"), "the same"),
        ("generation", row("Zembli SR"), row("Dostra SR"), "cannot be compared"),
        ("middle_name", row("Ann B Poole"), row("Ann Beth Poole"), "same initial"),
        ("firm_name", row("Acme Tools LLC"), row("Tools Acme Inc"), "close spelling"),
        ("firm_name", row("Jo Hale dba Hale Roofing"), row("Hale Roofing"), "the trade name of the other"),
        ("house", row("A B", "1204 Elm St"), row("A B", "1304 Elm St"), "one digit apart"),
        ("house", row("A B", "12 Elm St"), row("A B", "13 Elm St"), "different"),
        ("house", row("A B", "PO Box 9"), row("A B", "P.O. Box 9"), "same box"),
        ("street", row("A B", "12 Elm St"), row("A B", "12 Elm Ave"), "same name, other type"),
        ("street", row("A B", "12 N Elm St"), row("A B", "12 S Elm St"), "same name, other direction"),
        ("unit", row("A B", "12 Elm St Apt 4A"), row("A B", "12 Elm St Apt 9"), "different"),
        ("place", row("A B"), row("A B", postal_code="61456"), "same city, postal code one digit apart"),
        ("place", row("A B"), row("A B", city="Tampa", state="FL", postal_code="33602"), "different"),
        ("phone", row("A B", phone="3125550142"), row("A B", phone="3125550124"), "nearly the same"),
        ("phone", row("A B", phone="3125550142"), row("A B", phone="7735550142"), "the same but for the area code"),
        ("email", row("A B", email="ab@x.org"), row("C D", email="ab@y.org"), "nearly the same"),
        ("email_owner", row("Ann Poole", email="ann.poole@x.org"), row("Bo Poole"), "it bears another given name"),
        ("tax_number", row("A B", tax_id="512448890"), row("A B", tax_id="512448809"), "one typing error apart"),
        ("tax_number", row("A B", tax_id="512448890"), row("A B"), "only one is known"),
    ],
)
def test_what_else_is_compared(comparison: str, one: Row, other: Row, words: str) -> None:
    assert found(one, other)[comparison] == words
    assert found(other, one)[comparison] == words


def test_every_comparison_explains_itself_and_opens_with_nothing() -> None:
    for comparison in COMPARISONS:
        assert comparison.description.endswith(".")
        assert comparison.levels[0] == "cannot be compared"


def test_hashes_know_null_and_order() -> None:
    one, other = hashes(pl.Series(["a", None])), hashes(pl.Series(["b", "b"]))
    assert one[1] == NOTHING
    assert all_of(one, other)[0] != all_of(other, one)[0]
    assert any_order(one, other)[0] == any_order(other, one)[0] != NOTHING
    assert all_of(one, other)[1] == any_order(one, other)[1] == NOTHING


def test_words_of_a_name_in_any_order_and_the_rarest_first() -> None:
    whole, rarest, second = word_hashes(pl.Series(["acme tools", "tools acme", "best tools", None, "tools"]))
    assert whole[0] == whole[1] != whole[2]
    assert whole[3] == rarest[3] == second[3] == second[4] == NOTHING
    assert rarest[0] == rarest[1] != rarest[2]
    assert second[0] == second[2] == rarest[4]


def test_a_wrong_model_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from analytics.errors import ContractError
    from analytics.identity.scoring.scorer import MODEL_FILE, PairScorer

    stale = tmp_path / "model.json"
    stale.write_text(MODEL_FILE.read_text().replace('"turned round"', '"backwards"'))
    with pytest.raises(ContractError, match="Train it again"):
        PairScorer.load(stale)


def test_a_model_is_the_same_after_saving(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from analytics.identity.scoring.scorer import MODEL_FILE, PairScorer

    PairScorer.load().save(tmp_path / "model.json")
    assert (tmp_path / "model.json").read_bytes() == MODEL_FILE.read_bytes()


def test_what_cannot_be_compared_weighs_nothing() -> None:
    from analytics.identity.scoring.scorer import PairScorer

    scorer = PairScorer.load()
    assert all(weights[0] == 0 for weights in scorer.weights.values())
    assert all(not matrix[0].any() and not matrix[:, 0].any() for matrix in scorer.interactions.values())
    nothing = {comparison.name: np.zeros(1, dtype=np.uint8) for comparison in COMPARISONS}
    assert scorer.log_odds(nothing, {}).tolist() == [scorer.intercept]
