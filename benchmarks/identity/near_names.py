"""Households that order together, half of them with near given names: how many pairs are joined rightly, and found.

Names come from lists that the program does not hold: given names and surnames of the US census of 1990 with how many
bear them (public domain, as the package names 0.3.0 keeps them, MIT), and those of Vietnam, India and Japan (Faker
40.54.0, MIT); all stand in ``names.csv``. Near names begin with one letter and are at most two letters apart; of one
sex they are no two spellings and no pet form and its name (no family calls its sons Brian and Bryan).

Each household shares surname and address; telephones and mailboxes are a person's own, the household's, or missing.
Each order is written anew: as it is, with a slip of keying, with an initial, turned round, or by a buyer who does not
want to be recognised (`benchmarks.possible_days.making.Disguise`). The same seed gives the same rows.
"""

from __future__ import annotations

import csv
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import polars as pl
from rapidfuzz.distance import OSA

from analytics import synthesize
from analytics.identity import IdentityResolver
from benchmarks.identity.scores import joined_pairs
from benchmarks.possible_days.making import Disguise

__all__ = ["KIN", "WRITTEN", "households", "judged", "near_names"]

NAMES = Path(__file__).with_name("names.csv")
HOUSEHOLDS, ADDRESSES = 3_000, 9_000
"""Households of a set, and invented shipments whose addresses they are put at."""
ALONE = 0.35
"""Share of the households with one person only."""
KIN = {"other given names": 0.5, "near given names": 0.4, "junior and senior": 0.05, "other middle initials": 0.05}
"""Kinds of kin, with their shares: who stands beside the first person of a household."""
WORLDS = {"United States": 0.8, "India": 0.08, "Vietnam": 0.07, "Japan": 0.05}
DISGUISED, TURNED, INITIAL, SLIP = 0.06, 0.06, 0.06, 0.14
"""Share of buyers of many faces; of orders with the name turned round, an initial, or a slip of keying."""
WRITTEN = ("as it is", "turned round", "an initial", "a slip of keying", "disguised")
"""How an order is written, from easy to hard."""
MAKERS = ("example.com", "example.org", "example.net", "mail.example")
_OPENING = 3
"""Letters that a pet form and the name it is short for begin with."""
_NEAR, _KNOWN = 2, 20
"""Letters that near names are apart at most, and bearers in a million that an American one has at least."""
_SAME_SPELLING = (
    ("ph", "f"),
    ("ck", "k"),
    ("[cq]", "k"),
    ("z", "s"),
    ("gh", ""),
    ("[aeiouyhw]", ""),
    (r"(.)\1+", r"\1"),
)
"""What is taken out of a name to tell whether another one is the same in another spelling."""

Row = dict[str, str]


def near_names(seed: int, count: int = HOUSEHOLDS) -> dict[str, dict[str, tuple[int, int]]]:
    """Resolve a set of households and hold the groups against the truth.

    Parameters
    ----------
    seed : int
        Of the set.
    count : int
        Households.
    """
    rows = households(seed, count)
    fitted = IdentityResolver(n_jobs=2).fit(rows.select(pl.col("^consignee_.*$")))
    return judged(rows, fitted.labels_)


def judged(rows: pl.DataFrame, labels: Any) -> dict[str, dict[str, tuple[int, int]]]:
    """Count pairs of rows by kind.

    Parameters
    ----------
    rows : DataFrame
        ``household``, ``person``, ``kin`` and ``written`` of each row.
    labels : sequence
        Group of each row.

    Returns
    -------
    dict
        ``precision``: joined pairs by the kind of household, and of them those of one person; ``recall``: pairs of
        one person by how the harder of the two is written, and of them those that are joined; each with ``all``.
    """
    told = rows.select("household", "person", "kin", "written").to_dict(as_series=False)
    labels = [int(label) for label in labels]
    precision: dict[str, list[int]] = {kind: [0, 0] for kind in ("alone", *KIN, "strangers", "all")}
    for left, right in zip(*(side.tolist() for side in joined_pairs(labels)), strict=True):
        is_one = told["person"][left] == told["person"][right]
        kind = told["kin"][left] if told["household"][left] == told["household"][right] else "strangers"
        _count(precision, kind, is_right=is_one)
    recall: dict[str, list[int]] = {kind: [0, 0] for kind in (*WRITTEN, "all")}
    orders = defaultdict(list)
    for place, person in enumerate(told["person"]):
        orders[person].append(place)
    for places in orders.values():
        for left, right in combinations(places, 2):
            harder = max(told["written"][left], told["written"][right], key=WRITTEN.index)
            _count(recall, harder, is_right=labels[left] == labels[right])
    return {
        "precision": {kind: (whole, right) for kind, (whole, right) in precision.items()},
        "recall": {kind: (whole, right) for kind, (whole, right) in recall.items()},
    }


