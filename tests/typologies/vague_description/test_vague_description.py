"""Descriptions that tell nothing: int_members__vague_description, int_measures__vague_description,
int_descriptions__counted, int_shipments__described."""

import polars as pl
import pytest

from analytics.rulebook import load_references
from tests.sql.chain import TUESDAY, lines

VAGUE = {"description": "parts", "seller_id": "S1"}


def found(chain, *changes, **more):
    return chain.only("vague_description", lines(*changes), **more)


@pytest.mark.parametrize(("count", "flagged"), [(2, False), (3, True), (4, True)])
def test_three_of_a_seller_in_a_week_are_a_pattern(chain, count, flagged):
    assert bool(found(chain, *[VAGUE] * count)) is flagged


@pytest.mark.parametrize(
    "change",
    [{"seller_id": "S2"}, {"entry_type": "11"}, {"description": "car parts"}, {"description": None}],
)
def test_another_seller_an_entered_or_a_telling_one_is_not_counted(chain, change):
    assert not found(chain, VAGUE, VAGUE, {**VAGUE, **change})


def test_entries_are_counted_beside_claims(chain):
    entered = {**VAGUE, "entry_type": "11"}
    flags = found(chain, *[VAGUE] * 3, *[entered] * 3, {**entered, "entry_type": "01", "description": "car parts"})
    assert sorted(flag["subject"] for flag in flags) == [
        "seller S1, week of 2025-01-13", "seller S1, week of 2025-01-13, entries",
    ]  # fmt: skip
    (of_entries,) = [flag for flag in flags if flag["subject"].endswith("entries")]
    assert of_entries["reason"].startswith("The description of 3 of 4 entries of the week")
    assert "141.86" in of_entries["legal_basis"]


def test_says_how_many_of_how_many_and_after_which_source(chain):
    telling = {**VAGUE, "description": "Cotton cardigan"}
    written = ("PARTS", "gift, 2 pcs", "Accessories!!")
    (flag,) = found(chain, *({**VAGUE, "description": text, "hts_code": "61"} for text in written), telling)
    assert flag["reason"] == (
        'The description of 3 of 4 claims of the week tells no more than "accessories" or the like (CSMS 60011750).'
    )
    assert "3 of 3 carry a tariff number" in flag["counter_reasons"]
    assert (flag["strength"], flag["size"], flag["subject"]) == ("supporting", 0.75, "seller S1, week of 2025-01-13")
    assert chain.table("int_members__vague_description").height == 3
    assert chain.table("int_descriptions__counted")["shipments"].to_list() == [1, 1, 1, 1]
    assert chain.table("int_shipments__described")["week_start"].n_unique() == 1


def test_a_phrase_counts_from_its_day_on(chain):
    phrases = load_references().tables["ref_vague_phrases"].with_columns(valid_from=pl.lit(TUESDAY))
    early, late = [VAGUE] * 3, [{**VAGUE, "arrival_date": TUESDAY}] * 3
    (flag,) = found(chain, *early, *late, references={"ref_vague_phrases": phrases})
    assert (flag["window_start"], flag["shipments"]) == (TUESDAY, 3)
