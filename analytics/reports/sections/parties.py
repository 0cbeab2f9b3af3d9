"""Sellers, carriers and filers to speak to."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from analytics.reports.periods import Period
from analytics.reports.section import Section, Table
from analytics.reports.tables import Tables
from analytics.reports.wording import dollars

__all__ = ["ROLES", "SECTION", "parties_to_speak_to", "question"]

ROLES = {"seller": ("seller_id", "seller_name"), "carrier": ("carrier_code",), "filer": ("filer_code",)}
_PARTY_COLUMNS = (
    "role", "party", "name", "shipments", "flagged", "flags", "flags_now", "per_thousand", "flagged_usd", "typology",
    "weekly",
)  # fmt: skip
_MEANINGS = {
    "role": "seller, carrier or filer",
    "party": "Its code; of a seller without one, its name",
    "name": "Its name, where files give one",
    "shipments": "Its shipments of the last eight weeks",
    "flagged": "Those of them in flags",
    "flags": "Flags of the last eight weeks that hold a shipment of it",
    "flags_now": "Those of them in the period",
    "per_thousand": "Shipments in flags per 1,000 shipments",
    "flagged_usd": "Value of its shipments in flags, in USD",
    "typology": "The typology most frequent among those flags",
}
_WEEKS = 8
_PER_ROLE = 5
_MIN_FLAGS = 2
_PER_THOUSAND = 1000
_QUESTIONS = {
    "seller": "Which orders these shipments belong to, and why they went in several.",
    "carrier": "How shipments for one consignee on one day are added up before they are manifested.",
    "filer": "How the exemption is checked against the day's total before it is claimed.",
}
_ORDER_QUESTION = "Why single orders are sent in lots, and who decides it."
_ENTRY_QUESTIONS = {
    "seller": "Why goods of one order or bill are entered in parts, and who decides it.",
    "carrier": "How shipments for one consignee on one conveyance are put on bills.",
    "filer": "How entries of one order, bill or mailing are added up before they are filed informally.",
}
_GIFT_QUESTION = "Which of these shipments were bought, and who declares them to be gifts."
_CLAIM_QUESTION = "Why the exemption is claimed where none is available."


def parties_to_speak_to(tables: Tables, period: Period) -> pl.DataFrame:
    """Rank sellers, carriers and filers by their shipments in flags over the last eight weeks.

    Returns
    -------
    polars.DataFrame
        ``role``, ``party`` (code), ``name``, ``shipments``, ``flagged``, ``flags``, ``flags_now``, ``per_thousand``,
        ``flagged_usd``, ``typology`` (the most frequent), ``weekly`` (list of flagged shipments, oldest week first);
        the first five of each role, none with fewer than two flags.
    """
    span = period.widened(_WEEKS)
    return pl.concat([_of_role(tables, period, span, role, columns) for role, columns in ROLES.items()])


def _of_role(tables: Tables, period: Period, span: Period, role: str, columns: tuple[str, ...]) -> pl.DataFrame:
    party = pl.coalesce(columns)
    name = pl.col(columns[-1])
    in_span = span.holds("arrival_date")
    traffic = (
        tables.shipments.filter(in_span)
        .group_by(party=party)
        .agg(shipments=pl.len(), name=name.drop_nulls().min())
        .drop_nulls("party")
        .collect()
    )
    flags = tables.flags.filter(span.holds("window_end"))
    lots = tables.flagged.filter(in_span).join(flags.select("flag_id", "typology", "window_end"), on="flag_id")
    now = period.holds("window_end")
    of_party = lots.with_columns(party=party).drop_nulls("party")
    pieces = of_party.unique(["party", "shipment_uid"])
    weeks = span.mondays()
    weekly = pieces.group_by("party").agg(
        *[
            pl.col("arrival_date").is_between(monday, monday + timedelta(days=6)).sum().alias(f"week{number}")
            for number, monday in enumerate(weeks)
        ],
        flagged=pl.len(),
        flagged_usd=pl.col("value_usd").sum(),
    )
    counted = of_party.group_by("party").agg(
        flags=pl.col("flag_id").n_unique(),
        flags_now=pl.col("flag_id").filter(now).n_unique(),
        typology=pl.col("typology").mode().min(),
    )
    return (
        traffic.join(weekly, on="party")
        .join(counted, on="party")
        .filter(pl.col("flags") >= _MIN_FLAGS)
        .with_columns(
            role=pl.lit(role),
            per_thousand=(pl.col("flagged") * _PER_THOUSAND / pl.col("shipments")).round(1),
            weekly=pl.concat_list([pl.col(f"week{number}").cast(pl.Int64) for number in range(len(weeks))]),
        )
        .sort("flagged", "party", descending=[True, False])
        .head(_PER_ROLE)
        .select(_PARTY_COLUMNS)
    )


def question(role: str, typology: str) -> str:
    """Return what to ask a party, given the kind of flag its shipments stand in most."""
    if typology == "order_split" and role == "seller":
        return _ORDER_QUESTION
    if typology in ("informal_entry_split", "over_informal_limit"):
        return _ENTRY_QUESTIONS[role]
    if typology == "gift_split":
        return _GIFT_QUESTION
    return _CLAIM_QUESTION if typology == "suspended_claim" else _QUESTIONS[role]


_HEADINGS = ("Role", "Party", "Shipments", "In flags", "Per 1,000", "Their value", "Flags now", "What to ask")


def _table(found: pl.DataFrame) -> list[Table]:
    """Return the parties as a table."""
    rows = [
        [
            row["role"],
            row["party"] if row["name"] in (None, row["party"]) else f"{row['name']}\n{row['party']}",
            f"{row['shipments']:,}",
            f"{row['flagged']:,}",
            f"{row['per_thousand']:,.1f}",
            dollars(row["flagged_usd"]),
            f"{row['flags_now']:,}",
            question(row["role"], row["typology"]),
        ]
        for row in found.iter_rows(named=True)
    ]
    return [Table(_HEADINGS, rows, numbers=frozenset({2, 3, 4, 5, 6}))] if rows else []


def _brief(found: pl.DataFrame) -> list[Table]:
    """Return of each role the party with the most shipments in flags, as far as it has a flag now."""
    first = found.filter(pl.col("flags_now") > 0).unique("role", keep="first", maintain_order=True)
    kept = (0, 1, 3, 6, 7)
    headings = [_HEADINGS[place] for place in kept]
    return [
        Table(headings, [[row[place] for place in kept] for row in table.rows], "Whom to speak to", frozenset({2, 3}))
        for table in _table(first)
    ]


SECTION = Section(
    key="parties",
    place=60,
    title="Sellers, carriers and filers to speak to",
    lead=(
        "Parties with the most shipments in flags over the last eight weeks, five of each kind, each with two flags or "
        "more."
    ),
    measure=lambda contents: parties_to_speak_to(contents.tables, contents.period),
    sheets=lambda it, _: {"parties": it.drop("weekly")},
    meanings=_MEANINGS,
    words={"question": question, "roles": ROLES},
    tables=_table,
    brief=_brief,
    empty=lambda _: "No party has two flags in the last eight weeks, or the shipments name none.",
)
