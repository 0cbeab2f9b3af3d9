"""What the identities of a case rest on: aliases with their differences, links weakest first, judgements."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from analytics.cases.dossier_identity import FIELDS
from analytics.cases.packet.context import Context
from analytics.cases.words import moment, us_day
from analytics.reports.wording import DASH, counted
from analytics.typesetting.blocks import Block, Cell, Page, bullets, heading, notice, paragraph, table

__all__ = ["identity_basis"]

_MOST_LINKS, _MOST_MEMBERS = 30, 100
_WIDTHS = {"name": 1.5, "address": 2, "city": 1.4, "phone": 1.2, "email": 1.7, "account": 1.3}
_LEAST_WEIGHT = 0.5
"""What weighs less says next to nothing, and is left out of the page."""


def identity_basis(context: Context) -> Page:
    """Return what the identities of a case rest on."""
    found = context.dossier
    blocks: list[Block] = [
        paragraph(
            "A consignee can be written in several ways. Each way is an alias; aliases that are held to be one "
            "consignee form an identity. A match is a probability, not a proof. Where a person decided, that decision "
            "outranks every score."
        )
    ]
    groups = {name: rows for (name,), rows in found.members.group_by("identity_id", maintain_order=True)}
    for identity in found.identity_lines:
        blocks += _identity(context, identity, groups[identity])
    if None in groups:
        blocks += [heading("Consignees that name nobody"), _members(groups[None])]
    left = len(set(groups) - {None, *found.identity_lines})
    if left:
        blocks.append(paragraph(f"{left:,} more identities: see the sheets aliases and links of 03_entries.xlsx."))
    if found.members.is_empty():
        blocks.append(paragraph("No consignee of the case is named."))
    blocks += [heading("Judgements"), *_judgements(context)]
    return Page(f"Case {found.case.case_id}: identity basis", blocks, is_wide=True)


def _identity(context: Context, identity: str, members: pl.DataFrame) -> list[Block]:
    about = context.dossier.identities.filter(pl.col("identity_id") == identity).row(0, named=True)
    return [
        heading(f"Identity {identity}"),
        paragraph(
            f"{counted(about['aliases'], 'alias', 'aliases').capitalize()} on "
            f"{counted(about['shipments'], 'shipment')}, {us_day(about['first_day'])} to {us_day(about['last_day'])}. "
            f"Mean match probability over all pairs {about['cohesion']:.3f}; "
            f"weakest link that holds it together {about['weakest_link']:.3f}."
        ),
        _members(members),
        *_standing(context, identity),
        heading("Links, weakest first", 2),
        *_links(context, members),
    ]


def _standing(context: Context, identity: str) -> list[Block]:
    lines = context.dossier.identity_lines.get(identity, [])
    return [bullets(lines)] if lines else []


def _members(members: pl.DataFrame) -> Block:
    """Return the aliases; a field that none of them has is left out."""
    shown = {name: columns for name, columns in FIELDS.items() if _is_known(members, columns)}
    head = ["No.", "Alias", *(name.capitalize() for name in shown), "Shipments", "Arrived"]
    rows = [_member(row, shown) for row in members.head(_MOST_MEMBERS).iter_rows(named=True)]
    widths = [0.4, 1.7, *(_WIDTHS[name] for name in shown), 0.85, 1.05]
    return table(head, rows, widths=widths, numbers=[0, len(head) - 2])


def _is_known(members: pl.DataFrame, columns: tuple[str, ...]) -> bool:
    return any(members[column].null_count() < members.height for column in columns)


def _member(row: dict[str, Any], shown: dict[str, tuple[str, ...]]) -> list[Cell]:
    differences = json.loads(row["differences"])
    fields = [_field(row, columns, differences.get(name)) for name, columns in shown.items()]
    days = dict.fromkeys(f"{day:%m/%d/%Y}" for day in (row["first_day"], row["last_day"]))
    return [f"[{row['number']}]", row["alias_id"], *fields, str(row["shipments"]), " to\n".join(days)]


def _field(row: dict[str, Any], columns: tuple[str, ...], different: list[str] | None) -> Cell:
    """Return a field as written; what is written otherwise than on most shipments is marked."""
    words = [word for column in columns if row[column] for word in str(row[column]).split()]
    if not words:
        return [(DASH, different is not None)]
    if different is None:
        return " ".join(words)
    is_hidden = not different and all(word.startswith("[") for word in words)
    return [(word, is_hidden or word in different) for word in words]


def _links(context: Context, members: pl.DataFrame) -> list[Block]:
    aliases = members["alias_id"].to_list()
    inside = context.dossier.links.filter(pl.col("alias_id_l").is_in(aliases), pl.col("alias_id_r").is_in(aliases))
    if inside.is_empty():
        return [
            paragraph("No pair of its aliases was scored: it has one alias, or its aliases are equal once normalized.")
        ]
    rows = [_link(row) for row in inside.head(_MOST_LINKS).iter_rows(named=True)]
    head = ["Pair", "Probability", "Standing", "Speaks for one consignee", "Speaks against"]
    more = inside.height - _MOST_LINKS
    left = f" {counted(more, 'stronger link')} not shown." if more > 0 else ""
    return [
        table(head, rows, widths=[0.8, 0.8, 1.1, 4.6, 3], numbers=[1]),
        paragraph(
            f"Each point doubles or halves the odds. Comparisons under {_LEAST_WEIGHT} points are left out.{left}"
        ),
    ]


def _link(row: dict[str, Any]) -> list[Cell]:
    standing = "joined" if row["is_joined"] else "kept apart"
    bridge = "; without it the identity falls in two" if row["is_bridge"] else ""
    pair = f"[{row['number_l']}] and [{row['number_r']}]"
    sides = [_side(json.loads(row[name])) for name in ("speaks_for", "speaks_against")]
    return [pair, f"{row['probability']:.3f}", f"{standing}{bridge}", *sides]


def _side(findings: list[dict[str, Any]]) -> str:
    shown = [item for item in findings if abs(item["weight"]) >= _LEAST_WEIGHT]
    return "\n".join(f"{item['weight']:+.1f}  {item['text']}" for item in shown) or DASH


def _judgements(context: Context) -> list[Block]:
    found = context.dossier.judgements
    if found.is_empty():
        return [notice("Nobody has judged a pair of these aliases. Every match rests on the score alone.")]
    rows = [
        [
            f"{row['alias_id_l']} and {row['alias_id_r']}",
            row["verdict"],
            row["judged_by"],
            moment(row["judged_at"]),
            row["note"] or "",
            row["outcome"] or "not applied yet",
        ]
        for row in found.iter_rows(named=True)
    ]
    head = ["Pair", "Verdict", "By", "When", "Note", "After the last run"]
    return [table(head, rows, widths=[2.4, 0.8, 1, 1.6, 3, 1.2])]
