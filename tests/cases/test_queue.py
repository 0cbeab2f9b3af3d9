"""The queue against an obvious computation of the same, and each of its filters."""

import json
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from analytics.cases.queue import NOBODY, SORTS, queue, waiting
from analytics.errors import UsageError

TODAY = date(2026, 6, 1)
CERTAINTY = {"objective": 1.0, "inferred": 0.6, "supporting": 0.2}


@pytest.fixture
def opened(store, ledger, flag):
    """Cases on the flags of Maria and Bo."""
    return {name: ledger.open(flag(name)).case_id for name in ("Maria Lopez", "Bo Ek")}


def shown(store, ledger, **asked):
    found = queue(store, ledger, today=TODAY, **asked)
    return found.rows["case_id"].to_list()


def computed(store, ledger):
    """Priority, value and shipments of each case, the slow way."""
    flags = {row["flag_id"]: row for row in store.table("flags").collect().iter_rows(named=True)}
    values = store.table("exposure").filter(component="value").collect()
    worth = dict(store.table("shipments").select("shipment_uid", "value_usd").collect().iter_rows())
    members = store.table("flag_shipments").select("flag_id", "shipment_uid").collect().rows()
    for case in ledger.cases().iter_rows(named=True):
        of_case = [flags[flag] for flag in json.loads(case["flag_ids"])]
        aside = json.loads(case["excluded_shipments"])
        ids = [flag["flag_id"] for flag in of_case]
        at_issue = sum((values.filter(flag_id=flag)["base_usd"].max() for flag in ids), Decimal(0))
        uids = {uid for flag, uid in members if flag in ids and uid not in aside}
        value = min(at_issue, sum(worth[uid] for uid in uids))
        certainty = max(
            CERTAINTY[flag["strength"]]
            * ((flag["survives_to_threshold"] or 1) if flag["strength"] == "inferred" else 1)
            for flag in of_case
        )
        age = (TODAY - date.fromisoformat(case["opened_at"][:10])).days
        yield case["case_id"], round(float(value) * certainty * (1 + age / 30), 2), value, len(uids)


def test_priority_is_money_times_certainty_times_age(store, ledger, opened):
    found = queue(store, ledger, today=TODAY).rows
    wanted = {case: rest for case, *rest in computed(store, ledger)}
    assert set(found["case_id"]) == set(opened.values())
    for row in found.iter_rows(named=True):
        assert [row["priority"], row["value_usd"], row["shipments"]] == wanted[row["case_id"]]
    assert found["priority"].is_sorted(descending=True)


def test_a_package_that_was_set_aside_is_not_counted(store, ledger, opened):
    case = opened["Maria Lopez"]
    flag = ledger.case(case).flag_ids[0]
    uid = store.table("flag_shipments").filter(flag_id=flag).collect()["shipment_uid"][0]
    before = queue(store, ledger, today=TODAY).rows.filter(case_id=case)
    ledger.exclude(case, uid, "returned")
    after = queue(store, ledger, today=TODAY).rows.filter(case_id=case)
    assert (before["shipments"][0], after["shipments"][0]) == (2, 1)
    assert (str(before["value_usd"][0]), str(after["value_usd"][0])) == ("900.00", "450.00")


def test_age_counts_days_and_lifts_the_priority(store, ledger, opened):
    now = queue(store, ledger, today=TODAY).rows
    later = queue(store, ledger, today=TODAY + timedelta(days=30)).rows
    assert set(now["age_days"]) == {0}
    assert set(later["age_days"]) == {30}
    assert [2 * value for value in now["priority"]] == later["priority"].to_list()


