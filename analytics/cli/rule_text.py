"""The rules in force, set for reading."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.contracts.reference import GROUPING_KEYS

if TYPE_CHECKING:
    import polars as pl

    from analytics.reports.rule_timeline import Lane

__all__ = ["CAUTION", "age_lines", "asked", "how_lines", "rule_lines", "timeline_lines"]

_WIDTH = 100
CAUTION = "Not legal advice: confirm every row that is not official."
_LABEL = 16

_ORDERED = "ordered"
"""Status of a rule that an order asks for and no rule carries out yet."""


def asked(on: date | None, origin: str | None, mode: str | None, *, regime: str, suspension: str) -> str:
    """Say what was asked."""
    parts = [*([str(on)] if on else []), f"goods from {origin or 'anywhere'}", f"by {mode or 'any mode'}"]
    if regime != "us":
        parts.append(f"regime {regime}")
    if suspension != "valid":
        parts.append("the suspension by executive order taken as invalid")
    return ", ".join(parts)


def rule_lines(
    found: pl.DataFrame,
    on: date,
    origin: str | None,
    mode: str | None,
    *,
    regime: str = "us",
    suspension: str = "valid",
) -> list[str]:
    """Say which rules held, one block a rule.

    Parameters
    ----------
    found : polars.DataFrame
        What `analytics.rules` answered.
    on, origin, mode, regime, suspension
        What it was asked.

    Returns
    -------
    list of str
    """
    question = asked(on, origin, mode, regime=regime, suspension=suspension)
    if found.is_empty():
        return [f"No rule is known for {question}."]
    rows = list(found.iter_rows(named=True))
    held = [line for row in rows if row["status"] != _ORDERED for line in _block(row)]
    ordered = [line for row in rows if row["status"] == _ORDERED for line in _block(row)]
    lines = [f"Rules in force on {question}:", *held] if held else []
    return [*lines, *(["", f"Ordered and not in force on {question}:", *ordered] if ordered else [])]


def _block(row: dict[str, Any]) -> list[str]:
    facts = [
        f"limit       {_limit_in_words(row)}",
        f"scope       origin {row['origin_scope']}, mode {row['mode_scope']}",
        f"held        {_held(row)}",
        f"source      {row['source']} ({row['confidence']})",
    ]
    if row["duty_method"]:
        facts.append(f"{'mail pays' if row['mode_scope'] == 'POSTAL' else 'duty':<11} {row['duty_method']}")
    if row["if_suspension"]:
        facts.append(f"holds if    the suspension by executive order is taken as {row['if_suspension']}")
    note = textwrap.wrap(row["note"] or "", _WIDTH, initial_indent="    why         ", subsequent_indent=" " * _LABEL)
    return ["", f"{row['rule_id']}  {row['provision']}: {row['status']}", *(f"    {fact}" for fact in facts), *note]


def _limit_in_words(row: dict[str, Any]) -> str:
    """Say the limit and what it adds up, or that no exemption is available: an empty limit is not an unlimited one."""
    if row["limit_amount"] is None and row["kind"] == "exemption":
        return f"no exemption available ({_words(row['status']).replace('by reg', 'by regulation')})"
    return f"{_limit(row)}, added up over {GROUPING_KEYS.get(row['grouping_key'], row['grouping_key'])}"


def _limit(row: dict[str, Any]) -> str:
    if row["limit_amount"] is None and row["kind"] == "exemption":
        return "no exemption"
    return "no amount" if row["limit_amount"] is None else f"{row['limit_amount']:,.2f} {row['limit_currency']}"


def _held(row: dict[str, Any]) -> str:
    until = f"before {row['valid_to']}" if row["valid_to"] else "until further notice"
    return f"from {row['valid_from']} {until}"


def how_lines(tables: dict[str, pl.DataFrame]) -> list[str]:
    """Say how rules are applied on a day.

    Parameters
    ----------
    tables : dict
        As `analytics.rulebook.applied` returns them.
    """
    lines = ["", "How they are applied that day:"]
    for label, name, wording in _HOW:
        rows = list(tables[name].iter_rows(named=True))
        for place, row in enumerate(rows):
            text = f"{wording(row)} [{row['source']}; {row['confidence']}]"
            head = f"    {label if not place else '':<{_LABEL - 4}}"
            lines += textwrap.wrap(text, _WIDTH, initial_indent=head, subsequent_indent=" " * _LABEL)
    return lines


def _regime(row: dict[str, Any]) -> str:
    return f"{row['name']}, {row['time_zone']}; {row['value_basis']} value. {row['excess_mode']}."


def _person(row: dict[str, Any]) -> str:
    return f"{row['precedence']}. {row['situation']}: {row['person']}."


def _day(row: dict[str, Any]) -> str:
    return f"{_words(row['applies_to'])}: {_words(row['date_basis'])}, {row['time_zone']}."


def _stage(row: dict[str, Any]) -> str:
    return f"{row['stage']}: {row['effect']}. {row['note'] or ''}".strip()


def _code(row: dict[str, Any]) -> str:
    return f"{row['code']} ({row['channel']}): {row['effect']}. {row['meaning']}."


def _goods(row: dict[str, Any]) -> str:
    return f"{row['goods']} ({row['pool']}): {'may' if row['is_eligible'] else 'may not'} come in so."


def _flat_duty(row: dict[str, Any]) -> str:
    return f"{row['amount']} {row['currency']} for each {row['unit']}. {row['applies_to']}."


def _deadline(row: dict[str, Any]) -> str:
    return f"{row['wording']}."


def _records(row: dict[str, Any]) -> str:
    return f"{row['records']}: {row['years']} years from {row['counted_from']}."


_HOW = (
    ("regime", "ref_regimes", _regime),
    ("person", "ref_persons", _person),
    ("day", "ref_tested_days", _day),
    ("own check", "ref_ace_stages", _stage),
    ("its codes", "ref_ace_notice_codes", _code),
    ("goods", "ref_goods_conditions", _goods),
    ("flat duty", "ref_flat_duties", _flat_duty),
    ("deadline", "ref_deadlines", _deadline),
    ("records", "ref_retention", _records),
)


def _words(text: str) -> str:
    return text.replace("_", " ")


def age_lines(found: pl.DataFrame, regime: str) -> list[str]:
    """Say how old the tables are.

    Parameters
    ----------
    found : polars.DataFrame
        What `analytics.rulebook.ages` answered.
    regime : str
        What it was asked.
    """
    if found.is_empty():
        return [f"Nothing says when the tables of regime {regime} were last compared with their sources."]
    lines = [f"How old the tables of regime {regime} are:"]
    for row in found.iter_rows(named=True):
        newest = f"; newest change {row['newest']}" if row["newest"] else ""
        until = f"; nothing from {row['covers_until']} on" if row["covers_until"] else ""
        lines += ["", row["subject"], f"    reviewed    {row['reviewed_on']}{newest}{until}"]
        for label, text in (("compared", row["source"]), ("update", row["update"])):
            head = f"    {label:<12}"
            lines += textwrap.wrap(text or "", _WIDTH, initial_indent=head, subsequent_indent=" " * _LABEL)
    return lines


def timeline_lines(found: Sequence[Lane], events: pl.DataFrame, question: str) -> list[str]:
    """Say what held one after the other, a group for each provision and scope.

    Parameters
    ----------
    found : sequence of Lane
        As `analytics.reports.rule_timeline.lanes` yields them.
    events : polars.DataFrame
        As `analytics.rulebook.timeline` returns them.
    question : str
        What was asked.
    """
    if not found:
        return [f"No rule is known for {question}."]
    lines = [f"What held when, {question} (# on offer or in force, - not):"]
    for lane in found:
        lines += ["", f"{lane.title}: added up over {lane.grouping}", *_strip(lane.stretches)]
    told = [f"    {row['valid_from']}  {row['event']}" for row in events.iter_rows(named=True)]
    return [*lines, *(["", "What else happened:", *told] if told else []), "", CAUTION]


def _strip(stretches: list[dict[str, Any]]) -> Iterator[str]:
    """Yield one line a stretch, with a bar that is longer the longer it held."""
    for row in stretches:
        days = (row["valid_to"] - row["valid_from"]).days if row["valid_to"] else None
        mark = "#" if row["status"] in {"eligible", "in_force"} else "-"
        bar = mark * _LONGEST if days is None else mark * max(1, min(_LONGEST, days.bit_length()))
        yield (
            f"    {row['valid_from']} to {row['valid_to'] or '...'!s:<10}  {bar:<{_LONGEST}}  {row['rule_id']:<9}"
            f" {_limit(row):>16}  {_words(row['status'])} ({row['confidence']})"
        )


_LONGEST = 14
