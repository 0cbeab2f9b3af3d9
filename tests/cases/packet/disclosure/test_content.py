"""What a disclosure holds: figures to the cent, periods to the day, time limits, the range of the False Claims Act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.cases.packet.disclosure import ROLES, Selection, Terms, choosing
from analytics.cases.packet.disclosure.basis import _outside
from analytics.cases.packet.disclosure.entries import entries_of
from analytics.cases.packet.disclosure.page import page_of
from analytics.cases.packet.disclosure.questions import bond_lines, open_questions
from analytics.cases.packet.disclosure.totals import claims_range, totals_of
from analytics.cases.packet.disclosure.unknowns import unknowns_of
from analytics.cases.reentered import Reentered
from analytics.cases.words import packages
from analytics.errors import UsageError
from analytics.typologies.registry import names, typology
from analytics.typologies.typology import Typology

from .conftest import TAX_ID


def said(disclosure):
    """All text of the page."""
    return "\n".join(_texts(page_of(disclosure.basis).blocks))


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def test_a_day_tenders_its_loss_with_interest(day):
    assert (day.flags, day.shipments) == (2, 5)
    maria = [entry for entry in day.basis.entries if entry.uid.startswith("M")]
    assert [(entry.duty, entry.fee, entry.paid, entry.loss, entry.interest_usd) for entry in maria] == [
        (Decimal("158.00"), Decimal("2.62"), Decimal("0.00"), Decimal("160.62"), Decimal("3.37"))
    ] * 3
    totals = totals_of(day.basis)
    assert (totals.base, totals.interest, totals.tender) == (Decimal("487.10"), Decimal("10.13"), Decimal("497.23"))
    assert (totals.is_interest_whole, totals.is_loss_whole) == (True, False)
    assert day.interest == Decimal("10.13")


def test_a_duty_that_could_not_be_read_is_unknown_and_never_nought(day):
    text = said(day)
    assert "at least $487.10 (low $487.10; high not known)" in text
    rows = [row for block in page_of(day.basis).blocks if block["kind"] == "table" for row in block["rows"]]
    bo = next([cell[0][0] for cell in row] for row in rows if row[0] == [["-B1", False]])
    assert bo == [
        "-B1",
        "03/12/2025",
        "unknown",
        "$2.62",
        "$0.00",
        "at least $2.62",
        "at least $0.01",
        "at least $2.63",
    ]
    unread = [row for row in unknowns_of(day.basis) if row.what == "General rate"]
    assert {row.shipment_uid for row in unread} == {"-B1", "-B2"}
    assert all("tariff number" in row.settled_by for row in unread)


def test_a_loss_told_by_flag_is_in_the_sum_and_its_entries_are_unknown(about):
    found = about("informal_entry_split", interest_to=date(2025, 4, 1))
    assert (found.loss_base, found.interest) == (Decimal("27.47"), None)
    assert [entry.loss for entry in found.basis.entries] == [None, None]
    assert [entry.paid for entry in found.basis.entries] == [None, None]
    assert "Loss with interest: at least $27.47." in said(found)


def test_interest_is_unknown_without_a_day_and_counsel_may_give_it(disclosable):
    without = disclosable.prior_disclosure(selection=Selection(typologies=("daily_limit",)))
    assert without.interest is None
    assert "Interest on it: unknown." in said(without)
    given = disclosable.prior_disclosure(selection=Selection(typologies=("daily_limit",)), interest_usd="12.34")
    assert given.tender == Decimal("499.44")
    assert "Interest on it: $12.34." in said(given)


@pytest.mark.parametrize(
    ("disclosed", "written", "due"),
    [
        (date(2026, 11, 1), "November 11, 2026", "Tuesday, December 1, 2026"),
        (date(2026, 1, 31), "February 10, 2026", "Monday, March 2, 2026"),
        (date(2025, 12, 2), "December 12, 2025", "Thursday, January 1, 2026"),
    ],
)
def test_thirty_days_end_on_the_thirtieth_day_after(about, disclosed, written, due):
    text = said(about("daily_limit", disclosed_on=disclosed))
    assert f"by {due}, the last of the 30 days" in text
    assert f"confirmed in writing by {written}" in text


def test_without_a_day_of_disclosure_the_period_is_said_and_no_day(about):
    text = said(about("daily_limit"))
    assert "30 days after the day of disclosure" in text
    assert "confirmed in writing within 10 days" in text


def test_each_entry_has_the_last_day_of_its_limits(day):
    ends = {(entry.suit_ends, entry.claims_end) for entry in day.basis.entries}
    assert ends == {(date(2029, 12, 16), date(2030, 12, 16)), (date(2030, 3, 12), date(2031, 3, 12))}
    assert day.basis.money.clock.filter(clock="penalty_negligence")["first_end"].sort().to_list() == [
        date(2029, 12, 16), date(2030, 3, 12),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("disclosed", "least", "most"),
    [
        (None, "73001.30", "144556.30"),
        (date(2025, 7, 3), "71191.30", "140931.30"),
        (date(2025, 7, 4), "73001.30", "144556.30"),
    ],
)
def test_the_range_of_the_false_claims_act_is_three_times_and_one_penalty_an_entry(about, disclosed, least, most):
    basis = about("daily_limit", disclosed_on=disclosed).basis
    found = claims_range(basis, totals_of(basis))
    assert (found.claims, found.times, found.reported_times) == (5, 3, 2)
    assert (found.least, found.most) == (Decimal(least), Decimal(most))
    assert (found.is_whole, found.confidence) == (False, "secondary")


def test_damages_under_a_bond_are_asked_of_bonded_entries_alone(about, disclosable):
    text = said(about("daily_limit"))
    assert "5 releases under an exemption, manifest (2) and type 86 (3): no customs bond" in text
    assert "113.62" not in text
    assert "2 packages on other entries: liquidated damages only where a customs bond" in said(
        disclosable.prior_disclosure()
    )


def test_a_claim_that_was_then_entered_leaves_paid_open_and_low_without_it(day):
    again = Reentered(Decimal(400), Decimal(400), None)
    money, basis = replace(day.basis.money, reentered={"M2": again}), day.basis
    counted = basis.flags["flag_id"]
    made = replace(basis, money=money, entries=entries_of(basis.shipments, counted, money, basis.growth, basis.law))
    entry = next(entry for entry in made.entries if entry.uid == "M2")
    assert (entry.paid, entry.low, entry.loss) == (None, 0, Decimal("160.62"))
    assert totals_of(made).low == totals_of(basis).low - Decimal("160.62")
    assert [row.why for row in unknowns_of(made) if (row.shipment_uid, row.what) == ("M2", "duties paid")] == [
        again.why
    ]


def test_a_duty_as_proposed_is_named_beside_the_sums(day):
    entry = next(entry for entry in day.basis.entries if entry.uid == "M1")
    duties = tuple(replace(duty, row={**duty.row, "layer": "S301_FL"}) for duty in entry.duties)
    text = "\n".join(_texts(page_of(replace(day.basis, entries=(replace(entry, duties=duties),))).blocks))
    assert "$158.00 is Section 301, forced labor (final notice not read): at the rates proposed" in text
    assert "rates proposed" not in said(day)


def test_the_limit_of_a_day_is_told_only_of_flags_of_a_day(day, about):
    assert "tips a day over" in said(day)
    assert "tips a day over" not in said(about("informal_entry_split"))


@pytest.mark.parametrize(
    ("changed", "released", "free"),
    [
        ({"entry_type": "321"}, 1, 1),
        ({"entry_type": "86"}, 0, 1),
        ({"entry_type": "personal", "exemption_claimed": True}, 1, 1),
        ({"entry_type": "mail", "mode": "mail", "exemption_claimed": None, "arrival_date": date(2025, 8, 28)}, 1, 1),
        ({"entry_type": "mail", "mode": "mail", "exemption_claimed": None, "arrival_date": date(2025, 8, 29)}, 0, 0),
        ({"entry_type": "13", "mode": "mail", "exemption_claimed": False}, 0, 0),
        ({"entry_type": None, "exemption_claimed": None}, 0, 0),
    ],
)
def test_releases_are_counted_alike_in_questions_and_bonds(day, changed, released, free):
    entry = day.basis.entries[0]
    basis = replace(day.basis, entries=(replace(entry, row={**entry.row, **changed}),))
    assert f"{packages(released).capitalize()} released without an entry" in open_questions(basis)[0].why
    assert any("under an exemption" in line for line in bond_lines(basis)) == bool(free)


@pytest.mark.parametrize("until", [date(2024, 12, 15), date(2024, 12, 16)])
def test_interest_up_to_a_day_before_every_arrival_is_rejected(about, until):
    with pytest.raises(UsageError, match="is not after the first arrival, 2024-12-16"):
        about("daily_limit", interest_to=until)


def test_flags_that_touch_the_days_are_taken_whole_and_say_so(disclosable):
    of_day = Selection(end=date(2024, 12, 16))
    assert disclosable.prior_disclosure(selection=of_day).basis.selected.endswith("these days are taken whole")
    shipments, asked = disclosable.prior_disclosure().basis.shipments, Selection(start=date(2025, 3, 12))
    assert _outside(shipments, asked).endswith("taken whole; 3 packages outside them: M1, M2 and M3")


@pytest.fixture
def leads_alone(disclosable, monkeypatch):
    """Disclose both days by name, in a store of which totals count no flag."""
    monkeypatch.setattr(choosing, "counted", lambda store: store.table("flags").select("flag_id").collect().clear())
    flags = disclosable.table("flags").filter(typology="daily_limit").collect()["flag_id"]
    return disclosable.prior_disclosure(flags.to_list())


def test_a_lead_has_no_loss_tender_or_penalty_though_it_is_named(leads_alone):
    assert str(leads_alone) == "2 leads: a lead, no duty at issue by itself."
    assert (leads_alone.loss_ceiling, leads_alone.is_unknown, leads_alone.basis.at_issue) == (0, False, [])
    assert claims_range(leads_alone.basis, totals_of(leads_alone.basis)) is None
    text = said(leads_alone)
    assert "2 leads: a lead, no duty at issue by itself." in text
    assert [word for word in ("Loss with interest", "times the loss", "$160.62") if word in text] == []


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({}, ["$250.00", "$40.00"]),
        ({"window_end": date(2026, 10, 9)}, ["$250.00", "$40.00, all days together"]),
        ({"limit_amount": None, "typology": "suspended_claim"}, ["none available", "$40.00"]),
        ({"limit_amount": None, "excess_usd": None, "attributes": '{"in_force": false}'}, ["rule not in force", ""]),
        ({"limit_amount": None, "excess_usd": None, "attributes": '{"in_force": true}'}, ["no limit measured", ""]),
    ],
)
def test_limit_and_excess_say_what_they_are_of(day, changed, shown):
    flag = {
        **day.basis.flags.row(0, named=True), "limit_amount": Decimal(250), "limit_currency": "USD",
        "excess_usd": Decimal(40), "window_start": date(2026, 10, 7), "window_end": date(2026, 10, 7), **changed,
    }  # fmt: skip
    flags = pl.DataFrame([flag], schema=day.basis.flags.schema)
    found = page_of(replace(day.basis, flags=flags))
    rows = next(block["rows"] for block in found.blocks if block.get("rows") and len(block["rows"][0]) == 7)
    assert ["".join(part[0] for part in cell) for cell in rows[0][5:]] == shown


def test_every_typology_asks_counsel_a_question_of_its_own():
    asked = [typology(name).for_counsel for name in names()]
    assert Typology("Other").for_counsel not in asked
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_says_who_may_be_a_person_and_who_owes(about, role):
    text = said(about("daily_limit", role=role, discloser="Acme"))
    assert ROLES[role].person in text
    assert ROLES[role].duty in text
    assert sum(one.person in text for one in ROLES.values()) == 1


def test_without_a_role_every_role_is_told_and_the_name_is_left_blank(about):
    text = said(about("daily_limit"))
    assert all(one.person in text for one in ROLES.values())
    assert text.count("______________________________") == 3


def test_flags_are_questions_and_nothing_is_asserted(disclosable):
    text = said(disclosable.prior_disclosure())
    assert "Did one person import these packages on one day" in text
    assert "Should these goods have been entered together, formally" in text
    lowered = text.casefold()
    assert [word for word in ("violated", "evaded", "evasion", "smuggl", "guilty", "scheme") if word in lowered] == []


def test_nobody_is_named_but_who_discloses(disclosable):
    text = said(disclosable.prior_disclosure(terms=Terms(discloser="Acme Express LLC")))
    assert "Acme Express LLC" in text
    hidden = ("Maria", "Lopez", "Elm St", "Bo Ek", "62704", "Knit Co", TAX_ID, TAX_ID.replace("-", ""))
    assert [name for name in hidden if name in text] == []


def test_every_row_of_law_has_its_citation_and_confidence(day):
    text = said(day)
    for cited in ("19 CFR 162.74(b)(4)", "28 CFR 85.5", "HTS 9903.88.15", "19 USC 1505(c)", "19 USC 1321(a)(2)(C)"):
        assert cited in text
    for question in ("19 USC 1592 reach", "formal investigation", "liquidated", "limitation period", "Snuggles"):
        assert question in text


def test_a_disclosure_in_the_future_or_before_an_arrival_is_rejected(about):
    with pytest.raises(UsageError, match="in the future"):
        Terms(disclosed_on=date(2999, 1, 1))
    with pytest.raises(UsageError, match="before the last arrival, 2025-03-12"):
        _ = about("daily_limit", disclosed_on=date(2025, 3, 11)).basis
    assert about("daily_limit", disclosed_on=date(2025, 3, 12)).basis.entries


def test_an_unknown_role_is_rejected():
    with pytest.raises(UsageError, match="Give one of: importer, broker, carrier"):
        Terms(role="owner")
