"""Files as a carrier sends them, week by week."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import polars as pl

from analytics.weekly import WeekRun, run_week

__all__ = ["MONDAYS", "put_lot", "weekly"]

MONDAYS = {"2025-W10": date(2025, 3, 10), "2025-W11": date(2025, 3, 17), "2025-W12": date(2025, 3, 24)}
_USUAL = {
    "consignee_address": "12 Quillfeather Lane", "consignee_postal_code": "62704", "declared_value": "450.00",
    "mode": "air", "entry_type": "86", "origin_country": "DE", "hts_code": "6110303053", "seller_id": "S1",
}  # fmt: skip
_LOTS = {
    "first": [
        ("Ann Ames", "A1", "2025-03-05"), ("Ann Ames", "A1", "2025-03-06"),
        ("Bo Ekdahl", "B1", "2025-03-11"), ("Bo Ekdahl", "B1", "2025-03-12"),
    ],
    "next": [("Cy Orrin", "C1", "2025-03-18"), ("Cy Orrin", "C1", "2025-03-19")],
    "late": [("Di Ulmer", "D1", "2025-03-12"), ("Di Ulmer", "D1", "2025-03-13"), ("Bo Ekdahl", "B1", "2025-03-13")],
}  # fmt: skip


def put_lot(inbox: Path, name: str, *, age: float = 3600) -> Path:
    """Put a lot into an inbox, written an hour ago."""
    rows = [
        {
            **_USUAL,
            "shipment_id": f"{name}-{number}X",
            "consignee_name": who,
            "order_id": f"{order}0001",
            "arrival_date": day,
        }
        for number, (who, order, day) in enumerate(_LOTS[name])
    ]
    inbox.mkdir(exist_ok=True)
    file = inbox / f"{name}.csv"
    pl.DataFrame(rows).write_csv(file)
    then = time.time() - age
    os.utime(file, (then, then))
    return file


def weekly(root: Path, today: date, **more: object) -> WeekRun:
    """Run a week in a folder with ``in``, ``store`` and ``weeks``."""
    return run_week(root / "in", root / "store", root / "weeks", today=today, **more)  # type: ignore[arg-type]
