"""What a typology plants in invented traffic, and how it is known what is true of the traffic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.traffic.honest import World
from analytics.traffic.injector import Injector

__all__ = ["Injected", "Scheme", "Shipped"]


@dataclass(frozen=True)
class Shipped:
    """A scheme or a look-alike of shipments of its own, made before the manifest is written.

    Attributes
    ----------
    place : int
        Its place among all that are shipped: they draw one after the other, so a new one stands last.
    per_ten_thousand : float
        How many of it in ten thousand shipments.
    make : callable
        Makes the facts of that many: (random generator, world, count).
    """

    place: int
    per_ten_thousand: float
    make: Callable[[np.random.Generator, World, int], pl.DataFrame]


@dataclass(frozen=True)
class Injected:
    """A scheme with its look-alikes, injected into shipments that take part in nothing else.

    Attributes
    ----------
    inject : callable
        Changes cells and notes what is true: (injector, count).
    per_ten_thousand : float
        How many of it in ten thousand shipments; look-alikes come beside them.
    place : int, optional
        Its place among all that draw from one stream. Without one it comes after all that have one and draws from a
        stream of its own, so that nothing else changes.
    stream : int, default=0
        Which of the two common streams it draws from; those of stream 1 come after those of stream 0.
    """

    inject: Callable[[Injector, int], None]
    per_ten_thousand: float
    place: int | None = None
    stream: int = 0


@dataclass(frozen=True)
class Scheme:
    """What is planted of a typology, and what is true of it.

    Attributes
    ----------
    shipped, injected : tuple
        What is planted.
    true_by_law : callable, optional
        Lists what is true of any shipments, planted or not. Takes facts with their limits and ``customs``, the customs
        value in cents; returns frames of ``group`` (rows of one group are one scheme), ``row`` and ``deliberate``.
    noted : callable, optional
        Notes what came to be true by chance, when all is planted.
    left_by : str, optional
        The typology whose schemes are this one's too, where no right flag of that typology names all their shipments.
    """

    shipped: tuple[Shipped, ...] = ()
    injected: tuple[Injected, ...] = ()
    true_by_law: Callable[[pl.DataFrame], list[pl.DataFrame]] | None = None
    noted: Callable[[Injector], None] | None = None
    left_by: str | None = None
