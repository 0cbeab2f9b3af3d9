"""Who sells, and how parcels travel: sellers and how they number orders; carriers, flights, ports and filers."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.traffic.lists import (
    Floats,
    Ints,
    Texts,
    Yes,
    chance,
    pick,
    read_table,
    read_words,
    skewed,
    split_words,
    text_array,
)

__all__ = ["choose_carriage", "choose_sellers", "draw_values", "make_sellers"]

_NUMBERING = ["plain", "lettered", "suffixed", "marketplace", "running", "none"]
_MEDIAN_VALUE_USD = 14.0
_SURELY_CROOKED = 3


def make_sellers(rng: np.random.Generator, count: int) -> pl.DataFrame:
    """Invent sellers: one row each, in the order of their numbers.

    `numbering` is how a seller numbers orders: ``lettered`` A48213, ``suffixed`` A48213-1 for the lots of an order,
    ``running`` 2025-17 for the seventeenth order, ``plain`` 120012 for the first of the twelfth day, the same every
    year and with every such seller, ``marketplace`` 112-3456789-0123456.
    """
    words = read_words("sellers.toml")
    origins, markets = words["origins"], words["marketplaces"]
    origin = pick(rng, count, np.array([row["share"] for row in origins], dtype=float))
    market = pick(rng, count, np.array([row["share"] for row in markets], dtype=float))
    numbering = rng.choice(_NUMBERING, count, p=[0.2, 0.25, 0.2, 0.12, 0.1, 0.13])
    has_market = np.array([bool(row["name"]) for row in markets])[market]
    numbering = np.where((numbering == "marketplace") & ~has_market, "lettered", numbering)
    numbering[:4], origin[:4] = ["lettered", "suffixed", "plain", "lettered"], [0, 0, 3, 4]  # some of each, however few
    is_crooked = (chance(rng, count, 0.05) & (numbering != "none")) | (np.arange(count) < _SURELY_CROOKED)
    code = text_array([row["code"] for row in origins])[origin]
    via_land = np.isin(code, ["CA", "MX"]) | chance(rng, count, 0.1)
    return pl.DataFrame({
        "seller": np.arange(count),
        "seller_name": _names(rng, words, origin).tolist(),
        "seller_id": [f"S{number:06d}" for number in 100_003 + 37 * np.arange(count)],
        "marketplace": text_array([row["name"] for row in markets])[market].tolist(),
        "gives_accounts": np.array([row["gives_accounts"] for row in markets])[market],
        "seller_origin": code.tolist(),
        "town": _towns(rng, origins, origin),
        "numbering": numbering.tolist(),
        "lot_mark": np.where(chance(rng, count, 0.2), "/", "-").tolist(),
        "is_crooked": is_crooked,
        "share_land": np.where(via_land, 0.6, 0.0),
        "value_factor": rng.lognormal(0.0, 0.45, count),
        "weight": rng.permutation(1.0 / np.arange(3, count + 3) ** 0.9),
    })  # fmt: skip


def _names(rng: np.random.Generator, words: dict[str, str], origin: Ints) -> Texts:
    count = len(origin)
    firsts, seconds = (text_array(split_words(words[key])) for key in ("first_words", "second_words"))
    endings = [row["endings"] for row in read_words("sellers.toml")["origins"]]
    ending = text_array([endings[number][draw % len(endings[number])] for number, draw in zip(
        origin.tolist(), rng.integers(0, 1000, count).tolist(), strict=True)])  # fmt: skip
    first = firsts[skewed(rng, np.full(count, len(firsts)), 1.0)]
    more = np.where(chance(rng, count, 0.5), np.char.lower(firsts[rng.integers(0, 31, count)].astype(str)), "")
    second = seconds[rng.integers(0, len(seconds), count)]
    return np.asarray(first + more.astype(object) + " " + second + " " + ending, dtype=object)


def _towns(rng: np.random.Generator, origins: list[dict[str, list[str]]], origin: Ints) -> list[str]:
    draws = rng.integers(0, 1000, len(origin)).tolist()
    towns = [row["towns"] for row in origins]
    return [towns[number][draw % len(towns[number])] for number, draw in zip(origin.tolist(), draws, strict=True)]


def choose_sellers(rng: np.random.Generator, sellers: pl.DataFrame, count: int, among: Yes | None = None) -> Ints:
    """Draw sellers in proportion to their trade, all of them or among some."""
    weights = sellers["weight"].to_numpy()
    return pick(rng, count, weights if among is None else np.where(among, weights, 0.0))


def draw_values(rng: np.random.Generator, factors: Floats) -> Ints:
    """Draw values in cents: many small ones, a long tail of dear goods, half of all ending in 99 or 95."""
    dear = np.where(chance(rng, len(factors), 0.008), rng.uniform(8.0, 60.0, len(factors)), 1.0)
    cents = np.floor(100 * _MEDIAN_VALUE_USD * factors * dear * rng.lognormal(0.0, 1.12, len(factors))).astype(np.int64)
    cents = np.clip(cents, 150, 3_000_000)
    ending = rng.choice([-1, 99, 95, 0], len(cents), p=[0.45, 0.35, 0.1, 0.1])
    return np.where(ending < 0, cents, cents // 100 * 100 + ending)


def choose_carriage(facts: pl.DataFrame) -> pl.DataFrame:
    """Add carrier, conveyance, port and filer, from the draws `u_carrier` and `u_flight` of each row.

    The same draws on the same day mean the same conveyance.
    """
    carriers = read_table("carriers.csv").with_columns(pl.col("weight").cast(pl.Float64))
    parts = []
    for (mode,), rows in facts.group_by("mode", maintain_order=True):
        offered = carriers.filter(pl.col("mode") == mode)
        edges = offered["weight"].cum_sum().to_numpy() / offered["weight"].sum()
        chosen = np.minimum(np.searchsorted(edges, rows["u_carrier"].to_numpy(), side="right"), len(offered) - 1)
        parts.append(rows.hstack(offered.drop("mode", "weight")[chosen]))
    flight, port, filer = (
        _one_of(name, draw)
        for name, draw in (
            ("flights", pl.col("u_flight")),
            ("ports", pl.col("u_flight") * 7 % 1),
            ("filers", pl.col("u_flight") * 3 % 1),
        )
    )
    has_conveyance = (pl.col("u_flight") * 1000 % 1 > 0.03) | pl.col("deliberate")
    conveyance = pl.when(pl.col("mode") == "truck").then(pl.concat_str("carrier_code", flight)).otherwise(flight)
    return pl.concat(parts).sort("shuffle").with_columns(
        conveyance=pl.when(has_conveyance).then(conveyance).otherwise(pl.lit("")), port=port, filer=filer
    ).drop("flights", "ports", "filers")  # fmt: skip


def _one_of(column: str, draw: pl.Expr) -> pl.Expr:
    """Choose one of the words in a column by a draw between 0 and 1."""
    words = pl.col(column).str.split(" ")
    return words.list.get((draw * words.list.len()).floor().cast(pl.Int64), null_on_oob=True).fill_null("")
