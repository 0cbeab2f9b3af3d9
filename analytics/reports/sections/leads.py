"""The flags that put no value at issue by themselves, and those that are explained by what their shipments show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.reports.captions import facts, file_name, way
from analytics.reports.periods import Period
from analytics.reports.section import Section, Table
from analytics.reports.tables import Tables
from analytics.reports.wording import counted, days, dollars, name_of, short

__all__ = ["SECTION", "Lead", "Leads", "measure_leads"]

_SHOWN_OF_A_KIND = 4
_SHOWN_PIECES = 5
_SHOWN_EXPLAINED = 30
_MOST_NAME, _MOST_REASON = 90, 240


@dataclass(frozen=True)
class Lead:
    """One reason to look, with what speaks against it.

    Attributes
    ----------
    flag : dict
        The row of ``flags``.
    counter_reasons : list of str
        What speaks against it.
    attributes : dict
        What made it visible.
    pieces : list of dict
        Its shipments, at most five.
    """

    flag: dict[str, Any]
    counter_reasons: list[str]
    attributes: dict[str, Any]
    pieces: list[dict[str, Any]]


@dataclass(frozen=True)
class Leads:
    """The reasons to look of one period.

    Attributes
    ----------
    flags : int
        How many there are.
    kinds : polars.DataFrame
        ``typology``, ``flags``, ``shipments``, ``value_usd`` (each shipment once), ``at_stake``; those that
        follow from figures alone first, then the most frequent.
    cards : list of Lead
        Some of each kind, those that rank highest.
    explained : list of dict
        Rows of ``flags`` with ``reasons``, a list of rows of ``suppressions``.
    """

    flags: int
    kinds: pl.DataFrame
    cards: list[Lead]
    explained: list[dict[str, Any]]

    @property
    def shown_explained(self) -> list[dict[str, Any]]:
        """The explained flags that are shown, the dearest first."""
        return self.explained[:_SHOWN_EXPLAINED]


def measure_leads(tables: Tables, period: Period) -> Leads:
    """Gather the leads of a period by kind, and its explained flags."""
    within = period.holds("window_end")
    leads, explained = tables.leads.filter(within), tables.explained.filter(within)
    pieces = tables.flagged.join(leads.select("flag_id", "typology"), on="flag_id")
    kinds = _kinds(leads, pieces).join(tables.typologies, on="typology", how="left", maintain_order="left")
    ranked = _named(leads, tables).sort("score", "total_usd", "flag_id", descending=[True, True, False])
    rank = pl.int_range(pl.len()).over("typology")
    shown = ranked.filter(rank < _SHOWN_OF_A_KIND)
    of_flag = _by_flag(pieces, shown)
    order = {typology: place for place, typology in enumerate(kinds["typology"])}
    cards = [_lead(flag, of_flag) for flag in shown.iter_rows(named=True)]
    return Leads(
        flags=leads.height,
        kinds=kinds.select("typology", "flags", "shipments", "value_usd", "at_stake"),
        cards=sorted(cards, key=lambda card: order[card.flag["typology"]]),
        explained=_explained(explained, tables.suppressions),
    )


def _named(leads: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Put the name of the consignee beside leads that are about one."""
    names = tables.identities.select("identity_id", "display_name")
    known = names.join(leads.lazy().select("identity_id"), on="identity_id", how="semi").collect()
    return leads.join(known, on="identity_id", how="left")


def _kinds(leads: pl.DataFrame, pieces: pl.DataFrame) -> pl.DataFrame:
    worth = (
        pieces.unique(["typology", "shipment_uid"])
        .group_by("typology")
        .agg(shipments=pl.len().cast(pl.Int64), value_usd=pl.col("value_usd").sum())
    )
    is_objective = (pl.col("strength") == "objective").any()
    counts = leads.group_by("typology").agg(flags=pl.len().cast(pl.Int64), is_objective=is_objective)
    return counts.join(worth, on="typology", how="left").sort(
        "is_objective", "flags", "typology", descending=[True, True, False]
    )


def _by_flag(pieces: pl.DataFrame, flags: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in pieces.join(flags.select("flag_id"), on="flag_id", how="semi").iter_rows(named=True):
        rows.setdefault(row["flag_id"], []).append(row)
    return rows


def _lead(flag: dict[str, Any], pieces: Mapping[str, list[dict[str, Any]]]) -> Lead:
    return Lead(
        flag=flag,
        counter_reasons=[str(reason) for reason in json.loads(flag["counter_reasons"])],
        attributes=json.loads(flag["attributes"]),
        pieces=pieces.get(flag["flag_id"], [])[:_SHOWN_PIECES],
    )


def _explained(flags: pl.DataFrame, suppressions: pl.DataFrame) -> list[dict[str, Any]]:
    why: dict[str, list[dict[str, Any]]] = {}
    for row in suppressions.iter_rows(named=True):
        why.setdefault(row["flag_id"], []).append(row)
    return [{**flag, "reasons": why.get(flag["flag_id"], [])} for flag in flags.iter_rows(named=True)]


def _tables(found: Leads) -> list[Table]:
    """Return the leads by typology, the highest of each, and the explained flags."""
    tables = [_kind_table(found), _lead_table(found), _explained_table(found)]
    return [table for table in tables if table.rows]


def _kind_table(found: Leads) -> Table:
    rows = [
        [name_of(row["typology"]), f"{row['flags']:,}", f"{row['shipments']:,}", dollars(row["value_usd"]),
         row["at_stake"]]
        for row in found.kinds.iter_rows(named=True)
    ]  # fmt: skip
    return Table(("Typology", "Leads", "Shipments", "Worth", "What is at issue"), rows, numbers=frozenset({1, 2, 3}))


def _lead_table(found: Leads) -> Table:
    rows = [
        [
            name_of(card.flag["typology"]),
            str(short(card.flag["display_name"] or card.flag["subject"], _MOST_NAME)),
            days(card.flag["window_start"], card.flag["window_end"]),
            f"{card.flag['shipments']:,}",
            dollars(card.flag["total_usd"]),
            str(short(card.flag["reason"], _MOST_REASON)),
        ]
        for card in found.cards
    ]
    note = f"{len(rows)} of {counted(found.flags, 'lead')}; the workbook has all." if found.flags > len(rows) else ""
    headings = ("Typology", "Consignee or subject", "Days", "Shipments", "Worth", "Why it is a lead")
    return Table(headings, rows, "The highest of each typology", frozenset({3, 4}), note)


def _explained_table(found: Leads) -> Table:
    rows = [
        [
            str(short(flag["subject"], _MOST_NAME)),
            name_of(flag["typology"]),
            days(flag["window_start"], flag["window_end"]),
            f"{flag['shipments']:,}",
            dollars(flag["total_usd"]),
            "\n".join(str(short(row["reason"], _MOST_REASON)) for row in flag["reasons"]),
        ]
        for flag in found.shown_explained
    ]
    more = len(found.explained) > len(rows)
    note = f"The {len(rows)} with the most at issue, of {len(found.explained):,}." if more else ""
    headings = ("Consignee or subject", "Typology", "Days", "Shipments", "Total", "Why it is explained")
    return Table(headings, rows, "Explained by what the shipments show", frozenset({3, 4}), note)


SECTION = Section(
    key="leads",
    place=100,
    title="Reasons to look",
    lead=(
        "Indicators that put no value at issue by themselves: who is named, what is described, how it was filed. None "
        "of them is in a figure above."
    ),
    measure=lambda contents: measure_leads(contents.tables, contents.period),
    words={"facts": facts, "file_name": file_name, "way": way},
    tables=_tables,
    empty=lambda _: "None in this period.",
)
