"""What descriptions tell, word by word, over what int_descriptions__counted takes from int_shipments__described."""

import polars as pl
import pytest

from analytics.contracts.typologies import GoodsTraits
from analytics.rulebook import load_references
from analytics.traits.goods import goods_traits

PHRASES = load_references().tables["ref_vague_phrases"]
USUAL = {"min_word_shipments": 30, "min_word_sellers": 3, "most_share": 0.9, "odd_share": 0.05}
SCHEMA = {"description": pl.String, "hts_chapter": pl.String, "seller": pl.String, "shipments": pl.Int64}


def counted(*rows):
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def traits(*rows, **changes):
    return goods_traits(counted(*rows), PHRASES, **{**USUAL, **changes})


@pytest.mark.parametrize(
    ("description", "phrase"),
    [
        ("parts", "parts"),
        ("PARTS.", "parts"),
        ("  Gift ", "gift"),
        ("2 pcs gift", "gift"),
        ("gifts for the", "gifts"),
        ("freight of all kinds", "freight of all kinds"),
        ("Daily necessities x 12", "daily necessities"),
        ("auto parts", None),
        ("gift card holder", None),
        ("12", None),
        ("...", None),
        ("配件", None),
        ("", None),
    ],
)
def test_a_description_is_vague_where_nothing_else_is_left(description, phrase):
    assert traits((description, "-", "S", 1))["phrase"].to_list() == [phrase]


def shoes(*shares, chapter="64"):
    return [(f"running shoes {place}", chapter, f"S{place}", share) for place, share in enumerate(shares)]


@pytest.mark.parametrize(
    ("rows", "odd", "chapter"),
    [
        (shoes(20, 20, 20), ("Running Shoe", "39", "S1", 1), "64"),
        (shoes(20, 20, 20), ("Running shoe", "39", "S1", 3), "64"),
        (shoes(20, 20, 20), ("running shoe", "39", "S1", 4), None),  # 4 of 64 are more than hardly any
        (shoes(20, 20, 20), ("shoe", "64", "S1", 1), None),
        (shoes(20, 20, 20), ("shoe", "-", "S1", 1), None),
        (shoes(20, 20, 20), ("shoes for the running", "39", "S1", 1), "64"),
        (shoes(20, 20, 20) + shoes(9, 9, 9, chapter="95"), ("shoe", "39", "S1", 1), None),  # two meanings
        ([*shoes(20, 20, 20), *((f"dispenser {no}", "39", f"S{no}", 20) for no in range(3))],
         ("shoe dispenser", "39", "S1", 1), None),  # one of its words is at home there
        (shoes(20, 20, 20), ("shoe rack", "39", "S1", 1), None),  # a word that is seen nowhere else
    ],
)  # fmt: skip
def test_words_are_at_odds_with_a_chapter_under_which_they_are_hardly_ever_found(rows, odd, chapter):
    found = traits(*rows, odd).filter(description=odd[0], hts_chapter=odd[1])
    assert found["usual_chapter"].to_list() == [chapter]


def test_says_which_words_and_how_many_shipments_tell():
    row = traits(*shoes(20, 20, 20), ("shoes, running", "39", "S", 1)).filter(hts_chapter="39").row(0, named=True)
    assert (row["telling_words"], row["usual_shipments"], row["phrase"]) == ("running shoe", 60, None)


def test_a_row_is_one_description_and_chapter_whatever_the_sellers():
    found = traits(("cup", "69", "S", 2), ("cup", "69", "T", 1), ("cup", "70", "T", 1), ("cup", "70", None, 5))
    assert found.select("description", "hts_chapter").rows() == [("cup", "69"), ("cup", "70")]
    assert GoodsTraits.is_valid(found)


def test_no_description_has_no_traits():
    assert traits().is_empty()


def test_the_order_of_the_rows_changes_nothing():
    rows = [*shoes(20, 20, 20), ("shoes", "39", "S1", 1), ("gift", "95", "S2", 4)]
    assert traits(*rows).equals(traits(*reversed(rows)))


def test_a_long_text_is_looked_at_by_its_beginning():
    found = traits(("gift " * 1_000, "95", "S", 1))
    assert found["phrase"].to_list() == [None]
