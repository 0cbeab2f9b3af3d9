"""Make the entries of 2026 and their truth: a broker's third quarter and its October. `make samples` runs it.

README.md beside this file says what is planted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

__all__ = ["write_live"]

COLUMNS = (
    "shipment_id", "entry_number", "entry_type", "filer_code", "port_of_entry", "arrival_date", "mode",
    "carrier_code", "conveyance_id", "house_bill", "seller_id", "shipper_name", "shipper_country", "export_country",
    "importer_name", "importer_country", "consignee_name", "consignee_address", "consignee_city", "consignee_state",
    "consignee_postal_code", "buyer_name", "order_id", "product_id", "description", "hts_code", "origin_country",
    "quantity", "weight_kg", "declared_value", "customs_value", "is_gift",
)  # fmt: skip
TRUTH = ("scheme_id", "typology", "shipment_id", "is_deliberate")
FIRST_DAY, OCTOBER, LAST_DAY = date(2026, 7, 6), date(2026, 10, 1), date(2026, 10, 31)
DEARER = date(2026, 7, 24)
Row = dict[str, str]
Made = tuple[Row, frozenset[str]]
"""A shipment, and the schemes that it is part of: a typology and a name."""

_TOWNS = (
    ("Austin", "TX", "78704"), ("Dayton", "OH", "45402"), ("Tulsa", "OK", "74105"), ("Boise", "ID", "83702"),
    ("Fresno", "CA", "93721"), ("Albany", "NY", "12207"), ("Macon", "GA", "31201"), ("Duluth", "MN", "55802"),
)  # fmt: skip
_STREETS = ("Larch Lane", "Quarry Road", "Mill Street", "Harbor Drive", "Vine Street", "Alder Way", "Ash Court")
_GIVEN = (
    "Ada", "Bela", "Cora", "Dita", "Edda", "Fay", "Gro", "Hal", "Ida", "Jon", "Kai", "Lea", "Mia", "Nils", "Olga",
    "Per", "Rut", "Sten", "Tove", "Ulf", "Vera", "Wim",
)  # fmt: skip
_FAMILY = (
    "Brandt", "Castell", "Duarte", "Ekwall", "Fontaine", "Gallo", "Haddad", "Ibarra", "Jensen", "Kovacs", "Lindqvist",
    "Moreau", "Novak", "Okonjo", "Petrov", "Quist", "Rossi", "Santos", "Tanaka", "Ueda", "Varga", "Weiss",
)  # fmt: skip
_FIRMS = (
    "Bayline Outfitters LLC", "Cobalt Creek Traders Inc", "Elmstead Home Goods LLC", "Foxglove Interiors LLC",
    "Juniper Row Boutique LLC", "Kestrel Cycle Works Inc", "Lakeshore Ceramics LLC", "Maple & Main Supply Co",
    "Oakhurst Toys Inc", "Pinewood Optics LLC",
)  # fmt: skip
_GOODS = {
    "cardigan": ("Cotton cardigan, knitted", "6110202079", "0.420"),
    "backpack": ("Nylon backpack", "4202923131", "0.900"),
    "shoes": ("Running shoes, textile upper", "6404119050", "0.800"),
    "lamp": ("Brass desk lamp", "9405216010", "1.900"),
    "plates": ("Stoneware dinner plates", "6912003950", "0.700"),
    "blender": ("Kitchen blender, 600 W", "8509400025", "2.100"),
    "towels": ("Linen tea towels", "6302910050", "0.150"),
    "puzzle": ("Wooden jigsaw puzzle", "9503001500", "0.600"),
    "frames": ("Spectacle frames, metal", "9003190000", "0.060"),
    "valve": ("Brass gate valve", "8481803010", "1.100"),
}
_HONEST = (  # seller, shipper, country, goods
    ("S201", "Porto Linho Lda", "PT", "towels"), ("S202", "Izmir Seramik AS", "TR", "plates"),
    ("S203", "Hanoi Rattan Co", "VN", "backpack"), ("S204", "Kyoto Optical KK", "JP", "frames"),
    ("S205", "Arezzo Luce Srl", "IT", "lamp"), ("S206", "Busan Home Appliance", "KR", "blender"),
    ("S207", "Lodz Zabawki Sp z oo", "PL", "puzzle"),
)  # fmt: skip
_PORTS = {"air": ("2720", "4701", "3901"), "ocean": ("2704", "1001"), "mail": ("4701", "2720")}
_CARRIERS = {"air": ("FX", "5X", "D0"), "ocean": ("MAEU", "ONEY"), "mail": ("USPS",)}


def _from(country: str) -> Row:
    return {"origin_country": country, "export_country": country, "shipper_country": country}


class Broker:
    """Draws what a planted case leaves open; the same seed gives the same rows."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self.made: list[Made] = []
        self._parties = 0

    def firm(self, name: str) -> Row:
        """Give a consignee an address that nobody else has."""
        self._parties += 1
        town, state, code = _TOWNS[self._parties % len(_TOWNS)]
        street = f"{100 + 7 * self._parties} {_STREETS[self._parties % len(_STREETS)]}"
        return {
            "consignee_name": name, "consignee_address": street, "consignee_city": town, "consignee_state": state,
            "consignee_postal_code": code,
        }  # fmt: skip

    def person(self) -> Row:
        """Give somebody who was not there before."""
        given, family = divmod(self._parties * 23, len(_FAMILY))
        return self.firm(f"{_GIVEN[given % len(_GIVEN)]} {_FAMILY[family]}")

    def sold(self, seller: str, shipper: str, country: str, goods: str) -> Row:
        """Say what a seller sends and from where."""
        description, tariff, _ = _GOODS[goods]
        return {
            "seller_id": seller, "shipper_name": shipper, "product_id": f"{seller}-{goods}",
            "description": description, "hts_code": tariff, **_from(country),
        }  # fmt: skip

    def ship(self, day: date, value: str | Decimal, *parts: Row, schemes: Sequence[str] = (), **more: str) -> Row:
        """Add an informal entry by air, unless told otherwise."""
        row = {"entry_type": "11", "mode": "air", "filer_code": "ZK4", "declared_value": str(value)}
        for part in (*parts, more):
            row |= part
        row["arrival_date"] = str(day)
        row["customs_value"] = row.get("customs_value", row["declared_value"])
        row |= {name: text for name, text in self._drawn(row).items() if name not in row}
        self.made.append((row, frozenset(schemes)))
        return row

    def _drawn(self, row: Row) -> Row:
        mode, number = row["mode"], self.below(10_000_000)
        weight = next((kg for text, _, kg in _GOODS.values() if text == row.get("description")), "0.500")
        quantity = max(1, round(float(row["customs_value"]) / 45))
        carrier = self.among(_CARRIERS[mode])
        return {
            "entry_number": f"{row['filer_code']}{number:07}8", "port_of_entry": self.among(_PORTS[mode]),
            "carrier_code": carrier, "house_bill": f"{carrier}H{self.below(10_000_000):07}",
            "conveyance_id": f"{carrier}{100 + self.below(900)}" if mode != "mail" else "",
            "quantity": str(quantity), "weight_kg": f"{float(weight) * quantity:.3f}",
        }  # fmt: skip

    def day(self, first: date) -> date:
        """Draw a day from the first on."""
        return first + timedelta(days=self.below((LAST_DAY - first).days))

    def below(self, count: int) -> int:
        """Draw a whole number from 0 on."""
        return int(self._rng.integers(count))

    def among(self, choices: Sequence[str]) -> str:
        """Draw one of some words."""
        return choices[self.below(len(choices))]

    def amount(self, low: int, high: int) -> Decimal:
        """Draw an amount in dollars and cents."""
        return Decimal(low) + Decimal(self.below((high - low) * 100)) / 100

    def days(self, first: date, count: int, step: int = 1) -> Iterator[date]:
        """Give days after each other."""
        return (first + timedelta(days=step * number) for number in range(count))


