"""The door of the room."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from analytics.errors import UsageError
from analytics.reports import report, writing
from tests.reports.fake_store import FakeStore, store_of


@pytest.fixture
def store(tmp_path):
    return FakeStore(store_of(shipments=[{}]).tables, root=tmp_path)


@pytest.mark.parametrize("name", ["report.doc", "report", "report.xls"])
def test_another_ending_is_refused_and_nothing_is_written(store, tmp_path, name):
    with pytest.raises(UsageError, match=r"\.html, \.json, \.pdf, \.xlsx"):
        report(store, out=tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_it_goes_into_the_store(store, tmp_path):
    assert report(store) == tmp_path / "report-2025-W11.html"
    days = report(store, start=date(2025, 3, 1), end=date(2025, 3, 9))
    assert days.name == "report-2025-03-01-to-2025-03-09.html"


def test_makes_the_folder_and_accepts_capitals(store, tmp_path):
    out = report(store, out=tmp_path / "a" / "b" / "R.XLSX")
    assert out.read_bytes()[:2] == b"PK"


def test_only_the_owner_may_read_it(store, tmp_path):
    assert report(store, out=tmp_path / "r.html").stat().st_mode & 0o077 == 0


def test_a_failure_leaves_the_old_report_and_no_rest(store, tmp_path, monkeypatch):
    out = report(store, out=tmp_path / "r.xlsx")
    before = out.read_bytes()
    monkeypatch.setattr(writing.Path, "replace", _fail)
    with pytest.raises(OSError, match="disk"):
        report(store, out=out)
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]


def _fail(*_):
    raise OSError("disk is full")


def test_drawing_libraries_are_loaded_when_a_report_is_written_and_not_before():
    seen = "import sys, analytics.reports; print(sorted({'plotly', 'jinja2', 'xlsxwriter'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.strip() == "[]"
