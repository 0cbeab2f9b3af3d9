"""The invented week is the same in every form, and its page says what was measured."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.national_week import __main__ as week
from benchmarks.national_week.making import make_week
from benchmarks.national_week.metering import BEFORE, Meter
from benchmarks.national_week.picture import ROOMS, picture, room_of
from benchmarks.national_week.stages import floor, foretold, screen

SIZE = 4_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    file = tmp_path_factory.mktemp("week") / "week.parquet"
    make_week(file, SIZE)
    return pl.read_parquet(file)


def test_it_has_a_week_and_the_values_of_small_parcels(made: pl.DataFrame) -> None:
    assert made.height == made["shipment_id"].n_unique() == SIZE
    assert made["arrival_date"].n_unique() == 7
    assert 40 < made["declared_value"].cast(pl.Float64).mean() < 60  # type: ignore[operator]


def test_names_crowd_and_are_many(made: pl.DataFrame) -> None:
    surnames = made.filter(pl.col("consignee_name").str.contains(r"^\S+ \S \S+$"))["consignee_name"].str.split(" ")
    counted = surnames.list.last().value_counts(sort=True)
    assert counted.height > 0.3 * len(surnames)
    assert 0.001 < counted["count"][0] / len(surnames) < 0.01


def test_both_forms_hold_the_same(made: pl.DataFrame, tmp_path: Path) -> None:
    make_week(tmp_path / "week.csv", SIZE)
    written = pl.read_csv(tmp_path / "week.csv", infer_schema=False).sort("shipment_id")
    assert written.equals(made.sort("shipment_id").cast(pl.String))


def test_the_floor_adds_up_what_is_there(tmp_path: Path) -> None:
    two = {"consignee_address": "1 Elm St", "consignee_address2": None, "consignee_postal_code": "10001"}
    rows = [two | {"consignee_name": name, "arrival_date": "2025-03-10", "declared_value": "500.00"} for name in "AAB"]
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(tmp_path / "week.parquet")
    assert floor(tmp_path / "week.parquet") == {"groups": 1}


def told(**flags: dict[str, str]) -> dict[str, Any]:
    who = {"parties": 500, "regrouped_parties": 50, "compared_pairs": 70}
    run = {
        "seconds": 20.0,
        "cpu": 30.0,
        "peak_mb": 900.0,
        "written": 60e6,
        "flags": [["daily_limit", 3]],
        "steps": [],
        "who": who,
    }
    run |= {"foretold": [0.7, 1.4], "stages": []}
    return {"size": 1000, "bytes": 5e6, "floor": {"seconds": 0.5, "cpu": 0.75}} | {
        way: run | {"raised": raised} for way, raised in flags.items()
    }


def page(*found: dict[str, Any]) -> str:
    return week._page(list(found), argparse.Namespace(form="parquet", ways=week.WAYS, memory=None))


def test_the_page_has_the_ratio_to_the_floor_and_who_was_compared() -> None:
    said = page(told(all={"daily_limit": "x", "structuring": "y"}, hot={"daily_limit": "x"}))
    assert "| 1,000 | 5 MB | 0.50 s | 0.75 s | hot | 20 s | 40 | 30 s | 40 | 900 MB | 12.0 | 20000 s |" in said
    assert "| 1,000 | hot | 500 | 50 (10%) | 70 | 3, of what both test the same as with all |" in said


def test_the_page_says_where_flags_differ_and_where_a_run_did_not_end() -> None:
    assert "3, others than with all: daily_limit |" in page(told(all={"daily_limit": "x"}, hot={"daily_limit": "y"}))
    assert "| all | stopped after 2 minutes |" in page(told() | {"all": {"stopped": "stopped after 2 minutes"}})


@pytest.mark.slow
def test_a_small_week_runs_from_end_to_end_with_the_same_flags(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["national_week", "--sizes", "3000"])
    monkeypatch.setattr(week, "RESULT", tmp_path / "page.md")
    monkeypatch.setattr(week, "PICTURE", tmp_path / "picture.svg")
    week.main()
    assert "of what both test the same as with all" in capsys.readouterr().out
    assert (tmp_path / "page.md").read_text().startswith("# A week of the country")


def test_what_was_measured_in_a_folder_is_not_measured_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []

    def measure(stage: str, *_: object, **__: object) -> dict[str, Any]:
        asked.append(stage)
        return {"seconds": float(len(asked))}

    monkeypatch.setattr(week, "in_child", measure)
    call = argparse.Namespace(
        form="parquet", ways=("hot", "known"), memory=None, minutes=1.0, whole_up_to=9, peer=False
    )
    call.folder = tmp_path
    first = week._of_size(40, call)
    assert asked == ["floor", "hot", "floor", "known", "floor"]
    assert first["floor"] == {"seconds": 1.0}
    assert week._of_size(40, call) == first
    assert len(asked) == 5


def test_what_was_foretold_is_held_against_what_it_took() -> None:
    passed = [(0.0, 0, 100), (10.0, 20, 100), (50.0, 50, 100), (98.0, 95, 100)]
    told = foretold(passed, 100.0)
    assert told == {"foretold": [40 / 90, 1.0], "publishing": 2.0}


def test_the_pace_of_a_run_is_kept_as_the_program_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week, "PACE", tmp_path / "pace.csv")
    small = {"steps": [("b", 2.0, 7), ("a", 0.5, 1)], "publishing": 1.25}
    large = {"steps": [("b", 40.0, 7), ("a", 0.5, 1), ("c", 1.0, 1)], "publishing": 9.25}
    found = [{"size": 1000, "all": small}, {"size": 2000, "hot": {"stopped": "late"}}, {"size": 9000, "hot": large}]
    week._keep_pace(found)
    assert (tmp_path / "pace.csv").read_text().splitlines() == [
        "step,1000,9000",
        "a,0.500,0.500",
        "b,2.000,40.000",
        "publishing,1.250,9.250",
    ]


def test_the_peer_is_told_of_beside_ours() -> None:
    found = told(all={}, hot={})
    for way, seconds in (("all", 12.0), ("hot", 8.0)):
        found[way] = found[way] | {"steps": [["identity_members", seconds, 500]]}
    measured = {"records": 480, "seconds_of_peer": 31.4, "peak_mb_of_peer": 1234.0, "seconds": 60.0}
    text = page(found | {"peer": measured})
    assert "31 s and 1,234 MB for 480 spellings" in text
    assert "12 s with all and 8 s with hot" in text
    assert "no such data" in page(found | {"peer": {"stopped": "no such data"}})


def test_every_stage_has_its_time_cpu_peak_and_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week, "SHOWN_STAGES", 2)
    run = {"steps": [("long", 30.0, 7_000), ("short", 1.0, 5)], "flags": [["daily_limit", 3]]}
    run |= {"stages": [("reading", 4.0, 5.0, 300.0, 1_000_000), ("long", 30.0, 55.0, 900.0, 20_400_000)]}
    run["stages"] += [("reading", 6.0, 5.0, 200.0, 2_000_000), ("short", 1.0, 1.5, 950.0, 0)]
    run["stages"] += [("publishing", 2.0, 3.0, 100.0, 7_000_000)]
    lines = week._stages({"size": 10, "all": run, "floor": {"cpu": 0.5}}, "all")
    assert lines[4:7] == [
        "| long | 30.0 | 55.0 | 110.0 | 900 MB | 20 | 7,000 |",
        "| reading | 10.0 | 10.0 | 20.0 | 300 MB | 3 | |",
        "| 2 others | 3.0 | 4.5 | 9.0 | 950 MB | 7 | |",
    ]


@pytest.mark.parametrize(
    ("stage", "room"),
    [
        ("judging", "intake"),
        ("int_lines__valued_in_usd", "lines and shipments"),
        ("party_keys", "consignees"),
        ("identity_members", "entity resolution"),
        ("int_shipments__matched_to_rules", "law and days"),
        ("int_members__daily_limit", "typologies and duty"),
        ("exposure", "typologies and duty"),
        ("mart_flags", "published tables"),
        ("check_shipments_lost_between_floors", "checks"),
    ],
)
def test_each_stage_is_in_a_room_of_the_picture(stage: str, room: str) -> None:
    assert room_of(stage) == room
    assert room in ROOMS


def test_the_picture_tells_seconds_and_how_many_baselines_they_are() -> None:
    drawn = picture(2_000, [("judging", 8.0, 9.0, 1.0, 0), ("reading", 2.0, 2.0, 1.0, 0)], 0.5)
    assert "2,000 shipments: 10 seconds, 20 times the baseline of 0.5" in drawn
    assert ">10 s, 20.0 times</text>" in drawn
    assert drawn.count(">0 s, 0.0 times</text>") == len(ROOMS) - 1


def test_a_meter_knows_what_was_written(tmp_path: Path) -> None:
    meter = Meter()
    meter("mart_flags", 0, 10)
    (tmp_path / "file").write_bytes(bytes(3_000_000))
    meter("mart_days", 5, 10)
    written = {stage[0]: stage[4] for stage in meter.stages()}
    assert 3_000_000 <= written["mart_flags"] < 3_100_000
    assert written["mart_days"] < 100_000


def test_identities_are_given_to_a_second_screening_as_the_first_found_them(tmp_path: Path) -> None:
    make_week(tmp_path / "week.parquet", 500)
    found, given = (screen(tmp_path / "week.parquet", tmp_path / f"store {way}", way, None) for way in ("hot", "known"))
    assert {file.stem for file in (tmp_path / "known").iterdir()} >= {"identity_members", "party_keys"}
    assert (given["raised"], given["who"]) == (found["raised"], found["who"])


def test_a_meter_names_stages_and_sees_the_memory_of_each_by_itself() -> None:
    meter = Meter()
    meter("/data/a: b/week.parquet: reading", 0, 10)
    held = bytearray(200 * 2**20)
    meter("identity members: about 0.1 GB beside the engine", 5, 10)
    del held
    meter("mart_flags", 9, 10)
    stages = meter.stages()
    assert [name for name, *_ in stages] == [BEFORE, "reading", "identity_members", "mart_flags"]
    peaks = [stage[3] for stage in stages]
    assert peaks[1] > peaks[0] + 150
    assert peaks[3] < peaks[1] - 150
    assert [(done, total) for _, done, total in meter.passed] == [(0, 10), (5, 10), (9, 10)]
