"""What the workbook of losses computes with: each shipment once, and each duty as a formula would tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl

from analytics.contracts.exposure import DUTIES

__all__ = ["Amounts", "Duty", "Owed", "duties_of", "duty_of", "owed_of", "whole_dollars"]

_CENT, _DOLLAR = Decimal("0.01"), Decimal(1)

Amounts = tuple[Decimal, Decimal, Decimal]
"""Low, base and high."""


@dataclass(frozen=True)
class Duty:
    """One duty on one shipment.

    Attributes
    ----------
    row : dict
        Its row of ``exposure_layers``.
    dutiable : Decimal
        Customs value of its shipment in whole dollars.
    least, most : Decimal
        What it comes to at the low and at the high rate.
    is_computed : bool
        Both follow from the rates and one dutiable value; else they are typed in.
    held : tuple of int
        1 where low, base and high hold it, 0 where it is left out.
    """

    row: dict[str, Any]
    dutiable: Decimal
    least: Decimal
    most: Decimal
    is_computed: bool
    held: tuple[int, int, int]

    @property
    def name(self) -> str:
        """The duty in words."""
        return DUTIES.get(self.row["layer"], str(self.row["layer"]))

    @property
    def amounts(self) -> Amounts:
        """What low, base and high hold of it."""
        low, base, high = self.held
        return low * self.least, base * self.least, high * self.most

    @property
    def screened(self) -> Amounts:
        """The same as the run has it."""
        return self.row["floor_usd"], self.row["base_usd"], self.row["ceiling_usd"]


@dataclass(frozen=True)
class Owed:
    """What one shipment owes, as the run has it."""

    shipment_uid: str
    arrival_date: date
    origin: str | None
    hts_code: str | None
    customs_value: Decimal
    duty: Amounts
    fee: Decimal
    is_included: bool
    is_unknown: bool

    @property
    def screened_base(self) -> Decimal:
        """Duty and fee, the headline."""
        return self.duty[1] + self.fee


def duties_of(shipments: pl.DataFrame, duties: pl.DataFrame) -> list[Duty]:
    """Return the duties on some shipments, rows of ``exposure_layers``."""
    values = dict(shipments.select("shipment_uid", "customs_value_usd").iter_rows())
    return [duty_of(row, whole_dollars(values[row["shipment_uid"]])) for row in duties.iter_rows(named=True)]


def owed_of(shipments: pl.DataFrame, owed: pl.DataFrame) -> list[Owed]:
    """Return what each of some shipments owes, rows of ``exposure_shipments``."""
    columns = ("shipment_uid", "origin_country", "hts_code", "customs_value_usd", "is_included")
    joined = owed.join(shipments.select(columns), on="shipment_uid", maintain_order="left")
    return [
        Owed(
            shipment_uid=row["shipment_uid"],
            arrival_date=row["arrival_date"],
            origin=row["origin_country"],
            hts_code=row["hts_code"],
            customs_value=row["customs_value_usd"],
            duty=(row["duty_floor_usd"], row["duty_base_usd"], row["duty_ceiling_usd"]),
            fee=row["fee_usd"],
            is_included=row["is_included"],
            is_unknown=row["is_unknown"],
        )
        for row in joined.iter_rows(named=True)
    ]


def whole_dollars(amount: Decimal) -> Decimal:
    """Return an amount in whole dollars, fifty cents up (19 CFR 159.3)."""
    return amount.quantize(_DOLLAR, ROUND_HALF_UP)


def duty_of(row: dict[str, Any], dutiable: Decimal) -> Duty:
    """Return a row of ``exposure_layers`` as a formula would tell it, or typed in where no formula tells it.

    Parameters
    ----------
    row : dict
        The row.
    dutiable : Decimal
        Customs value of its shipment in whole dollars.
    """
    screened = row["floor_usd"], row["base_usd"], row["ceiling_usd"]
    least, most = (_cents(dutiable * (row[name] or 0)) for name in ("rate_least", "rate_most"))
    computed = Duty(row, dutiable, least, most, is_computed=True, held=_held(screened, (least, least, most)))
    if computed.amounts == screened:
        return computed
    whole = max(screened[:2])
    return Duty(row, dutiable, whole, screened[2], is_computed=False, held=_held(screened, (whole, whole, screened[2])))


def _held(screened: Sequence[Decimal], whole: Sequence[Decimal]) -> tuple[int, int, int]:
    low, base, high = (int(bool(amount) or not of_all) for amount, of_all in zip(screened, whole, strict=True))
    return low, base, high


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