def test_filters(store, ledger, opened):
    maria, bo = opened["Maria Lopez"], opened["Bo Ek"]
    ledger.assign(maria, "wei")
    ledger.wait(maria, due_on=TODAY, note="invoice")
    assert shown(store, ledger, assignee="wei") == [maria]
    assert shown(store, ledger, assignee=NOBODY) == [bo]
    assert shown(store, ledger, state="new") == [bo]
    assert shown(store, ledger, is_due=True) == [maria]
    assert shown(store, ledger, is_due=False) == [bo]
    assert shown(store, ledger, typology="daily_limit") == sorted([maria, bo])
    assert shown(store, ledger, typology="daily") == []
    assert shown(store, ledger, strength="supporting") == []
    assert shown(store, ledger, text=maria.lower()) == [maria]
    assert shown(store, ledger, text="WEI") == [maria]
    ledger.decide(bo, "corrected_forward")
    assert shown(store, ledger) == [maria]
    assert shown(store, ledger, is_open=False) == [bo]
    assert shown(store, ledger, is_open=None, sort="case_id", descending=False) == sorted([maria, bo])


def test_the_span_asks_for_the_last_day_of_a_flag(store, ledger, opened):
    day = date(2025, 3, 14)
    assert len(shown(store, ledger, since=day, until=day)) == 2
    assert shown(store, ledger, since=day + timedelta(days=1)) == []
    assert shown(store, ledger, until=day - timedelta(days=1)) == []


@pytest.mark.parametrize("text", ["%", "d_ily", "100%", "' or 1=1 --", "\\"])
def test_signs_of_patterns_and_quotes_are_plain_text(store, ledger, opened, text):
    assert shown(store, ledger, text=text) == []


def test_a_subject_that_names_somebody_cannot_be_guessed_by_its_text(store, ledger, opened):
    kind = pl.when(pl.col("case_id") == opened["Bo Ek"]).then(pl.lit("address")).otherwise("subject_kind")
    subject = pl.when(pl.col("case_id") == opened["Bo Ek"]).then(pl.lit("9 OAK AVE")).otherwise("subject_id")

    class OnAnAddress:
        def cases(self):
            return ledger.cases().with_columns(subject_kind=kind, subject_id=subject)

    assert shown(store, OnAnAddress(), text="oak") == []
    assert shown(store, OnAnAddress(), text="address") == [opened["Bo Ek"]]
    identity = ledger.case(opened["Maria Lopez"]).subject_id
    assert shown(store, OnAnAddress(), text=identity[:9]) == [opened["Maria Lopez"]]


@pytest.mark.parametrize("sort", SORTS)
def test_sorts_by_every_column_both_ways_and_pages_without_gaps(store, ledger, opened, sort):
    for descending in (True, False):
        whole = shown(store, ledger, sort=sort, descending=descending)
        parts = [shown(store, ledger, sort=sort, descending=descending, page=page, size=1) for page in (1, 2, 3)]
        assert [case for part in parts for case in part] == whole
        assert len(whole) == 2
    assert queue(store, ledger, page=3, size=1).total == 2


@pytest.mark.parametrize("asked", [{"sort": "names; drop table cases"}, {"page": 0}, {"size": 0}, {"size": 501}])
def test_what_cannot_be_is_refused(store, ledger, asked):
    with pytest.raises(UsageError):
        queue(store, ledger, **asked)


def test_waiting_are_those_nobody_has_the_first_of_the_queue_first(store, ledger, opened):
    assert waiting(store, ledger) == shown(store, ledger)
    taken = ledger.take(waiting(store, ledger))
    assert taken.case_id not in waiting(store, ledger)


def test_an_empty_ledger_has_an_empty_queue(store, ledger):
    found = queue(store, ledger)
    assert (found.rows.height, found.total, found.pages) == (0, 0, 1)


def test_a_case_whose_flags_are_gone_is_listed_last(store, ledger, opened):
    gone = opened["Maria Lopez"]
    of_gone = pl.when(pl.col("case_id") == gone)

    class AfterALaterRun:
        def cases(self):
            flags = pl.col("flag_ids")
            return ledger.cases().with_columns(of_gone.then(pl.lit("[]")).otherwise(flags).alias("flag_ids"))

    found = queue(store, AfterALaterRun()).rows
    assert found["case_id"][-1] == gone
    assert found.filter(case_id=gone).select("value_usd", "strength", "flags").rows() == [(None, None, 0)]
