"""All keys of a party together, and the word lists they lean on."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.parties.keys import WRITTEN, party_keys
from analytics.parties.words import WORDS, word_groups, word_map, word_set


@pytest.mark.parametrize(
    ("written", "party_class"),
    [
        ({"consignee_name": "Ann Poole"}, "person"),
        ({"consignee_name": "Acme LLC"}, "firm"),
        ({"consignee_name": "Quorva Zembli"}, "unknown"),
        ({"consignee_name": "Quorva Zembli", "consignee_id": "U1"}, "unknown"),
        ({"consignee_name": None, "consignee_id": "U1"}, "account"),
        ({"consignee_name": "N/A", "consignee_tax_id_hash": "ab12"}, "account"),
        ({"consignee_name": "TO ORDER", "consignee_phone": "3125550142"}, "placeholder"),
        ({"consignee_address": "12 Elm St"}, "placeholder"),
    ],
)
def test_the_class_of_a_party(written: dict[str, str | None], party_class: str) -> None:
    frame = pl.DataFrame([written], schema=dict.fromkeys(written, pl.String))
    assert party_keys(frame)["party_class"].item() == party_class


def test_keys_stand_in_the_order_of_the_rows_beside_their_alias() -> None:
    frame = pl.DataFrame({"alias_id": ["a2", "a1"], "consignee_name": ["Bo Hale", "Ann Poole"]})
    keys = party_keys(frame)
    assert keys.select("alias_id", "surname").rows() == [("a2", "hale"), ("a1", "poole")]


def test_missing_columns_count_as_empty() -> None:
    assert party_keys(pl.DataFrame({"consignee_name": ["Ann Poole"]}))["house"].item() is None
    assert party_keys(pl.DataFrame(schema=dict.fromkeys(WRITTEN, pl.String))).height == 0


def test_the_code_of_a_forwarder_is_a_unit_whether_in_name_or_address() -> None:
    frame = pl.DataFrame(
        {
            "consignee_name": ["Wei Chen CN88231", "Wei Chen"],
            "consignee_address": ["8300 NW 30th Ter", "8300 NW 30th Ter Ste CN88231"],
        }
    )
    assert party_keys(frame)["unit"].to_list() == ["cn88231", "cn88231"]


@pytest.mark.parametrize("file", sorted(WORDS.glob("*.csv")), ids=lambda file: file.stem)
def test_word_lists_are_lower_case_ascii_and_repeat_nothing(file) -> None:  # type: ignore[no-untyped-def]
    lines = file.read_text(encoding="ascii").splitlines()[1:]
    heads = [line.split(",")[0] for line in lines]
    assert len(set(heads)) == len(heads)
    if file.stem != "states":
        assert all(head == head.lower().strip() for head in heads)


def test_words_are_read_by_their_shape() -> None:
    assert "llc" in word_set("legal_forms")
    assert word_map("street_types")["blvd"] == "boulevard"
    assert "bob" in word_groups("nicknames")["robert"]
