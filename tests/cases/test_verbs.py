"""What people do with a case: each verb, what it asks for, and what it refuses."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.cases.documents import MOST_BYTES
from analytics.cases.queue import queue
from analytics.cases.settings import read_settings
from analytics.cases.states import DISMISSAL_REASONS, OUTCOMES, ROLES, verbs_of
from analytics.errors import IllegalTransition, NotAllowed, StaleCase, UnknownCase, UsageError

SETTINGS = "[review]\nsecond_reviewer_above_usd = {above}\nblind_share = {share}\n"


@pytest.fixture
def settings(tmp_path):
    """Write how the team works."""

    def _settings(above="false", share=0):
        (tmp_path / "cases.toml").write_text(SETTINGS.format(above=above, share=share))
        return tmp_path / "cases.toml"

    return _settings


@pytest.fixture
def case(ledger, flag):
    """A case on Maria, new."""
    return ledger.open(flag("Maria Lopez"))


def dismiss(ledger, case_id, **changes):
    asked = {"reason": "different_parties", "evidence": "two invoices", **changes}
    return ledger.decide(case_id, "dismissed", **asked)


def test_a_case_gathers_the_flags_of_its_subject(ledger, flag, store):
    case = ledger.open(flag("Maria Lopez"), note="first look")
    flags = store.table("flags").filter(identity_id=case.subject_id).collect()["flag_id"].to_list()
    assert (case.case_id, case.version, case.state) == ("C000001", 1, "new")
    assert (case.subject_kind, case.flag_ids) == ("identity", tuple(sorted(flags)))


def test_a_subject_has_one_open_case(ledger, case, flag):
    assert ledger.open(flag("Maria Lopez")).case_id == case.case_id
    assert ledger.open(case.subject_id).case_id == case.case_id
    assert ledger.open(flag("Bo Ek")).case_id == "C000002"
    dismiss(ledger, case.case_id)
    assert ledger.open(flag("Maria Lopez")).case_id == "C000003"


def test_what_nobody_flagged_has_no_case(ledger):
    with pytest.raises(UsageError, match="no flag that stands"):
        ledger.open("seller:SELLER1")
    with pytest.raises(UnknownCase, match="no case C000009"):
        ledger.case("C000009")


def test_a_case_goes_its_way(ledger, case):
    assert ledger.assign(case.case_id, "bea").state == "triage"
    assert ledger.start(case.case_id).state == "investigating"
    waiting = ledger.wait(case.case_id, due_on=date(2026, 6, 9), note="asked the broker")
    assert (waiting.state, waiting.due_on) == ("awaiting_information", date(2026, 6, 9))
    assert ledger.resume(case.case_id).due_on is None
    closed = ledger.decide(case.case_id, "corrected_forward")
    assert (closed.state, closed.outcome, closed.decided_by) == ("closed", "corrected_forward", "ann")
    again = ledger.reopen(case.case_id, "the broker answered")
    assert (again.state, again.outcome, again.assignee) == ("triage", None, None)


def test_every_state_allows_what_its_row_says():
    assert verbs_of("closed") == ["blind", "reopen"]
    assert verbs_of("second_review") == ["assign", "confirm", "send_back"]
    assert "decide" in verbs_of("investigating")


def test_a_verb_that_the_state_does_not_allow_is_refused(ledger, case):
    with pytest.raises(IllegalTransition, match=r"is new: it cannot be reopened. Possible: assign"):
        ledger.reopen(case.case_id, "why not")
    assert ledger.case(case.case_id).version == 1


def test_the_second_writer_of_a_stale_case_is_refused(ledger, case):
    ledger.assign(case.case_id, "ann", seen=case.version)
    with pytest.raises(StaleCase, match="1 event came in"):
        ledger.start(case.case_id, seen=case.version)
    assert ledger.case(case.case_id).state == "triage"


def test_taking_gives_each_a_case_of_their_own(ledger, case, flag):
    other = ledger.open(flag("Bo Ek"))
    order = [case.case_id, other.case_id]
    assert ledger.take(order).case_id == case.case_id
    taken = ledger.acting_as("bea", "investigator").take(order)
    assert (taken.case_id, taken.assignee, taken.state) == (other.case_id, "bea", "investigating")
    assert ledger.take(order) is None


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"reason": None}, "needs a reason"),
        ({"reason": "because"}, "needs a reason"),
        ({"evidence": " "}, "needs its evidence"),
        ({"reason": "other"}, "needs a note"),
        ({"expires_on": date(2026, 6, 1)}, "has expired already"),
        ({"scope": "everything"}, "scope 'everything' is none"),
    ],
)
def test_a_dismissal_says_all_it_has_to_say(ledger, case, changes, missing):
    with pytest.raises(UsageError, match=missing):
        dismiss(ledger, case.case_id, **changes)


def test_a_dismissal_holds_for_a_year_or_until_its_day(ledger, case, flag):
    assert dismiss(ledger, case.case_id).due_on == date(2027, 6, 1)
    other = ledger.open(flag("Bo Ek"))
    assert dismiss(ledger, other.case_id, expires_on=date(2026, 6, 2)).due_on == date(2026, 6, 2)


def test_only_a_dismissal_has_a_reason(ledger, case):
    with pytest.raises(UsageError, match="belong to a dismissal"):
        ledger.decide(case.case_id, "corrected_forward", reason="exempt")
    with pytest.raises(UsageError, match="outcome 'done' is none"):
        ledger.decide(case.case_id, "done")


def test_much_money_waits_for_a_second_person(ledger_of, store, flag, settings):
    ledger = ledger_of(store, settings=settings(above="899.99"))
    case = ledger.open(flag("Maria Lopez"))
    waits = dismiss(ledger, case.case_id)
    assert (waits.state, waits.due_on) == ("second_review", None)
    with pytest.raises(IllegalTransition, match="you decided C000001 yourself"):
        ledger.confirm(case.case_id)
    second = ledger.acting_as("bea", "reviewer")
    back = second.send_back(case.case_id, note="which invoices?")
    assert (back.state, back.outcome) == ("investigating", None)
    dismiss(ledger, case.case_id)
    confirmed = second.confirm(case.case_id)
    assert (confirmed.state, confirmed.due_on) == ("closed", date(2027, 6, 1))


def test_exactly_the_value_needs_no_second_person(ledger_of, store, flag, settings):
    ledger = ledger_of(store, settings=settings(above="900.00"))
    assert dismiss(ledger, ledger.open(flag("Maria Lopez")).case_id).state == "closed"


def test_a_drawn_case_is_judged_again_without_its_outcome(ledger_of, store, flag, settings):
    ledger = ledger_of(store, settings=settings(share=1))
    case = dismiss(ledger, ledger.open(flag("Maria Lopez")).case_id)
    assert ledger.events(case.case_id)["kind"].to_list()[-1] == "drawn_for_blind_review"
    with pytest.raises(IllegalTransition, match="you decided or confirmed"):
        ledger.blind(case.case_id, "dismissed")
    second = ledger.acting_as("bea", "reviewer")
    assert second.blind(case.case_id, "dismissed").state == "closed"
    with pytest.raises(IllegalTransition, match="not drawn"):
        second.blind(case.case_id, "dismissed")


def test_a_blind_review_that_disagrees_returns_the_case(ledger_of, store, flag, settings):
    ledger = ledger_of(store, settings=settings(share=1))
    case = dismiss(ledger, ledger.open(flag("Maria Lopez")).case_id)
    assert ledger.acting_as("bea", "reviewer").blind(case.case_id, "referred_to_counsel").state == "triage"


def test_roles_may_do_what_is_theirs(ledger, case):
    with pytest.raises(NotAllowed, match="asks for the role investigator; yours is viewer"):
        ledger.acting_as("vic", "viewer").note(case.case_id, "hm")
    with pytest.raises(NotAllowed, match="asks for the role counsel"):
        ledger.acting_as("rob", "reviewer").decide(case.case_id, "disclosure_filed")
    assert ledger.acting_as("lea", "counsel").decide(case.case_id, "disclosure_filed").outcome == "disclosure_filed"


def test_undo_is_another_event_and_gives_back_what_was(ledger, case):
    ledger.assign(case.case_id, "ann")
    dismiss(ledger, case.case_id)
    back = ledger.undo(case.case_id, "wrong case")
    assert (back.state, back.outcome, back.due_on, back.assignee) == ("triage", None, None, "ann")
    assert ledger.events(case.case_id)["kind"].to_list() == ["opened", "assigned", "decided", "undone"]
    with pytest.raises(IllegalTransition, match="cannot be undone"):
        ledger.undo(case.case_id, "again")


def test_a_document_is_kept_under_its_digest(ledger, case):
    ledger.attach(case.case_id, ("../scan of invoice.pdf", b"%PDF one"), note="from the broker")
    (row,) = ledger.documents(case.case_id).iter_rows(named=True)
    assert (row["name"], row["media_type"], row["bytes"], row["added_by"]) == (
        "scan of invoice.pdf", "application/pdf", 8, "ann",
    )  # fmt: skip
    assert ledger.document(row["document_id"]) == b"%PDF one"
    ledger.undo(case.case_id, "another case's")
    assert ledger.documents(case.case_id).is_empty()


def test_an_empty_document_is_refused(ledger, case):
    with pytest.raises(UsageError, match="is empty"):
        ledger.attach(case.case_id, ("a.pdf", b""))


def test_a_shipment_is_set_aside_with_a_reason(ledger, case, store, flag):
    rows = store.table("flag_shipments").filter(flag_id=flag("Maria Lopez")).collect()
    uid = rows["shipment_uid"][0]
    assert ledger.exclude(case.case_id, uid, "returned to sender").excluded_shipments == (uid,)
    assert ledger.include(case.case_id, uid).excluded_shipments == ()
    with pytest.raises(UsageError, match="has no shipment"):
        ledger.exclude(case.case_id, "nothing", "typing error")


def test_an_empty_note_is_refused(ledger, case):
    with pytest.raises(UsageError, match="the note is empty"):
        ledger.note(case.case_id, "  ")


def test_words_stand_for_every_code():
    assert len(DISMISSAL_REASONS) == 9
    assert set(OUTCOMES) == {"dismissed", "corrected_forward", "referred_to_counsel", "disclosure_filed"}
    assert ROLES == ("viewer", "investigator", "reviewer", "counsel", "admin")


def test_undo_takes_back_nothing_of_somebody_else(ledger, case):
    """Bea decides while Ann is about to undo her own note; nor does an investigator undo what counsel did."""
    ledger.note(case.case_id, "a typing error")
    lea = ledger.acting_as("lea", "counsel")
    lea.decide(case.case_id, "disclosure_filed")
    with pytest.raises(IllegalTransition, match="was written by somebody else"):
        ledger.undo(case.case_id, "my note was wrong")
    assert lea.undo(case.case_id, "not filed yet").state == "new"


def _another(ledger, case, flag):
    """Close a case and open another on the same subject."""
    dismiss(ledger, case.case_id)
    return ledger.open(flag("Maria Lopez")).case_id


@pytest.mark.parametrize("verb", ["reopen", "undo"])
def test_a_closed_case_does_not_open_beside_another(ledger, case, flag, verb):
    other = _another(ledger, case, flag)
    with pytest.raises(IllegalTransition, match=f"{other} is open on the same subject"):
        getattr(ledger, verb)(case.case_id, "a mistake")
    assert ledger.case(case.case_id).state == "closed"


def test_an_expired_dismissal_does_not_open_beside_another(ledger_of, ledger, case, flag, store, clock):
    other = _another(ledger, case, flag)
    clock.pass_days(400)
    again = ledger_of(store)
    assert (again.case(case.case_id).state, again.case(other).state) == ("closed", "new")
    assert again.events(case.case_id)["kind"].to_list()[-1] == "dismissal_ended"


def test_a_blind_review_leaves_one_case_open_and_no_expiry(ledger_of, store, flag, settings):
    ledger = ledger_of(store, settings=settings(share=1))
    bea, first = ledger.acting_as("bea", "reviewer"), ledger.open(flag("Maria Lopez"))
    other = _another(ledger, first, flag)
    assert bea.blind(first.case_id, "referred_to_counsel").state == "closed", "it goes on in the other"
    dismiss(ledger, other)
    returned = bea.blind(other, "referred_to_counsel")
    assert (returned.state, returned.due_on) == ("triage", None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("review = 5", "review is no table"),
        ("open = 3", "open is no list of tables"),
        ("open = ['daily_limit']", "open is no list of tables"),
        ("[review]\nblind_share = true", "blind_share True is no share"),
        ("[review]\ndismissal_days = 1000000000000", "is no number of days"),
    ],
)
def test_settings_that_mean_nothing_are_refused(store, tmp_path, text, problem):
    (tmp_path / "wrong.toml").write_text(text)
    with pytest.raises(UsageError, match=problem):
        read_settings(store.root, tmp_path / "wrong.toml")


@pytest.mark.parametrize("name", ["", "  ", "splitship", "Splitship ", "a\x1b[31mb", "a\nb", "x" * 101])
def test_a_name_that_is_none_is_refused(ledger, case, name, ledger_of, store):
    with pytest.raises(UsageError, match=r"a name needs|name of the program"):
        ledger.assign(case.case_id, name)
    with pytest.raises(UsageError, match=r"a name needs|name of the program"):
        ledger_of(store, by=name).note(case.case_id, "hm")
    assert ledger.case(case.case_id).version == 1


def test_a_capital_letter_makes_no_second_person(ledger_of, store, flag, settings):
    ledger = ledger_of(store, settings=settings(above="1", share=1))
    case = dismiss(ledger, ledger.open(flag("Maria Lopez")).case_id)
    with pytest.raises(IllegalTransition, match="yourself"):
        ledger.acting_as("Ann ", "reviewer").confirm(case.case_id)
    bea = ledger.acting_as("bea", "reviewer")
    bea.confirm(case.case_id)
    with pytest.raises(IllegalTransition, match="confirmed C000001 yourself"):
        bea.blind(case.case_id, "dismissed")


def test_a_note_that_is_no_utf8_is_kept(ledger, case):
    ledger.note(case.case_id, "M\udcfcller \x00 \u202e \x1b[31m =1+1")
    ledger.attach(case.case_id, ("\udcff.pdf", b"one"))
    assert ledger.verify().is_whole


def test_the_history_says_to_whom_and_until_when(ledger, case):
    ledger.assign(case.case_id, "bea")
    ledger.wait(case.case_id, due_on=date(2026, 6, 9), note="asked the broker")
    ledger.snooze(case.case_id, date(2026, 6, 12), "holiday")
    said = [json.loads(body) for body in ledger.events(case.case_id)["body"]]
    assert (said[1]["assignee"], said[2]["due_on"], said[3]["snoozed_until"]) == ("bea", "2026-06-09", "2026-06-12")


@pytest.mark.parametrize(
    ("hour", "age"),
    [(datetime(2026, 6, 2, 3, 59, tzinfo=UTC), 8), (datetime(2026, 6, 2, 4, 1, tzinfo=UTC), 7)],
    ids=["23:59 on June 1 in New York", "00:01 on June 2"],
)
def test_the_age_of_a_case_counts_days_in_new_york(ledger, flag, clock, store, hour, age):
    clock.now = hour
    ledger.open(flag("Maria Lopez"))
    assert queue(store, ledger, today=ledger.today).rows["age_days"].to_list() == [0]
    clock.now = datetime(2026, 6, 9, 16, tzinfo=UTC)
    assert queue(store, ledger, today=ledger.today).rows["age_days"].to_list() == [age]
    assert ledger.stats().ages["8 to 30 days"] == (age > 7)


def test_a_case_wakes_at_midnight_in_new_york(ledger, case, clock, store, ledger_of):
    ledger.snooze(case.case_id, date(2026, 6, 3), "holiday")
    clock.now = datetime(2026, 6, 3, 3, 59, 59, tzinfo=UTC)
    assert ledger_of(store).case(case.case_id).state == "snoozed"
    clock.now = datetime(2026, 6, 3, 4, tzinfo=UTC)
    assert ledger_of(store).case(case.case_id).state == "triage"


def test_a_look_at_names_is_an_event_and_changes_no_case(ledger, case):
    ledger.assign(case.case_id, "ann")
    ledger.acting_as("bea", "investigator").viewed(case.case_id, "names")
    assert ledger.events(case.case_id)["kind"].to_list() == ["opened", "assigned", "viewed"]
    assert ledger.start(case.case_id, seen=2).state == "investigating"
    ledger.viewed(None, "a search")
    assert ledger.undo(case.case_id, "not mine").state == "triage"
    assert ledger.verify().is_whole


def test_only_its_owner_reads_a_ledger(ledger, case, store):
    files = [file for file in (store.root / "cases").iterdir() if file.suffix in {".sqlite", ".json"}]
    assert files
    assert [oct(file.stat().st_mode & 0o777) for file in files] == ["0o600"] * len(files)


def test_what_is_added_to_a_closed_case_does_not_move_its_end(ledger, case, clock):
    clock.pass_days(2)
    dismiss(ledger, case.case_id)
    clock.pass_days(30)
    ledger.viewed(case.case_id, "names")
    ledger.note(case.case_id, "filed")
    assert ledger.stats().median_days_to_close == pytest.approx(2, abs=0.01)


def test_a_document_that_cannot_be_kept_is_refused_before_it_is_read(ledger, case, tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="cannot be read"):
        ledger.attach(case.case_id, tmp_path)
    with (tmp_path / "large.pdf").open("wb") as handle:
        handle.truncate(MOST_BYTES + 1)
    monkeypatch.setattr(Path, "read_bytes", None)
    with pytest.raises(UsageError, match="at most"):
        ledger.attach(case.case_id, tmp_path / "large.pdf")


def test_nothing_is_awaited_by_a_day_that_passed(ledger, case):
    ledger.start(case.case_id)
    with pytest.raises(UsageError, match="has passed"):
        ledger.wait(case.case_id, due_on=date(2026, 5, 31), note="asked")
    assert ledger.wait(case.case_id, due_on=date(2026, 6, 1), note="asked").due_on == date(2026, 6, 1)
