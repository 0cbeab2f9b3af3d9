"""The queue and one case in lines for a terminal, and as plain data for ``--json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from analytics.days import day_of_event
from analytics.masking.texts import HIDDEN
from analytics.showing import one_line

if TYPE_CHECKING:
    from analytics.cases import Case
    from analytics.cases.dossier import Dossier
    from analytics.cases.queue import QueuePage
    from analytics.cases.statistics import Stats

__all__ = ["case_lines", "case_rows", "masked_subject", "queue_lines", "queue_rows", "stats_lines"]

_QUEUE = ("case", "state", "who", "due", "age", "flags", "value", "duty", "strength", "typologies")
_MOST_EVENTS = 30
_NAMING = ("address", "other")
"""Kinds of subject whose id may be an address."""
_NOT_SHOWN = ("penalty", "penalty_floor", "disclosure", "total")
_SHIPMENT = ("shipment_uid", "arrival_date", "value_usd", "seller_name", "order_id", "consignee_name")


def queue_lines(page: QueuePage) -> list[str]:
    """Return the queue as a table; money in USD, age in days."""
    if page.rows.is_empty():
        return ["no case matches. --all lists open and closed ones; splitship cases open FLAG opens one."]
    rows = [
        (
            row["case_id"],
            _words(row["state"]),
            row["assignee"] or "-",
            str((row["due_on"] if row["state"] != "closed" else None) or "-"),
            f"{row['age_days']:,}",
            f"{row['flags']:,}",
            _money(row["value_usd"]),
            _duty(row["duty_base_usd"], row["duty_high_usd"]) if row["value_usd"] is not None else "-",
            row["strength"] or "-",
            row["typologies"] or "none stands",
        )
        for row in page.rows.iter_rows(named=True)
    ]
    return _table(_QUEUE, rows, right=(4, 5, 6, 7))


def queue_rows(page: QueuePage) -> list[dict[str, Any]]:
    """Return the queue as plain data."""
    return [_plain(masked_subject(row)) for row in page.rows.iter_rows(named=True)]


def masked_subject(row: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of a case without the address that it is about: ``show --names`` tells it."""
    hidden = dict.fromkeys(("subject_id", "top_reason") if "top_reason" in row else ("subject_id",), HIDDEN)
    return {**row, **hidden} if row["subject_kind"] in _NAMING else row


def case_lines(found: Dossier) -> list[str]:
    """Return a case: what was seen, what speaks against it, its shipments, what is at issue, and what was done."""
    case = found.case
    outcome = f": {_words(case.outcome)}" if case.outcome else ""
    who = f"{case.assignee or 'nobody'}  opened {day_of_event(case.opened_at)}"
    return [
        f"{case.case_id}  {_words(case.state)}{outcome}{_until(case)}  {who}",
        *found.sentences,
        *_section("Reasons", found.reasons),
        *_section("Counter-evidence", found.counter_evidence),
        *_section("What would change this", found.would_change),
        *_section(f"Shipments ({found.shipments.height:,})", _shipments(found.shipments)),
        *_section("At issue, low / base / high in USD", _owed(found.exposure)),
        *_section("Documents", _documents(found.documents)),
        *_section("History, in UTC", _events(found.events)),
    ]


def case_rows(found: Dossier) -> dict[str, Any]:
    """Return a case as plain data: every part of its dossier."""
    return {name: _plain_part(getattr(found, name)) for name in sorted(vars(found))}


def stats_lines(found: Stats) -> list[str]:
    """Return how the team does."""
    days = "-" if found.median_days_to_close is None else f"{found.median_days_to_close:.1f}"
    agreement = found.agreement
    kappa = "not known" if agreement.kappa is None else f"{agreement.kappa:.2f}"
    typologies = [
        f"{name}: {row['upheld']:,} of {row['closed']:,} closed cases upheld" for name, row in found.typologies.items()
    ]
    return [
        *_counts("Cases by state", found.states),
        *_counts("Closed by outcome", found.outcomes),
        *_counts("Open by age", found.ages),
        "",
        f"Median days to close   {days}",
        f"Times reopened         {found.reopened:,}",
        f"Blind second reviews   {agreement.reviewed:,}, {agreement.agreed:,} agreed, kappa {kappa}",
        *_section("Typologies", typologies),
    ]


