"""Holds the ways of entry of a program side by side, on one day or several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import polars as pl

from analytics.contracts.steps import ParameterValue
from analytics.exposure.landed.doors import Door, exemption_door, informal_door
from analytics.exposure.landed.entries import Entry, Owed, owed_on_entries
from analytics.exposure.landed.program import Goods, Handling, Program
from analytics.exposure.settings import Settings
from analytics.rulebook import load_references, rules

__all__ = ["WAYS", "landed_cost"]

WAYS = ("exemption", "informal", "formal", "consolidated")
"""The ways of entry: under the exemption, an informal entry a parcel, a formal one, many parcels on one entry."""

_MONEY = pl.Decimal(18, 2)
_SCHEMA: Mapping[str, Any] = {
    "day": pl.Date, "goods": pl.String, "way": pl.String, "closed": pl.String, "entry": pl.String,
    "parcels": pl.Int64, "entries": pl.Int64, "duty_floor_usd": _MONEY, "duty_base_usd": _MONEY,
    "duty_ceiling_usd": _MONEY, "is_duty_unknown": pl.Boolean, "fees_usd": _MONEY, "handling_usd": _MONEY,
    "month_floor_usd": _MONEY, "month_base_usd": _MONEY, "month_ceiling_usd": _MONEY, "parcel_base_usd": _MONEY,
    "rule_id": pl.String, "source": pl.String, "confidence": pl.String,
}  # fmt: skip
_CENT = Decimal("0.01")
_MAIL = "mail"


def landed_cost(
    program: Program,
    days: Iterable[date],
    *,
    rules_dir: Path | None = None,
    parameters: Mapping[str, ParameterValue] | None = None,
) -> pl.DataFrame:
    """Compare what a month of a program costs, way by way, under the law of each day.

    Parameters
    ----------
    program : Program
        As `read_program` reads it.
    days : iterable of date
        Whose law; each once.
    rules_dir : Path, optional
        The user's own reference tables.
    parameters : mapping, optional
        Answers to open questions, such as ``contested_s122``.

    Returns
    -------
    polars.DataFrame
        One row per day, kind of goods and way, sorted by day, then as written. ``closed`` says why a way is closed, and
        then there is no figure. Duty, fees, handling and the month are US dollars for all parcels of a month; floor,
        base and ceiling differ by what is contested or not certain. Fees are null where none is known of the day, and
        then so is the month. Handling holds what the user gave and nothing else. Taxes are in no figure.

    Notes
    -----
    Duty by value on whole dollars of the entry (19 CFR 159.3); merchandise processing fee by kind of entry and fiscal
    year (19 CFR 24.23); harbour maintenance fee on formal entries by ocean (19 CFR 24.24).
    """
    answers = parameters or {}
    settings = Settings.of(answers)
    tables = load_references(rules_dir).for_regime(settings.regime).tables
    asked = [(day, goods) for day in sorted(set(days)) for goods in program.goods]
    entries = dict.fromkeys(
        Entry(day, goods, parcels) for day, goods in asked for parcels in (1, *_sizes(goods)) if parcels
    )
    owed = owed_on_entries(list(entries), tables, settings)
    suspension = str(answers.get("eo_suspension", "valid"))
    rows = []
    for day, goods in asked:
        held = rules(day, goods.origin, goods.mode, rules_dir=rules_dir, suspension=suspension)
        rows += [_row(day, goods, way, held, owed, program.handling) for way in WAYS]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _sizes(goods: Goods) -> tuple[int, int]:
    """Parcels on a full consolidated entry, and on the last one of a month; 0 where there is no such entry."""
    if goods.parcels_per_entry is None:
        return 0, 0
    full = min(goods.parcels_per_entry, goods.parcels_per_month)
    return full, goods.parcels_per_month % full


def _row(
    day: date, goods: Goods, way: str, held: pl.DataFrame, owed: Mapping[Entry, Owed], handling: Handling
) -> dict[str, Any]:
    door, made = _made(day, goods, way, held)
    about = {
        "day": day, "goods": goods.name, "way": way, "closed": door.closed, "parcels": goods.parcels_per_month,
        "rule_id": door.rule_id, "source": door.source, "confidence": door.confidence,
    }  # fmt: skip
    if door.closed:
        return about
    duty = [0, 0, 0]
    fees: int | None = 0
    is_unknown = False
    for entry, times, is_formal in made:
        due = owed[entry]
        for end, amount in enumerate((due.duty_floor, due.duty_base, due.duty_ceiling)):
            duty[end] += times * amount
        fee = due.formal_fee if is_formal else due.informal_fee
        fees = None if fees is None or fee is None else fees + times * fee
        is_unknown = is_unknown or due.is_duty_unknown
    cost = _handling(goods, way, handling, sum(times for _, times, _ in made), any(formal for *_, formal in made))
    ends = dict(zip(("floor", "base", "ceiling"), map(_dollars, duty), strict=True))
    month = {end: None if fees is None else amount + _dollars(fees) + cost for end, amount in ends.items()}
    base = month["base"]
    return {
        **about,
        "entry": _entry(way, made),
        "entries": sum(times for _, times, _ in made) if way != "exemption" else 0,
        **{f"duty_{end}_usd": amount for end, amount in ends.items()},
        "is_duty_unknown": is_unknown,
        "fees_usd": None if fees is None else _dollars(fees),
        "handling_usd": cost,
        **{f"month_{end}_usd": amount for end, amount in month.items()},
        "parcel_base_usd": None if base is None else _cent(base / goods.parcels_per_month),
    }


def _made(day: date, goods: Goods, way: str, held: pl.DataFrame) -> tuple[Door, list[tuple[Entry, int, bool]]]:
    """Return whether the way is open, and the entries of a month: each with how often, and whether it is formal."""
    single = Entry(day, goods, 1)
    if way == "exemption":
        return exemption_door(goods, held), []
    if way == "informal":
        return informal_door(goods, held, goods.customs_value), [(single, goods.parcels_per_month, False)]
    if way == "formal":
        return Door(None, source="19 CFR 24.23(b)(1)", confidence="secondary"), [
            (single, goods.parcels_per_month, True)
        ]
    if goods.parcels_per_entry is None:
        return Door("parcels_per_entry is not given"), []
    if goods.mode == _MAIL:
        return Door("mail is entered parcel by parcel", source="19 CFR 145.12", confidence="secondary"), []
    full, rest = _sizes(goods)
    sizes = [(full, goods.parcels_per_month // full), *([(rest, 1)] if rest else [])]
    made = [(Entry(day, goods, size), times) for size, times in sizes]
    doors = [informal_door(goods, held, entry.customs_value) for entry, _ in made]
    return Door(None, doors[0].rule_id, doors[0].source, doors[0].confidence), [
        (entry, times, door.closed is not None) for (entry, times), door in zip(made, doors, strict=True)
    ]


def _entry(way: str, made: list[tuple[Entry, int, bool]]) -> str:
    if way != "consolidated":
        return {"exemption": "none"}.get(way, way)
    kinds = {"formal" if is_formal else "informal" for *_, is_formal in made}
    return " and ".join(sorted(kinds))


def _handling(goods: Goods, way: str, handling: Handling, entries: int, is_formal: bool) -> Decimal:
    """Add up what the user gave for a month, in dollars; the month's share of a bond is told by the program's sum."""
    each_entry = {
        "exemption": None,
        "informal": handling.informal_broker,
        "formal": handling.formal_broker,
        "consolidated": handling.consolidated_broker,
    }[way]
    bond = handling.bond_per_formal_entry if is_formal else None
    weight = (goods.weight_kg or Decimal(0)) * (handling.handling_per_kg or Decimal(0))
    per_parcel = (handling.handling_per_parcel or Decimal(0)) + weight
    if way == "exemption":
        per_parcel += handling.exemption_filing or Decimal(0)
    return _cent(goods.parcels_per_month * per_parcel + entries * ((each_entry or Decimal(0)) + (bond or Decimal(0))))


def _dollars(cents: int) -> Decimal:
    return Decimal(cents) * _CENT


def _cent(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
