"""Cases follow the store: flags are attached, go and change, and a closed case returns with the cause."""

import json
import shutil
from datetime import date

import pytest

import analytics
from analytics.cases import open_ledger
from analytics.cases.following import Followed
from analytics.errors import UsageError
from tests.cases.conftest import BO, CY

DISMISSED = {"reason": "different_parties", "evidence": "two invoices"}


def last(ledger, case_id):
    """Kind and body of the last event of a case."""
    row = ledger.events(case_id).row(-1, named=True)
    return row["kind"], json.loads(row["body"])


def kinds(ledger, case_id):
    return ledger.events(case_id)["kind"].to_list()


@pytest.fixture
def closed(ledger, flag):
    """Close a case on a consignee."""

    def _closed(name, outcome="dismissed", **asked):
        case = ledger.open(flag(name))
        return ledger.decide(case.case_id, outcome, **(DISMISSED | asked if outcome == "dismissed" else asked))

    return _closed


@pytest.fixture(scope="module")
def grown():
    """Stores by the rows that were added, so that several tests screen them once."""
    return {}


@pytest.fixture
def once(grown, tmp_path_factory):
    """Bring a store on by what is done to it, which is done once; what is in ``cases`` stays."""

    def _once(root, done, key):
        if key not in grown:
            done()
            grown[key] = tmp_path_factory.mktemp("grown") / "store"
            shutil.copytree(root, grown[key], ignore=shutil.ignore_patterns("cases"))
        shutil.copytree(grown[key], root, dirs_exist_ok=True)

    return _once


@pytest.fixture
def add(store, write, ledger_of, once):
    """Screen more rows into the store and open its ledger anew."""
    added = []

    def _add(*rows):
        added.extend({"shipment_id": f"N{len(added) + place}", **row} for place, row in enumerate(rows))
        once(store.root, lambda: analytics.screen(write(*added, name=f"more{len(added)}.csv"), store.root), repr(added))
        return ledger_of(store)

    return _add


def test_a_later_flag_is_attached_to_the_open_case(ledger, flag, add):
    case = ledger.open(flag("Maria Lopez"))
    again = add({"arrival_date": "2025-03-20"}, {"arrival_date": "2025-03-20"})
    found = again.case(case.case_id)
    assert (found.state, len(found.flag_ids)) == ("new", 2)
    assert last(again, case.case_id) == (
        "flags_attached",
        {"cause": "new_data", "usd_change": "900.00", "run_id": again.store.last_run.run_id,
         "flags_attached": [flag for flag in found.flag_ids if flag not in case.flag_ids]},
    )  # fmt: skip


def test_nothing_new_adds_no_event(ledger, flag, ledger_of, store):
    ledger.open(flag("Maria Lopez"))
    before = ledger.events().height
    assert ledger_of(store).events().height == before
    assert str(ledger.follow()) == "cases: nothing changed"
    assert str(Followed(opened=2, gone=1)) == "cases: 2 opened, 1 flag gone"


def test_a_store_that_was_opened_before_the_last_run_moves_nothing(ledger, flag, add, url, clock):
    """An app that still holds the tables of an older run does not take later flags for gone."""
    case = ledger.open(flag("Maria Lopez"))
    again = add({"arrival_date": "2025-03-20"}, {"arrival_date": "2025-03-20"})
    before = again.events().height
    stale = open_ledger(ledger.store, url, by="ann", clock=clock)
    assert str(stale.follow()) == "cases: nothing changed"
    assert again.events().height == before
    assert len(again.case(case.case_id).flag_ids) == 2


@pytest.mark.parametrize("outcome", ["dismissed", "corrected_forward", "referred_to_counsel"])
def test_a_new_flag_returns_a_closed_case(closed, add, outcome):
    case = closed("Maria Lopez", outcome)
    again = add({"arrival_date": "2025-03-20"}, {"arrival_date": "2025-03-20"})
    found = again.case(case.case_id)
    assert (found.state, found.outcome, found.due_on) == ("triage", None, None)
    assert last(again, case.case_id)[1]["cause"] == "new_data"


