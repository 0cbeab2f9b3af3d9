"""What is planted beside the splits, painted over the finished manifest: every typology that can be measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.synth.canvas import Canvas
from analytics.synth.honest import World
from analytics.synth.law import true_flags, with_limits
from analytics.synth.lists import read_words
from analytics.synth.pattern_amounts import days_under_the_limit, entries_over_their_limit
from analytics.synth.pattern_claims import (
    gifts_in_parts,
    harmless_orders,
    origins_that_change,
    origins_that_do_not_fit,
    sellers_who_switch,
)
from analytics.synth.pattern_filing import duplicate_entries, late_filings, missing_papers
from analytics.synth.pattern_goods import barred_goods, low_prices, other_descriptions, vague_descriptions
from analytics.synth.pattern_parties import (
    crowded_addresses,
    forwarders_as_consignees,
    invented_consignees,
    unsold_stock,
)

__all__ = ["TRUTH", "Painted", "paint"]

TRUTH = {"typology": pl.String, "about": pl.String, "row": pl.Int64, "is_deliberate": pl.Boolean}
"""Columns and types of what is noted as true."""

_RATES: list[tuple[Callable[[Canvas, int], None], float]] = [
    (low_prices, 1.5), (sellers_who_switch, 1), (origins_that_change, 1), (crowded_addresses, 1.5),
    (unsold_stock, 3), (forwarders_as_consignees, 2), (invented_consignees, 6), (vague_descriptions, 3),
    (other_descriptions, 5), (barred_goods, 5), (late_filings, 3), (duplicate_entries, 4),
    (origins_that_do_not_fit, 4), (gifts_in_parts, 4),
]  # fmt: skip
"""What is planted, and how many schemes of it in ten thousand shipments; look-alikes come beside them."""

_WALKS = 3
"""Buyers whose days stay under the limit, in ten thousand shipments."""

_LARGE_ENTRIES = 4
"""Informal entries over their limit, in ten thousand shipments; as many look like it."""


@dataclass(frozen=True)
class Painted:
    """What came of it.

    Attributes
    ----------
    facts, manifest : polars.DataFrame
        With the changes in them.
    persons : dict of int to str
        Row to person, where that is another one than before.
    truth : polars.DataFrame
        typology, about, row, is_deliberate.
    """

    facts: pl.DataFrame
    manifest: pl.DataFrame
    persons: dict[int, str]
    truth: pl.DataFrame


def paint(
    rng: np.random.Generator, walks: np.random.Generator, world: World, facts: pl.DataFrame, manifest: pl.DataFrame
) -> Painted:
    """Plant patterns in proportion to the number of shipments.

    Rows that take part in a split, or come on a day with others, are left as they are, so that what is true of splits
    stays true. What is drawn from `walks` is planted last: the other patterns are the same without.
    """
    canvas = Canvas(rng, world, facts, manifest)
    for maker, share in _RATES:
        maker(canvas, max(1, round(len(facts) * share / 10_000)))
    harmless_orders(canvas, _harmless(facts), read_words("patterns.toml"))
    days_under_the_limit(canvas, walks, max(1, round(len(facts) * _WALKS / 10_000)))
    entries_over_their_limit(canvas, walks, max(1, round(len(facts) * _LARGE_ENTRIES / 10_000)))
    changed, written = canvas.painted()
    missing_papers(canvas, with_limits(changed), written)
    truth = pl.DataFrame(canvas.truth, schema=TRUTH, orient="row")
    return Painted(changed, written, canvas.persons, truth)


def _harmless(facts: pl.DataFrame) -> list[list[int]]:
    """Rows of the orders that were split and not meant so."""
    flags = true_flags(facts).filter(pl.col("typology") == "order_split", ~pl.col("is_deliberate"))
    return flags.group_by("scheme_id").agg(pl.col("row").sort()).sort("scheme_id")["row"].to_list()