def write_live(folder: Path, truth: Path) -> None:
    """Write the two files of entries into one folder and what is true of them into the other."""
    broker = Broker(2_026)
    for plant in (_honest, _bills, _orders, _days_without_numbers, _mail, _values, _crowd, _forwarders, _origins,
                  _entered_again, _gifts, _travelers, _importers):  # fmt: skip
        plant(broker)
    rows = sorted(enumerate(broker.made), key=lambda made: (made[1][0]["arrival_date"], made[0]))
    numbered = [({"shipment_id": f"26{place:05}", **row}, schemes) for place, (_, (row, schemes)) in enumerate(rows, 1)]
    folder.mkdir(exist_ok=True)
    truth.mkdir(parents=True, exist_ok=True)
    quarter, october = ([row for row, _ in numbered if (row["arrival_date"] >= str(OCTOBER)) is late]
                        for late in (False, True))  # fmt: skip
    _write(folder / "entries_2026_q3.csv", quarter)
    _write(folder / "entries_2026_october.csv", october)
    told = sorted((scheme, row["shipment_id"]) for row, schemes in numbered for scheme in schemes)
    _write(truth / "truth_flags.csv", [_told(*each) for each in told], TRUTH)


def _told(scheme: str, shipment: str) -> Row:
    typology = scheme.rsplit("-", 1)[0]
    return dict(zip(TRUTH, (scheme, typology, shipment, "true"), strict=True))


