"""How the shipments of a scheme are cut, spread and disguised: what schemes of several typologies share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.traffic.honest import World
from analytics.traffic.lists import Floats, Ints, Texts, Yes, chance
from analytics.traffic.trade import choose_sellers
from analytics.traffic.writings import FIRST_DISGUISE

__all__ = [
    "SPAN_DAYS",
    "Parts",
    "claims",
    "disguises",
    "free_days",
    "free_sellers",
    "lots",
    "numbered",
    "persons",
    "split",
    "totals_over",
]

SPAN_DAYS = 11
"""Days over which the lots of an order come."""


@dataclass(frozen=True)
class Parts:
    """The parts of several schemes: which scheme each belongs to, its number there from 0, and its value."""

    scheme: Ints
    number: Ints
    cents: Ints

    def __len__(self) -> int:
        return len(self.scheme)

    @property
    def schemes(self) -> int:
        """How many schemes they are of."""
        return int(self.scheme.max(initial=-1)) + 1


def numbered(count: Ints) -> tuple[Ints, Ints]:
    """Return, for so many parts of each scheme, the scheme of each part and its number there from 0."""
    scheme = np.repeat(np.arange(len(count)), count)
    return scheme, np.arange(len(scheme)) - np.repeat(np.cumsum(count) - count, count)


def split(rng: np.random.Generator, totals: Ints, at_least: Ints, cap: int) -> Parts:
    """Cut totals into parts of about one size, each at most the cap."""
    count = np.maximum(at_least, -(-totals * 100 // (cap * 86))).astype(np.int64)
    scheme, number = numbered(count)
    weight = rng.uniform(0.87, 1.13, len(scheme))
    share = weight / np.bincount(scheme, weight)[scheme]
    cents = np.floor(share * totals[scheme]).astype(np.int64)
    rest = totals - np.bincount(scheme, cents, minlength=len(totals)).astype(np.int64)
    return Parts(scheme, number, cents + np.where(number == 0, rest[scheme], 0).astype(np.int64))


def totals_over(rng: np.random.Generator, count: int, limit: int = 80_000) -> Ints:
    """Totals over the limit: a third by a hair, the others by up to three times."""
    factor = np.where(chance(rng, count, 0.33), rng.uniform(1.0001, 1.06, count), rng.uniform(1.06, 2.9, count))
    return np.asarray(np.floor(limit * factor + 1), dtype=np.int64)


def claims(rng: np.random.Generator, mode: Texts) -> Texts:
    """Choose the entry types that claim the exemption, as parcels travel."""
    by_air = np.where(chance(rng, len(mode), 0.7), "86", "321")
    return np.where(mode == "mail", "mail", np.where(mode == "truck", "321", by_air)).astype(object)


def free_days(rng: np.random.Generator, world: World, count: int, span: int = 1) -> Ints:
    """Draw first days of spans on which goods of other origins than China were free; none are left where none were."""
    none, days = np.zeros(world.days, dtype=bool), np.arange(world.days)
    is_free = world.limits(days, none) > 0
    allowed = days[: max(1, world.days - span + 1)]
    allowed = allowed[is_free[allowed] & is_free[np.minimum(allowed + span - 1, world.days - 1)]]
    return rng.choice(allowed, count) if len(allowed) else np.empty(0, dtype=np.int64)


def free_sellers(rng: np.random.Generator, world: World, seller: Ints, day: Ints) -> Ints:
    """Replace sellers of China by others on days on which China's goods were not free."""
    closed = world.limits(day, world.is_china(seller)) < 0
    others = ~world.is_china(np.arange(len(world.sellers))) & (world.sellers["numbering"] != "none").to_numpy()
    return np.where(closed, choose_sellers(rng, world.sellers, len(seller), others), seller).astype(np.int64)


def persons(rng: np.random.Generator, world: World, count: int) -> Ints:
    """Draw consignees, whoever buys much or little."""
    return rng.integers(0, len(world.people.persons), count)


def disguises(rng: np.random.Generator, parts: Parts) -> Ints:
    """Give each part of a scheme another writing; some schemes take no such pains."""
    careless = chance(rng, parts.schemes, 0.15)[parts.scheme]
    return np.where(careless, 0, FIRST_DISGUISE + parts.number)


def lots(
    rng: np.random.Generator, world: World, parts: Parts, *, deliberate: bool
) -> dict[str, Ints | Texts | Yes | Floats | bool]:
    """Lots of one order over several days, for one addressee or for several."""
    schemes = parts.schemes
    among = world.sellers["is_crooked"] if deliberate else world.sellers["numbering"] != "none"
    seller = choose_sellers(rng, world.sellers, schemes, among.to_numpy())
    person = persons(rng, world, schemes)[parts.scheme]
    to_others = chance(rng, schemes, 0.4 if deliberate else 0.0)[parts.scheme] & (parts.number > 0)
    return {
        "person": np.where(to_others, persons(rng, world, len(parts)), person),
        "cents": parts.cents,
        "seller": seller[parts.scheme],
        "order": parts.scheme,
        "lot": parts.number + 1,
        "deliberate": deliberate,
        "u_carrier": rng.random(len(parts)),
        "u_flight": rng.random(len(parts)),
    }
