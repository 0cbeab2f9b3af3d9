"""The narrative: who, what, when, where, why the flags were raised, and how, with each date and amount."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from analytics.cases.packet.charts import timeline, timeline_text
from analytics.cases.packet.context import Context
from analytics.cases.words import citations, packages, us_day, us_days
from analytics.reports.wording import clean, counted, listed, money, name_of, short
from analytics.typesetting.blocks import MOST_ITEMS, Block, Page, bullets, figure, heading, notice, paragraph, table

__all__ = ["narrative"]

_TIMELINE = "timeline.svg"
_MOST_ROWS = 150
_MOST_NAMED = 12
_GOODS, _MOST_TEXT = 60, 120
_SHIPMENTS = (
    ("Arrived", 0.95), ("Shipment", 1.4), ("Entry", 1.2), ("Type", 0.5), ("Order", 1.3), ("Consignee", 1.3),
    ("Seller", 1.5), ("Value", 0.85), ("Note", 0.7),
)  # fmt: skip


def narrative(context: Context) -> Page:
    """Return the narrative of a case; every sentence is a fact of the file or of the law in force."""
    found = context.dossier
    flagged = found.shipments.filter(pl.col("in_flags") != "")
    has_figure = flagged.height > 0
    blocks = [
        *(paragraph(sentence) for sentence in found.sentences),
        heading("Who"),
        bullets(_who(context, flagged)),
        heading("What"),
        *_what(flagged),
        heading("When"),
        *_when(context, flagged),
        heading("Where"),
        bullets(_where(flagged)),
        heading("Why it was flagged"),
        *_why(found.flags),
        heading("How"),
        bullets(_how(context, flagged)),
        heading("What speaks against it"),
        *_against(context),
        notice("This narrative repeats what the files say and which rules were in force. It does not assert intent."),
    ]
    figures = {_TIMELINE: timeline(found.shipments, found.day_totals)} if has_figure else {}
    return Page(f"Case {found.case.case_id}: narrative", blocks, figures)


def _who(context: Context, flagged: pl.DataFrame) -> list[str]:
    said = _consignees(context)
    for role, column in (("Seller", "seller"), ("Filer", "filer_code"), ("Carrier", "carrier_code")):
        names = _values(flagged, column)
        said.append(f"{role}{'s' if len(names) != 1 else ''}: {_first(names) or 'not in the file'}.")
    return said


def _consignees(context: Context) -> list[str]:
    """Return who the shipments were for: the consignees of most value first, and how many others there are."""
    groups = {name: rows for (name,), rows in context.dossier.members.group_by("identity_id", maintain_order=True)}
    shown = [*list(context.dossier.identity_lines)[:_MOST_NAMED], *([None] if None in groups else [])]
    left = len(groups) - len(shown)
    more = [f"{left:,} more consignees: see the sheet aliases of 03_entries.xlsx."] if left > 0 else []
    return [*(_consignee(identity, groups[identity]) for identity in shown), *more]


def _consignee(identity: str | None, members: pl.DataFrame) -> str:
    first = members.sort("shipments", "alias_id", descending=[True, False]).row(0, named=True)
    parts = (
        "consignee_name",
        "consignee_address",
        "consignee_address2",
        "consignee_city",
        "consignee_state",
        "consignee_postal_code",
    )
    texts = (short(str(first[name]), _MOST_TEXT) or "" for name in parts if first[name])
    written = ", ".join(dict.fromkeys(texts))
    number = int(members["shipments"].sum())
    aliases = "written in one way" if members.height == 1 else f"written in {members.height} ways"
    told = f"identity {identity}" if identity else "held to be no identity (a blank or placeholder name)"
    return f"Consignee: {written} ({told}), {aliases} on {packages(number)} in this store."


def _what(flagged: pl.DataFrame) -> list[Block]:
    if flagged.is_empty():
        return [paragraph("No shipment is in a flag that stands.")]
    goods = (
        flagged.group_by("description", "hts_code", "origin_country")
        .agg(shipments=pl.len(), value=pl.col("value_usd").sum())
        .sort("value", "description", "hts_code", "origin_country", descending=[True, False, False, False])
    )
    rows = [
        [
            short(row["description"], _GOODS) or "not described",
            row["hts_code"] or "none",
            row["origin_country"] or "not given",
            str(row["shipments"]),
            money(row["value"]),
        ]
        for row in goods.head(_MOST_NAMED).iter_rows(named=True)
    ]
    total = money(sum(flagged["value_usd"].to_list()))
    head = ["Goods as described", "Tariff number", "Origin", "Packages", "Value (USD)"]
    more = goods.height - _MOST_NAMED
    rest = [paragraph(f"{counted(more, 'further kind')} of goods: see 03_entries.xlsx.")] if more > 0 else []
    return [
        paragraph(f"In flags that stand: {packages(flagged.height)}, worth {total} in all."),
        table(head, rows, widths=[3, 1.1, 0.7, 0.8, 1], numbers=[3, 4]),
        *rest,
    ]


def _when(context: Context, flagged: pl.DataFrame) -> list[Block]:
    if flagged.is_empty():
        return [paragraph("No day is at issue.")]
    days, found = flagged["arrival_date"].to_list(), context.dossier
    alt = timeline_text(found.day_totals)
    over = [_day(row) for row in found.day_totals.filter("is_over_limit").iter_rows(named=True)]
    none = found.day_totals.filter(pl.col("limit").is_null()).height
    suspended = [f"On {counted(none, 'day')} no exemption was available (suspended)."] if none else []
    caption = (
        "Bars: largest total of a consignee on that day (brown: over the limit). Lines: its limit. Circles: packages."
    )
    return [
        paragraph(f"{packages(flagged.height).capitalize()} arrived {us_days(min(days), max(days))}."),
        *([bullets([*over, *suspended])] if over or suspended else []),
        figure(_TIMELINE, f"{caption} Hollow circles are in no flag or were set aside.", alt),
        _shipments(flagged),
        *_more(flagged),
    ]


def _day(row: dict[str, Any]) -> str:
    limit = money(row["limit"], row["currency"]) if row["limit"] is not None else "no exemption available"
    return (
        f"{us_day(row['day'])}: {packages(row['shipments'])} together worth {money(row['total'], row['currency'])}; "
        f"limit {limit} (rule {row['rule_id']})."
    )


def _shipments(flagged: pl.DataFrame) -> Block:
    """Return the packages one by one; a column that none of them fills is left out."""
    rows = [_shipment(row) for row in flagged.head(_MOST_ROWS).iter_rows(named=True)]
    shown = [place for place in range(len(_SHIPMENTS)) if any(row[place] for row in rows)]
    head, widths = zip(*(_SHIPMENTS[place] for place in shown), strict=True)
    kept = [[row[place] for place in shown] for row in rows]
    return table(head, kept, widths=widths, numbers=[head.index("Value")])


def _shipment(row: dict[str, Any]) -> list[str]:
    texts = (row[name] or "" for name in ("shipment_id", "entry_number", "entry_type", "order_id"))
    names = (short(row[name], _MOST_TEXT) or "" for name in ("consignee_name", "seller"))
    aside = "" if row["is_included"] else "set aside"
    return [f"{row['arrival_date']:%m/%d/%Y}", *texts, *names, money(row["value_usd"]), aside]


def _more(flagged: pl.DataFrame) -> list[Block]:
    left = flagged.height - _MOST_ROWS
    return [paragraph(f"{packages(left)} more: see 03_entries.xlsx.")] if left > 0 else []


def _where(flagged: pl.DataFrame) -> list[str]:
    told = (
        ("Port of entry", "port_of_entry"),
        ("Mode", "mode"),
        ("Conveyance", "conveyance_id"),
        ("Master bill", "master_bill"),
        ("Origin of the goods", "origin_country"),
    )
    return [f"{label}: {_first(_values(flagged, column)) or 'not in the file'}." for label, column in told]


def _why(flags: pl.DataFrame) -> list[Block]:
    blocks: list[Block] = []
    for flag in flags.head(MOST_ITEMS).iter_rows(named=True):
        kept = "" if flag["stands"] else " (gone)" if flag["is_gone"] else " (covered by a dismissal)"
        blocks += [heading(f"{name_of(flag['typology'])}, flag {flag['flag_id']}{kept}", 2), paragraph(flag["reason"])]
        if flag["legal_basis"]:
            basis = citations([flag["legal_basis"]])
            total = "counted in totals" if flag["in_totals"] else "a lead, in no total"
            blocks.append(paragraph(f"Strength: {flag['strength']}, {total}. Rule {flag['rule_id']}: {basis}."))
    left = flags.height - MOST_ITEMS
    if left > 0:
        blocks.append(paragraph(f"{left:,} more flags: see the sheet flags of 03_entries.xlsx."))
    return blocks or [paragraph("No flag is attached to this case.")]


def _how(context: Context, flagged: pl.DataFrame) -> list[str]:
    said = [_presented(flag) for flag in context.dossier.flags.filter("stands").iter_rows(named=True)]
    claims = flagged.filter(pl.col("exemption_claimed"))
    basis = _first(_values(claims, "exemption_basis")).replace("_", " ") or "no claim"
    said.append(f"{counted(claims.height, 'package').capitalize()} claimed the exemption (known from: {basis}).")
    types = _values(flagged, "entry_type")
    said.append(f"Entry types used: {_first(types) or 'not in the file'}.")
    return said


def _presented(flag: dict[str, Any]) -> str:
    """Say what made a flag visible: in how many ways its shipments were presented."""
    seen = json.loads(flag["attributes"])
    names = {
        "aliases": ("alias", "aliases"),
        "carriers": ("carrier", None),
        "filers": ("filer", None),
        "modes": ("mode", None),
        "orders": ("order", None),
        "ports": ("port", None),
        "sellers": ("seller", None),
    }
    parts = [counted(int(seen[name]), one, many) for name, (one, many) in names.items() if seen.get(name)]
    exact = seen.get("would_exact_name_show_it")
    matched = {
        True: " Exact name and address would have shown it too.",
        False: " Exact name and address would not have shown it; matched aliases did.",
    }
    return f"Flag {flag['flag_id']} takes in {listed(parts)}.{matched.get(exact, '')}"


def _against(context: Context) -> list[Block]:
    texts = context.dossier.counter_evidence
    if not texts:
        return [paragraph("The flags that stand name no counter-evidence.")]
    return [bullets(texts), paragraph("06_counter_evidence.pdf says what was done about each.")]


def _values(rows: pl.DataFrame, column: str) -> list[str]:
    return [str(value) for value in rows[column].drop_nulls().unique().sort()]


def _first(names: list[str]) -> str:
    shown = [clean(name) for name in names[:_MOST_NAMED]]
    return listed(shown) if len(names) <= _MOST_NAMED else f"{', '.join(shown)} and {len(names) - _MOST_NAMED} more"
