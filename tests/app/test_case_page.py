"""The case page: it holds what an investigator needs, and every verb does what its form says."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest

from analytics.cases.packet import verify_packet


@pytest.fixture
def case(case_on):
    return case_on("Maria Lopez")


def seen(page):
    return re.search(r'name="seen" value="(\d+)"', page)[1]


def do(browser, case, verb, **form):
    """Fill in the form of a verb as the page offers it, and send it."""
    page = browser.page(f"/case/{case}")
    assert f'id="verb-{verb}"' in page, f"the page offers no {verb}"
    return browser.done(f"/case/{case}/do/{verb}", {"seen": seen(page), **form})


def offered(browser, case):
    return re.findall(r'id="verb-(\w+)"', browser.page(f"/case/{case}"))


def last(ledger, case):
    row = ledger.events(case).row(-1, named=True)
    return row["kind"], row["by"], json.loads(row["body"])


def test_the_page_holds_every_part(web, case):
    page = web.page(f"/case/{case}")
    for part in ("why", "timeline", "packages", "identity", "exposure", "documents", "history"):
        assert f'<section id="{part}"' in page
    for heading in ("Reasons", "Counter-evidence", "What would change this", "Links, weakest first", "What to do"):
        assert heading in page
    assert "2 packages worth $900.00 arrived on March 14, 2025" in page
    assert "This is an indicator." in page


def test_the_timeline_has_a_lane_a_mark_a_package_and_the_limit_of_the_day(web, case):
    page = web.page(f"/case/{case}")
    drawn = page.split('<svg class="timeline"')[1].split("</svg>")[0]
    assert drawn.count("<circle") == 2
    assert "2025-03-14: 900.00 in 2 packages, limit 800.00 USD, rule US-C-04" in drawn or "limit 800.00 USD" in drawn
    assert 'class="total over"' in drawn
    assert "2 lots of order A100" in drawn
    assert drawn.count("date ordered") == 2


def test_start_wait_resume_snooze_and_assign(web, case, ledger):
    do(web, case, "assign", name="wei", note="yours")
    assert ledger.case(case).assignee == "wei"
    do(web, case, "start")
    assert ledger.case(case).state == "investigating"
    due = ledger.today + timedelta(days=3)
    do(web, case, "wait", due_on=due.isoformat(), note="the invoice")
    found = ledger.case(case)
    assert (found.state, found.due_on) == ("awaiting_information", due)
    do(web, case, "resume")
    assert ledger.case(case).state == "investigating"
    until = ledger.today + timedelta(days=9)
    do(web, case, "snooze", until=until.isoformat(), note="season")
    found = ledger.case(case)
    assert (found.state, found.snoozed_until) == ("snoozed", until)


def test_a_note_and_a_document_are_kept_with_their_digest(web, case, ledger):
    page = do(web, case, "note", note="called the carrier")
    assert "called the carrier" in page
    page = do(web, case, "attach", file=(io.BytesIO(b"hello"), "invoice.pdf"), note="from the carrier")
    assert "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" in page
    assert ledger.documents(case)["name"].to_list() == ["invoice.pdf"]


def test_a_dismissal_takes_reason_evidence_scope_and_expiry(web, case, ledger):
    ends = ledger.today + timedelta(days=40)
    page = web.page(f"/case/{case}")
    scope = re.search(r'value="(pair:[^"]+)"', page)[1]
    do(
        web, case, "decide", outcome="dismissed", reason="different_parties", evidence="two passports", scope=scope,
        expires_on=ends.isoformat(), note="sure",
    )  # fmt: skip
    found = ledger.case(case)
    assert (found.state, found.outcome, found.outcome_reason) == ("closed", "dismissed", "different_parties")
    body = next(json.loads(row) for row in ledger.events(case).filter(kind="decided")["body"])
    assert (body["scope"], body["expires_on"], body["evidence"]) == (scope, ends.isoformat(), "two passports")


@pytest.mark.parametrize("outcome", ["corrected_forward", "referred_to_counsel", "disclosure_filed"])
def test_the_other_outcomes(web, case, ledger, outcome):
    do(web, case, "decide", outcome=outcome, note="done")
    assert ledger.case(case).outcome == outcome


def test_a_closed_case_can_be_reopened_and_a_step_undone(web, case, ledger):
    do(web, case, "decide", outcome="corrected_forward")
    do(web, case, "reopen", note="new invoice")
    assert ledger.case(case).state == "triage"
    do(web, case, "start")
    do(web, case, "undo", note="too early")
    assert ledger.case(case).state == "triage"


def test_a_package_is_set_aside_with_a_reason_and_taken_back_in(web, case, ledger):
    page = web.page(f"/case/{case}")
    form = {"seen": seen(page), "shipment_uid": re.search(r'name="shipment_uid" value="([^"]+)"', page)[1]}
    page = web.done(f"/case/{case}/do/exclude", {**form, "reason": "returned to sender"})
    assert ledger.case(case).excluded_shipments == (form["shipment_uid"],)
    assert 'class="aside"' in page
    web.done(f"/case/{case}/do/include", {**form, "seen": seen(page)})
    assert ledger.case(case).excluded_shipments == ()


def test_a_second_person_confirms_or_sends_back_what_is_worth_much(team, case, ledger, root):
    (root / "cases" / "settings.toml").write_text("[review]\nsecond_reviewer_above_usd = 100\nblind_share = 0\n")
    ivan, rita = team("ivan"), team("rita")
    do(ivan, case, "decide", outcome="referred_to_counsel")
    assert ledger.case(case).state == "second_review"
    assert "confirm" not in offered(ivan, case)
    do(rita, case, "send_back", note="which rule?")
    assert ledger.case(case).state == "investigating"
    do(ivan, case, "decide", outcome="referred_to_counsel")
    do(rita, case, "confirm", note="yes")
    found = ledger.case(case)
    assert (found.state, found.decided_by) == ("closed", "ivan")


def test_a_blind_reviewer_does_not_see_the_outcome(team, case, ledger, root):
    (root / "cases" / "settings.toml").write_text("[review]\nblind_share = 1.0\n")
    ivan, rita, carl = team("ivan"), team("rita"), team("carl")
    do(ivan, case, "decide", outcome="corrected_forward", note="they mend it")
    for page in (rita.page(f"/case/{case}"),):
        body = page.split('id="verb-blind"')[0]
        assert "corrected going forward" not in body
        assert "they mend it" not in page
        assert "Decided by" not in page
    assert "they mend it" in ivan.page(f"/case/{case}")
    assert "blind" not in offered(ivan, case)
    do(rita, case, "blind", outcome="corrected_forward")
    assert last(ledger, case)[2]["agrees"] is True
    assert "they mend it" in carl.page(f"/case/{case}")


def test_somebody_who_wrote_meanwhile_is_named_and_nothing_is_lost(team, case, ledger):
    ivan, rita = team("ivan"), team("rita")
    old = seen(ivan.page(f"/case/{case}"))
    do(rita, case, "start")
    answer = ivan.post(f"/case/{case}/do/assign", {"seen": old, "name": "ivan"})
    assert answer.status_code == 409
    assert f"rita wrote to {case} after this page was shown" in answer.get_data(as_text=True)
    assert ledger.case(case).assignee is None


def test_a_look_at_names_by_somebody_else_makes_no_form_stale(team, case, ledger):
    ivan, rita = team("ivan"), team("rita")
    old = seen(ivan.page(f"/case/{case}"))
    rita.page("/queue")
    rita.done(f"/case/{case}/unmask")
    assert ivan.post(f"/case/{case}/do/assign", {"seen": old, "name": "ivan"}).status_code == 303
    assert ledger.case(case).assignee == "ivan"


@pytest.mark.parametrize(
    ("verb", "form", "said"),
    [
        ("decide", {}, "no outcome is chosen"),
        ("decide", {"outcome": "dismissed"}, "a dismissal needs a reason"),
        ("wait", {}, "note is empty"),
        ("snooze", {"note": "x"}, "until is empty"),
        ("snooze", {"note": "x", "until": "soon"}, "until is no day"),
        ("attach", {}, "no document is chosen"),
        ("confirm", {}, "cannot be confirmed"),
        ("burn", {}, "not something to do with a case"),
        ("note", {"note": "x" * 4001}, "longer than 4,000 characters"),
    ],
)
def test_a_form_that_is_wrong_is_refused_with_the_remedy(web, case, ledger, verb, form, said):
    page, before = web.page(f"/case/{case}"), ledger.case(case)
    answer = web.post(f"/case/{case}/do/{verb}", {"seen": seen(page), **form})
    assert answer.status_code in {400, 409}
    assert said in answer.get_data(as_text=True)
    assert ledger.case(case) == before


@pytest.mark.parametrize("verb", ["assign", "start", "note", "decide", "undo", "exclude"])
def test_a_viewer_is_offered_nothing_and_may_do_nothing(team, case, ledger, verb):
    vera, before = team("vera"), ledger.case(case)
    page = vera.page(f"/case/{case}")
    assert offered(vera, case) == ["packet"]
    assert "Your role can look at this case and change nothing." in page
    form = {
        "seen": str(before.version), "note": "x", "outcome": "corrected_forward", "name": "vera", "reason": "x",
        "shipment_uid": "S1",
    }  # fmt: skip
    assert vera.post(f"/case/{case}/do/{verb}", form).status_code in {400, 403}
    assert ledger.case(case) == before


def test_an_investigator_files_no_disclosure(team, case, ledger):
    ivan = team("ivan")
    page = ivan.page(f"/case/{case}")
    answer = ivan.post(f"/case/{case}/do/decide", {"seen": seen(page), "outcome": "disclosure_filed"})
    assert answer.status_code == 403
    assert ledger.case(case).outcome is None


def test_the_history_says_what_changed_newest_first(web, case):
    do(web, case, "assign", name="wei")
    do(web, case, "start")
    history = web.page(f"/case/{case}").split('<section id="history"')[1]
    kinds = re.findall(r"<strong>(\w+)</strong>", history)
    assert kinds == ["started", "assigned", "opened"]
    assert "state: triage → investigating" in history
    assert "assignee: \u2013 → wei" in history


def test_the_packet_replays_and_one_with_names_is_an_event(team, case, ledger, store, tmp_path):
    ivan = team("ivan")
    ivan.page(f"/case/{case}")
    named = ivan.post(f"/case/{case}/packet", {"edition": "named"})
    assert named.headers["Content-Disposition"] == f"attachment; filename=packet-{case}.zip"
    (tmp_path / "packet.zip").write_bytes(named.get_data())
    assert verify_packet(tmp_path / "packet.zip", store, ledger).is_whole
    assert last(ledger, case) == ("viewed", "ivan", {"case_id": case, "what": "packet with names"})


def test_a_viewer_gets_the_masked_packet_only(team, case, ledger):
    vera, before = team("vera"), ledger.case(case)
    vera.page(f"/case/{case}")
    assert vera.post(f"/case/{case}/packet", {"edition": "named"}).status_code == 403
    answer = vera.post(f"/case/{case}/packet", {"edition": "masked"})
    assert answer.headers["Content-Disposition"] == f"attachment; filename=packet-{case}-masked.zip"
    parts = zipfile.ZipFile(io.BytesIO(answer.get_data()))
    assert not [name for name in parts.namelist() if b"Maria" in parts.read(name)]
    assert ledger.case(case) == before


def test_an_unknown_case_is_not_found(web):
    assert web.get("/case/C999999").status_code == 404