def _until(case: Case) -> str:
    """Say on which day a case comes back, is due, or its dismissal expires."""
    if case.state == "snoozed":
        return f", until {case.snoozed_until}"
    if case.due_on is None:
        return ""
    return f", expires {case.due_on}" if case.state == "closed" else f", due {case.due_on}"


def _counts(title: str, counts: dict[str, int]) -> list[str]:
    return [title, *(f"  {count:>6,}  {_words(name)}" for name, count in counts.items())] if counts else []


def _shipments(rows: pl.DataFrame) -> list[str]:
    lines = [[*(one_line(_cell(row[name])) for name in _SHIPMENT), _place(row)] for row in rows.iter_rows(named=True)]
    return _table(("shipment", "arrival", "value", "seller", "order", "consignee", ""), lines, right=(2,))


def _place(row: dict[str, Any]) -> str:
    """Say of a shipment whether a flag has it, and why a person set it aside."""
    if row["exclude_reason"]:
        return f"set aside: {one_line(row['exclude_reason'])}"
    return "flagged" if row["in_flags"] else ""


def _owed(rows: pl.DataFrame) -> list[str]:
    """Return each flag, component and interpretation with its figures; a high estimate is not known with an unknown."""
    lines = []
    for row in rows.filter(~pl.col("component").is_in(_NOT_SHOWN)).iter_rows(named=True):
        high = "not known" if row["is_unknown"] else _money(row["high_usd"])
        figures = f"{_money(row['low_usd'])} / {_money(row['base_usd'])} / {high}"
        lines.append(f"{row['flag_id']}  {row['component']:<6} {row['interpretation']:<8} {figures}")
    return lines


def _documents(rows: pl.DataFrame) -> list[str]:
    return [
        f"{one_line(row['name'])}  {row['bytes']:,} bytes  sha256 {row['document_id'][:16]}  {row['added_by']}"
        for row in rows.iter_rows(named=True)
    ]


def _events(rows: pl.DataFrame) -> list[str]:
    last = rows.tail(_MOST_EVENTS)
    left_out = rows.height - last.height
    lines = [f"{left_out:,} earlier events: --json shows all"] if left_out else []
    for row in last.iter_rows(named=True):
        said = json.loads(row["body"])
        untold = {"before", "case_id"} if row["version"] is None else {"before"}
        told = "; ".join(f"{_words(name)} {_told(said[name])}" for name in sorted(said.keys() - untold))
        lines.append(
            f"{row['at'][:16].replace('T', ' ')}  {row['by']}  {_words(row['kind'])}  {one_line(told)}".rstrip()
        )
    return lines


def _told(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("name", ", ".join(f"{name} {item}" for name, item in sorted(value.items()))))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    cells = [headings, *rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(headings))]
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def _duty(base: Decimal | None, high: Decimal | None) -> str:
    if base is None:
        return "unknown"
    return _money(base) if high is not None else f">={_money(base)}"


def _money(amount: Decimal | None) -> str:
    return "-" if amount is None else f"{amount:,.2f}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _cell(value: object) -> str:
    return "-" if value is None else f"{value:,.2f}" if isinstance(value, Decimal) else str(value)


def _plain_part(part: Any) -> Any:
    if isinstance(part, pl.DataFrame):
        return [_plain(row) for row in part.iter_rows(named=True)]
    if hasattr(part, "__dataclass_fields__"):
        return _plain(asdict(part))
    return part


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal | date) else value for name, value in row.items()}
