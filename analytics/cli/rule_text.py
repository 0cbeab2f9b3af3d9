"""The rules in force, set for reading."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

__all__ = ["rule_lines"]

_WIDTH = 100
_GROUPING = {
    "person_day": "one person on one day",
    "order": "one order, on any days",
    "conveyance_consignee": "one conveyance and consignee",
}


def rule_lines(found: pl.DataFrame, on: date, origin: str | None, mode: str | None) -> list[str]:
    """Say which rules held, one block a rule.

    Parameters
    ----------
    found : polars.DataFrame
        What `analytics.rules` answered.
    on, origin, mode
        What it was asked.

    Returns
    -------
    list of str
    """
    asked = f"{on}, goods from {origin or 'anywhere'}, by {mode or 'any mode'}"
    if found.is_empty():
        return [f"No rule is known for {asked}."]
    blocks = [line for row in found.iter_rows(named=True) for line in _block(row)]
    return [f"Rules in force on {asked}:", *blocks, "", "Not legal advice: confirm every row that is not official."]


def _block(row: dict[str, Any]) -> list[str]:
    until = f"before {row['valid_to']}" if row["valid_to"] else "until further notice"
    facts = [
        f"limit       {_limit(row)}, added up over {_GROUPING.get(row['grouping_key'], row['grouping_key'])}",
        f"scope       origin {row['origin_scope']}, mode {row['mode_scope']}",
        f"held        from {row['valid_from']} {until}",
        f"source      {row['source']} ({row['confidence']})",
    ]
    if row["duty_method"]:
        facts.append(f"mail pays   {row['duty_method']}")
    note = textwrap.wrap(row["note"] or "", _WIDTH, initial_indent="    why         ", subsequent_indent=" " * 16)
    return ["", f"{row['rule_id']}  {row['provision']}: {row['status']}", *(f"    {fact}" for fact in facts), *note]


def _limit(row: dict[str, Any]) -> str:
    return "none" if row["limit_amount"] is None else f"{row['limit_amount']:,.2f} {row['limit_currency']}"
