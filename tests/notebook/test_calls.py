"""The calls of a store: what they answer, how it looks, and what they say to a wrong argument."""

import shutil
import zipfile

import pytest

import analytics
from analytics.cases import Ledger
from analytics.errors import UsageError
from tests.notebook.conftest import HOSTILE


def test_the_name_of_a_table_shows_its_sql_with_path_and_hash(few):
    shown = few.sql("flags")
    assert (shown.table, shown.path) == ("mart_flags", "sql/30_marts/mart_flags.sql")
    assert len(shown.sha256) == 64
    assert "-- grain: flag_id" in str(shown)
    assert shown._repr_markdown_().startswith("**mart_flags**: `sql/30_marts/mart_flags.sql`, sha256 `")
    assert shown._repr_markdown_().endswith("```")
    assert few.sql("select count(*) as n from flags").item() == 2


def test_a_table_that_python_makes_is_said_to_be(few):
    with pytest.raises(UsageError, match=r"exposure is made in Python by analytics\.exposure\.step"):
        few.sql("exposure")


def test_peek_makes_a_published_table_again(few):
    shown = few.peek("flags", 1)
    assert (shown.rows.height, shown.count) == (1, 2)
    assert repr(shown).startswith("<Preview: 1 of 2 rows, made by ")


def test_a_flag_is_promoted_into_a_case_once(few, tmp_path):
    shutil.copytree(few.root, tmp_path / "store")
    store = analytics.open_store(tmp_path / "store")
    flag = store.table("flags").collect()["flag_id"][0]
    case = store.promote(flag, note="two packages")
    assert (case.case_id, case.flag_ids, case.state) == ("C000001", (flag,), "new")
    assert store.promote(flag) == case
    assert repr(case).startswith("<Case: C000001 new, identity i")
    assert repr(store.cases).startswith(f"<Cases of {store.root}: 1, 1 open; acting as ")
    assert "<td" in store.cases._repr_html_()
    assert "C000001" in store.cases._repr_html_()


def test_the_packet_of_a_case_is_a_call(few, tmp_path):
    with pytest.raises(UsageError, match="this store has no cases"):
        few.packet("C000001", tmp_path / "packet.zip")
    shutil.copytree(few.root, tmp_path / "store")
    store = analytics.open_store(tmp_path / "store")
    case = store.promote(store.table("flags").collect()["flag_id"][0])
    packet = store.packet(case.case_id, tmp_path / "packet.zip", is_masked=True)
    assert "manifest.json" in zipfile.ZipFile(packet).namelist()
    assert store.cases.events(case.case_id)["kind"].to_list() == ["opened"]


def test_a_sample_is_drawn_and_its_bound_read(few, tmp_path):
    shutil.copytree(few.root, tmp_path / "store")
    store = analytics.open_store(tmp_path / "store")
    sample = store.sample("daily_limit", 1, tmp_path / "sheet.xlsx", seed=1, by="ann")
    assert (sample.sample_id, sample.drawn) == ("t0001", 1)
    assert store.tune().frame.select("sample_id", "drawn", "share").rows() == [("t0001", 1, None)]


def test_without_notices_there_is_nothing_to_reconcile(few):
    with pytest.raises(UsageError, match="no notices are known"):
        few.reconcile()


def test_a_checklist_prints_as_the_command_does(few):
    assert str(few.checklist(program="86")).startswith("Section 321 review: program 86")


def test_a_store_is_named_with_its_counts(few):
    assert repr(few) == f"<Run {few.root}: 6 read, 6 accepted, 0 rejected, 0 repeated, 6 shipments, " + (
        "3 identities, 2 flags, 0 leads and explained flags, 1 runs so far>"
    )


def test_a_store_that_was_damaged_meanwhile_still_has_a_name(few, tmp_path):
    shutil.copytree(few.root, tmp_path / "store")
    store = analytics.open_store(tmp_path / "store")
    store.file("flags").unlink()
    again = object.__new__(type(store))
    again.__dict__.update(store.__dict__, _proven=set())
    assert repr(again) == f"<OpenedStore {tmp_path / 'store'}>"


def test_text_from_outside_is_never_markup(few):
    shown = few.table("shipments").filter(consignee_name=HOSTILE).collect()["identity_id"][0]
    page = few.explain(shown)._repr_html_() + few._repr_html_() + few.peek("aliases")._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda run: run.explain(3), r"explain: subject is int 3\. Give a text\."),
        (lambda run: run.sample("x", "3", "f"), r"sample: count is str '3'\. Give a whole number\."),
        (lambda run: run.compare(3), r"compare: other is int 3\. Give a Store, a text or a path\."),
        (lambda run: run.prior_disclosure("f1"), r"flag_ids is str 'f1'\. Give a list \(a text\)\."),
        (lambda run: run.checklist(start="2025-01-01"), r"start is str '2025-01-01'\. Give a date\."),
        (lambda run: run.refit(dry_run=1), r"dry_run is int 1\. Give True or False\."),
        (lambda _: analytics.rules("2025-01-01"), r"rules: on is str '2025-01-01'\. Give a date\."),
        (lambda _: Ledger.snooze(None, "C1", "2025-01-01", "x"), r"snooze: until is str '2025-01-01'\. Give a date\."),
        (lambda _: analytics.open_store(None), r"open_store: path is None\. Give a text or a path\."),
        (lambda _: analytics.screen("x", engine="duck"), r"Give 'duckdb' or 'spark'"),
    ],
)
def test_an_argument_of_the_wrong_type_is_named(few, call, said):
    with pytest.raises(UsageError, match=said):
        call(few)
