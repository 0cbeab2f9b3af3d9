"""The flags of a period one by one: shipments, readings, dates, and how the names differ."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.contracts.fields import compared_by
from analytics.reports.law import READINGS
from analytics.reports.periods import Period
from analytics.reports.tables import Tables

__all__ = ["Card", "Evidence", "Mark", "Spelling", "marked", "measure_evidence"]

_SHOWN_FLAGS = 150
_SHOWN_PIECES = 10
_SHOWN_CLUSTERS = 8
_SHOWN_SPELLINGS = 8
_NAME = compared_by("name")
_ADDRESS = compared_by("address", "city")
_CONTACT = compared_by("phone", "email")
_WORD = re.compile(r"\s+")


_Written = tuple[str, str, str]  # name, address, contact


@dataclass(frozen=True)
class Mark:
    """A word of a name or address, and whether the first alias lacks it."""

    word: str
    is_different: bool


@dataclass(frozen=True)
class Spelling:
    """One way in which a consignee was written on the shipments of a flag."""

    name: list[Mark]
    address: list[Mark]
    contact: list[Mark]
    pieces: int
    total_usd: Any
    carriers: list[str]


@dataclass(frozen=True)
class Card:
    """One flag with everything a reader needs to judge it.

    Attributes
    ----------
    flag : dict
        The row of ``flags``, with the name and address of its consignee.
    counter_reasons : list of str
        What speaks against it.
    attributes : dict
        What made it visible.
    pieces : list of dict
        Its shipments, at most ten.
    costs : dict
        Reading, then component, to its row of ``exposure``, in the order of the law section.
    assumptions : list of str
        What those rows take for granted.
    dates : list of dict
        Rows of ``date_sensitivity``.
    spellings : list of Spelling
        The ways its consignee was written, the most frequent first.
    weakest : dict or None
        The weakest joined pair among those aliases, with its evidence.
    """

    flag: dict[str, Any]
    counter_reasons: list[str]
    attributes: dict[str, Any]
    pieces: list[dict[str, Any]]
    costs: dict[str, dict[str, dict[str, Any]]]
    assumptions: list[str]
    dates: list[dict[str, Any]]
    spellings: list[Spelling]
    weakest: dict[str, Any] | None


@dataclass(frozen=True)
class Evidence:
    """The flags that are shown, how many there are, and those that only the identity work made visible."""

    cards: list[Card]
    flags: int
    clusters: list[Card]
    hidden_flags: int


def measure_evidence(tables: Tables, period: Period) -> Evidence:
    """Gather the flags of a period with their evidence, the dearest first; of many, the dearest of each kind."""
    flags = tables.flags.filter(period.holds("window_end"))
    names = tables.identities.select("identity_id", "display_name", "display_address", "party_class")
    hidden = flags.filter(~pl.col("is_plain_to_see"))
    shown = _dearest_of_each_kind(flags)
    wanted = pl.concat([shown, hidden.head(_SHOWN_CLUSTERS)]).unique("flag_id", maintain_order=True)
    known = names.join(wanted.lazy().select("identity_id"), on="identity_id", how="semi").collect()
    rows = wanted.join(known, on="identity_id", how="left", maintain_order="left")
    lots = _by_flag(tables.flagged, rows)
    readings = _by_flag(tables.exposure, rows)
    dates = _by_flag(tables.date_sensitivity, rows)
    links = _links(tables, lots)
    cards = {flag["flag_id"]: _card(flag, lots, readings, dates, links) for flag in rows.iter_rows(named=True)}
    return Evidence(
        cards=[cards[flag_id] for flag_id in shown["flag_id"]],
        flags=flags.height,
        clusters=[cards[flag_id] for flag_id in hidden.head(_SHOWN_CLUSTERS)["flag_id"]],
        hidden_flags=hidden.height,
    )


def _dearest_of_each_kind(flags: pl.DataFrame) -> pl.DataFrame:
    """Return as many flags as are shown, so that a frequent kind does not crowd out a rare one; order is kept."""
    rank = pl.int_range(pl.len()).over("typology")
    return flags.with_row_index("place").sort(rank, "place").head(_SHOWN_FLAGS).sort("place").drop("place")


def _by_flag(table: pl.DataFrame, flags: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.join(flags.select("flag_id"), on="flag_id", how="semi").iter_rows(named=True):
        rows.setdefault(row["flag_id"], []).append(row)
    return rows


def _links(tables: Tables, lots: Mapping[str, list[dict[str, Any]]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the joined pairs among the aliases of the flags shown."""
    aliases = sorted({lot["alias_id"] for pieces in lots.values() for lot in pieces if lot["alias_id"]})
    joined = tables.links.filter(
        pl.col("is_joined"), pl.col("alias_id_l").is_in(aliases), pl.col("alias_id_r").is_in(aliases)
    ).collect()
    return {(row["alias_id_l"], row["alias_id_r"]): row for row in joined.iter_rows(named=True)}


