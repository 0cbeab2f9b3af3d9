"""The samples hold the traps that their README names, and a screening steps into none of them."""

from __future__ import annotations

import json
import re
import runpy
import shutil
from pathlib import Path

import polars as pl
import pytest

import analytics
from tests.samples.conftest import SAMPLES


@pytest.fixture(scope="module")
def flagged(run: analytics.Run) -> dict[tuple[str, str], set[str]]:
    """Shipments of each flag, by typology and flag_id."""
    members = run.table("flags").select("flag_id", "typology").join(run.table("flag_shipments"), on="flag_id").collect()
    groups = members.group_by("typology", "flag_id").agg("shipment_id")
    return {(typology, flag): set(shipments) for typology, flag, shipments in groups.iter_rows()}


def _of(flagged: dict[tuple[str, str], set[str]], typology: str, shipment: str) -> list[set[str]]:
    return [members for (name, _), members in flagged.items() if name == typology and shipment in members]


def _rejected(run: analytics.Run, file: str) -> list[tuple[str | None, str | None, list[str]]]:
    """Shipment number, description and reasons of the rejected rows of a file."""
    rows = run.table("rejected").collect().filter(pl.col("source_file").str.ends_with(file)).sort("source_line")
    told = []
    for row in rows.iter_rows(named=True):
        reasons = [reason["reason"] for reason in json.loads(row["reasons"])]
        told.append((row["shipment_id"], json.loads(row["raw"]).get("description"), reasons))
    return told


def test_the_program_makes_the_same_bytes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_truth").mkdir()
    program, _ = (shutil.copy(SAMPLES / name, tmp_path) for name in ("make_samples.py", "make_live.py"))
    monkeypatch.syspath_prepend(tmp_path)
    runpy.run_path(str(program), run_name="__main__")
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*") if path.suffix not in (".py", ".pyc"))
    assert len(made) == 9
    for path in made:
        assert (tmp_path / path).read_bytes() == (SAMPLES / path).read_bytes(), path


def test_the_samples_are_small() -> None:
    assert all(path.stat().st_size < 1_000_000 for path in SAMPLES.rglob("*") if path.is_file())


def test_nothing_is_lost(run: analytics.Run) -> None:
    assert run.read == run.accepted + run.rejected + run.repeated == 3_600 + 149 + 35  # the broker's sum is no row
    assert run.repeated == 1


@pytest.mark.parametrize(
    ("typology", "members"),
    [
        ("daily_limit", {"5X0070237636", "5X0070245924", "5X0070248514", "CZ0070237377"}),  # four aliases
        ("daily_limit", {"FX0070313523", "FX0070323365", "LX100458995KR"}),  # mail among air
        (
            "daily_limit",
            {"FX0070866488", "KE0070868301", "LX101238956KR", "TSXP0070865970"},
        ),  # an oversize shipment beside it
        ("daily_limit", {"5X0070644784", "D00070639345"}),  # bought twice, no harm meant
        ("order_split", {"FX0070158123", "FX0070244629"}),
        ("order_split", {"CZ0070157087", "FX0070158382", "LX100350959GB"}),  # three addressees
        ("order_split", {"FX0070446390", "KE0070354445"}),  # the rest came later
        ("informal_entry_split", {"5X0070436807", "5X0070454160", "Y80070463743"}),
        ("informal_entry_split", {"LX100939626VN", "LX100979214VN", "LX101004372VN"}),  # by mail
        ("informal_entry_split", {"FX0070769622", "FX0070770140", "FX0070778946"}),  # one flight
        ("daily_limit", {"BRK-9001", "BRK-9002"}),
        ("order_split", {"BRK-9010", "BRK-9011", "BRK-9012"}),
    ],
)
def test_the_splits_that_the_readme_names_are_flagged(
    flagged: dict[tuple[str, str], set[str]], typology: str, members: set[str]
) -> None:
    assert members in _of(flagged, typology, min(members))


