"""Plants sellers whose goods were entered until a day and are claimed after it, and sellers of whose only half are."""

from __future__ import annotations

from datetime import date

import polars as pl

from analytics.traffic.injector import Injector
from analytics.traffic.law import CHINA
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_IS_CHINA = pl.col("origin").is_in(CHINA)
_HISTORY = 11
_BY_AIR = {"mode": "air", "carrier_code": "FX", "filer_code": "F9A", "conveyance_id": None, "port_of_entry": "2095"}


def _sellers_who_switch(injector: Injector, schemes: int) -> None:
    """Sellers whose goods were entered until a day and claimed after it; as often half of them are entered still."""
    rows = ~_IS_CHINA & pl.col("limit").is_not_null() & (pl.col("seller") >= 0)
    of_seller = injector.rows.filter(rows).group_by("seller").agg("row", "is_loose")
    parts = {seller: (row, loose) for seller, row, loose in of_seller.iter_rows()}
    planted = 0
    for group in injector.groups(["seller"], 2 * _HISTORY, rows):
        seller = injector.facts["seller"][int(group[0])]
        every, loose = parts[seller]
        day = injector.rows["date"][sorted(every)[len(every) // 2]]  # rows stand in the order of their days
        before = [row for row, is_loose in zip(every, loose, strict=True) if is_loose and _day(injector, row) < day]
        after = [row for row in group.tolist() if _day(injector, row) >= day]
        if len(before) < max(_HISTORY, 0.95 * sum(_day(injector, row) < day for row in every)) or len(after) < _HISTORY:
            continue
        for row in before:
            _entered(injector, row)
        for at, row in enumerate(after):
            (_entered if planted % 2 and at % 2 else _claimed)(injector, row)
        if planted % 2 == 0:
            injector.true("entry_type_switching", seller, after)
        planted += 1
        if planted == 2 * schemes:
            return


def _day(injector: Injector, row: int) -> date:
    day: date = injector.rows["date"][row]
    return day


def _entered(injector: Injector, row: int) -> None:
    injector.put(row, entry_type="11", exemption_claimed="false", **_BY_AIR)
    injector.fact(row, entry="11", claim=False, mode="air", conveyance="")


def _claimed(injector: Injector, row: int) -> None:
    injector.put(row, entry_type="86", exemption_claimed=None, **_BY_AIR)
    injector.fact(row, entry="86", claim=None, mode="air", conveyance="")


SCHEME = Scheme(injected=(Injected(_sellers_who_switch, 1, place=20),))
"""What is planted, and what is true of any shipments."""
