"""What is injected into the manifest: true by what was written, look-alikes beside it, and the rest untouched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analytics.synth import synthesize
from tests.synth.conftest import Written, read_back

Row = dict[str, str]
Schemes = set[frozenset[str]]
_FIGURES = {"mickey mouse", "donald duck", "bugs bunny", "homer simpson", "bruce wayne", "clark kent",
            "spongebob squarepants", "fred flintstone", "tweety bird", "foghorn leghorn"}  # fmt: skip


def _rows(written: Written) -> list[Row]:
    return written.shipments.fill_null("").cast(pl.String).to_dicts()


def _told(written: Written, typology: str) -> Schemes:
    schemes: dict[str, set[str]] = defaultdict(set)
    for row in written.flags.filter(pl.col("typology") == typology).iter_rows(named=True):
        schemes[row["scheme_id"]].add(row["shipment_id"])
    return {frozenset(shipments) for shipments in schemes.values()}


def _groups(rows: list[Row], key: Callable[[Row], Hashable], least: int = 1) -> Schemes:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for row in rows:
        groups[key(row)].add(row["shipment_id"])
    return {frozenset(shipments) for shipments in groups.values() if len(shipments) >= least}


def _week(row: Row) -> date:
    day = date.fromisoformat(row["arrival_date"])
    return day - timedelta(days=day.weekday())


def _is_claimed(row: Row) -> bool:
    if row["exemption_claimed"]:
        return row["exemption_claimed"] == "true"
    return row["entry_type"] in ("86", "321", "mail")


def _is_late(row: Row) -> bool:
    moment = datetime.fromisoformat(row["declared_at"].replace("Z", "+00:00"))
    filed = moment.astimezone(ZoneInfo("America/New_York")).date()
    return row["entry_type"] == "86" and filed > date.fromisoformat(row["arrival_date"])


def test_late_entries_are_those_filed_after_the_day_of_arrival(written: Written) -> None:
    late = [row for row in _rows(written) if _is_late(row)]
    assert _told(written, "late_filing") == _groups(late, lambda row: (row["filer_code"], _week(row)))
    assert len(late) >= 24


def test_some_entries_are_filed_late_on_the_day_of_arrival(written: Written) -> None:
    evening = written.shipments.filter(pl.col("declared_at").str.contains("T02:30:00Z|T03:30:00Z"))
    assert evening.height >= 5


def test_duplicates_are_bills_with_several_entry_numbers(written: Written) -> None:
    bills = written.shipments.drop_nulls(["house_bill", "entry_number"]).group_by("house_bill")
    several = bills.agg("shipment_id", pl.col("entry_number").n_unique()).filter(
        pl.col("entry_number") > 1,
        pl.col("shipment_id").list.len() == 2,  # three entries are parts of a bill
    )
    assert _told(written, "duplicate_entry") == {frozenset(shipments) for shipments in several["shipment_id"]}
    once = bills.agg(pl.len(), pl.col("entry_number").n_unique()).filter(pl.col("len") > 1, pl.col("entry_number") == 1)
    assert once.height >= 10


def test_papers_that_are_missing_are_counted_for_who_filed(written: Written) -> None:
    papers = ("has_invoice", "has_transport_document")
    of_claims = (*papers, "has_proof_of_order")
    lacking = [
        row
        for row in _rows(written)
        if row["entry_type"] and any(row[paper] == "false" for paper in (of_claims if _is_claimed(row) else papers))
    ]
    told = {shipment for scheme in _told(written, "documentation_gap") for shipment in scheme}
    assert {row["shipment_id"] for row in lacking} <= told
    unknown = {row["shipment_id"] for row in _rows(written) if not row["entry_type"]}
    assert told - {row["shipment_id"] for row in lacking} <= unknown


def test_barred_goods_are_claimed_and_some_are_entered(written: Written) -> None:
    barred = [row for row in _rows(written) if row["hts_code"][:4] in ("2208", "2204", "2402", "2403")]
    assert _told(written, "ineligible_goods") == {frozenset([r["shipment_id"]]) for r in barred if _is_claimed(r)}
    assert sum(row["entry_type"] == "11" for row in barred) >= 10


def test_a_warehouse_gets_three_pieces_of_a_day_and_an_owner_only_one(written: Written) -> None:
    stock = [row for row in _rows(written) if row["order_id"] == "" and row["cents"] == "33000"]
    told = _told(written, "warehouse_consignee")
    assert told == _groups([row for row in stock if "c/o" not in row["consignee_name"]], lambda row: row["person_id"])
    assert all(len(scheme) == 3 for scheme in told)
    assert told <= _told(written, "daily_limit")
    owned = [row for row in stock if "c/o" in row["consignee_name"]]
    assert len({row["person_id"] for row in owned}) == len(owned) >= 9


def test_figures_are_no_persons_and_a_slip_is_meant_by_nobody(written: Written) -> None:
    told = written.flags.filter(pl.col("typology") == "fictitious_consignee")
    figures = [row["shipment_id"] for row in _rows(written) if row["consignee_name"].lower() in _FIGURES]
    assert figures
    assert set(figures) <= set(told.filter(pl.col("is_deliberate") == "true")["shipment_id"])
    assert told.filter(pl.col("is_deliberate") == "false").height >= 2


def test_gifts_in_parts_come_from_a_seller_on_two_days_and_are_over_the_limit(written: Written) -> None:
    rows = {row["shipment_id"]: row for row in _rows(written)}
    pairs = [scheme for scheme in _told(written, "gift_split") if len(scheme) == 2]
    assert len(pairs) >= 10
    for scheme in pairs:
        pair = [rows[shipment] for shipment in scheme]
        assert len({row["seller_id"] for row in pair}) == len({row["person_id"] for row in pair}) == 1
        assert len({row["arrival_date"] for row in pair}) == 2
        assert sum(int(row["cents"]) for row in pair) > 100_00


def test_origins_change_with_the_suspension(written: Written) -> None:
    rows = {row["shipment_id"]: row for row in _rows(written)}
    schemes = _told(written, "origin_shift")
    assert schemes
    for scheme in schemes:
        (product,) = {rows[shipment]["product_id"] for shipment in scheme}
        alike = [row for row in rows.values() if row["product_id"] == product]
        before = {row["origin_country"] for row in alike if row["arrival_date"] < "2025-05-02"}
        assert before <= {"CN", "HK"}
        assert {rows[shipment]["origin_country"] for shipment in scheme} == {"VN"}


def test_a_seller_who_switches_entered_and_then_claims(written: Written) -> None:
    rows = _rows(written)
    schemes = _told(written, "entry_type_switching")
    assert schemes
    for scheme in schemes:
        (seller,) = {row["seller_id"] for row in rows if row["shipment_id"] in scheme}
        first = min(row["arrival_date"] for row in rows if row["shipment_id"] in scheme)
        before = [row for row in rows if row["seller_id"] == seller and row["arrival_date"] < first]
        assert sum(_is_claimed(row) for row in before) <= 0.1 * len(before)


def test_harmless_orders_show_why_they_came_apart(written: Written) -> None:
    told = written.flags.filter(pl.col("typology") == "order_split", pl.col("is_deliberate") == "false")
    lots = written.shipments.join(told, on="shipment_id")
    said = lots["description"].str.contains(r"(?i)order\)|back order|replacement|2nd part")
    heavy = lots["weight_kg"].cast(pl.Float64) >= 70
    assert said.sum() >= 4
    assert heavy.sum() >= 4


def test_what_is_not_injected_is_what_it_was(tmp_path: Path) -> None:
    plain, injected = (
        read_back(synthesize(tmp_path / name, shipments=6_000, seed=9, patterns=patterns))
        for name, patterns in (("plain", False), ("injected", True))
    )
    assert set(plain.flags["typology"]) == {"daily_limit", "order_split", "suspended_claim", "informal_entry_split"}
    same = plain.shipments.equals(injected.shipments)
    assert not same
    assert plain.shipments["shipment_id"].equals(injected.shipments["shipment_id"])
    rows = plain.shipments.with_row_index().join(
        injected.shipments.with_row_index(), on=plain.shipments.columns, how="anti", nulls_equal=True
    )
    assert rows.height < 0.12 * 6_000
    split = plain.flags.filter(pl.col("typology").is_in(["daily_limit", "informal_entry_split"]))
    assert split.join(injected.flags, on=["typology", "shipment_id", "is_deliberate"], how="anti").is_empty()


@pytest.mark.parametrize("start", [date(2023, 6, 1), date(2025, 9, 1)])
def test_other_periods_hold_what_their_law_allows(tmp_path: Path, start: date) -> None:
    made = read_back(synthesize(tmp_path, shipments=4_000, weeks=4, start=start))
    typologies = set(made.flags["typology"])
    assert "origin_shift" not in typologies
    assert ("late_filing" in typologies) is (start.year == 2023)
    for row in _rows(made):
        if start.year == 2023 and row["entry_type"] == "86":
            day, filed = date.fromisoformat(row["arrival_date"]), date.fromisoformat(row["declared_at"][:10])
            is_late = any(row["shipment_id"] in scheme for scheme in _told(made, "late_filing"))
            assert is_late is (filed > day + timedelta(days=15)) or filed == day + timedelta(days=16)
            break


def test_buyers_who_walk_stay_just_under_the_limit_on_days_of_their_own(written: Written) -> None:
    value = {row["shipment_id"]: int(row["cents"]) for row in _rows(written)}
    day = {row["shipment_id"]: date.fromisoformat(row["arrival_date"]) for row in _rows(written)}
    person = {row["shipment_id"]: row["person_id"] for row in _rows(written)}
    per_day = written.shipments.group_by("person_id", "arrival_date").len()
    alone = {(who, when) for who, when, count in per_day.iter_rows() if count == 1}
    walks = _told(written, "structuring")
    assert len(walks) == 9
    for walk in walks:
        days = {day[shipment] for shipment in walk}
        assert 4 <= len(days) == len(walk) <= 7
        assert len({(when.year, (when.month - 1) // 3) for when in days}) == 1
        assert all(688_00 <= value[shipment] <= 800_00 for shipment in walk)
        assert len({person[shipment] for shipment in walk}) == 1
        assert all((person[shipment], day[shipment].isoformat()) in alone for shipment in walk)