def test_late_data_returns_a_closed_case_with_the_changed_total(closed, add):
    case = closed("Maria Lopez")
    again = add({"declared_value": "55.00"})
    assert kinds(again, case.case_id)[-2:] == ["total_changed", "reopened"]
    assert last(again, case.case_id)[1]["cause"] == "late_data"
    assert last(again, case.case_id)[1]["usd_change"] == "55.00"


def test_a_flag_of_another_does_not_touch_a_closed_case(closed, add):
    case = closed("Maria Lopez")
    again = add({**CY}, {**CY})
    assert again.case(case.case_id) == case


CANCELLED = {"shipment_id": "S2", "record_action": "cancel"}


def test_a_flag_that_is_gone_stays_explained(ledger, flag, add):
    case = ledger.open(flag("Maria Lopez"))
    again = add(CANCELLED)
    found = again.case(case.case_id)
    assert (found.flag_ids, found.gone_flag_ids) == ((), case.flag_ids)
    kind, said = last(again, case.case_id)
    assert (kind, said["cause"], said["run_id"]) == ("flags_gone", "late_data", again.store.last_run.run_id)


@pytest.mark.parametrize(("outcome", "state"), [("dismissed", "closed"), ("disclosure_filed", "triage")])
def test_a_gone_flag_returns_what_was_disclosed_and_not_what_was_dismissed(closed, add, outcome, state):
    case = closed("Maria Lopez", outcome)
    assert add(CANCELLED).case(case.case_id).state == state


@pytest.fixture
def parted(write, tmp_path, ledger_of, screened_once, once):
    """Two spellings of one consignee with a flag, who are judged to be two once the case on it is decided."""
    rows = ({}, {"consignee_name": "M Lopez", "consignee_address": "12 Elm Street Apt 4B"})
    run = screened_once(write(*rows, name="two.csv"), tmp_path / "two")

    def _part():
        run.judge(*run.table("aliases").collect()["alias_id"], "different", by="ann")
        analytics.screen((), run.root)

    def _after(outcome, **asked):
        ledger = ledger_of(run)
        case = ledger.open(run.table("flags").collect()["flag_id"][0])
        ledger.decide(case.case_id, outcome, **asked)
        once(run.root, _part, "parted")
        return case, ledger_of(run)

    return _after


def test_a_judgement_that_parts_the_consignee_returns_the_case(parted):
    """Two spellings told to be two parties: the flag is gone because of a judgement."""
    case, again = parted("corrected_forward")
    assert again.case(case.case_id).state == "triage"
    assert last(again, case.case_id)[1]["cause"] == "identity_split"


def test_a_flag_that_is_about_another_subject_leaves_an_open_case(ledger_of, write, tmp_path):
    """Lots of one order whose consignee falls apart: the flag stands, and is about the order now."""
    lots = {"order_id": "ORD-20250314-77", "seller_id": "X1"}
    rows = (lots, {**lots, "consignee_name": "M Lopez", "consignee_address": "12 Elm Street Apt 4B"})
    run = analytics.screen(write(*rows, name="lots.csv"), tmp_path / "lots")
    ledger = ledger_of(run)
    flag = run.table("flags").filter(typology="order_split").collect()["flag_id"][0]
    case = ledger.open(flag)
    run.judge(*run.table("aliases").collect()["alias_id"].to_list(), "different", by="ann")
    analytics.screen((), run.root)
    again = ledger_of(run)
    assert flag in analytics.open_store(run.root).table("flags").collect()["flag_id"].to_list()
    assert flag not in again.case(case.case_id).flag_ids
    assert "flags_moved" in kinds(again, case.case_id)
    assert again.open(flag).subject_kind == "order"


def test_a_dismissal_that_a_judgement_bears_out_stays_closed(parted):
    """Dismissed as two parties, and judged so: the flag is gone, and nothing is left to look at."""
    case, again = parted("dismissed", **DISMISSED)
    assert again.case(case.case_id).state == "closed"


