"""A store that keeps its tables in between: what is added is made in part, and is what a run over everything makes."""

import random
import shutil
import subprocess
import sys

import polars as pl
import pytest

import analytics
from analytics.cli.summary import summary_lines
from analytics.pipeline.renewal import SAME, SOME
from analytics.synth import synthesize


def additions(folder, seed, shipments=1_000):
    """Invented shipments in three files, days and parties mixed; the later ones correct, cancel and repeat some."""
    synthesize(folder / "truth", shipments=max(shipments, 1_000), weeks=3, seed=seed)
    drawn = random.Random(seed)
    rows = pl.read_csv(folder / "truth" / "shipments.csv", infer_schema=False).head(shipments)
    part = pl.Series("part", [drawn.choices((0, 1, 2), (8, 1, 1))[0] for _ in range(rows.height)])
    first, *later = (rows.filter(part == number) for number in range(3))
    files = []
    for number, fresh in enumerate([first, *later]):
        again = first.sample(15, seed=number)
        corrected = again.head(6).with_columns(declared_value=pl.lit("123.45"))
        moved = again.slice(6, 4).with_columns(
            consignee_name=pl.lit("Otto Anders"), consignee_phone=pl.lit(None, pl.String)
        )
        cancelled = again.slice(10, 3).with_columns(record_action=pl.lit("cancel"))
        kept = [fresh] if number == 0 else [fresh, corrected, moved, cancelled, again.tail(2)]
        files.append(folder / f"part{number}.csv")
        pl.concat(kept).write_csv(files[-1])
    return files


def published(store):
    """What a store says, to the byte; when runs were is not."""
    found = [file for kind in ("tables", "remembered") for file in sorted((store / kind).rglob("*.parquet"))]
    return {str(file.relative_to(store)): file.read_bytes() for file in found if file.name != "runs.parquet"}


def made(run):
    return run.last_run.settings["made"]


def differing(one, other):
    assert sorted(one) == sorted(other)
    return [name for name in one if one[name] != other[name]]


def held_against_a_store_that_keeps_nothing(files, folder, **asked):
    for number, file in enumerate(files):
        run = analytics.screen(file, folder / "kept", keep=True, **asked)
        analytics.screen(file, folder / "anew", **asked)
        assert differing(published(folder / "kept"), published(folder / "anew")) == []
        assert (made(run).get(SOME, 0) > 10) == (number > 0)


def test_what_is_made_in_part_is_what_is_made_of_everything(tmp_path):
    held_against_a_store_that_keeps_nothing(additions(tmp_path, seed=5, shipments=250)[:2], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "asked"),
    [
        (1, {}),
        (2, {"resolve": "hot"}),
        (3, {"regime": "eu"}),
        (4, {"regime": "ca"}),
        (5, {}),
        (6, {"threads": 1, "memory": "500MB"}),
    ],
)
def test_the_same_for_other_shipments_and_laws(tmp_path, seed, asked):
    held_against_a_store_that_keeps_nothing(additions(tmp_path, seed, shipments=1_200), tmp_path, **asked)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A store that keeps its tables, with two days in it; and a third."""
    folder = tmp_path_factory.mktemp("filled")
    heading = (
        "shipment_id,arrival_date,consignee_name,consignee_address,consignee_postal_code,declared_value,entry_type"
    )
    days = [
        "\n".join(
            [heading, *(f"S{day}{no},2025-03-1{day},Ann Bell {no},{no} Elm St,62704,450.00,86" for no in range(9))]
        )
        for day in range(3)
    ]
    files = []
    for day, text in enumerate(days):
        files.append(folder / f"day{day}.csv")
        files[-1].write_text(text + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        analytics.screen(files[0], folder / "store", keep=True)
        analytics.screen(files[1], folder / "store")
    return folder / "store", files


@pytest.fixture
def store(filled, tmp_path):
    shutil.copytree(filled[0], tmp_path / "store")
    return tmp_path / "store"


def kept_folders(store):
    return sorted(folder.name for folder in (store / "kept").iterdir())


def test_a_store_that_keeps_goes_on_keeping(store, filled):
    assert kept_folders(store) == ["000001", "000002"]
    run = analytics.screen(filled[1][2], store)
    assert made(run)[SOME] > 10
    assert kept_folders(store) == ["000001", "000002", "000003"]
    (line,) = [line for line in summary_lines(run) if line.startswith("kept")]
    assert f"of {sum(made(run).values())} tables" in line


def test_what_nothing_touches_stays_as_it_was(store, filled):
    heading, known, *_ = filled[1][1].read_text().splitlines()
    (store.parent / "repeated.csv").write_text(f"{heading}\n{known}\nS99,,Ann,,,,\n")
    run = analytics.screen(store.parent / "repeated.csv", store)
    assert (run.accepted, run.rejected, run.repeated) == (0, 1, 1)
    assert SOME not in made(run)
    assert made(run)[SAME] > 20


def test_kept_tables_are_let_go_when_asked(store, filled):
    run = analytics.screen(filled[1][2], store, keep=False)
    assert "made" not in run.last_run.settings
    assert run.state.kept == []


@pytest.mark.slow
def test_a_run_killed_while_it_keeps_leaves_the_store_as_it_was(store, filled):
    program = """
import os, signal, sys
import analytics
from analytics.pipeline.renewal import Renewal
Renewal.keep = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
analytics.screen(sys.argv[1], sys.argv[2])
"""
    before = (store / "store.json").read_bytes()
    ended = subprocess.run(
        [sys.executable, "-c", program, filled[1][2], store], capture_output=True, check=False, timeout=300
    )
    assert ended.returncode == -9
    assert (store / "store.json").read_bytes() == before
    assert analytics.open_store(store).table("daily_totals").collect().height == 2
    run = analytics.screen(filled[1][2], store)
    assert (made(run)[SOME] > 10, run.accepted) == (True, 9)
