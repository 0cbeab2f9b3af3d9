"""A store that lost files: refused, repaired as far as it can be, and in the end as it was."""

import shutil
import sys

import polars as pl
import pytest

import analytics
from analytics.cli.main import main
from analytics.errors import StoreDamaged

WEEKS = {
    "week 1.csv": ({"order_id": "O1"}, {"order_id": "O1"}, {"declared_value": "oops"}),
    "week 2.csv": (
        {"shipment_id": "T1", "consignee_name": "Ann Bell", "consignee_address": "9 Oak Ave"},
        {"shipment_id": "S2", "order_id": "O1", "declared_value": "470.00", "declared_at": "2025-03-15T08:00:00Z"},
    ),
}


@pytest.fixture(scope="module")
def made():
    """The files of both weeks and the store of them, by name, once they were asked for."""
    return {}


@pytest.fixture
def weeks(made, write):
    if "weeks" not in made:
        made["weeks"] = [write(*changes, name=name) for name, changes in WEEKS.items()]
    return made["weeks"]


@pytest.fixture
def store(made, weeks, tmp_path, tmp_path_factory):
    if "store" not in made:
        made["store"] = tmp_path_factory.mktemp("weeks") / "s"
        for week in weeks:
            analytics.screen(week, made["store"])
    return shutil.copytree(made["store"], tmp_path / "s")


def command(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["splitship", *map(str, words)])
    code = 0
    try:
        main()
    except SystemExit as ending:
        code = ending.code or 0
    said = capsys.readouterr()
    return code, said.out, said.err


def published(root):
    store = analytics.open_store(root)
    tables = {name: store.table(name).collect() for name in store.names() if name != "runs"}
    return {
        name: rows.drop([column for column in rows.columns if column.endswith("run_id")])
        for name, rows in tables.items()
    }


def unlike(one, other):
    assert sorted(one) == sorted(other)
    return [name for name in one if not one[name].equals(other[name])]


def test_a_whole_store_passes_and_nothing_is_repaired(store, monkeypatch, capsys):
    for verb in ("check", "repair"):
        code, out, told = command(monkeypatch, capsys, "store", verb, "--store", store)
        assert (code, out) == (0, "")
        assert "every file is as it was written" in told


def test_tables_that_are_lost_are_made_again(store, monkeypatch, capsys):
    before = published(store)
    shutil.rmtree(store / "tables")
    code, out, _ = command(monkeypatch, capsys, "store", "check", "--store", store)
    assert code == 1
    assert out.splitlines()[0].split() == ["file", "problem", "expected", "found"]
    assert len(out.splitlines()) == len(before) - 2 + 1 + 1  # without two logs, with runs, under the headings
    with pytest.raises(StoreDamaged, match="missing"):
        analytics.screen((), store)
    code, _, told = command(monkeypatch, capsys, "store", "repair", "--store", store)
    assert code == 0, told
    assert unlike(before, published(store)) == ["run_changes"]  # there is no earlier table to compare with
    assert command(monkeypatch, capsys, "store", "check", "--store", store)[0] == 0


def test_rows_that_are_lost_are_screened_again_and_nothing_differs(store, weeks, monkeypatch, capsys):
    before = published(store)
    assert before["shipments"].height == 3
    shutil.rmtree(store / "landed" / "000001")
    with pytest.raises(StoreDamaged, match=r"landed/000001/landed-000000\.parquet is missing"):
        analytics.screen(weeks[0], store)
    code, _, told = command(monkeypatch, capsys, "store", "repair", "--store", store)
    assert code == 1
    assert f"splitship screen '{weeks[0]}' --store {store}" in told
    with pytest.raises(StoreDamaged, match=r"week 1\.csv\. Name them all"):
        analytics.screen((), store)
    run = analytics.screen(weeks[0], store)
    assert (run.read, run.accepted, run.rejected) == (3, 2, 1)
    assert unlike(before, published(store)) == []
    assert command(monkeypatch, capsys, "store", "check", "--store", store)[0] == 0
    assert analytics.screen(weeks, store).changed is False


def test_a_table_that_was_altered_is_named_by_the_verbs_that_read_it(store, monkeypatch, capsys):
    file = max((store / "tables").rglob("flags.parquet"))
    pl.read_parquet(file).clear().write_parquet(file)
    for words in (("export", "flags"), ("report", "--out", store.parent / "r.html")):
        code, out, told = command(monkeypatch, capsys, *words, "--store", store)
        assert (code, out) == (2, "")
        assert "flags.parquet is damaged: expected" in told
        assert len(told.splitlines()) == 1


def test_a_place_without_a_store_is_told(tmp_path, monkeypatch, capsys):
    for verb in ("check", "repair"):
        code, _, told = command(monkeypatch, capsys, "store", verb, "--store", tmp_path / "nowhere")
        assert code == 2
        assert "nothing has been screened here" in told
    assert not (tmp_path / "nowhere").exists()