@pytest.fixture(params=[True, False])
def married(request, write, tmp_path, ledger_of, screened_once, once):
    """Two consignees with a flag each, who turn out to be one."""
    other = {**BO, "consignee_name": "Zoe Park"}
    run = screened_once(write({}, {}, other, other, name="couple.csv"), tmp_path / "couple")
    ledger = ledger_of(run)
    flags = run.table("flags").sort("flag_id").collect()
    cases = [ledger.open(flag) for flag in (flags["flag_id"] if request.param else flags["flag_id"].reverse())]

    def _judge():
        run.judge(*run.table("aliases").collect()["alias_id"].sort(), "same", by="ann")
        analytics.screen((), run.root)

    def _marry():
        once(run.root, _judge, "married")
        return ledger_of(run)

    return ledger, cases, _marry


def test_two_open_cases_of_one_identity_become_one(married):
    _, cases, marry = married
    again = marry()
    states = sorted((again.case(case.case_id).state, again.case(case.case_id).outcome) for case in cases)
    assert states == [("closed", "joined"), ("new", None)]
    (joined,) = [case for case in cases if again.case(case.case_id).outcome == "joined"]
    (open_case,) = [case for case in cases if case is not joined]
    assert open_case.case_id < joined.case_id, "the older takes over, whatever the identity is called"
    assert "took_over" in kinds(again, open_case.case_id)
    assert len(again.case(open_case.case_id).flag_ids) == 1
    assert again.case(open_case.case_id).subject_id == again.case(joined.case_id).subject_id
    assert again.verify().is_whole


def test_a_merge_returns_a_closed_case_under_its_heir(married):
    ledger, cases, marry = married
    for case in cases:
        ledger.decide(case.case_id, "corrected_forward")
    again = marry()
    returned = [again.case(case.case_id) for case in cases if again.case(case.case_id).is_open]
    assert [case.state for case in returned] == ["triage"], "one case goes on"
    bodies = again.events(returned[0].case_id).filter(kind="reopened")["body"]
    assert [json.loads(body)["cause"] for body in bodies] == ["identity_merged"]
    assert len({again.case(case.case_id).subject_id for case in cases}) == 1


def test_another_law_is_the_cause(closed, store, tmp_path, ledger_of):
    from analytics.contracts.paths import sql_folder

    case = closed("Maria Lopez", "corrected_forward")
    rules = tmp_path / "rules"
    rules.mkdir()
    text = (sql_folder() / "00_reference" / "ref_limits.csv").read_text(encoding="utf-8")
    (rules / "ref_limits.csv").write_text(text.replace(",800.00,", ",900.00,"), encoding="utf-8")
    analytics.screen((), store.root, rules=rules)
    again = ledger_of(store)
    assert again.case(case.case_id).state == "triage"
    assert last(again, case.case_id)[1]["cause"] == "rules"


def test_what_slept_wakes_on_its_day(ledger, flag, clock, ledger_of, store):
    case = ledger.open(flag("Maria Lopez"))
    ledger.snooze(case.case_id, date(2026, 6, 3), "the broker answers by then")
    clock.pass_days(1)
    assert ledger_of(store).case(case.case_id).state == "snoozed"
    clock.pass_days(1)
    woken = ledger_of(store).case(case.case_id)
    assert (woken.state, woken.snoozed_until) == ("triage", None)


def test_a_dismissal_that_expired_returns_the_case(closed, clock, ledger_of, store):
    case = closed("Maria Lopez", expires_on=date(2026, 6, 3))
    clock.pass_days(1)
    assert ledger_of(store).case(case.case_id).state == "closed"
    clock.pass_days(1)
    again = ledger_of(store)
    assert again.case(case.case_id).state == "triage"
    assert last(again, case.case_id)[1]["cause"] == "dismissal_expired"


def alias_of(store, name):
    return store.table("aliases").filter(consignee_name=name).collect()["alias_id"][0]