def _write(path: Path, rows: Sequence[Row], columns: Sequence[str] = COLUMNS) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _honest(broker: Broker) -> None:
    """Ordinary trade: small firms by informal and formal entry, persons by air and mail; two filers."""
    firms = [broker.firm(name) for name in _FIRMS]
    for number in range(120):
        seller = _HONEST[broker.below(len(_HONEST))]
        day = broker.day(FIRST_DAY)
        to = firms[number % len(firms)] if number % 2 else broker.person()
        is_formal = number % 5 == 0
        value = broker.amount(2_600, 9_000) if is_formal else broker.amount(60, 1_950)
        mode = "mail" if number % 11 == 4 and not is_formal else "air"
        broker.ship(day, value, broker.sold(*seller), to, entry_type="01" if is_formal else "11", mode=mode,
                    order_id=f"PO{30_000 + number}", filer_code="ZK4" if number % 3 else "QX7")  # fmt: skip


def _bills(broker: Broker) -> None:
    """One bill in three entries; one bill within the limit, and exactly at it; separate bills on one flight."""
    split, within, at, bills = (broker.firm(name) for name in (
        "Harborline Kitchen Supply LLC", "Ridgeway Table Co", "Sable Point Gifts LLC", "Delta Fern Imports LLC",
    ))  # fmt: skip
    plates = broker.sold("S301", "Chaozhou Glaze Works", "CN", "plates")
    for to, day, bill, values, schemes in (
        (split, date(2026, 10, 6), "FXH8800012", ("1480.20", "1320.45", "1210.10"), ("informal_entry_split-bill",)),
        (within, date(2026, 10, 6), "FXH8800013", ("1210.00", "1105.50"), ()),
        (at, date(2026, 10, 7), "FXH8800014", ("1300.00", "1200.00"), ()),
    ):
        for value in values:
            broker.ship(day, value, plates, to, schemes=schemes, carrier_code="FX", conveyance_id="FX5034",
                        house_bill=bill, port_of_entry="4701")  # fmt: skip
    for number, value in enumerate(("1640.00", "1390.75", "1505.20")):
        broker.ship(date(2026, 10, 8), value, plates, bills, carrier_code="FX", conveyance_id="FX5120",
                    house_bill=f"FXH88001{number}7", port_of_entry="4701")  # fmt: skip


def _orders(broker: Broker) -> None:
    """One order cut over four days; one order in monthly instalments, which are allowed."""
    shoes = broker.sold("S302", "Putian Stride Footwear", "CN", "shoes")
    for to, order, days, schemes in (
        ("Granite Peak Running LLC", "PO7741", (5, 7, 8), ("informal_entry_split-order",)),
        ("Stonebrook Sport Inc", "PO8102", (-28, 1, 29), ()),
    ):
        consignee = broker.firm(to)
        for offset, value in zip(days, ("2210.40", "1985.15", "2340.60"), strict=True):
            day = date(2026, 9, 30) + timedelta(days=offset)
            broker.ship(day, value, shoes, consignee, schemes=schemes, order_id=order, filer_code="QX7")


def _days_without_numbers(broker: Broker) -> None:
    """Four entries on four days without an order number, their bills numbered in a row; a shop that restocks weekly."""
    cut, shop = broker.firm("Copper Mill Home LLC"), broker.firm("Willow Bend Store LLC")
    lamps = broker.sold("S303", "Ningbo Yulan Housewares", "CN", "lamp")
    for number, day in enumerate(broker.days(date(2026, 10, 12), 4)):
        broker.ship(day, broker.amount(2_260, 2_480), lamps, cut, schemes=("informal_entry_split-series",),
                    carrier_code="5X", house_bill=f"5XH440210{number}")  # fmt: skip
    for day in broker.days(date(2026, 8, 4), 12, step=7):
        broker.ship(day, broker.amount(1_500, 1_900), lamps, shop)


def _mail(broker: Broker) -> None:
    """Three items of one sender to one addressee by one mail; three on days of their own."""
    frames = broker.sold("S304", "Wenzhou Clear Optics", "CN", "frames")
    for days, schemes in (((13, 13, 13), ("informal_entry_split-mailing",)), ((2, 14, 27), ())):
        to = broker.person()
        for day, value in zip(days, ("940.00", "910.50", "985.25"), strict=True):
            broker.ship(date(2026, 10, day), value, frames, to, schemes=schemes, mode="mail", entry_type="mail")