@pytest.mark.parametrize("shipment", ["AM0070383453", "KE0070224945", "BRK-9003", "BRK-9020", "BRK-9021", "BRK-9030"])
def test_the_look_alikes_are_not(flagged: dict[tuple[str, str], set[str]], shipment: str) -> None:
    assert not [name for (name, _), members in flagged.items() if shipment in members]


def test_running_numbers_are_no_lots(run: analytics.Run, flagged: dict[tuple[str, str], set[str]]) -> None:
    shipments = run.table("shipments").collect()
    running = shipments.filter(pl.col("order_id").str.contains(r"^2025-\d+$"))
    assert len(running) > 50
    orders = dict(running.select("shipment_id", "order_id").iter_rows())
    lots = [members for (name, _), members in flagged.items() if name == "order_split" and members & set(orders)]
    assert all(len({orders[shipment] for shipment in members}) == 1 for members in lots)


def test_claims_during_the_suspension_are_flagged_one_by_one(flagged: dict[tuple[str, str], set[str]]) -> None:
    truth = pl.read_csv(SAMPLES / "_truth" / "truth_flags.csv")
    denied = truth.filter(pl.col("typology") == "suspended_claim")["shipment_id"]
    found = [members for (name, _), members in flagged.items() if name == "suspended_claim"]
    assert sorted(map(min, found)) == sorted(denied)


def test_the_broker_amounts_and_dates_are_understood(run: analytics.Run) -> None:
    row = run.table("shipments").filter(pl.col("shipment_id") == "BRK-9030").collect().row(0, named=True)
    assert (str(row["declared_value"]), str(row["arrival_date"]), row["mode"]) == ("1234.50", "2025-04-14", "air")
    assert _rejected(run, "broker_april.xlsx#Manifest") == []
    [manifest] = [item for item in run.inputs if item.path.endswith("#Manifest")]
    assert any("footers" in note and "line 151" in note for note in manifest.notes)


def test_no_tax_id_is_left_in_clear(run: analytics.Run) -> None:
    ids = {"07-5550123", "075550123"}
    written = run.table("shipments").filter(pl.col("consignee_tax_id_last2") == "23").collect()
    assert written["consignee_tax_id_hash"].n_unique() == 1
    for path in run.root.rglob("*.parquet"):
        cells = pl.read_parquet(path).select(pl.selectors.string())
        assert not any(cells[name].is_in(list(ids)).any() for name in cells.columns), path
        assert not any(cells[name].str.contains("075550123").any() for name in cells.columns), path


def test_each_damaged_row_is_rejected_for_the_reason_it_names(run: analytics.Run) -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    alone = [
        (said, reasons) for number, said, reasons in _rejected(run, "damaged.csv") if number not in {"D033", "D044"}
    ]
    assert [reasons for _, reasons in alone] == [[said or "ragged_row"] for said, _ in alone]
    assert len(alone) == 15
    assert {reasons[0] for _, reasons in alone} <= set(re.findall(r"[a-z]+(?:_[a-z]+)+", readme))


def test_a_row_whose_optional_cell_is_odd_is_kept(run: analytics.Run) -> None:
    unread = run.table("unread_cells").filter(pl.col("source_file").str.ends_with("damaged.csv")).collect()
    kept = run.table("shipments").filter(pl.col("source_file").str.ends_with("damaged.csv")).collect()
    said = kept.join(unread, on=["source_file", "source_line"]).select("description", "reason").rows()
    assert len(said) == 6
    assert [pair for pair in said if pair[0] != pair[1]] == []


def test_repeats_amendments_and_cancellations(run: analytics.Run) -> None:
    numbers = [f"D03{digit}" for digit in range(4)]
    current = run.table("shipments").filter(pl.col("shipment_id").is_in(numbers)).sort("shipment_id").collect()
    assert [(row["shipment_id"], str(row["value_usd"])) for row in current.iter_rows(named=True)] == [
        ("D030", "40.00"), ("D031", "70.00")]  # fmt: skip
    earlier = run.table("shipment_versions").filter(pl.col("shipment_id").is_in(numbers)).sort("shipment_id").collect()
    assert earlier.select("shipment_id", "replaced_by_action").rows() == [("D031", "replace"), ("D032", "cancel")]
    assert sum(number == "D033" for number, _, _ in _rejected(run, "damaged.csv")) == 2


