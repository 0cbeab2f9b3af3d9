"""What may be owed, in words and as rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

from analytics.contracts.exposure import DUTIES
from analytics.reports.sections.owed.measures import Owed
from analytics.reports.wording import counted, day, dollars, listed, money

__all__ = [
    "bands_rows",
    "bands_text",
    "clock_rows",
    "clock_text",
    "component_rows",
    "ends_text",
    "layer_rows",
    "tornado_rows",
    "tornado_text",
]

_COMPONENTS = {
    "value": "Value at issue",
    "duty": "Duty",
    "fees": "Fees",
    "total": "Duty and fees",
    "penalty": "Penalty at most",
    "penalty_floor": "Penalty under the floor, beside it",
    "disclosure": "Prior disclosure",
}


def component_rows(owed: Owed) -> list[dict[str, Any]]:
    """Return one row a component: its name, the three figures, and how many flags have a part unknown.

    Where some part is unknown so is the most: the ceiling is None.
    """
    return [
        {
            "name": f"{_COMPONENTS[name]}{_of_whom(owed, name)}",
            "is_sum": name == "total",
            "floor": value.floor,
            "base": value.base,
            "ceiling": None if owed.unknown[name] else value.ceiling,
            "unknown": owed.unknown[name],
        }
        for name, value in owed.components.items()
    ]


def _of_whom(owed: Owed, component: str) -> str:
    said = {"penalty": owed.culpability.replace("_", " "), "penalty_floor": owed.floor_state}.get(component)
    return f" ({said})" if said else ""


def bands_text(owed: Owed) -> str:
    """Say what the readings come to."""
    if owed.readings.height < 2:
        return "No flag of the period depends on which shipments of a day lose the exemption."
    first = owed.readings.row(0, named=True)
    least = min(owed.readings["floor_usd"])
    return (
        f"Duty and fees come to {dollars(first['base_usd'])} if all shipments of a day lose the exemption, "
        f"and to no less than {dollars(least)} under any interpretation. The bars leave out "
        "what is void and what cannot be computed."
    )


def bands_rows(owed: Owed) -> list[list[str]]:
    """Return the readings as rows of text."""
    return [
        [row["reading"], *(money(row[name]) for name in ("floor_usd", "base_usd", "ceiling_usd"))]
        for row in owed.readings.iter_rows(named=True)
    ]


def tornado_text(drivers: pl.DataFrame) -> str:
    """Say which assumption makes the greatest difference, and what void duties would add."""
    allowed = drivers.filter("is_in_range")
    said = []
    if allowed.height:
        top = allowed.row(0, named=True)
        said.append(
            f"The greatest difference comes from this: {_lowered(top['statement'])}. It moves the total from "
            f"{dollars(top['low_usd'])} to {dollars(top['high_usd'])}."
        )
    void = drivers.filter(~pl.col("is_in_range"))
    said += [
        f"{row['statement']}, would add {dollars(row['high_usd'] - row['base_usd'])}; they are in no figure."
        for row in void.iter_rows(named=True)
    ]
    return " ".join(said)


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def tornado_rows(drivers: pl.DataFrame) -> list[list[str]]:
    """Return the assumptions as rows of text."""
    return [
        [row["statement"], money(row["low_usd"]), money(row["high_usd"]), "yes" if row["is_in_range"] else "no: void"]
        for row in drivers.iter_rows(named=True)
    ]


def layer_rows(owed: Owed) -> list[dict[str, Any]]:
    """Return one row a duty: its name, how many shipments, what is in the headline and what is left out."""
    return [
        {
            **row,
            "name": DUTIES.get(row["layer"], row["layer"]),
            "between": row["ceiling_usd"] - row["base_usd"],
            "left_out": row["widest_usd"] - row["ceiling_usd"],
        }
        for row in owed.layers.iter_rows(named=True)
    ]


def clock_text(owed: Owed) -> str:
    """Say what ages out next, and what already has."""
    suits = owed.clock.filter(pl.col("kind") == "suit")
    if suits.is_empty():
        return "No flag puts duty or fees at issue."
    total = Decimal(suits["at_stake_usd"].sum())
    said = [f"Of {dollars(total)} in all flags of this store"]
    if owed.today is None:
        return f"{said[0]}, the first ages out in the quarter that begins on {day(suits['quarter'][0])}."
    over = Decimal(suits.filter(pl.col("quarter") < _quarter_of(owed))["at_stake_usd"].sum())
    said.append(f"{dollars(over)} had aged out before the quarter of the last run" if over else "none has aged out yet")
    coming = suits.filter(pl.col("quarter") >= _quarter_of(owed))
    if coming.height:
        next_one = coming.row(0, named=True)
        said.append(
            f"the next to do so, {dollars(next_one['at_stake_usd'])}, in the quarter that begins on "
            f"{day(next_one['quarter'])}"
        )
    return f"{said[0]}, {listed(said[1:])}."


def _quarter_of(owed: Owed) -> Any:
    return pl.Series([owed.today]).dt.truncate("1q")[0]


def ends_text(limits: pl.DataFrame, flag_id: str) -> str:
    """Say of one flag until when suit may be brought and records are kept; nothing where no limit is dated."""
    rows = limits.filter(pl.col("flag_id") == flag_id, pl.col("last_end").is_not_null())
    said = [
        f"{row['wording']}: {_until(row['first_end'], row['last_end'])} ({row['source']})."
        for row in rows.sort("kind", "clock", descending=[True, False]).iter_rows(named=True)
    ]
    return " ".join(said)


def _until(first: Any, last: Any) -> str:
    return (
        f"until {day(last)}"
        if first == last
        else f"until {day(first)} for the first shipment, {day(last)} for the last"
    )


def clock_rows(owed: Owed) -> list[list[str]]:
    """Return the quarters as rows of text: when, flags and amount of suits, amount of records."""
    rows = []
    for (quarter,), of_quarter in owed.clock.group_by("quarter", maintain_order=True):
        by_kind = {kind: of_quarter.filter(pl.col("kind") == kind) for kind in ("suit", "records")}
        rows.append(
            [
                f"from {day(quarter)}",
                counted(int(by_kind["suit"]["flags"].sum()), "flag"),
                *(dollars(Decimal(by_kind[kind]["at_stake_usd"].sum() or 0)) for kind in ("suit", "records")),
            ]
        )
    return rows