def _values(broker: Broker) -> None:
    """An informal entry over its limit, one over it by the retail value alone; a price far below the usual one."""
    valve = broker.sold("S305", "Taizhou Flow Control", "CN", "valve")
    broker.ship(date(2026, 10, 9), "2890.00", valve, broker.firm("Ironwood Plumbing Inc"),
                schemes=("over_informal_limit-entry",))  # fmt: skip
    broker.ship(date(2026, 10, 9), "2890.00", valve, broker.firm("Cedar Fork Plumbing Inc"), customs_value="2140.00")
    blender = broker.sold("S306", "Foshan Whirl Electric", "CN", "blender")
    one = {"quantity": "1", "weight_kg": "2.100"}
    for day in broker.days(date(2026, 9, 20), 14, step=2):
        broker.ship(day, "189.00", blender, broker.person(), **one)
    low = ("undervaluation-price",)
    for day in (22, 22, 23):
        broker.ship(date(2026, 10, day), "39.00", blender, broker.person(), schemes=low, **one)
    broker.ship(date(2026, 10, 24), "39.00", blender, broker.person(), quantity="1", weight_kg="0.500")


def _crowd(broker: Broker) -> None:
    """A filer whose entries crowd just below the limit; one whose values lie on both sides of it as they come."""
    cardigans = broker.sold("S307", "Dongguan Halcyon Apparel", "CN", "cardigan")
    towels = broker.sold("S308", "Guimaraes Textil SA", "PT", "towels")
    firms = [broker.firm(f"{family} {kind} LLC") for kind in ("Apparel", "Linens") for family in _FAMILY]
    near, above, below = (2_300, 2_500), (2_510, 2_990), (1_250, 2_240)
    for number, (low, high) in enumerate([near] * 80 + [above] * 25 + [below] * 42):
        day, schemes = broker.day(date(2026, 9, 1)), ("just_below_clustering-filer",) if low == near[0] else ()
        value = broker.amount(low, high)
        broker.ship(day, value, cardigans, firms[number % 44], schemes=schemes, entry_type=_route(value),
                    order_id=f"C{5_000 + number}")  # fmt: skip
    for number in range(104):
        value = broker.amount(2_010, 2_990)
        broker.ship(broker.day(date(2026, 9, 1)), value, towels, firms[number % 44], entry_type=_route(value),
                    order_id=f"T{6_000 + number}", filer_code="QX7")  # fmt: skip


def _route(value: Decimal) -> str:
    return "11" if value <= 2_500 else "01"


def _forwarders(broker: Broker) -> None:
    """A forwarder in place of the buyers; a forwarder whose buyers are named."""
    puzzle = broker.sold("S309", "Yiwu Joy Crafts", "CN", "puzzle")
    hidden, open_ = broker.firm("Skybridge Freight Forwarding Inc"), broker.firm("Anchor Point Freight Forwarding Inc")
    for number in range(6):
        value = broker.amount(700, 1_400)
        broker.ship(date(2026, 10, 19), value, puzzle, hidden, schemes=("nominal_consignee-forwarder",),
                    carrier_code="5X", conveyance_id="5X0078", house_bill=f"5XH55100{number}3")  # fmt: skip
        buyer = broker.person()["consignee_name"]
        broker.ship(date(2026, 10, 20), value, puzzle, open_, buyer_name=buyer,
                    carrier_code="5X", conveyance_id="5X0080", house_bill=f"5XH55200{number}3")  # fmt: skip


def _origins(broker: Broker) -> None:
    """Goods of China that become goods of Malaysia when China gets dearer, and what is like it."""
    moved = broker.sold("S310", "Shenzhen Lark Bag Co", "CN", "backpack")
    supplier = broker.sold("S311", "Xiamen Peak Canvas", "CN", "backpack")
    penang = broker.sold("S312", "Penang Canvas Sdn Bhd", "MY", "backpack")
    plant = broker.sold("S313", "Northway Footwear Ltd", "CN", "shoes")
    trail, buyer, chain = (broker.firm(name) for name in ("Summit Pack Co", "Aurora Trail Gear LLC", "Northway US Inc"))
    malaysia = {"origin_country": "MY"}
    for day in broker.days(date(2026, 7, 7), 11):
        broker.ship(day, broker.amount(400, 900), moved, trail)
        broker.ship(day, broker.amount(400, 900), supplier, buyer)
        broker.ship(day, broker.amount(400, 900), plant, chain)
    for day in broker.days(date(2026, 8, 3), 11, step=8):
        is_soon = day < DEARER + timedelta(days=90)
        schemes = ("origin_shift-route",) if is_soon else ()
        broker.ship(day, broker.amount(400, 900), moved, trail, malaysia, schemes=schemes)
        broker.ship(day, broker.amount(400, 900), penang, buyer)
        broker.ship(day, broker.amount(400, 900), plant, chain, malaysia, shipper_country="MY", export_country="MY")


