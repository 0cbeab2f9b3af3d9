"""The checklist as a page, as a workbook, and as lines for a terminal. Foreign text is shown and never obeyed."""

from __future__ import annotations

import textwrap
from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from analytics.errors import UsageError
from analytics.reports.blocks import Block, plain_page
from analytics.reports.checklist import Checklist, Condition
from analytics.reports.wording import clean, counted, days
from analytics.reports.writing import write_whole

__all__ = ["checklist_book", "checklist_lines", "checklist_page", "write_checklist"]

_CAUTION = "Indicators, not findings. What fails and why is for a lawyer to decide."
_NUMBERS = frozenset({2, 3, 4})
_HEADINGS = ("Condition", "Verdict", "Pass", "Fail", "Unknown", "What is asked", "Basis")
_WHY = ("Condition", "Verdict", "Why", "Shipments", "Examples")
_WIDTH = 100
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp: same store, same bytes
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_checklist(review: Checklist, out: Path) -> Path:
    """Write the review to a file, its form by the ending.

    Raises
    ------
    UsageError
        The ending is neither .html nor .xlsx.
    """
    ending = out.suffix.lower()
    if ending == ".html":
        return write_whole(out, checklist_page(review).encode())
    if ending == ".xlsx":
        return write_whole(out, checklist_book(review))
    raise UsageError(f"cannot write a checklist as {out.name!r}; use an ending of .html or .xlsx")


def _verdict_row(item: Condition) -> list[str]:
    counts = [f"{number:,}" for number in (item.passed, item.failed, item.unknown)]
    return [item.title, item.verdict, *counts, item.question, f"{item.source} ({item.confidence})"]


def _why_rows(review: Checklist) -> list[list[str]]:
    return [
        [item.title, reason.verdict, reason.text, f"{reason.shipments:,}", ", ".join(reason.examples)]
        for item in review.conditions
        for reason in item.reasons
    ]


def _facts(review: Checklist) -> list[tuple[str, str]]:
    return [
        ("Scope", review.scope),
        ("Days", days(review.first_day, review.last_day)),
        ("Shipments", f"{review.shipments:,}"),
        ("Reviewed", f"{counted(review.claimed, 'shipment')} claiming the exemption"),
        ("Rules", ", ".join(review.rules) or "none"),
        *(("Records", line) for line in review.records),
        ("Run", f"{review.run_id}, rules {review.rules_sha256[:12]}"),
    ]


def checklist_page(review: Checklist) -> str:
    """Lay out the review as one sealed page."""
    blocks = [
        Block(
            "conditions",
            "Conditions",
            "It fails where an indicator speaks against it, and is unknown where what it needs was not handed in.",
            headings=_HEADINGS,
            rows=[_verdict_row(item) for item in review.conditions],
            numbers=_NUMBERS,
            style="rules checks",
        ),
        Block(
            "reasons",
            "Why, and on which shipments",
            "The dearest shipments of each reason stand as examples.",
            headings=_WHY,
            rows=_why_rows(review),
            numbers=frozenset({3}),
        ),
        Block("about", "About this review", "", headings=("", ""), rows=[list(fact) for fact in _facts(review)]),
    ]
    return plain_page(
        "Section 321 review",
        kicker="Checklist",
        span=f"{review.scope}: {days(review.first_day, review.last_day)}",
        caution=_CAUTION,
        blocks=blocks,
        foot=["This file may hold names and shipment numbers. It asks nothing of any network."],
    )


def checklist_book(review: Checklist) -> bytes:
    """Write the review as a workbook of three sheets; every text is a text and never a formula."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": "Section 321 review", "created": _CREATED})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#f4f6f8"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    facts = [[name, text] for name, text in [*_facts(review), ("Note", _CAUTION)]]
    sheets = {
        "conditions": (_HEADINGS, [_verdict_row(item) for item in review.conditions], (24, 10, 9, 9, 9, 60, 46)),
        "reasons": (_WHY, _why_rows(review), (24, 10, 60, 11, 60)),
        "about": (("", ""), facts, (14, 100)),
    }
    for name, (headings, rows, widths) in sheets.items():
        sheet = book.add_worksheet(name)
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, head)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _put(sheet, number, column, cell, body)
        sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def _put(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: str, body: object) -> None:
    plain = cell.replace(",", "")
    if plain.isascii() and plain.isdigit() and len(plain) == len(str(int(plain))):
        sheet.write_number(row, column, int(plain), body)
    else:
        sheet.write_string(row, column, clean(cell), body)


def checklist_lines(review: Checklist) -> list[str]:
    """Say the review in lines, one block a condition."""
    lines = [
        f"Section 321 review: {review.scope}",
        f"{days(review.first_day, review.last_day)}: {counted(review.shipments, 'shipment')}, "
        f"{review.claimed:,} of them claiming the exemption and reviewed",
        "",
        f"{'':<9} {'condition':<28} {'pass':>9} {'fail':>9} {'unknown':>9}",
    ]
    for item in review.conditions:
        lines.append(
            f"{item.verdict.upper():<9} {item.title:<28} {item.passed:>9,} {item.failed:>9,} {item.unknown:>9,}"
        )
        for reason in item.reasons:
            told = f"{reason.verdict}: {reason.text}: {reason.shipments:,}, such as {', '.join(reason.examples)}"
            lines += textwrap.wrap(told, _WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 14)
        lines += textwrap.wrap(
            f"[{item.source}; {item.confidence}]", _WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 11
        )
    lines += ["", f"rules     {', '.join(review.rules) or 'none'}"]
    for line in review.records:
        lines += textwrap.wrap(line, _WIDTH, initial_indent="records   ", subsequent_indent=" " * 10)
    return [*lines, "", _CAUTION]
