"""The elements of a prior disclosure (19 CFR 162.74(b)), as far as the files tell them; counsel completes them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.choosing import beside_totals
from analytics.cases.packet.disclosure.entries import Entry
from analytics.cases.packet.disclosure.page_law import law_blocks
from analytics.cases.packet.disclosure.page_money import money_blocks
from analytics.cases.packet.disclosure.terms import ROLES, day_after
from analytics.cases.packet.disclosure.unknowns import missing_of
from analytics.cases.words import packages, us_day, us_days
from analytics.reports.wording import counted, listed, money, name_of, short
from analytics.typesetting.blocks import Block, Page, bullets, facts, heading, notice, paragraph, signatures, table
from analytics.typologies.registry import typology

__all__ = ["disclosure_blocks", "page_of"]

_BLANK = "______________________________"
_NONE_ON_OFFER = ("suspended_claim", "ineligible_goods")
"""Typologies of claims for which no exemption was on offer, so that no limit is named."""
_MOST_KINDS, _MOST_DAYS = 6, 8
_NOTICE = (
    "A working paper for counsel. Whether a violation occurred, whether a statement was false and whether to disclose "
    "is for counsel to decide. Nothing here asserts intent or fault: a flag is an indicator."
)


def page_of(basis: Basis) -> Page:
    """Return the page of a disclosure."""
    return Page(f"{basis.about}: elements under 19 CFR 162.74(b)", disclosure_blocks(basis))


def disclosure_blocks(basis: Basis) -> list[Block]:
    """Return the elements of a prior disclosure, with what counsel weighs beside them."""
    return [
        notice(_NOTICE),
        heading("Who discloses"),
        *_who(basis),
        heading("1. Class or kind of merchandise"),
        *_merchandise(basis),
        heading("2. Entries, or ports and approximate dates"),
        *_entries(basis.included),
        heading("3. Statements, omissions or acts at issue, how and when"),
        *_statements(basis),
        heading("4. True information, and what will follow"),
        *_true(basis),
        heading("5. Tender"),
        *money_blocks(basis),
        *law_blocks(basis),
        signatures(["Counsel", "Disclosing party", "Date"]),
    ]


def _who(basis: Basis) -> list[Block]:
    terms = basis.terms
    role = ROLES.get(terms.role or "")
    in_writing = basis.law.within("prior_disclosure_in_writing", terms.disclosed_on)
    written = day_after(terms.disclosed_on, in_writing or 0) if in_writing else None
    named = [
        ("Disclosing party", terms.discloser or _BLANK),
        ("Role", role.title if role else _BLANK),
        ("Day of disclosure", us_day(terms.disclosed_on) if terms.disclosed_on else _BLANK),
        ("If made orally", f"confirmed in writing by {us_day(written)}" if written else _within(in_writing)),
        ("About", f"{counted(basis.flags.height, 'flag')} on {packages(len(basis.included))}"),
        ("Selected", basis.selected),
        ("Figures from", f"run {basis.run_id}"),
    ]
    shown = [role] if role else list(ROLES.values())
    rows = [[one.title, one.person, one.duty] for one in shown]
    head = ["Role", "A 'person' under 19 USC 1592(a)?", "Owes duties under 19 USC 1592(d)?"]
    return [facts(named), table(head, rows, widths=[1, 2.4, 2]), paragraph("Cases from memory; counsel confirms them.")]


def _within(days: int | None) -> str:
    return f"confirmed in writing within {days} days" if days else "confirmed in writing; the tables hold no period"


def _merchandise(basis: Basis) -> list[Block]:
    flagged = basis.shipments.filter("is_included")
    kinds = flagged.group_by("hts_code", "origin_country").agg(
        pl.col("description").drop_nulls().unique().sort().head(4), shipments=pl.len(), value=pl.col("value_usd").sum()
    )
    ordered = kinds.sort("value", "hts_code", "origin_country", descending=[True, False, False])
    rows = [
        [
            row["hts_code"] or "not given",
            short("; ".join(row["description"]), 120) or "not described",
            row["origin_country"] or "not given",
            str(row["shipments"]),
            money(row["value"]),
        ]
        for row in ordered.iter_rows(named=True)
    ]
    head = ["Tariff number", "As described", "Origin", "Packages", "Value"]
    return [table(head, rows, widths=[1.1, 3.4, 0.7, 0.8, 1], numbers=[3, 4])]


def _entries(entries: list[Entry]) -> list[Block]:
    missing = sum(not entry.row["entry_number"] for entry in entries)
    said = (
        f"The files give no entry number for {packages(missing)}; these are named by port and date of arrival."
        if missing
        else "Every package has an entry number."
    )
    rows = [[_text(value) for value in _place(entry.row)] for entry in entries]
    head = ["Entry number", "Type", "Port", "Arrived", "Shipment", "House bill"]
    ports = f"Each port concerned is named (19 CFR 162.74(e)): {_tally(entries, 'port_of_entry', 'port', most=None)}."
    return [paragraph(f"{said} {ports}"), table(head, rows, widths=[1.1, 0.5, 0.9, 0.9, 1.4, 1.4])]


def _place(row: dict[str, Any]) -> Sequence[str | None]:
    arrived = f"{row['arrival_date']:%m/%d/%Y}"
    port = row["port_of_entry"] or "not given"
    return row["entry_number"] or "not given", row["entry_type"], port, arrived, row["shipment_id"], row["house_bill"]


def _text(value: str | None) -> str:
    return value or ""


def _statements(basis: Basis) -> list[Block]:
    rows = [
        [name_of(name), typology(name).for_counsel, *_counts(flags), _rules(flags)]
        for (name,), flags in sorted(basis.flags.group_by("typology"), key=lambda item: str(item[0]))
    ]
    head = ["Indicator", "Question for counsel", "Flags", "Packages", "When", "Rule"]
    return [
        bullets(_made(basis.included)),
        table(head, rows, widths=[1.1, 1.9, 0.5, 0.8, 1.4, 1.5], numbers=[2, 3]),
        *_weaker(basis.flags),
        paragraph("To be completed by counsel: who made each statement, how it came about, and whether it was false."),
    ]


def _weaker(flags: pl.DataFrame) -> list[Block]:
    """Say which flags totals do not count."""
    beside = "Counter-evidence stands beside each flag: splitship explain FLAG, or the packet of its case."
    return [bullets([*beside_totals(flags), beside])]


def _counts(flags: pl.DataFrame) -> list[str]:
    first, last = flags["window_start"].min(), flags["window_end"].max()
    return [str(flags.height), str(flags["shipments"].sum() or 0), us_days(first, last)]  # type: ignore[arg-type]


def _rules(flags: pl.DataFrame) -> str:
    return "; ".join(sorted({rule for text in flags["rule_id"].drop_nulls() for rule in text.split("+")}))


def _made(entries: list[Entry]) -> list[str]:
    """Say what was claimed, when, on which kind of entry and by which filer."""
    claimed = [entry for entry in entries if entry.row["exemption_claimed"]]
    if not claimed:
        return ["No claim of an exemption is in the files."]
    days = [us_day(day) for day in sorted({entry.row["arrival_date"] for entry in claimed})]
    when = listed(days) if len(days) <= _MOST_DAYS else f"{counted(len(days), 'day')} from {days[0]} to {days[-1]}"
    bases = listed(sorted({str(entry.row["exemption_basis"]).replace("_", " ") for entry in claimed}))
    return [
        f"An exemption from duty was claimed for {packages(len(claimed))}, arrived on {when} (known from: {bases}).",
        f"How: {_tally(claimed, 'entry_type', 'entry type')}; {_tally(claimed, 'mode', 'mode')}.",
        f"By whom filed: {_tally(claimed, 'filer_code', 'filer')}.",
        "An entry or release without the claim would have been dutiable. Was the claim a material false statement, or "
        "the missing entry an omission?",
    ]


def _tally(entries: Iterable[Entry], column: str, label: str, most: int | None = _MOST_KINDS) -> str:
    """Count the values of a column, the most frequent first."""
    counts = Counter(str(entry.row[column] or "not given") for entry in entries)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{name} ({number:,})" for name, number in ordered[:most]]
    left = len(ordered) - len(shown)
    return f"{label} {listed([*shown, f'{left:,} more'] if left > 0 else shown)}"


def _true(basis: Basis) -> list[Block]:
    rows = [
        [
            name_of(row["typology"]),
            row["flag_id"],
            us_days(row["window_start"], row["window_end"]).removeprefix("on "),
            str(row["shipments"]),
            money(row["total_usd"]),
            _limit(row),
            _excess(row),
        ]
        for row in basis.flags.iter_rows(named=True)
    ]
    head = ["Indicator", "Flag", "Arrived", "Packages", "Together worth", "Limit then", "Over by"]
    return [
        paragraph("As the files give it. Counsel states what should have been declared instead."),
        table(head, rows, widths=[1.1, 1.5, 1.6, 0.8, 1, 0.9, 0.9], numbers=[3, 4, 5, 6]),
        bullets([*_set_aside(basis), *missing_of(basis)]),
        paragraph(_follows(basis)),
    ]


def _limit(row: dict[str, Any]) -> str:
    """Say the limit; where there is none, whether none was on offer or the rule is not in force."""
    if row["limit_amount"] is not None:
        return money(row["limit_amount"], row["limit_currency"])
    if json.loads(row["attributes"] or "{}").get("in_force") is False:
        return "rule not in force"
    return "none available" if row["typology"] in _NONE_ON_OFFER else "no limit measured"


def _excess(row: dict[str, Any]) -> str:
    """Say by how much; of several days, that it is their sum and not of one day."""
    if row["excess_usd"] is None:
        return ""
    together = "" if row["window_start"] == row["window_end"] else ", all days together"
    return f"{money(row['excess_usd'])}{together}"


def _set_aside(basis: Basis) -> list[str]:
    number = len(basis.entries) - len(basis.included)
    return [f"The totals of a day include {packages(number)} that a person set aside."] if number else []


def _follows(basis: Basis) -> str:
    """Say by when the disclosing party gives what it does not know yet."""
    given = basis.law.within("prior_disclosure_data", basis.terms.disclosed_on)
    if given is None:
        return "The tables hold no period for information that follows a disclosure (19 CFR 162.74(b)(4))."
    due = day_after(basis.terms.disclosed_on, given)
    by = (
        f"by {due:%A}, {us_day(due)}, the last of the {given} days"
        if due
        else f"{given} days after the day of disclosure"
    )
    when = by if due else f"no later than {by}"
    return (
        f"The disclosing party will provide any information or data that is unknown at the time of disclosure {when}. "
        "An extension may be requested from the Fines, Penalties, and Forfeitures Officer (19 CFR 162.74(b)(4))."
    )
