"""Plants the schemes of every typology: shipments of their own first, then changes to shipments that were written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.synth.truth import true_flags
from analytics.traffic.honest import World
from analytics.traffic.injector import Injector
from analytics.traffic.scheme import Injected
from analytics.typologies.registry import schemes

__all__ = ["TRUTH", "Planted", "inject", "ship"]

TRUTH = {"typology": pl.String, "about": pl.String, "row": pl.Int64, "is_deliberate": pl.Boolean}
"""Columns and types of what is noted as true."""

_BASE = 10_000


@dataclass(frozen=True)
class Planted:
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


def ship(rng: np.random.Generator, world: World, shipments: int, first_order: int) -> pl.DataFrame:
    """Plant schemes in proportion to the number of shipments, numbering their orders from `first_order`."""
    frames = []
    for shipped in sorted((each for scheme in schemes().values() for each in scheme.shipped), key=lambda it: it.place):
        count = max(2, round(shipments * shipped.per_ten_thousand / _BASE))
        frame = shipped.make(rng, world, count).with_columns(order=pl.col("order") + first_order)
        first_order += len(frame) + count
        frames.append(frame)
    return pl.concat(frames)


def inject(
    streams: list[np.random.Generator], seed: int, world: World, facts: pl.DataFrame, manifest: pl.DataFrame
) -> Planted:
    """Plant schemes in proportion to the number of shipments.

    Rows that take part in a split, or come on a day with others, are left as they are, so that what is true of splits
    stays true. What draws from the second stream comes after the first; what has a stream of its own, after both.

    Parameters
    ----------
    streams : list of numpy.random.Generator
        The two common streams.
    seed : int
        From which, with its name, a typology has a stream of its own.
    world, facts, manifest
        What the shipments were drawn from, what is true of them, and how they were written.
    """
    injector = Injector(streams[0], world, facts, manifest, known=true_flags(facts))
    for injected, rng in _in_order(streams, seed):
        injector.rng = rng
        injected.inject(injector, max(1, round(len(facts) * injected.per_ten_thousand / _BASE)))
    for scheme in schemes().values():
        if scheme.noted is not None:
            scheme.noted(injector)
    changed, written = injector.changed()
    return Planted(changed, written, injector.persons, pl.DataFrame(injector.truth, schema=TRUTH, orient="row"))


def _in_order(streams: list[np.random.Generator], seed: int) -> Iterator[tuple[Injected, np.random.Generator]]:
    """Give what is injected with the stream it draws from: by stream and place, and last what has neither."""
    every = [(name, injected) for name, scheme in schemes().items() for injected in scheme.injected]
    placed = [(it.stream, it.place, it) for _, it in every if it.place is not None]
    for stream, _, injected in sorted(placed, key=lambda it: it[:2]):
        yield injected, streams[stream]
    for name, injected in every:
        if injected.place is None:
            yield injected, np.random.default_rng([seed, *name.encode()])
