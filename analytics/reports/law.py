"""The rows of the limits table that a period was screened under, and the days on which they changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from analytics.contracts.switches import SWITCHES
from analytics.reports.periods import Period
from analytics.reports.tables import Tables
from analytics.reports.wording import money

__all__ = [
    "HEADLINES",
    "READINGS",
    "daily_rules",
    "further_limits",
    "informal_limits",
    "is_on_letter_paper",
    "limits_in_force",
    "other_answers",
    "rule_changes",
    "rules_in_force",
    "scope_words",
]

_COLUMNS = (
    "rule_id", "regime", "provision", "pool", "origin_scope", "mode_scope", "grouping_key", "limit_amount",
    "limit_currency", "status", "valid_from", "valid_to", "source", "confidence", "note",
)  # fmt: skip
_SAME = ("provision", "pool", "origin_scope", "mode_scope", "grouping_key", "limit_amount", "limit_currency", "status")
_POOLS = {"gift": "gifts of ", "personal": "goods that accompany a traveler, of "}
_EXCLUDED = re.compile(r"NOT\((.*)\)")

READINGS = {
    "all": "Every shipment of the day loses the exemption: the most that can be owed.",
    "tipping": "Only the shipment that takes the sum over the limit loses it.",
    "greedy": "Taken in manifest order, a shipment is free whenever it still fits under the limit.",
    "latch": "Taken in manifest order, the first shipment that does not fit ends the exemption for the day.",
    "lots": "All lots of one order lose it, whatever day they came on.",
}


HEADLINES = {
    "all": "all shipments of a flag lose the exemption or informal entry",
    "tipping": "the shipment that goes over the limit loses the exemption",
    "greedy": "each shipment that no longer fits loses the exemption",
    "latch": "all shipments from the first that no longer fits lose the exemption",
}
"""The reading that the headline takes, as the run was told; a flag about no day takes its own."""


def is_on_letter_paper(regimes: Collection[str]) -> bool:
    """Return whether a report on these regimes is printed on letter paper, as in the United States; else it is A4."""
    return set(regimes) == {"us"}


def other_answers(scenario: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the open questions that a run answered otherwise than by default, each with its answer in words."""
    return [
        (switch.question, f"{scenario[switch.name]}: {switch.answers.get(str(scenario[switch.name]), 'by number')}")
        for switch in SWITCHES
        if scenario.get(switch.name, switch.default) != switch.default
    ]


def rules_in_force(tables: Tables, period: Period) -> pl.DataFrame:
    """Return the rows in force on some day of the period, of every provision that the store was screened under."""
    is_open = pl.col("valid_to").is_null() | (pl.col("valid_to") > period.start)
    rows = _screened(tables).filter(is_open, pl.col("valid_from") <= period.end)
    return rows.select(_COLUMNS).sort("provision", "valid_from", "rule_id")


def rule_changes(tables: Tables, period: Period) -> pl.DataFrame:
    """Return the rows that begin after the first day of a span and not after its last.

    A row that only carries on what another row said up to that day is no change.
    """
    rows = _screened(tables)
    begins = pl.col("valid_from").is_between(period.start, period.end, closed="right")
    carried_on = rows.select(*_SAME, valid_from="valid_to").drop_nulls("valid_from")
    changed = rows.filter(begins).join(carried_on, on=[*_SAME, "valid_from"], how="anti", nulls_equal=True)
    return changed.select(_COLUMNS).sort("valid_from", "rule_id")


def _screened(tables: Tables) -> pl.DataFrame:
    """Return the rows of the regimes and provisions that appear in daily totals or flags."""
    of_days = tables.daily_totals.select("rule_id").unique().collect()["rule_id"].to_list()
    used = {part for rule in (*of_days, *tables.flags["rule_id"].unique()) for part in rule.split("+")}
    named = [rule for rule in tables.limits["rule_id"].to_list() if any(part.startswith(rule) for part in used)]
    scope = tables.limits.filter(pl.col("rule_id").is_in(named)).select("regime", "provision").unique()
    return tables.limits.join(scope, on=["regime", "provision"], how="semi")


def daily_rules(rules: pl.DataFrame) -> pl.DataFrame:
    """Return those rules that add up one person's day, gifts and baggage left out."""
    return rules.filter(pl.col("grouping_key") == "person_day", pl.col("pool") == "standard")


def informal_limits(rules: pl.DataFrame) -> list[str]:
    """Return the limits of informal entry in the period, one phrase an amount."""
    entries = rules.filter(pl.col("provision") == "informal_entry").drop_nulls("limit_amount")
    amounts = entries.select("limit_amount", "limit_currency").unique().sort("limit_amount", "limit_currency")
    return [f"{money(amount, currency)} for informal entry" for amount, currency in amounts.iter_rows()]


def further_limits(rules: pl.DataFrame) -> list[str]:
    """Return the limits beside one person's day and informal entry: of gifts, of a traveler, of a consignment."""
    is_day = (pl.col("grouping_key") == "person_day") & (pl.col("pool") == "standard")
    is_further = (pl.col("status") == "eligible") & (pl.col("provision") != "informal_entry") & ~is_day
    rows = rules.filter(is_further.fill_null(value=False)).drop_nulls("limit_amount")
    rows = rows.select("pool", "limit_amount", "limit_currency", "grouping_key", "origin_scope").unique()
    return [_further(row) for row in rows.sort(rows.columns).iter_rows(named=True)]


def _further(row: dict[str, Any]) -> str:
    of = _POOLS.get(row["pool"], "")
    each = "one person's day" if row["grouping_key"] == "person_day" else f"one {row['grouping_key']}"
    origins = scope_words(row["origin_scope"], "all origins")
    scope = "" if origins == "all origins" else f" from {origins}"
    return f"{money(row['limit_amount'], row['limit_currency'])} for {of}{each}{scope}"


def limits_in_force(rules: pl.DataFrame) -> list[str]:
    """Return the limits of the period, one phrase a row of the rules."""
    return [_limit(row) for row in rules.iter_rows(named=True)]


def _limit(row: dict[str, Any]) -> str:
    amount = money(row["limit_amount"], row["limit_currency"]) if row["limit_amount"] else "no exemption"
    origins, modes = scope_words(row["origin_scope"], "all origins"), scope_words(row["mode_scope"], "any mode")
    return f"{amount} ({_status(row['status'])}) for {origins} by {modes}"


def _status(status: str) -> str:
    """Write a status in words.

    >>> _status("suspended_by_reg"), _status("in_force")
    ('suspended by regulation', 'in force')
    """
    return "suspended by regulation" if status == "suspended_by_reg" else status.replace("_", " ")


def scope_words(value: str | None, whole: str) -> str:
    """Return ``all origins``, ``CN, HK`` or ``all origins but CN, HK``.

    Parameters
    ----------
    value : str or None
        A scope of the limits table.
    whole : str
        What all of it is called.
    """
    if value in (None, "", "ALL"):
        return whole
    excluded = _EXCLUDED.fullmatch(value)
    names = (excluded[1] if excluded else value).replace("|", ", ")
    return f"{whole} but {names}" if excluded else names
