"""What the invented traffic looks like, and that it can be made again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analytics.errors import UsageError
from analytics.synth import synthesize
from tests.shared_data import shared
from tests.synth.conftest import Written, read_back

FILES = ("shipments.csv", "truth_identities.csv", "truth_flags.csv")


def _bytes(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in FILES]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    folders = [synthesize(tmp_path / name, shipments=1_500, seed=seed).out for name, seed in (
        ("first", 3), ("again", 3), ("other", 4))]  # fmt: skip
    assert _bytes(folders[0]) == _bytes(folders[1])
    assert all(left != right for left, right in zip(_bytes(folders[0]), _bytes(folders[2]), strict=True))


def test_every_shipment_is_numbered_once_and_has_one_person(written: Written) -> None:
    assert len(written.shipments) == written.summary.shipments == 30_000
    assert written.shipments["shipment_id"].n_unique() == 30_000
    assert set(written.persons["shipment_id"]) == set(written.shipments["shipment_id"])
    assert set(written.flags["shipment_id"]) <= set(written.shipments["shipment_id"])
    assert written.persons["person_id"].n_unique() == written.summary.persons


def test_the_summary_counts_the_schemes(written: Written) -> None:
    schemes = written.flags.unique("scheme_id")
    assert dict(schemes.group_by("typology").len().iter_rows()) == written.summary.schemes
    planted = schemes.filter(pl.col("is_deliberate") == "true")
    assert dict(planted.group_by("typology").len().iter_rows()) == written.summary.deliberate


def test_the_summary_reads_as_a_sentence(written: Written) -> None:
    count, meant = written.summary.schemes["daily_limit"], written.summary.deliberate["daily_limit"]
    assert str(written.summary).startswith("30,000 shipments for ")
    assert f"daily_limit {count} ({meant} deliberate)" in str(written.summary)


def test_values_are_small_with_a_long_tail(written: Written) -> None:
    cents = written.shipments["cents"]
    assert 40_00 < cents.mean() < 75_00
    assert cents.median() < 0.6 * cents.mean()
    assert cents.max() > 2_500_00


def test_few_persons_receive_much(written: Written) -> None:
    counts = written.shipments["person_id"].value_counts()["count"].sort(descending=True)
    assert counts[: len(counts) // 100].sum() > 0.07 * 30_000
    assert (counts == 1).mean() > 0.2


@pytest.mark.parametrize("seed", [1, 2])
def test_five_to_ten_of_a_hundred_person_days_hold_two_parcels_or_more(tmp_path: Path, seed: int) -> None:
    made = read_back(synthesize(tmp_path, shipments=20_000, seed=seed))
    days = made.shipments.group_by("person_id", "arrival_date").len()["len"]
    assert 0.05 < (days > 1).mean() < 0.10


def test_most_days_with_several_parcels_are_honest_and_stay_below_the_limit(written: Written) -> None:
    flagged = written.flags.filter(pl.col("typology") == "daily_limit")["shipment_id"].implode()
    days = written.shipments.group_by("person_id", "arrival_date").agg(
        pl.len(), pl.col("cents").sum(), hit=pl.col("shipment_id").is_in(flagged).any()
    )
    several = days.filter(pl.col("len") > 1)
    assert several["hit"].mean() < 0.1
    assert several.filter(~pl.col("hit"), pl.col("cents").is_between(500_00, 800_00)).height > 10


def test_persons_are_written_in_several_ways(written: Written) -> None:
    names = written.shipments.group_by("person_id").agg(pl.col("consignee_name").n_unique())
    assert (names["consignee_name"] > 1).mean() > 0.15


def test_names_and_addresses_are_no_identity(written: Written) -> None:
    by_name = written.shipments.group_by("consignee_name").agg(pl.col("person_id").n_unique())
    address = ["consignee_address", "consignee_postal_code"]
    by_address = written.shipments.group_by(address).agg(pl.col("person_id").n_unique())
    by_phone = (
        written.shipments.drop_nulls("consignee_phone").group_by("consignee_phone").agg(pl.col("person_id").n_unique())
    )
    assert all((table["person_id"] > 1).sum() > 100 for table in (by_name, by_address, by_phone))
    assert by_phone["person_id"].max() > 10


def test_kin_of_one_name_are_told_apart_by_their_suffix(written: Written) -> None:
    sons = written.shipments.filter(pl.col("consignee_name").str.contains(r"(?i)\bJr$"))
    fathers = written.shipments.filter(pl.col("consignee_name").str.contains(r"(?i)\bSr$"))
    assert len(sons) > 50
    assert len(fathers) > 20
    assert not set(sons["person_id"]) & set(fathers["person_id"])


def test_order_numbers_come_in_every_form(written: Written) -> None:
    orders = written.shipments["order_id"].drop_nulls()
    for form in (r"[A-Z]\d+", r"[A-Z]\d+[-/]\d+", r"2025-\d+", r"\d{5,7}", r"\d{3}-\d{7}-\d{7}"):
        assert orders.str.contains(f"^{form}$").mean() > 0.02, form
    plain = written.shipments.filter(pl.col("order_id").str.contains(r"^\d+$"))
    assert (plain.group_by("order_id").agg(pl.col("seller_id").n_unique())["seller_id"] > 1).any()


def test_postal_items_carry_their_check_digit(written: Written) -> None:
    items = written.shipments.filter(pl.col("mode") == "mail")["shipment_id"].to_list()
    for item in items[:200]:
        assert re.fullmatch(r"LX\d{9}[A-Z]{2}", item)
        total = sum(int(digit) * weight for digit, weight in zip(item[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
        assert int(item[10]) == {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11)


def test_goods_and_ports_are_real() -> None:
    tariff = pl.read_csv(shared("data/us_reference/hts8_2025_rev15.csv.gz"), infer_schema=False)
    lists = ("cbp_ace_appendix_e_ports", "census_schedule_d")
    ports = [pl.read_csv(shared(f"data/us_reference/{name}.csv"), infer_schema=False)["port_code"] for name in lists]
    folder = Path(__file__).parents[2] / "analytics" / "traffic" / "data"
    goods = pl.read_csv(folder / "goods.csv", infer_schema=False)["hts_code"].str.slice(0, 8)
    used = pl.read_csv(folder / "carriers.csv", infer_schema=False)["ports"].str.split(" ").explode()
    assert set(goods) <= set(tariff["hts8"])
    assert set(used) <= set(pl.concat(ports))


def test_no_claim_is_combined_with_a_total_that_two_limits_would_catch(written: Written) -> None:
    """Exempt pieces of one order or one day never add up to the informal limit: the two truths cannot be confused."""
    caught = written.flags.filter(pl.col("typology").is_in(["daily_limit", "order_split"]))
    totals = caught.join(written.shipments, on="shipment_id").group_by("scheme_id").agg(pl.col("cents").sum())
    assert totals["cents"].max() < 2_500_00


@pytest.mark.parametrize("wrong", [{"shipments": 10}, {"weeks": 1}, {"start": date(2010, 1, 1)}])
def test_too_little_and_too_early_are_refused(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(UsageError, match=r"Ask for|Start on"):
        synthesize(tmp_path, **wrong)
