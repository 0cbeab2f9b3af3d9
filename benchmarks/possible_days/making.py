"""Makes shipments with buyers of many faces and with households beside them, on the traffic of `analytics.synth`.

Three things are added to invented shipments, each from its own stream of random numbers:

- *buyers of many faces*: an honest buyer's day becomes two to four lots, together over the limit by 5 to 150 percent,
  each written anew by `Disguise`: blanks moved or left out, first and last name swapped, an initial, slips, several at
  once; a phone with a digit changed or none, an e-mail address a slip apart or none, another unit or none;
- *kin*: people of the same surname at the same address, with an e-mail address of their own and mostly a phone of their
  own. Poor households have few of them, rich ones many. Their orders are often worth some hundred dollars;
- *togetherness*: in rich households kin order on the days of the others, and near households give half of them near
  names (Brian and Brianna): known given names at most two letters apart.

The same seed gives the same rows.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rapidfuzz.distance import OSA

import analytics
from analytics.typologies.possible_daily_limit.given import bearers

__all__ = ["KINDS", "Kind", "make"]

LIMIT = 800.0
SHIPMENTS, WEEKS, SCHEMES = 12_000, 8, 60
_FAR = ("CN", "HK")
_FREQUENT = 50_000
"""Bearers of the names that kin are given."""
_KNOWN = 2_000
"""Bearers of the names that are taken for near."""
_NEAR = 2
_ADDRESS = ("consignee_address", "consignee_address2")


@dataclass(frozen=True)
class Kind:
    """How households are.

    Attributes
    ----------
    kin : float
        Share of the buyers who have kin at their address.
    together : float
        Share of the kin's orders that come on a day of the others.
    near : float
        Share of the kin whose given name is near.
    """

    kin: float
    together: float
    near: float


KINDS = {
    "poor households": Kind(0.08, 0.1, 0.0),
    "rich, together": Kind(0.35, 0.6, 0.0),
    "rich, together, near names": Kind(0.35, 0.6, 0.5),
}


def make(folder: Path, kind: Kind, seed: int, shipments: int = SHIPMENTS) -> None:
    """Write ``shipments.csv`` and ``truth.csv`` (shipment_id, person_id, is_lot) to a folder.

    Parameters
    ----------
    folder : Path
        Where to.
    kind : Kind
        What households are like.
    seed : int
        Of everything.
    shipments : int
        How many the traffic has before anything is added.
    """
    analytics.synthesize(folder / "plain", shipments=shipments, weeks=WEEKS, seed=seed, patterns=False)
    rows = pl.read_csv(folder / "plain" / "shipments.csv", infer_schema=False)
    people = pl.read_csv(folder / "plain" / "truth_identities.csv", infer_schema=False)
    flagged = pl.read_csv(folder / "plain" / "truth_flags.csv", infer_schema=False)["shipment_id"]
    honest = rows.join(people, on="shipment_id").filter(
        ~pl.col("shipment_id").is_in(flagged.implode()),
        ~pl.col("origin_country").is_in(_FAR),
        pl.col("entry_type").is_in(["86", "321", "mail"]),
        pl.col("exemption_claimed").fill_null("true") == "true",
        pl.col("consignee_name").str.contains(r"^[A-Z][a-z]{2,} (?:[A-Z]\.? )?[A-Z][a-z]{3,}$"),
    )
    added = _Added(random.Random(seed), honest.sort("shipment_id").to_dicts())  # noqa: S311  invented
    added.kin(kind)
    added.schemes(max(1, SCHEMES * shipments // SHIPMENTS))
    more = pl.DataFrame([row for row, _, _ in added.rows], schema=rows.schema)
    truth = pl.concat(
        [
            people.with_columns(is_lot=pl.lit(value=False)),
            pl.DataFrame(
                [(row["shipment_id"], person, lot) for row, person, lot in added.rows],
                schema=["shipment_id", "person_id", "is_lot"],
                orient="row",
            ),
        ]
    )
    pl.concat([rows, more]).sort("arrival_date", "shipment_id").write_csv(folder / "shipments.csv")
    truth.sort("shipment_id").write_csv(folder / "truth.csv")


class _Added:
    """Rows beside the traffic: each with its person and whether it is a lot of a scheme."""

    def __init__(self, draw: random.Random, honest: list[dict[str, str]]) -> None:
        self.draw, self.honest, self.disguise = draw, honest, Disguise(draw)
        self.rows: list[tuple[dict[str, str | None], str, bool]] = []

    def schemes(self, count: int) -> None:
        """Make days of many faces."""
        buyers = {row["person_id"]: row for row in self.draw.sample(self.honest, min(len(self.honest), count * 3))}
        for row in list(buyers.values())[:count]:
            total = LIMIT * self.draw.uniform(1.05, 2.5)
            lots = max(self.draw.choice((2, 2, 2, 3, 3, 4)), -(-int(total) // int(LIMIT * 0.86)))
            shares = [self.draw.uniform(0.87, 1.13) for _ in range(lots)]
            for share in shares:
                face = self.disguise.of(row)
                self._add(face, row["person_id"], total * share / sum(shares), is_lot=True)

    def kin(self, kind: Kind) -> None:
        """Put kin beside buyers."""
        seen: dict[str, list[dict[str, str]]] = {}
        for row in self.honest:
            seen.setdefault(row["person_id"], []).append(row)
        for person, orders in sorted(seen.items()):
            for number in range(self.draw.choice((1, 1, 2)) if self.draw.random() < kind.kin else 0):
                self._relative(kind, f"{person}-{number}", orders)

    def _relative(self, kind: Kind, person: str, orders: list[dict[str, str]]) -> None:
        first = orders[0]
        given, surname = first["consignee_name"].split()[0], first["consignee_name"].split()[-1]
        name = _near(given, self.draw) if self.draw.random() < kind.near else self.draw.choice(_frequent())
        shares = self.draw.random() < 0.35
        own = {
            "consignee_name": f"{name.title()} {surname}",
            "consignee_phone": first["consignee_phone"] if shares else self._phone(first["consignee_phone"]),
            "consignee_email": f"{name}.{surname.lower()}{self.draw.randint(1, 999)}@example.org",
        }
        for _ in range(self.draw.choice((1, 2, 2, 3))):
            together = self.draw.random() < kind.together
            row = self.draw.choice(orders if together else self.honest)
            place = {column: first[column] for column in row if column.startswith("consignee_")}
            face = {**row, **place, **own, "consignee_tax_id": "", "consignee_id": ""}
            self._add(face, person, min(self.draw.lognormvariate(4.6, 1.0), LIMIT * 0.98), is_lot=False)

    def _phone(self, like: str | None) -> str:
        area = "".join(filter(str.isdigit, like or ""))[-10:-7] or "212"
        return f"{area}-555-{self.draw.randint(0, 9999):04}" if self.draw.random() < 0.85 else ""

    def _add(self, row: dict[str, str], person: str, value: float, *, is_lot: bool) -> None:
        number = f"ZZ{len(self.rows):08}"
        own = {
            "shipment_id": number, "house_bill": number, "declared_value": f"{value:.2f}", "customs_value": "",
            "order_id": "", "order_issuer": "", "entry_number": "", "weight_kg": "", "consignee_id": "",
            "is_gift": "",
        }  # fmt: skip
        fresh = {name: cell or None for name, cell in {**row, **own}.items() if name != "person_id"}
        self.rows.append((fresh, person, is_lot))


class Disguise:
    """Writes a buyer so that he is not recognised."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw

    def of(self, row: dict[str, str]) -> dict[str, str]:
        """Return a row in which the buyer is written another way."""
        face = dict(row)
        face["consignee_name"] = self._name(row["consignee_name"])
        face["consignee_phone"] = self._chosen(row["consignee_phone"], self._digit, 0.5, 0.25)
        face["consignee_email"] = self._chosen(row["consignee_email"], self._slip, 0.5, 0.1)
        face["consignee_address2"] = self._chosen(row["consignee_address2"], self._unit, 0.6, 0.2)
        if self.draw.random() < 0.2:
            house, _, street = row["consignee_address"].partition(" ")
            face["consignee_address"] = f"{house} {self._slip(street)}"
        return {**face, "consignee_tax_id": ""}

    def _chosen(self, cell: str | None, change: object, keep: float, changed: float) -> str:
        luck = self.draw.random()
        if not cell or luck >= keep + changed:
            return ""
        return cell if luck < keep else str(change(cell))  # type: ignore[operator]

    def _name(self, name: str) -> str:
        words = name.split()
        ways = (self._plain, self._swapped, self._initial, self._glued, self._moved)
        text = self.draw.choices(ways, (6, 3, 3, 2, 2))[0](words)
        for _ in range(self.draw.choices((0, 1, 2), (6, 3, 1))[0]):
            text = self._slip(text)
        return text

    def _plain(self, words: list[str]) -> str:
        return " ".join(words)

    def _swapped(self, words: list[str]) -> str:
        return f"{words[-1]}, {words[0]}"

    def _initial(self, words: list[str]) -> str:
        return f"{words[0][0]}. {words[-1]}"

    def _glued(self, words: list[str]) -> str:
        return words[0] + words[-1]

    def _moved(self, words: list[str]) -> str:
        text = words[0] + words[-1] if self.draw.random() < 0.6 else words[0][0] + "." + words[-1]
        at = self.draw.randint(2, len(text) - 2)
        return f"{text[:at]} {text[at:]}"

    def _slip(self, text: str) -> str:
        at = self.draw.randrange(1, len(text) - 1)
        way = self.draw.randrange(3)
        if way == 0:
            return text[:at] + text[at + 1 :]
        return text[:at] + text[at] + text[at:] if way == 1 else text[:at] + text[at + 1] + text[at] + text[at + 2 :]

    def _digit(self, phone: str) -> str:
        places = [at for at, sign in enumerate(phone) if sign.isdigit()][-7:]
        at = self.draw.choice(places)
        return phone[:at] + str((int(phone[at]) + self.draw.randint(1, 9)) % 10) + phone[at + 1 :]

    def _unit(self, unit: str) -> str:
        return f"Apt {self.draw.randint(1, 40)}" if "c/o" not in unit else unit


def _frequent() -> list[str]:
    return sorted(name for name, counts in bearers().items() if sum(counts) >= _FREQUENT)


def _near(given: str, draw: random.Random) -> str:
    """Return a known given name near another, or a frequent one where none is near."""
    name = given.lower()
    near = sorted(
        other
        for other, counts in bearers().items()
        if sum(counts) >= _KNOWN and other[0] == name[0] and 0 < OSA.distance(name, other, score_cutoff=_NEAR) <= _NEAR
    )
    return draw.choice(near or _frequent())
