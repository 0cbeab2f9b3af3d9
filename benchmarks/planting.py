"""Plants splits and their look-alikes in a year of real orders in which nobody splits.

The orders are those of a British shop (UCI Online Retail II, Chen 2012, CC BY 4.0). Each order is taken for one parcel
to its customer on the day of the order, with every line. No parcel carries an order number: where all orders but the
planted ones kept theirs, looking for what has none would find them. Names and addresses are invented, one a customer.

The law of what is planted, for a limit L:

*Deliberate*, 200 of them. A real order worth more than L and at most 1.65 L (26% more on average) is cut into 2 to 11
pieces (each number as likely) over 1 to 10 days (likewise). Its lines are laid end to end as they stand in the order
and cut at random weights between 0.5 and 1.5 a piece; a line on a cut is divided by whole units. No piece is worth more
than L. The first piece goes on the day of the order, the last on the last day, the others on any day between. In every
second case all labels were printed at once, so that the pieces have consecutive numbers; otherwise a piece gets the
next free number of the shop when it goes out.

*Look-alikes*, 50 of each kind, all of them with each piece at most L and together more:

- a subscription: a real order of more than L/2 that comes again, unchanged, 2 to 5 times, every 7, 14 or 28 days;
- a back order: of a real order worth more than L and at most 1.65 L, one to three lines follow 2 to 10 days later;
- a replacement: a real order of more than L/2 goes out again 3 to 10 days later, whole or, every second time, in part;
- a family: two real customers, one order each at most 5 days apart, get one surname and one address.

A customer has at most one scheme. All else stays as it was. The same seed gives the same bytes.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

__all__ = ["LIMIT_CENTS", "Planted", "plant"]

LIMIT_CENTS = 516_00
DELIBERATE, EACH_KIND = 200, 50
_MOST_OVER = 1.65
_TRIES = 100
_WORDS = Path(__file__).parent / "planted" / "names.toml"

Line = tuple[str, str, int, int]
"""Product, description, units, cents."""


@dataclass(frozen=True)
class Parcel:
    """What goes to one customer on one day under one number."""

    customer: str
    sent: datetime
    lines: Sequence[Line]
    numbered: tuple[datetime, str]
    """What decides its number: when it was given, and what stands before whom at that moment."""
    scheme: str | None = None

    @cached_property
    def cents(self) -> int:
        """What it is worth."""
        return _worth(self.lines)

    @cached_property
    def units(self) -> int:
        """How many things are in it."""
        return sum(line[2] for line in self.lines)


@dataclass
class Planted:
    """The parcels of a year, with what was planted among them."""

    parcels: list[Parcel]
    kinds: dict[str, str] = field(default_factory=dict)
    """Scheme to kind: deliberate, subscription, backorder, replacement, family."""
    families: dict[str, str] = field(default_factory=dict)
    """Customer to the customer whose surname and address they share."""

    def write(self, folder: Path) -> str:
        """Write shipments.csv and truth.csv; return the SHA-256 of both together."""
        numbered = sorted(self.parcels, key=lambda parcel: parcel.numbered)
        people = _people({parcel.customer for parcel in self.parcels}, self.families)
        folder.mkdir(parents=True, exist_ok=True)
        pl.DataFrame(list(_rows(numbered, people)), schema=_COLUMNS, orient="row").write_csv(folder / "shipments.csv")
        truth = [
            (f"P{number}", parcel.customer, parcel.sent.date(), parcel.scheme, self.kinds.get(parcel.scheme or ""))
            for number, parcel in enumerate(numbered, start=_FIRST_NUMBER)
        ]
        schema = ["shipment_id", "customer", "day", "scheme", "kind"]
        pl.DataFrame(truth, schema=schema, orient="row").write_csv(folder / "truth.csv")
        both = ((folder / name).read_bytes() for name in ("shipments.csv", "truth.csv"))
        return hashlib.sha256(b"".join(both)).hexdigest()


_FIRST_NUMBER = 7_000_001
_COLUMNS = [
    "shipment_id", "line_no", "arrival_date", "consignee_id", "consignee_name", "consignee_address", "consignee_city",
    "consignee_postal_code", "declared_value", "quantity", "product_id", "description",
]  # fmt: skip


def plant(
    orders: Path, *, seed: int, start: date | None = None, end: date | None = None, share: float = 1.0
) -> Planted:
    """Plant schemes in the orders of a folder.

    Parameters
    ----------
    orders : Path
        Folder with orders.csv and lines.parquet.
    seed : int
        Of everything that is drawn.
    start, end : date, optional
        Only orders of these days, both included.
    share : float, default=1.0
        Of the number of schemes, for a shorter period.
    """
    rng = np.random.default_rng(seed)
    parcels = _real_parcels(orders, start, end)
    planter = _Planter(rng, parcels, max(parcel.sent.date() for parcel in parcels))
    planter.plant(round(DELIBERATE * share), round(EACH_KIND * share))
    return planter.planted()


class _Planter:
    """Takes real parcels away and puts schemes in their place, one a customer at most."""

    def __init__(self, rng: np.random.Generator, parcels: list[Parcel], last_day: date) -> None:
        self.rng, self.parcels, self.last_day = rng, parcels, last_day
        self.free = {parcel.customer for parcel in parcels}
        self.removed: set[int] = set()
        self.added: list[Parcel] = []
        self.kinds: dict[str, str] = {}
        self.families: dict[str, str] = {}

    def planted(self) -> Planted:
        kept = [parcel for index, parcel in enumerate(self.parcels) if index not in self.removed]
        return Planted([*kept, *self.added], self.kinds, self.families)

    def plant(self, deliberate: int, each_kind: int) -> None:
        self._many("deliberate", self._cut, list(self.rng.integers(2, 12, deliberate)))
        self._many("subscription", self._repeat, [0] * each_kind)
        self._many("backorder", self._hold_back, [0] * each_kind)
        self._many("replacement", self._replace, [number % 2 for number in range(each_kind)])
        self._many("family", self._marry, [0] * each_kind)

    def _many(self, kind: str, maker: Callable[[Parcel, int], list[Parcel] | None], settings: Sequence[int]) -> None:
        """Make one scheme a setting, each of the next real order of which it can be made."""
        chances = iter(self.rng.permutation(len(self.parcels)))
        for number, setting in enumerate(settings, start=1):
            for index in chances:
                parcel = self.parcels[index]
                made = maker(parcel, int(setting)) if parcel.customer in self.free else None
                if made is not None:
                    scheme = f"{kind}-{number:03d}"
                    self.removed.add(int(index))
                    self.added += [_of_scheme(piece, scheme) for piece in made]
                    self.free -= {piece.customer for piece in made}
                    self.kinds[scheme] = kind
                    break
            else:
                raise ValueError(f"too few orders for {len(settings)} schemes of kind {kind}")

    def _room(self, parcel: Parcel, days: int) -> bool:
        return parcel.sent.date() + timedelta(days=days) <= self.last_day

    def _cut(self, parcel: Parcel, pieces: int) -> list[Parcel] | None:
        if not LIMIT_CENTS < parcel.cents <= _MOST_OVER * LIMIT_CENTS or parcel.units < 2 * pieces:
            return None
        if not self._room(parcel, 9):
            return None
        strips = next((cut for cut in (self._strips(parcel, pieces) for _ in range(_TRIES)) if _is_free(cut)), None)
        if strips is None:
            return None
        span = int(self.rng.integers(1, 11))
        between = sorted(self.rng.integers(0, span, pieces - 2).tolist())
        at_once = bool(self.rng.random() < 0.5)
        days = [0, *between, span - 1]
        return [
            self._piece(parcel, strip, day, f"{number:02d}", at_once=at_once)
            for number, (strip, day) in enumerate(zip(strips, days, strict=True))
        ]

    def _strips(self, parcel: Parcel, pieces: int) -> list[list[Line]]:
        """Lay the lines end to end and cut at random weights; a line on a cut is divided by whole units."""
        weights = self.rng.uniform(0.5, 1.5, pieces)
        cuts = np.cumsum(weights)[:-1] / weights.sum() * parcel.cents
        strips: list[list[Line]] = [[] for _ in range(pieces)]
        passed = 0
        for product, words, units, cents in parcel.lines:
            inside = cuts[(cuts > passed) & (cuts < passed + cents)]
            marks = [0, *(round((cut - passed) / cents * units) for cut in inside), units]
            first = int(np.searchsorted(cuts, passed, side="right"))
            for step, (low, high) in enumerate(pairwise(marks)):
                if high > low:
                    value = round(cents * high / units) - round(cents * low / units)
                    strips[first + step].append((product, words, high - low, value))
            passed += cents
        return strips

    def _repeat(self, parcel: Parcel, _: int) -> list[Parcel] | None:
        if not LIMIT_CENTS / 2 < parcel.cents <= LIMIT_CENTS:
            return None
        every, times = int(self.rng.choice([7, 14, 28])), int(self.rng.integers(2, 6))
        if not self._room(parcel, every * times):
            return None
        again = [self._piece(parcel, parcel.lines, every * time, f"{time:02d}") for time in range(1, times + 1)]
        return [parcel, *again]

    def _hold_back(self, parcel: Parcel, _: int) -> list[Parcel] | None:
        if not LIMIT_CENTS < parcel.cents <= _MOST_OVER * LIMIT_CENTS or not self._room(parcel, 10):
            return None
        for _try in range(_TRIES):
            count = int(self.rng.integers(1, 4))
            late = set(self.rng.permutation(len(parcel.lines))[:count].tolist())
            first = [line for place, line in enumerate(parcel.lines) if place not in late]
            second = [line for place, line in enumerate(parcel.lines) if place in late]
            if _is_free([first, second]):
                day = int(self.rng.integers(2, 11))
                return [self._piece(parcel, first, 0, "00"), self._piece(parcel, second, day, "01")]
        return None

    def _replace(self, parcel: Parcel, in_part: int) -> list[Parcel] | None:
        if not LIMIT_CENTS / 2 < parcel.cents <= LIMIT_CENTS or not self._room(parcel, 10):
            return None
        again: list[Line] = []
        for place in self.rng.permutation(len(parcel.lines)):
            if in_part and parcel.cents + _worth(again) > LIMIT_CENTS:
                break
            again.append(parcel.lines[place])
        return [parcel, self._piece(parcel, again, int(self.rng.integers(3, 11)), "01")]

    def _marry(self, parcel: Parcel, _: int) -> list[Parcel] | None:
        if not LIMIT_CENTS / 3 < parcel.cents <= LIMIT_CENTS:
            return None
        others = [
            index
            for index, other in enumerate(self.parcels)
            if other.customer in self.free
            and other.customer != parcel.customer
            and abs((other.sent.date() - parcel.sent.date()).days) <= 5
            and other.cents <= LIMIT_CENTS < other.cents + parcel.cents
        ]
        if not others:
            return None
        chosen = int(self.rng.choice(others))
        self.removed.add(chosen)
        self.families[self.parcels[chosen].customer] = parcel.customer
        return [parcel, self.parcels[chosen]]

    def _piece(self, parcel: Parcel, lines: Sequence[Line], day: int, place: str, *, at_once: bool = False) -> Parcel:
        """Send lines of an order some days after it, at some minute of the working day."""
        minute = timedelta(hours=9, minutes=int(self.rng.integers(0, 540)))
        sent = datetime.combine(parcel.sent.date() + timedelta(days=day), datetime.min.time()) + minute
        numbered = parcel.sent if at_once else sent
        return Parcel(parcel.customer, sent, lines, (numbered, f"{parcel.numbered[1]}-{place}"))


def _of_scheme(parcel: Parcel, scheme: str) -> Parcel:
    return Parcel(parcel.customer, parcel.sent, parcel.lines, parcel.numbered, scheme)


def _worth(lines: Sequence[Line]) -> int:
    return sum(line[3] for line in lines)


def _is_free(strips: Sequence[Sequence[Line]]) -> bool:
    return all(0 < _worth(strip) <= LIMIT_CENTS for strip in strips)


def _real_parcels(folder: Path, start: date | None, end: date | None) -> list[Parcel]:
    """Read every order that was not cancelled and whose customer is known."""
    known = (pl.col("cancelled") == "False") & pl.col("customer_id").is_not_null()
    orders = pl.read_csv(folder / "orders.csv", infer_schema=False).filter(known)
    orders = orders.select("invoice", "customer_id", sent=pl.col("ts").str.to_datetime())
    days = pl.col("sent").dt.date().is_between(start or date.min, end or date.max)
    lines = pl.read_parquet(folder / "lines.parquet").select(
        "invoice", "stock_code", "description", pl.col("quantity").cast(pl.Int64),
        cents=(pl.col("quantity") * pl.col("unit_price_gbp") * 100).round().cast(pl.Int64),
    )  # fmt: skip
    listed: dict[str, list[Line]] = {}
    for invoice, *line in lines.iter_rows():
        listed.setdefault(invoice, []).append((line[0], line[1], line[2], line[3]))
    return [
        Parcel(customer, sent, listed[invoice], (sent, invoice))
        for invoice, customer, sent in orders.filter(days).sort("sent", "invoice").iter_rows()
    ]


def _rows(numbered: Sequence[Parcel], people: dict[str, tuple[str, ...]]) -> Iterator[tuple[object, ...]]:
    for number, parcel in enumerate(numbered, start=_FIRST_NUMBER):
        for place, (product, words, units, cents) in enumerate(parcel.lines, start=1):
            value = f"{cents // 100}.{cents % 100:02d}"
            sent = f"{parcel.sent:%Y-%m-%d %H:%M}"
            person = people[parcel.customer]
            yield (f"P{number}", place, sent, parcel.customer, *person, value, str(units), product, words)


def _people(customers: set[str], families: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Invent name, address, town and postal code of every customer; a family shares all but the given name."""
    words = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    given, starts, ends, streets = (words[kind].split() for kind in ("given", "starts", "ends", "streets"))

    def joined(start: int, end: int) -> str:
        return f"{starts[start % len(starts)]}{ends[end % len(ends)]}"

    people: dict[str, tuple[str, ...]] = {}
    for place, customer in enumerate(sorted(customers)):
        name = f"{given[place % len(given)]} {joined(place // 7, place * 5)}"
        street = f"{1 + place * 17 % 389} {joined(place * 3, place // 11)} {streets[place % len(streets)]}"
        people[customer] = (name, street, joined(place // 13, place // 29), f"{10_000 + place * 19}")
    for customer, kin in families.items():
        first, surname = people[customer][0].split()[0], people[kin][0].split()[1]
        people[customer] = (f"{first} {surname}", *people[kin][1:])
    return people