def test_nobody_is_not_a_person(run: analytics.Run, flagged: dict[tuple[str, str], set[str]]) -> None:
    numbers = [f"D04{digit}" for digit in range(5)]
    rows = run.table("shipments").filter(pl.col("shipment_id").is_in(numbers)).collect()
    assert (len(rows), rows["identity_id"].null_count()) == (4, 4)
    kinds = {typology for (typology, _), members in flagged.items() if members & set(numbers)}
    assert kinds == {"fictitious_consignee"}  # no sum is theirs, and that they name nobody is said


@pytest.fixture(scope="module")
def filings(patterns: analytics.Run) -> dict[str, dict[str, set[str]]]:
    """Shipments flagged in the file of filings, by typology and then by the name in front of their number."""
    run = patterns
    flagged = run.table("flags").join(run.table("flag_shipments"), on="flag_id").collect()
    found: dict[str, dict[str, set[str]]] = {}
    for row in flagged.iter_rows(named=True):
        name, _, number = row["shipment_id"].partition("-")
        found.setdefault(row["typology"], {}).setdefault(name, set()).add(number)
    return found


@pytest.mark.parametrize(
    ("typology", "members"),
    [
        ("late_filing", {"LATE": {"1", "2", "3"}}),
        ("duplicate_entry", {"TWICE": {"1", "2"}}),
        ("vague_description", {"VAGUE": {"1", "2", "3"}}),
        ("description_mismatch", {"KITCHEN": {"1"}}),
        ("ineligible_goods", {"WHISKY": {"1"}}),
        ("fictitious_consignee", {"FIGURE": {"1", "2"}}),
        ("warehouse_consignee", {"STOCK": {"1", "2", "3"}}),
        ("nominal_consignee", {"NOMINAL": {"1", "2", "3"}}),
        ("address_hub", {"HUB": {str(number) for number in range(1, 11)}}),
        ("gift_split", {"PRESENT": {"1", "2"}}),
        ("documentation_gap", {"PAPER": {"1"}}),
        ("undervaluation", {"LAMP": {"11"}}),
        ("origin_shift", {"BAG": {"12", "13", "14"}}),
        ("origin_mismatch", {"SENT": {"1"}}),
        ("entry_type_switching", {"SWITCH": {str(number) for number in range(12, 23)}}),
        ("order_split", {"TABLE": {"1", "2"}}),
        ("daily_limit", {"STOCK": {"1", "2", "3"}}),
        ("suspended_claim", {}),
    ],
)
def test_each_kind_of_indicator_is_found_where_it_was_planted_and_nowhere_else(
    filings: dict[str, dict[str, set[str]]], typology: str, members: dict[str, set[str]]
) -> None:
    assert filings.get(typology, {}) == members


@pytest.mark.parametrize(("typology", "is_about_a_person"), [("late_filing", False), ("warehouse_consignee", True)])
def test_a_flag_about_no_person_weighs_no_spellings(
    patterns: analytics.Run, typology: str, is_about_a_person: bool
) -> None:
    flag = patterns.table("flags").filter(typology=typology).collect().row(0, named=True)
    why = str(patterns.explain(flag["flag_id"]))
    assert (flag["identity_id"] is not None) is is_about_a_person
    assert "Why these aliases" not in why
    assert "Also seen where nothing is wrong" in why


def test_an_order_that_no_parcel_could_hold_is_explained(patterns: analytics.Run) -> None:
    (flag,) = patterns.table("flags").filter(typology="order_split").collect()["flag_id"]
    why = str(patterns.explain(flag))
    assert "It counts as explained: its shipments show an innocent explanation." in why
    assert "No two of the shipments could have traveled as one" in why