def _card(
    flag: dict[str, Any],
    lots: Mapping[str, list[dict[str, Any]]],
    readings: Mapping[str, list[dict[str, Any]]],
    dates: Mapping[str, list[dict[str, Any]]],
    links: Mapping[tuple[str, str], dict[str, Any]],
) -> Card:
    flag_id = flag["flag_id"]
    pieces = lots.get(flag_id, [])
    aliases = sorted({piece["alias_id"] for piece in pieces if piece["alias_id"]})
    inside = [links[pair] for pair in links if pair[0] in aliases and pair[1] in aliases]
    weakest = min(inside, key=lambda link: (link["probability"], link["alias_id_l"], link["alias_id_r"]), default=None)
    return Card(
        flag=flag,
        counter_reasons=[str(reason) for reason in json.loads(flag["counter_reasons"])],
        attributes=json.loads(flag["attributes"]),
        pieces=pieces[:_SHOWN_PIECES],
        costs=_costs(readings.get(flag_id, [])),
        assumptions=_assumptions(readings.get(flag_id, [])),
        dates=dates.get(flag_id, []),
        spellings=_spellings(pieces),
        weakest=weakest and {**weakest, "evidence": json.loads(weakest["evidence"])},
    )


def _costs(rows: list[dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        reading: {row["component"]: row for row in rows if row["reading"] == reading}
        for reading in READINGS
        if any(row["reading"] == reading for row in rows)
    }


def _assumptions(rows: list[dict[str, Any]]) -> list[str]:
    return sorted({str(sentence) for row in rows for sentence in json.loads(row["assumptions"])})


def _spellings(pieces: list[dict[str, Any]]) -> list[Spelling]:
    groups: dict[_Written, list[dict[str, Any]]] = {}
    for piece in pieces:
        contact = _joined(piece, _CONTACT)
        groups.setdefault((_joined(piece, _NAME), _joined(piece, _ADDRESS), contact), []).append(piece)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), -len(item[0][0]), item[0]))
    first = ordered[0][0] if ordered else ("", "", "")
    return [_spelling(written, group, first) for written, group in ordered[:_SHOWN_SPELLINGS]]


def _spelling(written: _Written, group: list[dict[str, Any]], first: _Written) -> Spelling:
    name, address, contact = (marked(text, known) for text, known in zip(written, first, strict=True))
    return Spelling(
        name=name,
        address=address,
        contact=contact,
        pieces=len(group),
        total_usd=sum(piece["value_usd"] for piece in group),
        carriers=sorted({piece["carrier_code"] for piece in group if piece["carrier_code"]}),
    )


def _joined(piece: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    return " ".join(_WORD.sub(" ", piece[column]).strip() for column in columns if piece[column])


def marked(text: str, first: str) -> list[Mark]:
    """Return the words of a text, each with whether the first text lacks it; case, commas and full stops aside."""
    known = {_bare(word) for word in first.split(" ")}
    return [Mark(word, _bare(word) not in known) for word in text.split(" ") if word]


def _bare(word: str) -> str:
    return word.strip(".,").casefold()
