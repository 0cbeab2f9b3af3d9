"""Words of one tariff chapter under the number of another: int_members__description_mismatch,
int_measures__description_mismatch."""

import pytest

from tests.sql.chain import lines

SHOES = [
    {"seller_id": f"S{place % 3}", "description": "Running shoes", "hts_code": "6404119050"} for place in range(40)
]
ODD = {"seller_id": "S1", "description": "Running shoes", "hts_code": "3924102000"}


def found(chain, *changes, **more):
    return chain.only("description_mismatch", lines(*changes), **more)


@pytest.mark.parametrize(
    ("usual", "odd", "flagged"),
    [
        (SHOES, ODD, True),
        (SHOES[:29], ODD, True),  # thirty with this one
        (SHOES[:28], ODD, False),  # too few to tell
        ([{**row, "seller_id": "S1"} for row in SHOES], ODD, False),  # one seller's habit
        (SHOES, {**ODD, "hts_code": "6403996075"}, False),  # the same chapter
        (SHOES, {**ODD, "description": "Condiment dispenser"}, False),  # says nothing that is known
        (SHOES, {**ODD, "hts_code": None}, False),
    ],
)
def test_telling_words_under_another_chapter_are_at_odds(chain, usual, odd, flagged):
    assert bool(found(chain, *usual, odd)) is flagged


def test_says_what_the_words_usually_mean(chain):
    (flag,) = found(chain, *SHOES, ODD, {**ODD, "product_id": "P1"})
    assert flag["reason"] == (
        "The description of 2 shipments reads as goods of chapter 64 (running shoe: 40 other shipments); "
        "the tariff number is of chapter 39."
    )
    assert flag["subject"] == "seller S1, week of 2025-01-13, chapter 39 for 64"
    assert "product number is given" in flag["counter_reasons"]
    assert chain.table("int_members__description_mismatch")["shipment_uid"].to_list() == ["s41", "s42"]
