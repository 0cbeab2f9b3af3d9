"""A small plausible world for the page and the workbook: sixteen weeks, a change of rule, hostile names."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.reports.fake_store import FakeStore, store_of

__all__ = ["HOSTILE", "WEEKS", "world"]

FIRST = date(2025, 1, 27)
WEEKS = 16
SUSPENDED = date(2025, 5, 2)
HOSTILE = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror=window.hacked=1>',
    '=HYPERLINK("http://evil.example","pay")',
    "Anna \u202eynaM\u202c Lee\x07",
    "{{ 7*7 }} </script><script>window.hacked=2</script>",
    "Zoë Łukasiewicz-O'Brien",
    "محمد العلي",
    "A" * 180,
)
_GIVEN = ("Maria", "John", "Wei", "Fatima", "Robert", "Olga", "Samuel", "Priya", "Lena", "Carlos")
_FAMILY = ("Lopez", "Smith", "Chen", "Haddad", "Brown", "Ivanova", "Okafor", "Sharma", "Berg", "Mendes")
_STREETS = ("Elm Street", "Dock Road", "Maple Avenue", "Harbor Boulevard", "2nd Street")
_CITIES = (("Austin", "TX", "78701"), ("Newark", "NJ", "07102"), ("Reno", "NV", "89501"), ("Tampa", "FL", "33602"))
_SELLERS = (("S-104", "Lumen Home"), ("S-221", "Pine & Thread"), ("S-377", "Kite Electronics"), ("S-512", "Oak Toys"))
_CLUES = [
    {"feature": "prior", "left": None, "right": None, "weight": -0.1, "text": "Before anything is compared."},
    {"feature": "phone", "left": "1", "right": "1", "weight": 8.1, "text": "Telephone numbers: the same."},
    {"feature": "given_name", "left": "m", "right": "maria", "weight": -1.2, "text": "Given names: an initial."},
]
_THRESHOLDS = (
    (0.25, "high"), (0.4, "looser"), (0.5, "central"), (0.8, "stricter"), (0.95, "low"), (1.0, "certain"),
)  # fmt: skip
_RULES = [
    {"rule_id": "US-C-02", "valid_to": date(2025, 2, 4)},
    {"rule_id": "US-C-05", "origin_scope": "NOT(CN|HK)", "valid_from": date(2025, 2, 4), "valid_to": date(2025, 8, 29)},
    {"rule_id": "US-C-04", "origin_scope": "CN|HK", "valid_from": date(2025, 2, 7), "valid_to": SUSPENDED,
     "confidence": "secondary", "source": "EO 14200"},
    {"rule_id": "US-C-06", "origin_scope": "CN|HK", "mode_scope": "NONPOSTAL", "valid_from": SUSPENDED,
     "valid_to": date(2025, 8, 29), "limit_amount": None, "limit_currency": None, "status": "suspended",
     "source": "EO 14256, 90 FR 14899"},
    {"rule_id": "US-LOT-1", "provision": "separate_lots_bar", "grouping_key": "order", "limit_amount": None,
     "limit_currency": None, "status": "in_force", "valid_from": date(1993, 12, 8)},
]  # fmt: skip


class _World:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.rows: dict[str, list[dict[str, Any]]] = {
            name: []
            for name in ("shipments", "flags", "flag_shipments", "exposure", "daily_totals", "aliases", "identities",
                         "identity_links", "date_sensitivity", "flag_thresholds", "exposure_drivers", "exposure_layers",
                         "statute_clock")
        }  # fmt: skip
        self.people = [self.person(number) for number in range(80)]

    def person(self, number: int) -> dict[str, Any]:
        draw = self.random
        name = HOSTILE[number] if number < len(HOSTILE) else f"{draw.choice(_GIVEN)} {draw.choice(_FAMILY)}"
        city, state, code = draw.choice(_CITIES)
        street = f"{draw.randint(1, 900)} {draw.choice(_STREETS)}"
        first = {"consignee_name": name, "consignee_address": street, "consignee_city": city, "consignee_state": state,
                 "consignee_postal_code": code, "consignee_phone": f"512-555-{number:04d}"}  # fmt: skip
        short = {**first, "consignee_name": _initialled(name), "consignee_address": street.replace("Street", "St"),
                 "consignee_phone": f"(512) 555 {number:04d}"}  # fmt: skip
        identity = f"i{number:016x}"
        self.rows["identities"].append(
            {"identity_id": identity, "display_name": name, "aliases": 2,
             "display_address": f"{street}, {city} {state} {code}", "first_day": FIRST}
        )  # fmt: skip
        aliases = [f"a{number:014x}{which}" for which in "01"]
        for alias, written in zip(aliases, (first, short), strict=True):
            self.rows["aliases"].append(
                {"alias_id": alias, "identity_id": identity, "consignee_name": written["consignee_name"]}
            )
        self.rows["identity_links"].append(
            {"alias_id_l": aliases[0], "alias_id_r": aliases[1], "probability": 0.962118,
             "evidence": json.dumps(_CLUES)}
        )  # fmt: skip
        return {"identity_id": identity, "written": (first, short), "aliases": aliases}

    def ship(self, person: dict[str, Any], day: date, value: Decimal, spelling: int = 0, **more: Any) -> str:
        uid = f"1Z{len(self.rows['shipments']):08d}"
        seller_id, seller = self.random.choice(_SELLERS)
        self.rows["shipments"].append(
            {"shipment_uid": uid, "shipment_id": uid, "arrival_date": day, "value_usd": value,
             "identity_id": person["identity_id"], "alias_id": person["aliases"][spelling],
             "carrier_code": self.random.choice(("UPSN", "FDEG", "DHLC")),
             "filer_code": self.random.choice(("W7K", "F2A")),
             "port_of_entry": self.random.choice(("4701", "2720")), "seller_id": seller_id, "seller_name": seller,
             "origin_country": self.random.choice(("VN", "CN", "IN")), "description": "cotton shirts",
             "source_line": len(self.rows["shipments"]) + 2, **person["written"][spelling], **more}
        )  # fmt: skip
        return uid

    def flag(
        self, typology: str, person: dict[str, Any], day: date, uids: list[str], total: Decimal, **more: Any
    ) -> None:
        flag_id = f"f{len(self.rows['flags']):016x}"
        limit = more.get("limit_amount", "800.00")
        at_issue = total if limit is None else total - Decimal(limit)
        self.rows["flags"].append(
            {"flag_id": flag_id, "typology": typology, "identity_id": person["identity_id"],
             "subject": person["identity_id"], "window_start": day, "window_end": day,
             "shipments": len(uids), "total_usd": total, "excess_usd": at_issue,
             "reason": f"{len(uids)} shipments add up to ${total:,} on {day}.", **more}
        )  # fmt: skip
        hides = '"would_exact_name_show_it": false' in str(more.get("attributes"))
        for at, standing in _THRESHOLDS:
            stands = not hides or at < (0.8, 0.95, 1)[len(self.rows["flags"]) % 3]
            worth = total if stands else Decimal(0)
            self.rows["flag_thresholds"].append(
                {"flag_id": flag_id, "threshold": at, "standing": standing, "typology": typology, "window_end": day,
                 "stands": stands, "total_usd": worth}
            )  # fmt: skip
        survives = max(row["threshold"] for row in self.rows["flag_thresholds"][-len(_THRESHOLDS) :] if row["stands"])
        self.rows["flags"][-1]["survives_to_threshold"] = survives
        self.rows["flag_shipments"] += [{"flag_id": flag_id, "shipment_uid": uid, "shipment_id": uid} for uid in uids]
        for reading, floor in (("all", at_issue), ("tipping", at_issue / 2)):
            for component, share in (("value", 1), ("duty", Decimal("0.165"))):
                most, least = (round(amount * share, 2) for amount in (total, floor))
                self.rows["exposure"].append(
                    {"flag_id": flag_id, "component": component, "reading": reading, "floor_usd": least,
                     "base_usd": most if reading == "all" else least, "ceiling_usd": most}
                )  # fmt: skip
        self.cost(flag_id, day, uids, total)
        self.rows["date_sensitivity"] += [
            {"flag_id": flag_id, "date_basis": "arrival", "is_over_limit": True, "days": day},
            {"flag_id": flag_id, "date_basis": "release", "is_over_limit": False, "days": None},
            {"flag_id": flag_id, "date_basis": "order", "is_over_limit": None, "days": None, "shipments": 0},
        ]

    def cost(self, flag_id: str, day: date, uids: list[str], total: Decimal) -> None:
        duty, fees = round(total * Decimal("0.165"), 2), Decimal("2.62") * len(uids)
        owed = duty + fees
        amounts = {
            "fees": (Decimal("2.62"), fees, fees),
            "total": (duty / 2 + 2, owed, owed + 40),
            "penalty": (Decimal(0), 2 * owed, 2 * owed + 80),
            "disclosure": (duty / 2 + 2, owed, owed + 40),
        }
        for component, figures in amounts.items():
            for reading, share in (("all", 1), ("tipping", 2)):
                floor, base, ceiling = (round(figure / share, 2) for figure in figures)
                self.rows["exposure"].append(
                    {"flag_id": flag_id, "component": component, "reading": reading, "floor_usd": floor,
                     "base_usd": base, "ceiling_usd": ceiling}
                )  # fmt: skip
        for driver, low, high in (("reading", owed / 2, owed), ("contested_ieepa", owed, owed + 300)):
            self.rows["exposure_drivers"].append(
                {"flag_id": flag_id, "driver": driver, "low_usd": round(low, 2), "base_usd": owed, "high_usd": high,
                 "is_in_range": driver == "reading", "statement": f"About {driver}"}
            )  # fmt: skip
        for clock, kind, years in (("penalty_negligence", "suit", 5), ("records_exempt", "records", 2)):
            end = day.replace(year=day.year + years)
            self.rows["statute_clock"].append(
                {
                    "flag_id": flag_id,
                    "clock": clock,
                    "kind": kind,
                    "first_end": end,
                    "last_end": end,
                    "at_stake_usd": owed,
                }
            )
        self.rows["exposure_layers"] += [{"shipment_uid": uid} for uid in uids]


def _initialled(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first[0]}. {rest}" if rest else name


def _week(made: _World, monday: date, busy: int, hostile: int) -> None:
    draw = made.random
    for _ in range(70):
        value = Decimal(draw.choice((draw.randint(500, 9000), draw.randint(60000, 80000)))) / 10
        made.ship(
            draw.choice(made.people), monday + timedelta(days=draw.randint(0, 6)), value.quantize(Decimal("0.01"))
        )
    for number in range(busy):
        person = made.people[number] if number < hostile else draw.choice(made.people)
        day = monday + timedelta(days=number % 7)
        values = [Decimal(draw.randint(38000, 79900)) / 100 for _ in range(draw.randint(2, 4))]
        hidden = number % 3 == 0
        uids = [
            made.ship(person, day, value, spelling=place % 2 if hidden else 0) for place, value in enumerate(values)
        ]
        kind = (
            "suspended_claim"
            if day >= SUSPENDED and number % 4 == 1
            else "order_split"
            if number % 5 == 2
            else "daily_limit"
        )
        none = {"limit_amount": None, "limit_currency": None, "rule_id": "US-C-06"} if kind == "suspended_claim" else {}
        rule = {"rule_id": "US-LOT-1", "strength": "inferred"} if kind == "order_split" else none
        attributes = {"aliases": 2, "carriers": 2, "mail_mixed": False, "would_exact_name_show_it": not hidden}
        made.flag(kind, person, day, uids, sum(values, Decimal(0)), attributes=json.dumps(attributes), **rule)
        made.rows["daily_totals"].append(
            {"identity_id": person["identity_id"], "arrival_date": day, "rule_id": none.get("rule_id", "US-C-05"),
             "limit_amount": none.get("limit_amount", "800.00"), "limit_currency": none.get("limit_currency", "USD"),
             "pool": ("standard", "gift", "personal")[number % 3], "coverage": f"known {number}"}
        )  # fmt: skip


def _beside(made: _World, monday: date) -> None:
    """Two reasons to look, one with a hostile subject, and a flag that its shipments explain."""
    uids = [row["shipment_uid"] for row in made.rows["shipments"][-9:]]
    plain = {"window_start": monday, "window_end": monday, "limit_amount": None, "limit_currency": None,
             "excess_usd": None, "strength": "supporting", "identity_id": None}  # fmt: skip
    made.rows["flags"] += [
        {**plain, "flag_id": "fl1", "typology": "late_filing", "subject": f"filer {HOSTILE[0]}", "shipments": 7,
         "reason": "7 entries were filed after the deadline, by up to 3 days.", "attributes": '{"days_late": 3}'},
        {**plain, "flag_id": "fl2", "typology": "fictitious_consignee", "subject": "identity i1", "shipments": 1,
         "reason": "It is the name of a cartoon figure."},
        {"flag_id": "fe1", "typology": "order_split", "subject": "order A1", "window_start": monday,
         "window_end": monday, "shipments": 2, "is_suppressed": True},
    ]  # fmt: skip
    members = [("fl1", uid) for uid in uids[:7]] + [("fl2", uids[0]), ("fe1", uids[7]), ("fe1", uids[8])]
    made.rows["flag_shipments"] += [
        {"flag_id": flag_id, "shipment_uid": uid, "shipment_id": uid} for flag_id, uid in members
    ]
    made.rows["suppressions"] = [{"flag_id": "fe1"}]


def world(seed: int = 321) -> FakeStore:
    """Return the world of a seed; the same seed gives the same tables."""
    made = _World(seed)
    for number in range(WEEKS):
        hostile = len(HOSTILE) if number == WEEKS - 1 else 2
        _week(made, FIRST + timedelta(weeks=number), busy=6 + number % 5 + number // 2, hostile=hostile)
    _beside(made, FIRST + timedelta(weeks=WEEKS - 1))
    everyone = [
        {
            "identity_id": row["identity_id"],
            "arrival_date": row["arrival_date"],
            "coverage": row["shipment_uid"],
            "rule_id": "US-C-05",
        }
        for row in made.rows["shipments"]
    ]
    rejected = [{"source_line": line, "source_file": "/home/ann/week.csv"} for line in range(3, 20)]
    rejected += [
        {
            "source_line": 40,
            "reasons": '[{"column": "arrival_date", "reason": "not_a_date", "message": "\'31/31/2025\' is no day"}]',
        }
    ]
    return store_of(
        **{**made.rows, "daily_totals": made.rows["daily_totals"] + everyone},
        ref_limits=_RULES,
        identity_thresholds=[{"threshold": at, "standing": standing} for at, standing in _THRESHOLDS],
        rejected=rejected,
        typology_status=[
            {"typology": "daily_limit", "rows": len(made.rows["shipments"])},
            {"typology": "order_split", "rows": 900},
            {"typology": "suspended_claim", "rows": 300},
            {"typology": "informal_entry_split", "tested": "not tested: no conveyance_id", "rows": 0, "flags": 0},
        ],
    )
