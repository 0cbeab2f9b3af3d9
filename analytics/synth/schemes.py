"""What is planted: splits of every kind, and their look-alikes that are none or are meant harmlessly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.synth.facts import facts_frame, no_facts
from analytics.synth.honest import World, modes
from analytics.synth.lists import Floats, Ints, Texts, Yes, chance
from analytics.synth.trade import choose_sellers
from analytics.synth.writings import FIRST_DISGUISE

__all__ = ["plant"]

_INFORMAL_CENTS = 250_000
_SPAN_DAYS = 11


@dataclass(frozen=True)
class _Pieces:
    """The pieces of several schemes: which scheme each belongs to, its number there from 0, and its value."""

    scheme: Ints
    number: Ints
    cents: Ints

    def __len__(self) -> int:
        return len(self.scheme)


def plant(rng: np.random.Generator, world: World, shipments: int, first_order: int) -> pl.DataFrame:
    """Plant schemes in proportion to the number of shipments, numbering their orders from `first_order`."""
    frames = []
    for maker, share in _RATES:
        schemes = max(2, round(shipments * share / 10_000))
        frame = maker(rng, world, schemes).with_columns(order=pl.col("order") + first_order)
        first_order += len(frame) + schemes
        frames.append(frame)
    return pl.concat(frames)


def _split(rng: np.random.Generator, totals: Ints, at_least: Ints, cap: int) -> _Pieces:
    """Cut totals into pieces of about one size, each at most the cap."""
    count = np.maximum(at_least, -(-totals * 100 // (cap * 86))).astype(np.int64)
    scheme = np.repeat(np.arange(len(totals)), count)
    number = np.arange(len(scheme)) - np.repeat(np.cumsum(count) - count, count)
    weight = rng.uniform(0.87, 1.13, len(scheme))
    share = weight / np.bincount(scheme, weight)[scheme]
    cents = np.floor(share * totals[scheme]).astype(np.int64)
    rest = totals - np.bincount(scheme, cents, minlength=len(totals)).astype(np.int64)
    return _Pieces(scheme, number, cents + np.where(number == 0, rest[scheme], 0).astype(np.int64))


def _totals_over(rng: np.random.Generator, count: int, limit: int = 80_000) -> Ints:
    """Totals over the limit: a third by a hair, the others by up to three times."""
    factor = np.where(chance(rng, count, 0.33), rng.uniform(1.0001, 1.06, count), rng.uniform(1.06, 2.9, count))
    return np.asarray(np.floor(limit * factor + 1), dtype=np.int64)


def _claims(rng: np.random.Generator, mode: Texts) -> Texts:
    by_air = np.where(chance(rng, len(mode), 0.7), "86", "321")
    return np.where(mode == "mail", "mail", np.where(mode == "truck", "321", by_air)).astype(object)


def _free_days(rng: np.random.Generator, world: World, count: int, span: int = 1) -> Ints:
    """Draw first days of spans on which goods of other origins than China were free; none are left where none were."""
    none, days = np.zeros(world.days, dtype=bool), np.arange(world.days)
    is_free = world.limits(days, none) > 0
    allowed = days[: max(1, world.days - span + 1)]
    allowed = allowed[is_free[allowed] & is_free[np.minimum(allowed + span - 1, world.days - 1)]]
    return rng.choice(allowed, count) if len(allowed) else np.empty(0, dtype=np.int64)


def _free_sellers(rng: np.random.Generator, world: World, seller: Ints, day: Ints) -> Ints:
    """Replace sellers of China by others on days on which China's goods were not free."""
    closed = world.limits(day, world.is_china(seller)) < 0
    others = ~world.is_china(np.arange(len(world.sellers))) & (world.sellers["numbering"] != "none").to_numpy()
    return np.where(closed, choose_sellers(rng, world.sellers, len(seller), others), seller).astype(np.int64)


def _persons(rng: np.random.Generator, world: World, count: int) -> Ints:
    return rng.integers(0, len(world.people.persons), count)


def _disguises(rng: np.random.Generator, pieces: _Pieces) -> Ints:
    """Give each piece of a scheme another writing; some schemes take no such pains."""
    careless = chance(rng, int(pieces.scheme.max(initial=-1)) + 1, 0.15)[pieces.scheme]
    return np.where(careless, 0, FIRST_DISGUISE + pieces.number)


def _one_day(  # one row a piece, all of one person on one day
    rng: np.random.Generator, world: World, pieces: _Pieces, *, deliberate: bool, one_seller: bool = False
) -> pl.DataFrame:
    schemes = int(pieces.scheme.max(initial=-1)) + 1
    first_day = _free_days(rng, world, schemes)
    if not len(first_day):
        return no_facts()
    day = first_day[pieces.scheme]
    seller = choose_sellers(rng, world.sellers, schemes)[pieces.scheme]
    if not one_seller:
        seller = choose_sellers(rng, world.sellers, len(pieces))
    seller = _free_sellers(rng, world, seller, day)
    mode = modes(rng, world, seller)
    return facts_frame(
        person=_persons(rng, world, schemes)[pieces.scheme], day=day, cents=pieces.cents, seller=seller,
        order=np.arange(len(pieces)), mode=mode, entry=_claims(rng, mode), deliberate=deliberate,
        writing=_disguises(rng, pieces) if deliberate else 0,
        u_carrier=rng.random(len(pieces)), u_flight=rng.random(len(pieces)),
    )  # fmt: skip


