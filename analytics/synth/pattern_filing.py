"""Planted in how things were filed: late entries, one bill entered twice."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from analytics.synth.canvas import Canvas

__all__ = ["duplicate_entries", "late_filings", "missing_papers"]

_ZONE = ZoneInfo("America/New_York")
_FIFTEEN_DAYS_UNTIL, _REFUSED_FROM = date(2024, 2, 15), date(2025, 8, 29)
_HAS_ENTRY = pl.col("entry").is_in(["86", "11"]) & (pl.col("filer") != "")
_COPIED = (
    "consignee_name", "consignee_address", "consignee_address2", "consignee_city", "consignee_state",
    "consignee_postal_code", "consignee_phone", "consignee_email", "consignee_tax_id", "consignee_id", "house_bill",
    "description", "hts_code", "product_id", "declared_value", "customs_value", "quantity", "weight_kg",
)  # fmt: skip


def _allowed_days(day: date) -> int:
    return 15 if day < _FIFTEEN_DAYS_UNTIL else 0


def _stamp(day: date, hour: int) -> str:
    moment = datetime.combine(day, time(hour, 30), _ZONE).astimezone(ZoneInfo("UTC"))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def late_filings(canvas: Canvas, schemes: int) -> None:
    """Entries of a filer and week that were filed a day to five after the last on which they might be.

    Beside each scheme one entry is filed on that last day, late in the evening.
    """
    days = canvas.rows["date"]
    rows = (pl.col("entry") == "86") & (pl.col("date") < _REFUSED_FROM)
    for _, group in zip(range(schemes), canvas.groups(["filer", "week"], 4, rows), strict=False):
        *late, last = group[: 3 + int(canvas.rng.integers(1, 5))].tolist()
        for row in late:
            last_day = days[row] + timedelta(days=_allowed_days(days[row]))
            delay = int(canvas.rng.integers(1, 6))
            canvas.put(row, declared_at=_stamp(last_day + timedelta(days=delay), 11))
        canvas.put(last, declared_at=_stamp(days[last] + timedelta(days=_allowed_days(days[last])), 22))
        canvas.true("late_filing", canvas.rows.select("filer", "week").row(late[0]), late)


def duplicate_entries(canvas: Canvas, schemes: int) -> None:
    """One package under two entry numbers; and, as often, under one number in two rows."""
    for number, pair in zip(range(2 * schemes), canvas.groups(["date", "carrier_code"], 2, _HAS_ENTRY), strict=False):
        first, again = pair[:2].tolist()
        canvas.put(again, **{name: canvas.cell(name, first) for name in _COPIED})
        if number % 2:
            canvas.put(again, entry_number=canvas.cell("entry_number", first))
        else:
            canvas.true("duplicate_entry", first, [first, again])
        canvas.put(first)
        canvas.fact(again, person=canvas.facts["person"][first], cents=canvas.facts["cents"][first])


def missing_papers(canvas: Canvas, facts: pl.DataFrame, written: pl.DataFrame) -> None:
    """Note where claims lack a paper, and entries an invoice or bill: so by chance, and true all the same."""
    claimed = facts["claimed"]
    filers = pl.Series("filer", pl.select(pl.coalesce(written["filer_code"], written["carrier_code"])).to_series())
    is_entry = ~claimed & (facts["entry"] != "")
    for kind, of_it, names in (
        ("", claimed, ("has_invoice", "has_transport_document", "has_proof_of_order")),
        (" entries", is_entry, ("has_invoice", "has_transport_document")),
    ):
        papers = [written[name] == "false" for name in names]
        lacks = pl.select(pl.any_horizontal(papers).fill_null(value=False)).to_series() & of_it
        rows = canvas.rows.select(filers, "week", "row").filter(lacks)
        canvas.truth += [
            ("documentation_gap", f"{filer} {week}{kind}", row, False) for filer, week, row in rows.iter_rows()
        ]
