"""``splitship cases``: each verb prints the case, refuses with exit code 2, and keeps standard output for data."""

import json
import zipfile

import pytest
from typer.testing import CliRunner

from analytics.cli.main import app
from analytics.errors import UsageError

HEADER = (
    "shipment_id,arrival_date,consignee_name,consignee_address,declared_value,"
    "entry_type,mode,origin_country,order_id,seller_id\n"
)
LINES = "".join(f"S{number},2025-03-14,Ann Ho,1 Elm St Reno NV,450,86,air,DE,,X1\n" for number in (1, 2))


@pytest.fixture
def store(tmp_path, monkeypatch, screened_once):
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
    monkeypatch.delenv("SPLITSHIP_CASES", raising=False)
    (tmp_path / "in.csv").write_text(HEADER + LINES)
    return screened_once(tmp_path / "in.csv", tmp_path / "store")


@pytest.fixture
def cases(store):
    """Call ``splitship cases`` and return what it prints."""

    def _call(*asked, code=0):
        result = CliRunner().invoke(app, ["cases", *map(str, asked), "--store", str(store.root)])
        if isinstance(result.exception, Exception) and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.stdout.strip()

    return _call


@pytest.fixture
def flag(store):
    return store.table("flags").filter(typology="daily_limit").collect()["flag_id"][0]


def test_open_prints_its_number_as_json(cases, flag):
    assert json.loads(cases("open", flag, "--json"))["case_id"] == "C000001"
    assert cases("open", flag) == "C000001  new  nobody  1 flag"


def test_the_queue_is_a_table(cases, flag):
    assert cases("list").startswith("no case matches")
    cases("open", flag)
    heading, row = cases("list").splitlines()
    assert heading.split()[:4] == ["case", "state", "who", "due"]
    assert row.split()[0] == "C000001"
    assert "900.00" in row
    assert row.endswith("daily_limit")
    assert json.loads(cases("list", "--json"))[0]["value_usd"] == "900.00"


def test_a_case_goes_from_the_queue_to_a_decision(cases, flag):
    cases("open", flag)
    assert cases("next", "--as", "bea") == "C000001  investigating  bea  1 flag"
    assert cases("assign", "C000001", "ann").split()[2] == "ann"
    cases("note", "C000001", "asked the broker", "--as", "ann")
    cases("wait", "C000001", "--note", "invoice", "--due", "2099-01-01")
    cases("resume", "C000001")
    decided = cases(
        "decide", "C000001", "dismissed", "--reason", "separate_orders", "--evidence", "two invoices", "--as", "ann"
    )
    assert decided == "C000001  closed  dismissed  ann  1 flag"
    assert cases("list").startswith("no case matches")
    assert cases("list", "--closed").splitlines()[1].startswith("C000001  closed")
    assert cases("reopen", "C000001", "--note", "late invoice").split()[1] == "triage"


def test_show_names_nobody_unless_asked(cases, flag):
    cases("open", flag)
    shown = cases("show", "C000001")
    assert "Ann Ho" not in shown
    assert "1 Elm St" not in shown
    assert "Counter-evidence" in shown
    assert "Ann Ho" in cases("show", "C000001", "--names", "--as", "bea")
    assert "bea  viewed  what names on the command line" in cases("show", "C000001")
    assert json.loads(cases("show", "C000001", "--json"))["case"]["case_id"] == "C000001"


def test_a_blind_reviewer_is_shown_no_outcome(cases, flag, store):
    (store.root / "cases").mkdir()
    (store.root / "cases" / "settings.toml").write_text("[review]\nblind_share = 1\n")
    cases("open", flag)
    asked = ("--reason", "separate_orders", "--evidence", "two invoices")
    cases("decide", "C000001", "dismissed", *asked, "--as", "ann")
    shown = cases("show", "C000001", "--blind", "--as", "bea")
    assert not [word for word in ("dismissed", "separate", "invoices") if word in shown]
    assert "two invoices" in cases("show", "C000001")


def test_what_is_refused_is_refused_by_its_error(cases, flag):
    cases("open", flag)
    with pytest.raises(UsageError, match="it cannot be reopened"):
        cases("reopen", "C000001", "--note", "why")
    with pytest.raises(UsageError, match="no case C000009"):
        cases("show", "C000009")
    with pytest.raises(UsageError, match="is not a date"):
        cases("snooze", "C000001", "--until", "tomorrow", "--note", "later")


