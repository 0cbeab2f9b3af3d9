"""What single entries owe: duty by every layer of the day, and the processing fee. Whole cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from analytics.exposure.duties import DutyTables, duties_of_lines, duties_of_shipments
from analytics.exposure.fees import fees_of_pieces, formal_fee
from analytics.exposure.landed.program import Goods
from analytics.exposure.settings import Settings

__all__ = ["Entry", "Owed", "owed_on_entries"]

_OCEAN, _MAIL = "ocean", "mail"


@dataclass(frozen=True)
class Entry:
    """Parcels of one kind of goods on one entry.

    Attributes
    ----------
    day : date
        Whose law.
    goods : Goods
        What is in each parcel.
    parcels : int
        How many are on it.
    """

    day: date
    goods: Goods
    parcels: int

    @property
    def customs_value(self) -> Decimal:
        """What is on the entry, as duty is reckoned."""
        return self.goods.customs_value * self.parcels


@dataclass(frozen=True)
class Owed:
    """What one entry owes, in cents; a fee is None where none is known of the day."""

    duty_floor: int
    duty_base: int
    duty_ceiling: int
    is_duty_unknown: bool
    informal_fee: int | None
    formal_fee: int | None


def owed_on_entries(entries: list[Entry], tables: Mapping[str, pl.DataFrame], settings: Settings) -> dict[Entry, Owed]:
    """Reckon duty and fee of entries.

    Parameters
    ----------
    entries : list of Entry
        Each once.
    tables : mapping
        The reference tables of the regime.
    settings : Settings
        Which contested duties are counted.

    Returns
    -------
    dict
        Each entry with what it owes.
    """
    frame = pl.DataFrame(
        [
            (str(place), entry.day, entry.goods.origin, entry.goods.mode, entry.goods.hts, entry.customs_value)
            for place, entry in enumerate(entries)
        ],
        schema={
            "shipment_uid": pl.String, "arrival_date": pl.Date, "origin_country": pl.String, "mode": pl.String,
            "hts_code": pl.String, "customs_value_usd": pl.Decimal(18, 2),
        },
        orient="row",
    )  # fmt: skip
    duties = duties_of_shipments(duties_of_lines(frame, DutyTables.of(tables), settings))
    in_cents = frame.with_columns(customs=(pl.col("customs_value_usd") * 100).cast(pl.Int64))
    fees = fees_of_pieces(
        in_cents, tables["ref_fees"], tables["ref_limits"], tables["ref_preferences"], settings.regime
    )
    harbour = (pl.col("customs").cast(pl.Decimal(20, 0)) * pl.col("harbour_rate")).round(0).cast(pl.Int64)
    priced = fees.with_columns(
        formal=formal_fee(pl.col("customs")) + pl.when(pl.col("mode") == _OCEAN).then(harbour).otherwise(0)
    )
    rows = priced.join(duties, on="shipment_uid", how="left").iter_rows(named=True)
    by_place = {int(row["shipment_uid"]): row for row in rows}
    return {entry: _owed(entry, by_place[place]) for place, entry in enumerate(entries)}


def _owed(entry: Entry, row: Mapping[str, object]) -> Owed:
    own = row["fee_mail"] if entry.goods.mode == _MAIL else row["fee_informal"]
    if entry.goods.is_express and entry.goods.mode != _MAIL and entry.parcels == 1:
        own = row["fee_bill"]
    return Owed(
        duty_floor=_whole(row["duty_floor"]) or 0,
        duty_base=_whole(row["duty_base"]) or 0,
        duty_ceiling=_whole(row["duty_ceiling"]) or 0,
        is_duty_unknown=row["is_duty_unknown"] is not False,
        informal_fee=_whole(own),
        formal_fee=_whole(row["formal"]),
    )


def _whole(amount: object) -> int | None:
    return amount if isinstance(amount, int) else None
