"""Made-up weeks: shipments and flags of each, as a store."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analytics.reports.periods import Period
from tests.reports.fake_store import FakeStore, store_of

__all__ = ["MONDAY", "WEEK", "Weeks"]

MONDAY = date(2025, 5, 5)
WEEK = Period.of_week(MONDAY)
PLAIN = {"rule_id": "US-C-05", "valid_from": date(2016, 3, 10)}
SUSPENDED = {
    "rule_id": "US-C-06", "origin_scope": "CN|HK", "valid_from": date(2025, 5, 2), "limit_amount": None,
    "limit_currency": None, "status": "suspended",
}  # fmt: skip


class Weeks:
    """Weeks up to the one reported on; each call adds to them.

    Parameters
    ----------
    history : int
        Weeks with plain traffic before the week.
    """

    def __init__(self, history: int = 8) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("shipments", "flags", "flag_shipments", "exposure", "statute_clock", "run_changes")
        }
        self.runs: list[dict[str, Any]] = []
        self.limits = [PLAIN]
        for weeks_ago in range(history, 0, -1):
            self.ship(20, weeks_ago=weeks_ago, source_file="old.csv")

    def ship(self, count: int, weeks_ago: int = 0, value: str = "100.00", **more: Any) -> list[str]:
        """Add shipments of one day, two days into a week; return their ids."""
        first = len(self.rows["shipments"])
        usual = {
            "arrival_date": MONDAY + timedelta(days=2 - 7 * weeks_ago), "value_usd": value, "seller_id": "S1",
            "seller_name": "Lumen Home", "carrier_code": "UPSN", "filer_code": "W7K",
        }  # fmt: skip
        uids = [f"P{first + place:04d}" for place in range(count)]
        self.rows["shipments"] += [{**usual, "shipment_uid": uid, **more} for uid in uids]
        return uids

    def flag(self, typology: str, usd: str, weeks_ago: int = 0, shipments: int = 2, **more: Any) -> str:
        """Add a flag with its shipments, its value at issue, and a sixth of that in duty; return its id."""
        shipped = {key: more.pop(key) for key in ("seller_id", "seller_name", "origin_country", "source_file",
                                                  "carrier_code", "filer_code") if key in more}  # fmt: skip
        is_unknown = more.pop("is_unknown", False)
        worth = (Decimal(usd) / shipments).quantize(Decimal("0.01"))
        uids = self.ship(shipments, weeks_ago, str(worth), **shipped)
        flag_id, day = f"f{len(self.rows['flags'])}", MONDAY + timedelta(days=2 - 7 * weeks_ago)
        self.rows["flags"].append(
            {"flag_id": flag_id, "typology": typology, "identity_id": flag_id, "subject": flag_id, "window_start": day,
             "window_end": day, "shipments": shipments, "total_usd": usd, "rule_id": "US-C-05", **more}
        )  # fmt: skip
        self.rows["flag_shipments"] += [{"flag_id": flag_id, "shipment_uid": uid, "shipment_id": uid} for uid in uids]
        duty = Decimal(usd) / 10
        amounts = {"value": (Decimal(usd) / 2, Decimal(usd), Decimal(usd)), "total": (duty / 2, duty, duty * 2),
                   "penalty": (duty, duty * 2, duty * 4)}  # fmt: skip
        self.rows["exposure"] += [
            {"flag_id": flag_id, "component": component, "is_unknown": is_unknown and component != "value",
             **dict(zip(("floor_usd", "base_usd", "ceiling_usd"), figures, strict=True))}
            for component, figures in amounts.items()
        ]  # fmt: skip
        end = day.replace(year=day.year + 5)
        self.rows["statute_clock"].append({"flag_id": flag_id, "first_end": end, "last_end": end})
        return flag_id

    def store(self) -> FakeStore:
        """Return the store of these weeks."""
        status = [{"typology": name, "rows": rows, "shipments": 200} for name, rows in
                  (("daily_limit", 200), ("order_split", 150), ("suspended_claim", 190))]  # fmt: skip
        days = [{"rule_id": row["rule_id"], "coverage": row["rule_id"]} for row in self.limits]
        runs = {"runs": self.runs} if self.runs else {"runs": [{"finished_at": "2025-05-12T10:00:00Z"}]}
        return store_of(**self.rows, **runs, ref_limits=self.limits, typology_status=status, daily_totals=days)
