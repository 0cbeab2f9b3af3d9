"""What each chart shows, in words and as rows; and the words of the tables beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import polars as pl

from analytics.contracts.identities import NOTES
from analytics.reports.measures import Measures
from analytics.reports.wording import counted, day, days, dollars, listed, money, name_of, percent

__all__ = [
    "bunching_rows",
    "bunching_text",
    "clues",
    "concentration_text",
    "cost_parts",
    "facts",
    "file_name",
    "is_partly_unknown",
    "likelihood",
    "question",
    "stands",
    "takes_for_one",
    "threshold",
    "trend_rows",
    "trend_text",
    "typologies_text",
    "typology_names",
    "typology_rows",
    "way",
]

_FACTS = {
    "aliases": "Spellings",
    "would_exact_name_show_it": "Shown by exact match",
    "ways_written": "Names and addresses",
    "mail_mixed": "Mail beside other modes",
    "oversize_count": "Set aside, over the limit alone",
    "order_identities": "Consignees of the order",
}
_EITHER_WAY = {"would_exact_name_show_it", "origin_known"}
_PARTS = ("value", "duty", "fees", "penalty", "total")
_CLUES = 3
_TAKES = {
    "high": "what may well be one: households under one telephone, one name at two addresses",
    "looser": "what is not clearly two",
    "central": "what is rather one than two",
    "stricter": "what is very likely one",
    "low": "what is all but certainly one",
    "certain": "only equal spellings, one account number, and what a person has judged",
}
_QUESTIONS = {
    "seller": "Which orders these pieces belong to, and why they went in several.",
    "carrier": "How pieces for one recipient on one day are added up before they are manifested.",
    "filer": "How the exemption is checked against the day's total before it is claimed.",
}
_ORDER_QUESTION = "Why single orders are sent in lots, and who decides it."
_CLAIM_QUESTION = "Why the exemption is claimed where none is available."


def trend_text(measures: Measures) -> str:
    """Say in a sentence what the trend shows."""
    trend = measures.trend
    if not trend["flags"].sum():
        return "No week shown has a flag."
    top = trend.sort("base_usd", "monday", descending=[True, False]).row(0, named=True)
    last = trend.row(-1, named=True)
    return (
        f"Of {counted(trend.height, 'week')} shown, the week of {day(top['monday'])} has the most at issue, "
        f"{dollars(top['base_usd'])}; the last has {dollars(last['base_usd'])}, "
        f"between {dollars(last['floor_usd'])} and {dollars(last['ceiling_usd'])}."
    )


def bunching_text(measures: Measures) -> str:
    """Say in two sentences how values lie around the limit."""
    bunching = measures.bunching
    if bunching is None:
        return "No piece of the last quarter came under a limit."
    limit, near = money(bunching.limit, bunching.currency), money(bunching.limit - bunching.near, bunching.currency)
    return (
        f"{days(bunching.first, bunching.last)}: {counted(bunching.below, 'shipment')} over {near} and up to {limit}, "
        f"where {bunching.expected:,.0f} would be expected from the three bands of that width below; "
        f"{bunching.above:,} in the band of that width above. "
        "A crowd under a limit is a reason to look and proves nothing about one shipment."
    )


def typologies_text(measures: Measures) -> str:
    """Say what was flagged how often in the quarter, and what was not tested."""
    totals = (
        measures.typologies.group_by("typology")
        .agg(pl.col("flags").sum())
        .sort("flags", "typology", descending=[True, False])
    )
    parts = [f"{name_of(name)} {count:,}" for name, count in totals.iter_rows()]
    leads = measures.tables.typologies.filter(pl.col("reading") == "none")
    status = measures.tables.typology_status.join(leads, on="typology", how="anti", maintain_order="left")
    untested = status.filter(pl.col("tested") != "yes")
    said = [f"{name_of(row['typology'])}: {row['tested']}" for row in untested.iter_rows(named=True)]
    text = f"Flags of the last quarter: {', '.join(parts)}." if parts else "No flag in the last quarter."
    return f"{text} {'; '.join(said)}." if said else f"{text} Every kind that puts a value at issue was tested."


def concentration_text(measures: Measures) -> str:
    """Say how few recipients hold how much."""
    found = measures.concentration
    if found is None:
        return "No recipient was flagged in the last quarter."
    return (
        f"Flagged in the last quarter: {counted(found.recipients, 'recipient')}. Half of the value at issue lies with "
        f"{found.half_recipients:,} of them, {percent(found.top_ten_share)} with the ten largest."
    )


def trend_rows(measures: Measures) -> list[list[str]]:
    """Return the trend as rows of text."""
    return [
        [
            day(row["monday"]),
            f"{row['flags']:,}",
            *(dollars(row[name]) for name in ("floor_usd", "base_usd", "ceiling_usd", "low_usd", "high_usd")),
        ]
        for row in measures.trend.iter_rows(named=True)
    ]


def threshold(row: Mapping[str, Any]) -> str:
    """Return a threshold with what it is good for."""
    named = {"high": ", high", "low": ", low", "central": ", as reported"}
    return "certain" if row["standing"] == "certain" else f"{row['threshold']:g}{named.get(row['standing'], '')}"


def takes_for_one(standing: str) -> str:
    """Say in words what a threshold takes for one recipient."""
    return _TAKES[standing]


def stands(flag: Mapping[str, Any]) -> str:
    """Say up to which threshold on who is who a flag stands."""
    survives = flag["survives_to_threshold"]
    if survives is None:
        return "not tested at other thresholds"
    if survives == 1:
        return "at any threshold: it rests on no doubtful link"
    return f"up to a threshold of {survives:g}"


def bunching_rows(measures: Measures) -> list[list[str]]:
    """Return the histogram as rows of text."""
    found = measures.bunching
    if found is None:
        return []
    return [
        [money(low, found.currency), money(high, found.currency), f"{count:,}"]
        for low, high, count in found.bins.iter_rows()
    ]


def typology_names(measures: Measures) -> list[str]:
    """Return the kinds of flag that the chart shows, in its order."""
    return [name_of(name) for name in measures.typologies["typology"].unique(maintain_order=True)]


def typology_rows(measures: Measures) -> list[list[str]]:
    """Return one row a week, one column a kind of flag."""
    weeks = measures.typologies.group_by("monday", maintain_order=True).agg("flags")
    return [[day(monday), *(f"{count:,}" for count in counts)] for monday, counts in weeks.iter_rows()]


def facts(attributes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what made a flag visible as label and value; what says nothing, such as one carrier, is left out."""
    told = {key: value for key, value in attributes.items() if _is_telling(key, value)}
    return [(_FACTS.get(key, key.replace("_", " ").capitalize()), _fact(value)) for key, value in told.items()]