def _entered_again(broker: Broker) -> None:
    """Bills entered again at a lower value; a withheld claim entered as it should be; one entry in two lines."""
    lamp = broker.sold("S205", "Arezzo Luce Srl", "IT", "lamp")
    for again, bill in (("240.00", "FXH9910017"), ("765.00", "FXH9910024")):
        one = {**lamp, **broker.person(), "house_bill": bill, "carrier_code": "FX", "quantity": "4"}
        schemes = ("duplicate_entry-claim",) if again == "240.00" else ()
        claim = (*schemes, f"suspended_claim-{bill}")
        broker.ship(date(2026, 10, 14), "765.00", one, entry_type="86", entry_number="", schemes=claim)
        broker.ship(date(2026, 10, 15), again, one, schemes=schemes)
    for name, second, bill in (("Marlow", "ZK470010026", "D0H7700018"), ("Hatton", "ZK470010018", "D0H7700025")):
        one = {
            **lamp,
            **broker.firm(f"{name} Lighting LLC"),
            "house_bill": bill,
            "carrier_code": "D0",
            "quantity": "30",
        }
        schemes = ("duplicate_entry-value",) if name == "Marlow" else ()
        for entry, value in (("ZK470010018", "2240.00"), (second, "890.00")):
            entry_number = entry if name == "Marlow" else "ZK470010034"
            worth = value if name == "Marlow" else "1120.00"
            broker.ship(date(2026, 10, 16), worth, one, entry_number=entry_number, schemes=schemes)


def _gifts(broker: Broker) -> None:
    """Gifts of a shop to one person, and of a sender to a dozen strangers; a grandmother's to her grandchildren."""
    scarf = {"description": "Knitted scarf", "hts_code": "6117106020"}
    gift = {"mode": "mail", "entry_type": "mail", "is_gift": "true", **scarf}
    shop, to = broker.sold("S314", "Glow Petal Shop", "CN", "cardigan") | gift, broker.person()
    for day in broker.days(date(2026, 10, 5), 4):
        broker.ship(day, "95.00", shop, to, schemes=("gift_split-shop",))
    for number in range(12):
        day = date(2026, 10, 12) + timedelta(days=number % 4)
        broker.ship(day, broker.amount(70, 99), gift, _from("CN"), broker.person(), shipper_name="Lin Mei Trading",
                    schemes=("gift_split-sender",))  # fmt: skip
    for _ in range(3):
        broker.ship(date(2026, 10, 20), broker.amount(30, 80), gift, _from("MX"), broker.person(),
                    shipper_name="Rosa Medina")  # fmt: skip


def _travelers(broker: Broker) -> None:
    """A shop's parcels under the personal exemption; a traveler's own goods."""
    shop = broker.sold("S314", "Glow Petal Shop", "CN", "cardigan")
    for number, day in enumerate((6, 7)):
        broker.ship(date(2026, 10, day), "190.00", shop, broker.person(), entry_type="personal",
                    schemes=(f"suspended_claim-personal{number}",))  # fmt: skip
    broker.ship(date(2026, 10, 8), "180.00", broker.person(), _from("IT"), entry_type="personal",
                description="Linen tablecloth")  # fmt: skip


def _importers(broker: Broker) -> None:
    """A foreign firm that enters its own goods informally; a firm of the United States that does."""
    blender = broker.sold("S306", "Foshan Whirl Electric", "CN", "blender") | {"product_id": "S306-set"}
    abroad, home = (
        broker.firm(name) for name in ("Foshan Whirl Electric, c/o Prairie Dock LLC", "Bluestem Kitchen LLC")
    )
    for day in (5, 12, 19):
        broker.ship(date(2026, 10, day), broker.amount(900, 1_600), blender, abroad, order_id=f"W{day}0",
                    importer_name="Foshan Whirl Electric", importer_country="CN",
                    schemes=(f"foreign_importer_informal-{day:02}",))  # fmt: skip
        broker.ship(date(2026, 10, day + 1), broker.amount(900, 1_600), blender, home, order_id=f"W{day}1",
                    importer_name="Bluestem Kitchen LLC", importer_country="US")  # fmt: skip
