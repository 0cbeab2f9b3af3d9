"""Which flags a disclosure is about, and what is said where there is none."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

import analytics
from analytics.cases import open_ledger
from analytics.cases.packet.disclosure import Selection, Terms, choosing, disclose
from analytics.errors import UnknownCase, UsageError


def chosen(store, **asked):
    found = disclose(store, lambda: store.cases, Selection(**asked), Terms())
    return sorted(found.chosen.flags["typology"])


@pytest.mark.parametrize(
    ("asked", "typologies"),
    [
        ({}, ["daily_limit", "daily_limit", "informal_entry_split"]),
        ({"typologies": ("informal_entry_split",)}, ["informal_entry_split"]),
        ({"sellers": ("s1",)}, ["daily_limit"]),
        ({"sellers": (" KNIT CO ",)}, ["daily_limit"]),
        ({"end": date(2024, 12, 16)}, ["daily_limit"]),
        ({"start": date(2024, 12, 17)}, ["daily_limit", "informal_entry_split"]),
        ({"start": date(2025, 3, 12), "typologies": ("daily_limit",)}, ["daily_limit"]),
    ],
)
def test_typology_seller_and_days_leave_out(disclosable, asked, typologies):
    assert chosen(disclosable, **asked) == typologies


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"end": date(2024, 12, 15)}, "no flag is left to disclose. Asked for: flags that totals count, to 2024-12-15"),
        ({"start": date(2025, 1, 2), "end": date(2025, 1, 1)}, "Swap the two days"),
        ({"typologies": ("daily_limits",)}, "Did you mean daily_limit"),
        ({"typologies": ("gift_split",)}, "no flag is left to disclose"),
        ({"sellers": ("Maria Secret",)}, "1 named seller\\."),
    ],
)
def test_where_no_flag_is_left_it_says_so(disclosable, asked, message):
    with pytest.raises(UsageError, match="(?s).*" + message) as raised:
        chosen(disclosable, **asked)
    assert "Secret" not in str(raised.value)


def test_an_unknown_flag_offers_the_nearest(disclosable):
    flag = disclosable.table("flags").collect()["flag_id"][0]
    with pytest.raises(UsageError, match=f"Did you mean {flag}"):
        chosen(disclosable, flags=(f"{flag[:-1]}x",))


def test_a_named_flag_is_disclosed_as_it_was_before(disclosable):
    flag = disclosable.table("flags").filter(typology="informal_entry_split").collect()["flag_id"][0]
    assert disclosable.prior_disclosure([flag]).loss_base == disclosable.prior_disclosure(
        selection=Selection(flags=(flag,))
    ).loss_base  # fmt: skip


def test_a_store_without_flags_in_totals_says_so(disclosable, monkeypatch):
    monkeypatch.setattr(choosing, "counted", lambda store: store.table("flags").select("flag_id").collect().clear())
    with pytest.raises(UsageError, match="so there is nothing to disclose"):
        disclosable.prior_disclosure()


@pytest.fixture
def with_case(disclosable, tmp_path):
    shutil.copytree(disclosable.root, tmp_path / "store")
    store = analytics.open_store(tmp_path / "store")
    ledger = open_ledger(store, by="ann")
    maria = store.table("shipments").filter(shipment_id="M1").collect()["identity_id"][0]
    return store, ledger, ledger.open(maria).case_id


def test_a_case_leaves_out_what_a_person_set_aside(with_case):
    store, ledger, case_id = with_case
    whole = disclose(store, lambda: ledger, Selection(cases=(case_id,)), Terms())
    ledger.exclude(case_id, "M2", "It was returned.")
    found = disclose(store, lambda: ledger, Selection(cases=(case_id,)), Terms())
    assert [str(one.loss_base) for one in (whole, found)] == ["481.86", "321.24"]
    assert [entry.uid for entry in found.basis.included] == ["M1", "M3"]


def test_an_unknown_case_is_named(with_case):
    store, ledger, _ = with_case
    with pytest.raises(UnknownCase, match="C999999"):
        disclose(store, lambda: ledger, Selection(cases=("C999999",)), Terms())
