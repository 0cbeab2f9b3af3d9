"""Planted in what is claimed: origins that change or do not fit, goods that used to be entered, gifts in parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from analytics.synth.canvas import Canvas
from analytics.synth.law import CHINA
from analytics.synth.lists import Ints

__all__ = ["gifts_in_parts", "harmless_orders", "origins_that_change", "origins_that_do_not_fit", "sellers_who_switch"]

_SWITCH, _END = date(2025, 5, 2), date(2025, 8, 29)
_IS_CHINA = pl.col("origin").is_in(CHINA)
_IN_WINDOW = pl.col("date").is_between(_SWITCH - timedelta(days=90), _SWITCH + timedelta(days=89))
_BEFORE, _AFTER = 12, 4
_HISTORY = 11
_GIFT_CENTS = 6_000
_BY_AIR = {"mode": "air", "carrier_code": "FX", "filer_code": "F9A", "conveyance_id": None, "port_of_entry": "2095"}


def origins_that_change(canvas: Canvas, schemes: int) -> None:
    """Goods of China until its exemption ended, of Viet Nam from that day on; as often from both all along."""
    day = canvas.rows["date"]
    rows = _IS_CHINA & _IN_WINDOW & (pl.col("mode") != "mail")
    for number, group in zip(range(2 * schemes), _on_both_sides(canvas, rows), strict=False):
        before = [row for row in group.tolist() if day[row] < _SWITCH][:_BEFORE]
        after = [row for row in group.tolist() if day[row] >= _SWITCH][:_AFTER]
        product = f"N{canvas.facts['seller'][before[0]]}-{number}"
        for row in (*before, *after):
            canvas.put(row, product_id=product)
        moved = after if number % 2 == 0 else [*after, *before[::2]]
        for row in moved:
            canvas.put(row, origin_country="VN", export_country="VN", shipper_country="VN")
            canvas.fact(row, origin="VN")
        for row in after:
            canvas.put(row, entry_type="86", exemption_claimed=None, entry_number=f"E2T{row:08}")
            canvas.fact(row, entry="86", claim=None)
        if number % 2 == 0:
            canvas.true("origin_shift", product, after)


def _on_both_sides(canvas: Canvas, rows: pl.Expr) -> Iterator[Ints]:
    """Give the rows of sellers with enough of them before and after the day."""
    day = canvas.rows["date"]
    for group in canvas.groups(["seller"], _BEFORE + _AFTER, rows):
        sides = [day[row] < _SWITCH for row in group.tolist()]
        if sum(sides) >= _BEFORE and len(sides) - sum(sides) >= _AFTER:
            yield group


def origins_that_do_not_fit(canvas: Canvas, schemes: int) -> None:
    """Goods claimed free by their origin and sent from China while China's were not; as often while they were."""
    exempt = ~_IS_CHINA & pl.col("claimed") & pl.col("limit").is_not_null() & (pl.col("seller") >= 0)
    periods = (pl.col("date").is_between(_SWITCH, _END, closed="left"), pl.col("date") < _SWITCH)
    for is_scheme, period in zip((True, False), periods, strict=True):
        for _, row in zip(range(schemes), canvas.singles(exempt & period), strict=False):
            canvas.put(row, shipper_country="CN", export_country="CN")
            if is_scheme:
                canvas.true("origin_mismatch", canvas.rows.select("seller", "week", "origin").row(row), [row])


def sellers_who_switch(canvas: Canvas, schemes: int) -> None:
    """Sellers whose goods were entered until a day and claimed after it; as often half of them are entered still."""
    rows = ~_IS_CHINA & pl.col("limit").is_not_null() & (pl.col("seller") >= 0)
    of_seller = canvas.rows.filter(rows).group_by("seller").agg("row", "is_loose")
    parts = {seller: (row, loose) for seller, row, loose in of_seller.iter_rows()}
    planted = 0
    for group in canvas.groups(["seller"], 2 * _HISTORY, rows):
        seller = canvas.facts["seller"][int(group[0])]
        every, loose = parts[seller]
        day = canvas.rows["date"][sorted(every)[len(every) // 2]]  # rows stand in the order of their days
        before = [row for row, is_loose in zip(every, loose, strict=True) if is_loose and _day(canvas, row) < day]
        after = [row for row in group.tolist() if _day(canvas, row) >= day]
        if len(before) < max(_HISTORY, 0.95 * sum(_day(canvas, row) < day for row in every)) or len(after) < _HISTORY:
            continue
        for row in before:
            _entered(canvas, row)
        for at, row in enumerate(after):
            (_entered if planted % 2 and at % 2 else _claimed)(canvas, row)
        if planted % 2 == 0:
            canvas.true("entry_type_switching", seller, after)
        planted += 1
        if planted == 2 * schemes:
            return


def _day(canvas: Canvas, row: int) -> date:
    day: date = canvas.rows["date"][row]
    return day


def _entered(canvas: Canvas, row: int) -> None:
    canvas.put(row, entry_type="11", exemption_claimed="false", **_BY_AIR)
    canvas.fact(row, entry="11", claim=False, mode="air", conveyance="")


def _claimed(canvas: Canvas, row: int) -> None:
    canvas.put(row, entry_type="86", exemption_claimed=None, **_BY_AIR)
    canvas.fact(row, entry="86", claim=None, mode="air", conveyance="")


def gifts_in_parts(canvas: Canvas, schemes: int) -> None:
    """What a seller sends as two gifts on near days, together over the gift limit; as often exactly at it."""
    day = canvas.rows["date"]
    rows = (pl.col("seller") >= 0) & (pl.col("mode") == "mail") & pl.col("claimed") & ~_IS_CHINA
    for number, group in zip(range(2 * schemes), canvas.groups(["seller", "week"], 2, rows), strict=False):
        first, again = sorted(group[:2].tolist())
        if day[first] == day[again]:
            continue
        for row, cents in ((first, _GIFT_CENTS), (again, _GIFT_CENTS if number % 2 == 0 else 10_000 - _GIFT_CENTS)):
            canvas.put(row, is_gift="true", declared_value=f"{cents // 100}.00", customs_value=None)
            canvas.fact(row, is_gift=True, cents=cents)
        for name in [column for column in canvas.manifest.columns if column.startswith("consignee_")]:
            canvas.put(again, **{name: canvas.cell(name, first)})
        canvas.fact(again, person=canvas.facts["person"][first])
        if number % 2 == 0:
            canvas.true("gift_split", first, [first, again])


def harmless_orders(canvas: Canvas, orders: list[list[int]], words: dict[str, list[str]]) -> None:
    """Give orders that were split without a purpose the papers that show it: weight, words, one bill."""
    for number, rows in enumerate(orders):
        for row in rows[1:]:
            said = canvas.cell("description", row)
            if number % 4 == 0:
                canvas.put(row, description=f"{said} {canvas.draw(words['backorder'])}")
            elif number % 4 == 1:
                canvas.put(row, description=f"{said} {canvas.draw(words['replacement'])}")
            elif number % 4 == 2:
                canvas.put(row, house_bill=canvas.cell("house_bill", rows[0]), entry_number=None)
        if number % 4 == 3:
            for row in rows:
                canvas.put(row, weight_kg=f"{int(canvas.rng.integers(70, 95))}.000", quantity="1")