def test_a_dismissed_address_covers_what_comes_later_visibly(closed, store, add):
    case = closed("Maria Lopez", scope=f"address:{alias_of(store, 'Maria Lopez')}")
    again = add({"arrival_date": "2025-03-20"}, {"arrival_date": "2025-03-20"})
    found = again.case(case.case_id)
    assert (found.state, found.outcome) == ("closed", "dismissed")
    assert len(found.covered_flag_ids) == 1
    assert kinds(again, case.case_id)[-1] == "covered"


def test_a_dismissed_address_covers_it_however_it_is_written(closed, store, add):
    case = closed("Maria Lopez", scope=f"address:{alias_of(store, 'Maria Lopez')}")
    written = {"arrival_date": "2025-03-20", "consignee_address": "12 ELM STREET, APT. 4-B"}
    again = add({"arrival_date": "2025-03-20"}, written)
    assert len(again.case(case.case_id).covered_flag_ids) == 1


def test_a_dismissed_address_does_not_cover_another_house(closed, store, add):
    case = closed("Maria Lopez", scope=f"address:{alias_of(store, 'Maria Lopez')}")
    later = {"arrival_date": "2025-03-20", "consignee_address": "12 Elm St Apt 9C"}
    again = add({"arrival_date": "2025-03-20"}, later)
    assert again.case(case.case_id).covered_flag_ids == ()


def test_a_dismissed_seller_covers_that_typology_alone(closed, add):
    case = closed("Bo Ek", scope="seller:SELLER2,daily_limit")
    later = {**BO, "arrival_date": "2025-03-20"}
    again = add({**later, "seller_id": "SELLER2"}, {**later, "seller_id": "SELLER2"})
    assert len(again.case(case.case_id).covered_flag_ids) == 1
    again = add({**later, "arrival_date": "2025-03-27"}, {**later, "arrival_date": "2025-03-27"})
    assert again.case(case.case_id).state == "triage"


def test_rules_open_cases_and_a_dismissal_keeps_them_shut(store, tmp_path, ledger_of, add):
    settings = tmp_path / "cases.toml"
    settings.write_text(
        "[review]\nblind_share = 0\n[[open]]\ntypology = 'daily_limit'\nstrength = 'objective'\nmin_value_usd = 900\n"
    )
    ledger = ledger_of(store, settings=settings)
    ledger.follow()
    assert ledger.cases()["case_id"].to_list() == ["C000001", "C000002"]
    assert ledger.events("C000001").row(0, named=True)["by"] == "splitship"
    ledger.decide("C000001", "dismissed", **DISMISSED)
    ledger.follow()
    assert ledger.cases().height == 2


@pytest.mark.parametrize(("least", "cases"), [("900.00", 2), ("900.01", 0)])
def test_a_rule_opens_from_its_value_on(store, tmp_path, ledger_of, least, cases):
    settings = tmp_path / "cases.toml"
    settings.write_text(f"[[open]]\nmin_value_usd = {least}\ntypology = 'daily_limit'\n")
    assert ledger_of(store, settings=settings).cases().height == cases


def test_an_expired_dismissal_covers_nothing_though_no_flag_stood_that_day(
    ledger, flag, store, write, ledger_of, add, clock
):
    """The flag is gone when the dismissal ends; a later flag from the same address is looked at."""
    case = ledger.open(flag("Maria Lopez"))
    scope = f"address:{alias_of(store, 'Maria Lopez')}"
    ledger.decide(case.case_id, "dismissed", scope=scope, expires_on=date(2026, 6, 3), **DISMISSED)
    analytics.screen(write({"shipment_id": "S1", "record_action": "cancel"}, name="gone.csv"), store.root)
    ledger_of(store)
    clock.pass_days(9)
    assert kinds(ledger_of(store), case.case_id)[-1] == "dismissal_ended"
    later = {"arrival_date": "2025-03-20"}
    analytics.screen(write({**later, "shipment_id": "L1"}, {**later, "shipment_id": "L2"}, name="l.csv"), store.root)
    found = ledger_of(store).case(case.case_id)
    assert (found.state, found.covered_flag_ids) == ("triage", ())


