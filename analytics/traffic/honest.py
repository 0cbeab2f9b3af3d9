"""Honest traffic: people who buy, some of them often, some twice on one day, and none with a thought of the limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from analytics.traffic.facts import facts_frame
from analytics.traffic.law import CHINA, limit_on
from analytics.traffic.lists import Ints, Texts, Yes, chance, pick
from analytics.traffic.people import People
from analytics.traffic.trade import choose_sellers, draw_values

__all__ = ["World", "honest_entries", "honest_traffic", "modes"]

_WEEKDAYS = np.array([1.15, 1.2, 1.1, 1.05, 1.0, 0.8, 0.35])
_INFORMAL_CENTS = 250_000


@dataclass(frozen=True)
class World:
    """What traffic is drawn from: the people, the sellers and the days, with the exemption's limit on each."""

    people: People
    sellers: pl.DataFrame
    start: date
    days: int

    @property
    def dates(self) -> list[date]:
        """Every day of the period."""
        return [self.start + timedelta(days=number) for number in range(self.days)]

    def limits(self, days: Ints, from_china: Yes) -> Ints:
        """Give the standard limit in cents on those days for those origins; -1 where there is no exemption."""
        both = [np.array([-1 if cents is None else cents for cents in limit_on(self.dates, china=china)]) for china in
                (False, True)]  # fmt: skip
        return np.where(from_china, both[1][days], both[0][days]).astype(np.int64)

    def is_china(self, sellers: Ints) -> Yes:
        """Say which sellers send from China or Hong Kong."""
        return np.append(self.sellers["seller_origin"].is_in(CHINA).to_numpy(), False)[sellers]


def honest_traffic(rng: np.random.Generator, world: World, count: int) -> pl.DataFrame:
    """Draw the given number of honest shipments.

    People come back by a heavy-tailed habit; one visit in twenty-five is several parcels on one day, from one seller or
    more. Some buy near the limit.
    """
    sizes = 1 + rng.choice(4, count, p=[0.962, 0.03, 0.006, 0.002])
    visit = np.repeat(np.arange(count), sizes)[:count]
    person = pick(rng, count, world.people.persons["weight"].to_numpy())[visit]
    day = _busy_days(rng, world, count)[visit]
    seller = choose_sellers(rng, world.sellers, count)
    again = np.concatenate([[False], visit[1:] == visit[:-1]]) & chance(rng, count, 0.5)
    seller = np.where(again, np.roll(seller, 1), seller)
    firm_factor = np.where(world.people.persons["is_firm"].to_numpy(), 2.5, 1.0)[person]
    cents = draw_values(rng, world.sellers["value_factor"].to_numpy()[seller] * firm_factor)
    near = chance(rng, count, 0.004)
    cents = np.where(near, rng.choice([70_000, 74_900, 78_000, 79_500, 79_900, 79_999, 80_000], count), cents)
    mode = modes(rng, world, seller)
    gift = _gifts(rng, person, day, mode)
    cents = np.where(gift, 1000 + cents % 8900, cents)
    seller = np.where(gift, -1, seller)
    entry, claim = honest_entries(rng, world, cents, day, seller, mode)
    return facts_frame(
        person=person, day=day, cents=cents, seller=seller, order=np.where(gift, -1, np.arange(count)), mode=mode,
        entry=np.where(gift, np.where(mode == "mail", "mail", "321"), entry),
        claim=pl.Series(claim).set(pl.Series(gift), None), is_gift=gift,
        writing=rng.choice(3, count, p=[0.82, 0.12, 0.06]),
        u_carrier=rng.random(count), u_flight=rng.random(count),
    )  # fmt: skip


def _busy_days(rng: np.random.Generator, world: World, count: int) -> Ints:
    weights = np.array([_WEEKDAYS[day.weekday()] for day in world.dates])
    return pick(rng, count, weights)


def modes(rng: np.random.Generator, world: World, seller: Ints) -> Texts:
    """Choose how parcels travel: by truck where the seller stocks beyond a land border, else by mail or air."""
    by_land = chance(rng, len(seller), np.append(world.sellers["share_land"].to_numpy(), 0.0)[seller])
    return np.where(by_land, "truck", np.where(chance(rng, len(seller), 0.15), "mail", "air")).astype(object)


def _gifts(rng: np.random.Generator, person: Ints, day: Ints, mode: Texts) -> Yes:
    """Choose gifts of private senders, at most one for a person on a day."""
    gift = chance(rng, len(person), 0.012) & (mode != "truck")
    chosen = pl.DataFrame({"person": person, "day": day, "gift": gift})
    is_first = chosen.select((pl.col("gift").cum_sum().over("person", "day")) == 1).to_series().to_numpy()
    return np.asarray(gift & is_first)


def honest_entries(
    rng: np.random.Generator, world: World, cents: Ints, day: Ints, seller: Ints, mode: Texts
) -> tuple[Texts, list[bool | None]]:
    """Choose entry type and stated claim as the law of the day has it.

    The exemption is claimed where there is one and the value allows it; four in a hundred are entered all the same.
    One in a hundred files does not say how it was entered.
    """
    count = len(cents)
    limit = world.limits(day, world.is_china(seller))
    free = (cents <= limit) & ~chance(rng, count, 0.04)
    by_air = np.where(chance(rng, count, 0.62), "86", "321")
    claimed = np.where(mode == "mail", "mail", np.where(mode == "truck", "321", by_air))
    claimed = np.where(chance(rng, count, 0.01) & (mode != "mail"), "", claimed)
    entered = np.where(cents > _INFORMAL_CENTS, "01", np.where(mode == "mail", "mail", "11"))
    entry = np.where(free, claimed, entered).astype(object)
    stated = chance(rng, count, 0.3) | ((entry == "mail") & ~free)
    stated &= entry != ""
    return entry, [bool(is_free) if says else None for is_free, says in zip(free, stated, strict=True)]