def _count(counts: dict[str, list[int]], kind: str, *, is_right: bool) -> None:
    for key in (kind, "all"):
        counts[key][0] += 1
        counts[key][1] += is_right


def households(seed: int, count: int = HOUSEHOLDS) -> pl.DataFrame:
    """Make a set: one row an order, with ``household``, ``person``, ``kin`` and ``written`` beside the consignee.

    Parameters
    ----------
    seed : int
        Of everything.
    count : int
        Households.
    """
    draw = random.Random(seed)  # noqa: S311  invented
    places = _places(seed, ADDRESSES * count // HOUSEHOLDS)
    made = _Households(draw)
    rows = [row for number, place in enumerate(places[:count]) for row in made.orders(number, place)]
    draw.shuffle(rows)
    return pl.DataFrame(rows)


def _places(seed: int, shipments: int) -> list[Row]:
    """Addresses of invented shipments, each once."""
    with tempfile.TemporaryDirectory() as folder:
        synthesize(Path(folder), shipments=max(shipments, 1_000), seed=seed, patterns=False)
        rows = pl.read_csv(Path(folder) / "shipments.csv", infer_schema=False)
    kept = [f"consignee_{part}" for part in ("address", "address2", "city", "state", "postal_code")]
    whole = rows.select(kept).filter(pl.col("consignee_address").str.contains(r"^\d+ \w+ \w+"))
    return whole.fill_null("").unique(["consignee_address", "consignee_postal_code"]).sort(kept).to_dicts()


class _Households:
    """Draws households and what they order."""

    def __init__(self, draw: random.Random) -> None:
        self.draw, self.disguise = draw, Disguise(draw)

    def orders(self, number: int, place: Row) -> Iterator[Row]:
        """Orders of one household."""
        world = self._one_of(WORLDS)
        kin = "alone" if self.draw.random() < ALONE else self._one_of(KIN)
        surname = self._name(world, "surname")
        names = self._names(world, kin)
        shared = {"phone": self._phone(), "email": f"{surname.lower()}{self.draw.randint(1, 99)}@{self._maker()}"}
        for at, (given, addition) in enumerate(names):
            own = {"phone": self._phone(), "email": self._mailbox(given.split()[0], surname)}
            told = {
                "consignee_phone": self._contact(own["phone"], shared["phone"], (0.5, 0.35)),
                "consignee_email": self._contact(own["email"], shared["email"], (0.6, 0.15)),
            }
            person = {"household": str(number), "person": f"{number}-{at}", "kin": kin}
            whole = {**place, **told, "consignee_name": f"{given} {surname}{addition}"}
            yield from ({**person, **row} for row in self._written(whole, can_vary=kin in {"alone", *list(KIN)[:2]}))

    def _written(self, whole: Row, *, can_vary: bool) -> Iterator[Row]:
        if can_vary and self.draw.random() < DISGUISED:
            for _ in range(self.draw.choice((2, 3, 3, 4))):
                yield {**self._cells(self.disguise.of({**whole, "consignee_tax_id": ""})), "written": "disguised"}
            return
        ways = {"a slip of keying": SLIP}
        if can_vary:
            ways |= {"turned round": TURNED, "an initial": INITIAL}
        ways["as it is"] = 1 - sum(ways.values())
        for _ in range(self.draw.choice((1, 2, 2, 3, 4))):
            way, row = self._one_of(ways), dict(whole)
            given, _, rest = whole["consignee_name"].partition(" ")
            if way == "turned round":
                row["consignee_name"] = f"{rest}, {given}"
            elif way == "an initial":
                row["consignee_name"] = f"{given[0]} {rest}"
            elif way == "a slip of keying":
                row["consignee_name"] = f"{self._slip(given)} {rest}"
            for column, missing in (("consignee_phone", 0.15), ("consignee_email", 0.3)):
                row[column] = "" if self.draw.random() < missing else row[column]
            yield {**self._cells(row), "written": way}

    def _cells(self, row: Row) -> Row:
        return {column: cell for column, cell in sorted(row.items()) if column != "consignee_tax_id"}

    def _names(self, world: str, kin: str) -> list[tuple[str, str]]:
        """Given names of a household, and what stands behind the surname."""
        part = self.draw.choice(("women", "men"))
        first = self._name(world, part)
        if kin == "junior and senior":
            first = self._name(world, "men")
            return [(first, self.draw.choice((" Sr", " Sr."))), (first, self.draw.choice((" Jr", " Jr.", ", Jr")))]
        if kin == "other middle initials":
            one, other = self.draw.sample("ABCDEFGJKLMPRSTW", 2)
            return [(f"{first} {one}", ""), (f"{first} {other}", "")]
        names = [first]
        if kin == "near given names":
            near = _near(world, part, first)
            while not near:
                names = [first := self._name(world, part)]
                near = _near(world, part, first)
            names.append(self.draw.choices(list(near), list(near.values()))[0])
        for _ in range(0 if kin == "alone" else self.draw.choice((1, 1, 2)) - (len(names) - 1)):
            names.append(self._another(world, names))
        return [(name, "") for name in names]

    def _another(self, world: str, names: list[str]) -> str:
        """Draw a given name that is not near those of the household."""
        while True:
            name = self._name(world, self.draw.choice(("women", "men")))
            if all(OSA.distance(name.lower(), other.lower()) > _NEAR for other in names):
                return name

    def _name(self, world: str, part: str) -> str:
        names = _names()[world, part]
        return self.draw.choices(list(names), list(names.values()))[0]

    def _contact(self, own: str, shared: str, shares: tuple[float, float]) -> str:
        luck = self.draw.random()
        return own if luck < shares[0] else shared if luck < sum(shares) else ""

    def _phone(self) -> str:
        return f"{self.draw.randint(201, 979)}-{self.draw.randint(220, 989)}-{self.draw.randint(0, 9999):04}"

    def _maker(self) -> str:
        return self.draw.choice(MAKERS)

    def _mailbox(self, given: str, surname: str) -> str:
        given, surname, number = given.lower(), surname.lower(), self.draw.randint(1, 999)
        local = self.draw.choice(
            (f"{given}.{surname}", f"{given[0]}{surname}{number}", f"{given}{number}", f"{surname}{number}")
        )
        return f"{local}@{self._maker()}"

    def _slip(self, word: str) -> str:
        """One letter left out, doubled, exchanged with the next one, or struck beside."""
        at = self.draw.randrange(1, max(len(word) - 1, 2))
        ways = (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            word[:at] + self.draw.choice(_BESIDE.get(word[at], "e")) + word[at + 1 :],
        )
        return self.draw.choice(ways)

    def _one_of(self, shares: dict[str, float]) -> str:
        return self.draw.choices(list(shares), list(shares.values()))[0]


_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {key: row[max(at - 1, 0) : at] + row[at + 1 : at + 2] for row in _KEYBOARD for at, key in enumerate(row)}


@cache
def _names() -> dict[tuple[str, str], dict[str, int]]:
    """Names with their weights, by world and part."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    with NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["world"], row["part"]][row["name"]] = int(row["weight"])
    return dict(found)


@cache
def _near(world: str, part: str, name: str) -> dict[str, int]:
    """Names near a name, with their weights."""
    found = {}
    for other_part in ("women", "men"):
        for other, weight in _names()[world, other_part].items():
            least = _KNOWN if world == "United States" else 0
            apart = OSA.distance(name.lower(), other.lower(), score_cutoff=_NEAR)
            one_sex = other_part == part or other in _names()[world, part]
            is_spelling = world != "Vietnam" and one_sex and _are_one_name(name, other)
            if weight >= least and other[0] == name[0] and 0 < apart <= _NEAR and not is_spelling:
                found[other] = weight
    return found


def _are_one_name(name: str, other: str) -> bool:
    """Whether nobody gives two children these names: two spellings, or a pet form and what it is short for."""
    return name[:_OPENING] == other[:_OPENING] or _spelled(name) == _spelled(other)


def _spelled(name: str) -> str:
    """Return a name without what spellings of it differ by."""
    text = name.lower()
    for what, into in _SAME_SPELLING:
        text = re.sub(what, into, text)
    return name[0].lower() + text