def test_a_decision_whose_ground_moved_is_not_confirmed(ledger_of, flag, store, tmp_path, add):
    """What came in after the decision was seen by nobody who decided: the case returns from its second review."""
    (tmp_path / "cases.toml").write_text("[review]\nsecond_reviewer_above_usd = 1\nblind_share = 0\n")
    settings = tmp_path / "cases.toml"
    ledger = ledger_of(store, settings=settings)
    case = ledger.open(flag("Maria Lopez"))
    assert ledger.decide(case.case_id, "dismissed", **DISMISSED).state == "second_review"
    again = add({"arrival_date": "2025-03-20"}, {"arrival_date": "2025-03-20"})
    found = again.case(case.case_id)
    assert (found.state, found.outcome, len(found.flag_ids)) == ("triage", None, 2)


def test_a_store_that_was_restored_from_a_backup_is_followed_again(store, tmp_path, write, clock):
    """Its later run has another id than the one that the ledger followed and the backup does not know."""
    elsewhere, root = tmp_path / "ledger", store.root
    shutil.copytree(root, tmp_path / "backup")
    analytics.screen(write({"shipment_id": "L1", "arrival_date": "2025-03-20"}, name="lost.csv"), root)
    ledger = open_ledger(analytics.open_store(root), by="ann", clock=clock)
    case = ledger.open(ledger.store.table("flags").collect()["flag_id"][0])
    shutil.copytree(root / "cases", elsewhere)
    shutil.rmtree(root)
    shutil.copytree(tmp_path / "backup", root)
    shutil.copytree(elsewhere, root / "cases", dirs_exist_ok=True)
    assert str(open_ledger(analytics.open_store(root), by="ann", clock=clock).followed) == "cases: nothing changed"
    rows = [{"shipment_id": name, "record_action": "cancel"} for name in ("S1", "S2", "S3", "S4")]
    analytics.screen(write(*rows, name="anew.csv"), root)
    again = open_ledger(analytics.open_store(root), by="ann", clock=clock)
    assert again.case(case.case_id).gone_flag_ids == case.flag_ids


M = {"consignee_name": "M Lopez", "consignee_address": "12 Elm Street Apt 4B", "arrival_date": "2025-03-20"}
MARIA = {"arrival_date": "2025-03-20"}


@pytest.mark.parametrize(
    ("later", "state"),
    [
        ((MARIA, M), "closed"),
        ((MARIA, MARIA, M), "triage"),
        ((MARIA, M, {**MARIA, "consignee_name": "Maria C Lopez"}), "triage"),
    ],
    ids=["only together", "one alone", "a third"],
)
def test_a_dismissed_pair_covers_what_needs_both_and_nobody_else(
    ledger_of, write, tmp_path, screened_once, later, state
):
    """Whoever is over the limit alone, or with a third alias, is no matter of the pair."""
    run = screened_once(write({}, M | {"arrival_date": "2025-03-14"}, name="pair.csv"), tmp_path / "pair")
    ledger = ledger_of(run)
    case = ledger.open(run.table("flags").collect()["flag_id"][0])
    one, other = run.table("aliases").collect()["alias_id"]
    ledger.decide(case.case_id, "dismissed", scope=f"pair:{one},{other}", **DISMISSED)
    rows = [{"shipment_id": f"L{number}", **row} for number, row in enumerate(later)]
    analytics.screen(write(*rows, name="later.csv"), run.root)
    assert ledger_of(run).case(case.case_id).state == state


@pytest.mark.parametrize(
    ("scope", "problem"),
    [
        ("pair:a1,a1", "two different aliases"),
        ("address:a1", "alias 'a1' is not in the store"),
        ("seller:SELLER1,daily", "typology 'daily' is none"),
    ],
)
def test_a_scope_that_covers_nothing_it_names_is_refused(ledger, flag, scope, problem):
    case = ledger.open(flag("Maria Lopez"))
    with pytest.raises(UsageError, match=problem):
        ledger.decide(case.case_id, "dismissed", scope=scope, **DISMISSED)
    assert ledger.case(case.case_id).state == "new"