def _is_telling(key: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value or key in _EITHER_WAY
    if isinstance(value, int):
        return value > (0 if key == "oversize_count" else 1)
    return bool(value)


def _fact(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return listed(str(item) for item in value) if isinstance(value, list) else str(value).replace("_", " ")


def cost_parts(costs: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the components that a flag's costs have, in the order in which they are read."""
    found = {part for row in costs.values() for part in row}
    return [part for part in _PARTS if part in found]


def is_partly_unknown(costs: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether some part of a flag's costs could not be computed."""
    return any(part["is_unknown"] for row in costs.values() for part in row.values())


def way(piece: Mapping[str, Any]) -> str:
    """Return carrier, port, mode and origin of a piece, as far as they are known."""
    known = (piece[name] for name in ("carrier_code", "port_of_entry", "mode", "origin_country"))
    return " \u00b7 ".join(str(value) for value in known if value)


def likelihood(probability: float) -> str:
    """Return a probability in per cent, never rounded up to certainty."""
    return "over 99.9%" if probability > 0.999 else f"{100 * probability:.1f}%"


def clues(evidence: Sequence[Mapping[str, Any]]) -> str:
    """Return what weighed most in a comparison, for and against; what could not be compared is left out.

    What holds a probability back, or shrinks it, is no comparison and is told all the same.
    """
    heard = [clue for clue in evidence if clue["feature"] in NOTES or None not in (clue["left"], clue["right"])]
    ranked = sorted(heard, key=lambda clue: (-abs(clue["weight"]), clue["feature"]))
    sides = {
        "for it": [_clue(clue) for clue in ranked if clue["weight"] > 0][:_CLUES],
        "against it": [_clue(clue) for clue in ranked if clue["weight"] < 0][:_CLUES],
    }
    return ". ".join(f"{side.capitalize()}: {'; '.join(said)}" for side, said in sides.items() if said)


def _clue(clue: Mapping[str, Any]) -> str:
    found = str(clue["text"]).rsplit(": ", 1)[-1].rstrip(".")
    return f"{clue['feature'].replace('_', ' ')} ({found})"


def question(role: str, typology: str) -> str:
    """Return what to ask a party, given the kind of flag its shipments stand in most."""
    if typology == "order_split" and role == "seller":
        return _ORDER_QUESTION
    return _CLAIM_QUESTION if typology == "suspended_claim" else _QUESTIONS[role]


def file_name(path: str) -> str:
    """Return the last part of a path: folders of whoever ran it are nobody's business."""
    return PurePosixPath(path.replace("\\", "/")).name
