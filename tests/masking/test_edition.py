"""A masked store: no name in any table, and nothing else changed."""

from __future__ import annotations

import json

import polars as pl
import pytest

from analytics.errors import UnknownTable
from analytics.masking.edition import MaskedStore
from tests.masking.planted import NAMING, names_of, planted_store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return planted_store(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def masked(store):
    return MaskedStore(store)


@pytest.fixture(scope="module")
def tables(store):
    return [name for name in store.names() if not name.startswith("ref_")]


def test_the_names_are_planted_where_flags_quote_them(store):
    flags = store.table("flags").collect()
    assert {"order_split", "gift_split", "informal_entry_split"} <= set(flags["typology"])
    assert flags["subject"].str.contains("PLANTED SHIPPER").any()


def test_no_table_holds_a_name(store, masked, tables):
    known = {text.casefold() for text in names_of(store)}
    left = [
        (name, column, text)
        for name in tables
        for column, values in _texts(masked.table(name).collect()).items()
        for text in known
        if text in values
    ]
    assert left == []


def test_what_is_no_name_is_as_it_was(store, masked, tables):
    for name in tables:
        plain, shown = store.table(name).collect(), masked.table(name).collect()
        assert plain.schema == shown.schema, name
        others = [column for column, kind in plain.schema.items() if kind != pl.String]
        ids = [column for column in plain.columns if column.endswith(("_id", "_uid", "_id_l", "_id_r"))]
        kept = [column for column in (*others, *ids) if column not in {"consignee_id", "seller_id"}]
        assert plain.select(kept).equals(shown.select(kept)), name
        assert plain.null_count().equals(shown.null_count()), name


def test_equal_texts_have_equal_stand_ins_and_others_have_not(store, masked):
    plain, shown = (each.table("shipments").sort("shipment_uid").collect() for each in (store, masked))
    for column in NAMING:
        pairs = pl.DataFrame({"plain": plain[column], "shown": shown[column], "party": plain["identity_id"]})
        known = pairs.drop_nulls("plain").with_columns(pl.col("plain").str.to_lowercase())
        if column != "seller_name":  # the number of a seller outranks its names
            assert known.group_by("shown").agg(pl.col("plain").n_unique())["plain"].max() == 1, column
        assert known.group_by("plain", "party").agg(pl.col("shown").n_unique())["shown"].max() == 1, column


def test_a_consignee_has_one_pseudonym_in_all_tables(masked):
    shipments = masked.table("shipments").select("identity_id", "consignee_name").drop_nulls().unique().collect()
    names = masked.table("identities").select("identity_id", "display_name").collect()
    both = shipments.join(names, on="identity_id")
    assert both.height > 10
    assert all(written.startswith(f"{party}, name ") for _, written, party in both.iter_rows())


def test_evidence_keeps_what_agrees(store, masked):
    plain, shown = (each.table("identity_links").collect()["evidence"] for each in (store, masked))
    for open_text, masked_text in zip(plain, shown, strict=True):
        for one, other in zip(json.loads(open_text), json.loads(masked_text), strict=True):
            assert one["weight"] == other["weight"]
            assert (one["left"] is None) == (other["left"] is None)
            if (
                isinstance(one["left"], str)
                and isinstance(one["right"], str)
                and one["left"].casefold() == one["right"].casefold()
            ):
                assert other["left"] == other["right"]


def test_the_law_is_shown_as_it_is(store, masked):
    assert store.table("ref_limits").collect().equals(masked.table("ref_limits").collect())


def test_a_table_that_is_not_there_is_missing_in_both(masked):
    with pytest.raises(UnknownTable):
        masked.table("nothing")


def _texts(frame: pl.DataFrame) -> dict[str, str]:
    return {
        name: "\n".join(frame[name].drop_nulls().unique()).casefold()
        for name, kind in frame.schema.items()
        if kind == pl.String and name not in {"inputs", "settings", "steps"}
    }