def test_a_document_is_attached(cases, flag, tmp_path):
    cases("open", flag)
    (tmp_path / "invoice.txt").write_text("450.00")
    cases("attach", "C000001", tmp_path / "invoice.txt")
    assert "invoice.txt" not in cases("show", "C000001")
    assert "invoice.txt  6 bytes" in cases("show", "C000001", "--names")


def test_a_history_is_proven(cases, flag, store):
    cases("open", flag)
    assert "each as it was written; head " in cases("verify")
    (store.root / "cases" / "head.json").unlink()
    assert "head.json is missing" in cases("verify", code=1)
    assert json.loads(cases("verify", "--json", code=1))["is_whole"] is False


def test_a_packet_is_written_and_replayed(cases, flag, tmp_path):
    cases("open", flag)
    file = tmp_path / "packet.zip"
    assert cases("packet", "C000001", "--out", file, "--masked") == str(file)
    assert cases("packet", "--verify", file)
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr("10_more.txt", "added")
    assert "10_more.txt" in cases("packet", "--verify", file, code=1)
    with pytest.raises(UsageError, match="one of two options"):
        cases("packet")


def test_stats_count(cases, flag):
    cases("open", flag)
    assert "1  new" in cases("stats")
    assert json.loads(cases("stats", "--json"))["states"] == {"new": 1}


def test_explain_names_the_case_of_a_flag(cases, flag, store):
    cases("open", flag)
    cases("next", "--as", "bea")
    result = CliRunner().invoke(app, ["explain", flag, "--store", str(store.root)])
    assert "Case: C000001 (investigating, bea)" in result.stdout


def test_the_report_names_the_case_of_a_flag(cases, flag, store, tmp_path):
    cases("open", flag)
    page = store.report(out=tmp_path / "report.html").read_text()
    assert "<dt>Case</dt><dd>C000001 (new)</dd>" in page


def test_a_screening_says_what_it_did_to_cases(cases, flag, store, tmp_path):
    cases("open", flag)
    cases("decide", "C000001", "corrected_forward")
    (tmp_path / "late.csv").write_text(HEADER + "S3,2025-03-14,Ann Ho,1 Elm St Reno NV,55,86,air,DE,,X1\n")
    asked = ["screen", str(tmp_path / "late.csv"), "--store", str(store.root), "--no-progress"]
    assert "cases: 1 reopened" in CliRunner().invoke(app, asked).stderr
    assert cases("list").splitlines()[1].split()[1] == "triage"


def test_the_cases_of_an_opened_store(store, flag):
    case = store.cases.open(flag)
    assert store.cases.case_of(flag) == case.case_id


def test_a_state_is_listed_whatever_it_is(cases, flag):
    cases("open", flag)
    cases("snooze", "C000001", "--until", "2099-01-05", "--note", "holiday")
    assert cases("show", "C000001").startswith("C000001  snoozed, until 2099-01-05  nobody  opened ")
    cases("resume", "C000001")
    cases("wait", "C000001", "--due", "2099-01-06", "--note", "asked")
    assert "awaiting information, due 2099-01-06" in cases("show", "C000001")
    assert cases("list", "--state", "awaiting information").splitlines()[1].startswith("C000001")
    cases("decide", "C000001", "corrected_forward")
    assert cases("list", "--state", "closed").splitlines()[1].startswith("C000001")
    with pytest.raises(UsageError, match="state 'done' is none"):
        cases("list", "--state", "done")


def test_a_drawn_case_is_listed_however_far_down_the_queue_it_is(cases, flag, store):
    (store.root / "cases").mkdir(exist_ok=True)
    settings = store.root / "cases" / "settings.toml"
    settings.write_text("[review]\nblind_share = 1\n")
    cases("open", flag)
    cases("decide", "C000001", "corrected_forward")
    settings.write_text("[review]\nblind_share = 0\n")
    for number in range(2, 5):
        cases("open", flag)
        cases("decide", f"C{number:06d}", "corrected_forward")
    drawn = cases("list", "--blind", "--limit", "1", "--sort", "case_id").splitlines()
    assert [row.split()[0] for row in drawn] == ["case", "C000001"]


def test_the_address_that_a_case_is_about_is_not_listed():
    from analytics.cli.case_text import masked_subject

    row = {"case_id": "C000001", "subject_kind": "address", "subject_id": "1 ELM ST, 89501", "top_reason": "1 ELM ST"}
    assert set(masked_subject(row).values()) == {"C000001", "address", "[hidden]"}
    assert masked_subject(row | {"subject_kind": "identity"})["subject_id"] == "1 ELM ST, 89501"
