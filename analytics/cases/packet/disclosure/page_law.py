"""What counsel weighs beside the elements: time limits, other exposure, open questions, assumptions with citations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.page_money import at_least
from analytics.cases.packet.disclosure.questions import bond_lines, open_questions
from analytics.cases.packet.disclosure.totals import claims_range, totals_of
from analytics.cases.words import us_day
from analytics.reports.wording import money
from analytics.typesetting.blocks import Block, bullets, heading, paragraph, table

__all__ = ["assumptions_of", "law_blocks", "law_rows_of"]

_NOUGHT = Decimal("0.00")
_CITED = ("ref_deadlines", "ref_clocks", "ref_penalties", "ref_claim_penalties")
"""Tables of which every row that holds is cited."""
_FEES = ("mpf_informal_automated", "dutiable_mail")
_DISCLOSED = ("duty", "fees", "total")


def law_blocks(basis: Basis) -> list[Block]:
    """Return the time limits, what else may be asked, the open questions, and the law that was read."""
    return [
        heading("6. Time limits by entry (19 USC 1621)"),
        *_limits(basis),
        heading("7. What else may be asked"),
        *_besides(basis),
        heading("8. Open questions"),
        table(
            ("Question", "What it turns on", "Who answers"),
            [list(question) for question in open_questions(basis)],
            widths=[1.7, 2.8, 1],
        ),
        heading("9. Assumptions, and the law that was read"),
        bullets(assumptions_of(basis)),
        table(
            ("Table", "What", "Holds from", "Citation", "Source seen"),
            [[cited[0], cited[1], f"{cited[2]:%m/%d/%Y}", *cited[3:]] for cited in law_rows_of(basis)],
            widths=[1.3, 2.2, 0.8, 1.9, 0.8],
        ),
        paragraph("A source marked secondary or unverified was not seen in an official text: confirm it first."),
    ]


def _limits(basis: Basis) -> list[Block]:
    if not basis.at_issue:
        return [paragraph("No entry is at issue by these flags, so no limit runs by them.")]
    ends: dict[Any, list[Decimal | None]] = {}
    for entry in basis.at_issue:
        ends.setdefault((entry.row["arrival_date"], entry.suit_ends, entry.claims_end), []).append(entry.loss)
    rows = [
        [f"{arrived:%m/%d/%Y}", str(len(losses)), _known(losses), us_day(suit), us_day(claims)]
        for (arrived, suit, claims), losses in sorted(ends.items())
    ]
    head = ("Arrived", "Packages", "Loss known", "Last day, negligence", "Last day, False Claims Act")
    said = (
        "From the day of arrival, which stands for the day of the violation. After the last day an entry falls out of "
        "this limit. Fraud runs from discovery, which no file shows."
    )
    return [paragraph(said), table(head, rows, widths=[0.9, 0.8, 1, 1.5, 1.7], numbers=[1, 2])]


def _known(losses: list[Decimal | None]) -> str:
    known = [loss for loss in losses if loss is not None]
    return at_least(sum(known, _NOUGHT) if known else None, is_whole=True)


def _besides(basis: Basis) -> list[Block]:
    if basis.money.disclosure is None:
        return [paragraph("Nothing by these flags: without a loss no penalty is measured by it.")]
    totals = totals_of(basis)
    caps = [
        [
            str(row["culpability"]).replace("_", " ") + ("" if row["times_loss"] else " (never inferred here)"),
            "domestic value"
            if row["times_loss"] is None
            else f"{row['times_loss']:.0f} times the loss: "
            f"{at_least(row['times_loss'] * totals.base, is_whole=totals.is_loss_whole)}",
            row["with_disclosure"],
            row["source"],
        ]
        for row in basis.law.rows("ref_penalties", provision="1592")
    ]
    return [
        table(("Degree", "Most, capped at domestic value", "After a valid disclosure", "Citation"), caps),
        bullets([*_claims(basis), *bond_lines(basis)]),
    ]


def _claims(basis: Basis) -> Iterable[str]:
    found = claims_range(basis, totals_of(basis))
    if found is None:
        return ["False Claims Act: the tables of this store hold no penalty for one claim."]
    most = money(found.most) if found.is_whole else "not known"
    return [
        f"False Claims Act (31 USC 3729): {found.times:.0f} times the damages and {money(found.least_each)} to "
        f"{money(found.most_each)} for each claim. With one claim an entry, {found.claims:,} in all: "
        f"{at_least(found.least, is_whole=found.is_whole)}; the most is {most}. How many claims there are, and "
        f"whether knowledge can be shown, is open. {found.source}; {found.confidence}.",
        f"Who reports within 30 days of obtaining the information may owe {found.reported_times:.0f} times the damages "
        "(31 USC 3729(a)(2); from memory).",
    ]


def assumptions_of(basis: Basis) -> list[str]:
    """Return what the figures take for granted, each sentence once."""
    rows = basis.money.exposure
    texts = rows.filter(rows["component"].is_in(_DISCLOSED))["assumptions"]
    said = dict.fromkeys(line for text in texts for line in json.loads(text))
    return ["The day of arrival stands for the days of entry, violation and deposit.", *said]


def law_rows_of(basis: Basis) -> list[tuple[Any, ...]]:
    """Return the rows of law: table, what, first day, citation, confidence."""
    cited = [
        (name, _what(row), *_cited(row))
        for name in _CITED
        for row in basis.law.rows(name, basis.terms.disclosed_on)
        if name != "ref_deadlines" or row["deadline"].startswith("prior_disclosure")
    ]
    rates: dict[tuple[Any, str], tuple[Any, ...]] = {}
    for quarter in basis.growth.quarters:
        told = ("ref_interest_rates", f"{100 * quarter.rate:.2f}% a year", quarter.start, quarter.source)
        rates.setdefault((quarter.rate, quarter.source), (*told, quarter.confidence))
    return [*cited, *rates.values(), *_of_limits(basis), *_of_duties(basis), *_of_fees(basis)]


def _what(row: dict[str, Any]) -> str:
    """Say what a row of law gives."""
    if "wording" in row:
        return str(row["wording"])
    if "least_usd" in row:
        return (
            f"{row['times_loss']:.0f} times the damages; {money(row['least_usd'])} to {money(row['most_usd'])} a claim"
        )
    about = str(row["culpability"] or "each violation").replace("_", " ")
    return f"Penalty, {about}; after a valid disclosure: {row['with_disclosure'] or 'not told'}"


def _of_duties(basis: Basis) -> list[tuple[Any, ...]]:
    first: dict[tuple[str, str], Any] = {}
    for entry in basis.included:  # by day
        for duty in entry.duties:
            first.setdefault((duty.name, str(duty.row["source"])), entry.row["arrival_date"])
    held = basis.law.confidence
    return [
        ("rate of duty", name, day, source, held[source])
        for (name, source), day in sorted(first.items())
        if source in held
    ]


def _of_fees(basis: Basis) -> list[tuple[Any, ...]]:
    days = sorted({entry.row["arrival_date"] for entry in basis.included if entry.fee})
    charged = {entry.fee for entry in basis.included}
    rows = {row["fee"] + str(row["valid_from"]): row for day in days for row in basis.law.rows("ref_fees", day)}
    return [
        ("ref_fees", f"{row['fee'].replace('_', ' ')}: {row['amount']:.2f}", *_cited(row))
        for _, row in sorted(rows.items())
        if row["fee"] in _FEES and row["amount"] in charged
    ]


def _of_limits(basis: Basis) -> list[tuple[Any, ...]]:
    named = basis.flags.select("rule_id", "window_start").drop_nulls().unique().rows()
    found = {
        (row["rule_id"], row["valid_from"], row["source"], row["confidence"])
        for rules, day in named
        for row in basis.law.rows("ref_limits", day)
        if any(part.startswith(row["rule_id"]) for part in rules.split("+"))
    }
    return [("ref_limits", *row) for row in sorted(found)]


def _cited(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["valid_from"], row["source"], row["confidence"]