def _split_days(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One person, one day, over the limit: under several spellings, by several carriers, ports, filers and sellers."""
    pieces = _split(rng, _totals_over(rng, schemes), rng.choice([2, 3, 4], schemes, p=[0.5, 0.35, 0.15]), 80_000)
    return _one_day(rng, world, pieces, deliberate=True)


def _big_days(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One person buys a lot on one day, in one name, meaning no harm."""
    pieces = _split(rng, _totals_over(rng, schemes), np.full(schemes, 2), 80_000)
    return _one_day(rng, world, pieces, deliberate=False, one_seller=True)


def _exact_days(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One person, one day, exactly the limit: no split."""
    pieces = _split(rng, np.full(schemes, 80_000), rng.choice([2, 3], schemes), 80_000)
    return _one_day(rng, world, pieces, deliberate=False)


def _oversize(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One piece over the limit and, for every second one, a small one beside it: wrongly claimed, but no split."""
    count = 1 + (np.arange(schemes) % 2)
    scheme = np.repeat(np.arange(schemes), count)
    number = np.arange(len(scheme)) - np.repeat(np.cumsum(count) - count, count)
    cents = np.where(number == 0, rng.integers(80_001, 180_000, len(scheme)), rng.integers(1_000, 9_000, len(scheme)))
    return _one_day(rng, world, _Pieces(scheme, number, cents), deliberate=False)


def _oversize_beside_split(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One true split with a piece over the limit beside it, which must not hide it."""
    split = _split(rng, _totals_over(rng, schemes), np.full(schemes, 2), 80_000)
    big = _Pieces(np.arange(schemes), np.full(schemes, 8), rng.integers(80_001, 160_000, schemes))
    names = ("scheme", "number", "cents")
    both = _Pieces(*(np.concatenate([getattr(pieces, name) for pieces in (split, big)]) for name in names))
    return _one_day(rng, world, both, deliberate=True)


def _lots(
    rng: np.random.Generator, world: World, pieces: _Pieces, *, deliberate: bool
) -> dict[str, Ints | Texts | Yes | Floats | bool]:
    """Lots of one order over several days, for one addressee or for several."""
    schemes = int(pieces.scheme.max(initial=-1)) + 1
    among = world.sellers["is_crooked"] if deliberate else world.sellers["numbering"] != "none"
    seller = choose_sellers(rng, world.sellers, schemes, among.to_numpy())
    person = _persons(rng, world, schemes)[pieces.scheme]
    to_others = chance(rng, schemes, 0.4 if deliberate else 0.0)[pieces.scheme] & (pieces.number > 0)
    return {
        "person": np.where(to_others, _persons(rng, world, len(pieces)), person),
        "cents": pieces.cents,
        "seller": seller[pieces.scheme],
        "order": pieces.scheme,
        "lot": pieces.number + 1,
        "deliberate": deliberate,
        "u_carrier": rng.random(len(pieces)),
        "u_flight": rng.random(len(pieces)),
    }


def _lot_days(rng: np.random.Generator, pieces: _Pieces, first_day: Ints, last_day: int) -> Ints:
    """Spread lots over the days after the first one."""
    gap = np.where(pieces.number > 0, rng.integers(0, _SPAN_DAYS, len(pieces)), 0)
    return np.minimum(first_day[pieces.scheme] + gap, last_day)


def _free_lots(rng: np.random.Generator, world: World, pieces: _Pieces, *, deliberate: bool) -> pl.DataFrame:
    """Lots of one order that each claim the exemption."""
    first_day = _free_days(rng, world, int(pieces.scheme.max(initial=-1)) + 1, _SPAN_DAYS)
    if not len(first_day):
        return no_facts()
    columns = _lots(rng, world, pieces, deliberate=deliberate)
    end = np.minimum(first_day + _SPAN_DAYS, world.days - 1)[pieces.scheme]
    first_of = np.asarray(columns["seller"])[np.flatnonzero(pieces.number == 0)]
    seller = _free_sellers(rng, world, first_of, end[pieces.number == 0])[pieces.scheme]
    mode = modes(rng, world, seller)
    return facts_frame(**{
        **columns, "seller": seller, "mode": mode, "entry": _claims(rng, mode),
        "day": _lot_days(rng, pieces, first_day, world.days - 1),
        "writing": _disguises(rng, pieces) if deliberate else 0,
    })  # fmt: skip


def _split_orders(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order over the limit, sent in lots of less."""
    pieces = _split(rng, _totals_over(rng, schemes), rng.choice([2, 3, 4], schemes, p=[0.5, 0.3, 0.2]), 80_000)
    return _free_lots(rng, world, pieces, deliberate=True)


def _late_parts(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order over the limit whose second part was not in stock: the figures of a split, not the purpose."""
    pieces = _split(rng, _totals_over(rng, schemes), np.full(schemes, 2), 80_000)
    return _free_lots(rng, world, pieces, deliberate=False)


def _small_parts(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order sent in parts that are together below the limit, or exactly at it: no split."""
    totals = np.where(chance(rng, schemes, 0.2), 80_000, rng.integers(4_000, 70_000, schemes))
    return _free_lots(rng, world, _split(rng, totals, np.full(schemes, 2), 80_000), deliberate=False)


def _suspended(rng: np.random.Generator, world: World, schemes: int, *, deliberate: bool) -> pl.DataFrame:
    """Claims for goods of China and Hong Kong on days on which these had no exemption."""
    days = np.arange(world.days)
    closed = days[world.limits(days, np.ones(world.days, dtype=bool)) < 0]
    closed = closed if deliberate else closed[:4]
    count = schemes if len(closed) else 0
    seller = choose_sellers(rng, world.sellers, count, world.is_china(np.arange(len(world.sellers))))
    mode = modes(rng, world, seller)
    return facts_frame(
        person=_persons(rng, world, count), day=rng.choice(closed, count) if count else [], seller=seller, mode=mode,
        cents=rng.integers(900, 70_000, count), order=np.arange(count), entry=_claims(rng, mode),
        deliberate=deliberate, u_carrier=rng.random(count), u_flight=rng.random(count),
    )  # fmt: skip


def _claims_while_suspended(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    return _suspended(rng, world, schemes, deliberate=True)


def _claims_just_after(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    return _suspended(rng, world, schemes, deliberate=False)


def _entered(rng: np.random.Generator, world: World, schemes: int, span: int) -> tuple[_Pieces, dict[str, Ints]]:
    """Pieces each below the informal limit and together above, with the days on which they arrive."""
    totals = np.floor(_INFORMAL_CENTS * rng.uniform(1.02, 2.6, schemes)).astype(np.int64)
    pieces = _split(rng, totals, rng.choice([2, 3], schemes), _INFORMAL_CENTS)
    first_day = rng.integers(0, max(1, world.days - span), schemes)
    gap = pieces.number * (span // 4) if span > 1 else np.zeros(len(pieces), dtype=np.int64)
    day = np.minimum(first_day[pieces.scheme] + gap, world.days - 1)
    return pieces, {"day": day}


def _entered_orders(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order over the informal limit, entered informally in lots on different days."""
    pieces, days = _entered(rng, world, schemes, _SPAN_DAYS)
    return facts_frame(**{**_lots(rng, world, pieces, deliberate=True), **days, "mode": "air", "entry": "11"})


def _mailed_orders(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order over the informal limit, mailed in lots without a claim."""
    pieces, days = _entered(rng, world, schemes, _SPAN_DAYS)
    lots = _lots(rng, world, pieces, deliberate=True)
    return facts_frame(**{**lots, **days, "mode": "mail", "entry": "mail", "claim": False})


def _shared_conveyance(
    rng: np.random.Generator, world: World, schemes: int, mode: str, *, deliberate: bool
) -> pl.DataFrame:
    """Different orders of one consignee on one conveyance, together over the informal limit."""
    pieces, days = _entered(rng, world, schemes, 1)
    lots = _lots(rng, world, pieces, deliberate=False)
    same = {name: rng.random(schemes)[pieces.scheme] for name in ("u_carrier", "u_flight")}
    return facts_frame(**{
        **lots, **days, **same, "order": np.arange(len(pieces)), "lot": 0, "mode": mode, "deliberate": deliberate,
        "entry": "mail" if mode == "mail" else "11", "claim": False if mode == "mail" else None,
    })  # fmt: skip


def _one_flight(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    return _shared_conveyance(rng, world, schemes, "air", deliberate=True)


def _one_mailbag(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """Different orders that came with one mail: these are not added up."""
    return _shared_conveyance(rng, world, schemes, "mail", deliberate=False)


_RATES: list[tuple[Callable[[np.random.Generator, World, int], pl.DataFrame], float]] = [
    (_split_days, 20), (_big_days, 7), (_exact_days, 5), (_oversize, 6), (_oversize_beside_split, 4),
    (_split_orders, 14), (_late_parts, 5), (_small_parts, 40),
    (_claims_while_suspended, 25), (_claims_just_after, 8),
    (_entered_orders, 5), (_mailed_orders, 3), (_one_flight, 5), (_one_mailbag, 3),
]  # fmt: skip
"""What is planted, and how many schemes of it in ten thousand shipments."""
