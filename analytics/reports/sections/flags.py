"""The flags of the period one by one, and the sheets that hold all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.reports.captions import facts, file_name, stands, way
from analytics.reports.evidence import Card, Evidence, measure_evidence
from analytics.reports.section import Contents, Section, Table
from analytics.reports.sections.owed import SECTION as OWED
from analytics.reports.sections.owed.words import ends_text
from analytics.reports.wording import counted, days, dollars, name_of, short

__all__ = ["SECTION", "Flags", "cost_parts", "is_partly_unknown"]

_FLAGS = (
    "flag_id", "typology", "strength", "identity_id", "display_name", "display_address", "window_start", "window_end",
    "shipments", "total_usd", "limit_amount", "limit_currency", "floor_usd", "base_usd", "ceiling_usd", "is_unknown",
    "is_plain_to_see", "in_totals", "is_suppressed", "survives_to_threshold", "reason", "counter_reasons", "rule_id",
    "legal_basis", "attributes", "subject",
)  # fmt: skip
_MEANINGS = {
    "is_plain_to_see": "Whether exact comparison of names and addresses would show it too",
    "in_totals": "Whether totals count it: leads and explained flags are in none",
    "case": "The case that holds it, and its state",
}
_HIDDEN_SHIPMENT_COLUMNS = ("declared_value", "currency", "alias_id", "party_class", "exemption_claimed")
_BRIEF, _TOLD = 6, 40
_MOST_NAME, _MOST_REASON, _MOST_AGAINST = 90, 600, 600
_PARTS = ("value", "duty", "fees", "penalty", "total")


def cost_parts(costs: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the components that a flag's costs have, in the order in which they are read."""
    found = {part for row in costs.values() for part in row}
    return [part for part in _PARTS if part in found]


def is_partly_unknown(costs: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether some part of a flag's costs could not be computed."""
    return any(part["is_unknown"] for row in costs.values() for part in row.values())


@dataclass(frozen=True)
class Flags:
    """The flags that are shown with their evidence, and the time limits of all of the period."""

    evidence: Evidence
    limits: pl.DataFrame


def _measure(contents: Contents) -> Flags:
    evidence = measure_evidence(contents.tables, contents.period)
    return Flags(evidence=evidence, limits=contents.of(OWED).clock_rows)


def _sheets(_: Flags, contents: Contents) -> Mapping[str, pl.DataFrame]:
    """Return every flag of the period, leads and explained ones too, with its shipments and identities."""
    tables, period = contents.tables, contents.period
    kinds = ((tables.flags, True), (tables.leads, False), (tables.explained, False))
    every_flag = pl.concat([flags.with_columns(in_totals=pl.lit(counts)) for flags, counts in kinds])
    flags = every_flag.filter(period.holds("window_end"))
    flagged = flags.select("identity_id").drop_nulls().unique()
    identities = tables.identities.join(flagged.lazy(), on="identity_id", how="semi").sort("identity_id").collect()
    names = identities.select("identity_id", "display_name", "display_address")
    named = flags.join(names, on="identity_id", how="left", maintain_order="left")
    pieces = tables.flagged.join(flags.select("flag_id"), on="flag_id", how="semi").drop(_HIDDEN_SHIPMENT_COLUMNS)
    return {"flags": named.select(*_FLAGS, _case(contents)), "shipments": pieces, "identities": identities}


def _case(contents: Contents) -> pl.Expr:
    """Return the case that investigators hold a flag in."""
    known = pl.col("flag_id").replace_strict(dict(contents.cases), default=None, return_dtype=pl.String)
    return known.alias("case")


def _tables(found: Flags) -> list[Table]:
    """Return the flags as a table, and why the first of them are flagged with their counter-evidence."""
    cards = found.evidence.cards
    if not cards:
        return []
    told = cards[:_TOLD]
    more = found.evidence.flags - len(cards)
    left = f"{counted(more, 'more flag')} in the workbook." if more else ""
    untold = f"The {_TOLD} with the most at issue; the workbook has all." if len(cards) > _TOLD else ""
    headings = ("Consignee or subject", "Typology", "Days", "Shipments", "Total", "At issue", "Strength", "Flag")
    rows = [_row(card.flag) for card in cards]
    return [
        Table(headings, rows, numbers=frozenset({3, 4, 5}), note=left),
        Table(
            ("Flag", "Why it is flagged", "Counter-evidence", "Holds"),
            [_told(card) for card in told],
            "Evidence and counter-evidence",
            note=untold,
        ),
    ]


def _row(flag: Mapping[str, Any]) -> list[str]:
    return [
        str(short(flag["display_name"] or flag["subject"], _MOST_NAME)),
        name_of(flag["typology"]),
        days(flag["window_start"], flag["window_end"]),
        f"{flag['shipments']:,}",
        dollars(flag["total_usd"]),
        dollars(flag["base_usd"]),
        flag["strength"],
        flag["flag_id"],
    ]


def _told(card: Card) -> list[str]:
    against = [str(short(reason, _MOST_AGAINST)) for reason in card.counter_reasons]
    why = str(short(card.flag["reason"], _MOST_REASON))
    return [card.flag["flag_id"], why, "\n".join(against) or "Nothing on record.", stands(card.flag)]


def _brief(found: Flags) -> list[Table]:
    """Return the flags with the most at issue."""
    headings = ("Consignee or subject", "Typology", "Days", "Shipments", "Total", "At issue")
    rows = [_row(card.flag)[:6] for card in found.evidence.cards[:_BRIEF]]
    return [Table(headings, rows, "Flags with the most at issue", frozenset({3, 4, 5}))] if rows else []


SECTION = Section(
    key="flags",
    place=80,
    title="The flags",
    lead=(
        "The flags of the period that put a value at issue, the dearest first. Open one for its shipments, its "
        "counter-evidence, what it may cost under each interpretation, and whether it holds on another date."
    ),
    measure=_measure,
    words={
        "cost_parts": cost_parts,
        "ends_text": ends_text,
        "facts": facts,
        "file_name": file_name,
        "is_partly_unknown": is_partly_unknown,
        "stands": stands,
        "way": way,
    },
    tables=_tables,
    brief=_brief,
    empty=lambda _: "No flag in this period.",
    sheets=_sheets,
    meanings=_MEANINGS,
)
