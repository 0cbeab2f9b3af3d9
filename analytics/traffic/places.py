"""Where parcels go: houses, flats, suites of forwarders, shops and offices, in real towns with invented streets."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.traffic.lists import Ints, Texts, chance, pick, read_table, read_words, split_words, text_array

__all__ = ["Places"]

_FLATS_A_BUILDING = 14
_GUESTS_A_FORWARDER = 45


class Places:
    """The addresses handed out so far; every method adds some and gives their numbers.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the draws come from.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._frames: list[pl.DataFrame] = []
        self._count = 0

    def table(self) -> pl.DataFrame:
        """Every address, one row each, in the order of their numbers."""
        return pl.concat(self._frames)

    def homes(self, count: int) -> Ints:
        """Add homes: three in ten are flats that share a building with others."""
        is_flat = chance(self._rng, count, 0.3)
        buildings = 1 + count * 3 // (10 * _FLATS_A_BUILDING)
        site = np.where(is_flat, count + self._rng.integers(0, buildings, count), np.arange(count))
        letters = text_array(list("ABCDEF"))
        rank = _rank(site)
        unit = np.where(is_flat, (rank // 6 + 1).astype(str).astype(object) + letters[rank % 6], "")
        return self._add(self._sites(count + buildings)[site], unit=unit)

    def suites(self, count: int) -> tuple[Ints, Ints]:
        """Add suites at forwarders' addresses; give their numbers and whose forwarder's they are."""
        names = text_array(split_words(read_words("words.toml")["forwarder_names"], ";"))
        forwarders = 1 + count // _GUESTS_A_FORWARDER
        forwarder = self._rng.integers(0, forwarders, count)
        code = (1000 + 7 * _rank(forwarder)).astype(str).astype(object)
        letters = text_array(list("ABCDEFGHJKLMNPRSTUVWXYZ"))
        unit = letters[forwarder % len(letters)] + code
        sites = self._sites(forwarders)[forwarder]
        return self._add(sites, unit=unit, host=names[forwarder % len(names)], is_suite=True), forwarder

    def shops(self, count: int) -> Ints:
        """Add the addresses of firms, some of them with a suite number."""
        suite = (100 * self._rng.integers(1, 9, count) + self._rng.integers(0, 40, count)).astype(str).astype(object)
        unit = np.where(chance(self._rng, count, 0.35), suite, "")
        return self._add(self._sites(count), unit=unit, is_suite=True)

    def offices(self, addresses: Ints, firms: Texts) -> Ints:
        """Add the addresses of firms once more, as where somebody works."""
        return self._add(self.table()[addresses].drop("host"), host=firms)

    def _add(self, sites: pl.DataFrame, *, is_suite: bool = False, **columns: Texts) -> Ints:
        added = {name: pl.Series(values.tolist(), dtype=pl.String) for name, values in columns.items()}
        frame = sites.with_columns(**added)
        if "host" not in frame.columns:
            frame = frame.with_columns(host=pl.lit(""))
        if "is_suite" not in frame.columns:
            frame = frame.with_columns(is_suite=pl.lit(is_suite))
        self._frames.append(frame.select(*_COLUMNS))
        self._count += len(frame)
        return np.arange(self._count - len(frame), self._count, dtype=np.int64)

    def _sites(self, count: int) -> pl.DataFrame:
        rng, words = self._rng, read_words("words.toml")
        towns = read_table("places.csv")
        streets, kinds = split_words(words["streets"]), list(words["street_kinds"])
        kind_weights = np.array([30, 20, 12, 14, 12, 5, 6, 3, 2, 2], dtype=float)
        town = pick(rng, count, towns["weight"].cast(pl.Float64).to_numpy())
        drawn = pl.DataFrame(
            {
                "number": np.floor(10 ** (1.3 + 2.7 * rng.random(count))).astype(np.int64).astype(str),
                "direction": rng.choice(
                    ["", "North", "South", "East", "West"], count, p=[0.76, 0.06, 0.06, 0.06, 0.06]
                ),
                "street": text_array(streets)[rng.integers(0, len(streets), count)].astype(str),
                "kind": text_array(kinds)[pick(rng, count, kind_weights)].astype(str),
                "zip4": rng.integers(1000, 9999, count).astype(str),
            }
        )
        return drawn.hstack(towns[town].select("city", "state", "postal_code", "area_code"))


_COLUMNS = [
    "number", "direction", "street", "kind", "unit", "is_suite", "host",
    "city", "state", "postal_code", "zip4", "area_code",
]  # fmt: skip


def _rank(groups: Ints) -> Ints:
    """Count 0, 1, 2 … within each group, in the order of the rows."""
    return pl.DataFrame({"g": groups}).select(pl.int_range(pl.len()).over("g"))["literal"].to_numpy().astype(np.int64)
