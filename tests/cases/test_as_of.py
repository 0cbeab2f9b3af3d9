"""A case as it was after each of its events is what the ledger said then."""

from __future__ import annotations

from datetime import date

from analytics.cases.as_of import CaseAsOf


def test_every_state_that_the_ledger_showed_comes_back(ledger, flag, clock, store):
    case = ledger.open(flag("Maria Lopez"))
    seen = {case.version: case}

    def keep(case):
        seen[case.version] = case
        documents[case.version] = ledger.documents(case.case_id).rows()

    documents = {case.version: []}
    name = case.case_id
    keep(ledger.assign(name, "bo"))
    keep(ledger.start(name))
    keep(ledger.wait(name, due_on=date(2026, 7, 1), note="entry summary"))
    keep(ledger.resume(name))
    keep(ledger.attach(name, ("a.txt", b"a")))
    keep(ledger.undo(name, "wrong file"))
    keep(ledger.attach(name, ("b.txt", b"b")))
    uid = store.table("flag_shipments").filter(flag_id=case.flag_ids[0]).collect()["shipment_uid"][0]
    keep(ledger.exclude(name, uid, "returned"))
    keep(ledger.include(name, uid))
    keep(ledger.exclude(name, uid, "returned after all"))
    keep(ledger.snooze(name, date(2026, 8, 1), "until the audit"))
    keep(ledger.resume(name))
    keep(ledger.decide(name, "dismissed", reason="exempt", evidence="entry summary"))
    keep(ledger.reopen(name, "another entry"))
    for version, then in seen.items():
        told = CaseAsOf(ledger, version)
        assert told.case(name) == then
        assert told.events(name).height == version
        assert told.documents(name).rows() == documents[version]
        assert {told.document(row[0]) for row in documents[version]} <= {b"a", b"b"}


def test_flags_that_go_and_come_are_those_of_then(samples, case_of, silva):
    case = case_of(identity_id=silva)
    first = case.case("C000001").flag_ids
    case.add("flags_attached", flags_attached=[*first, "f2"])
    case.add("flags_gone", flags_gone=["f2"])
    case.add("covered", flags_covered=["f3"])
    case.now(flag_ids=first, gone_flag_ids=("f2",), covered_flag_ids=("f3",))
    told = {version: CaseAsOf(case, version).case("C000001") for version in (2, 3, 4)}
    assert told[2].flag_ids == tuple(sorted([*first, "f2"]))
    assert (told[3].flag_ids, told[3].gone_flag_ids, told[3].covered_flag_ids) == (first, ("f2",), ())
    assert told[4].covered_flag_ids == ("f3",)
