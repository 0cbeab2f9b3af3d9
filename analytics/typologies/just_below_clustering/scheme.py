"""Plants a filer whose values crowd just below a limit, and one with as many of a few round prices there."""

from __future__ import annotations

import polars as pl

from analytics.traffic.injector import ENTERED, EXEMPT, Injector, money
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_OF_FILER, _TRADE, _CROWD = 4_000, 600, 150
_LEAST, _MOST = 0.25, 2.2
_ROUND = (0.92, 0.94, 0.96, 0.99)
_KINDS = (
    (EXEMPT & (pl.col("limit") == 80_000) & (pl.col("mode") != "mail"), 80_000, "11"),
    (ENTERED & pl.col("limit").is_null(), 250_000, "01"),
)
"""Claims under their limit, and entries where no exemption is on offer: limit in cents, and entry type above it."""


def _crowds(injector: Injector, _: int) -> None:
    """A large filer whose dear goods crowd just below the limit; another with as many at four whole prices there."""
    for rows, limit, above in _KINDS:
        groups = injector.groups(["filer"], _OF_FILER, rows & (pl.col("filer") != ""))
        for is_scheme, group in zip((True, False), groups, strict=False):
            of_persons = {injector.facts["person"][row]: row for row in group.tolist()}
            chosen = list(of_persons.values())[: _TRADE + _CROWD]
            shares = injector.rng.uniform(_LEAST, _MOST, _TRADE).tolist()
            near = injector.rng.uniform(_ROUND[0], 1, _CROWD).tolist() if is_scheme else [*_ROUND] * _CROWD
            for row, share in zip(chosen, (*near[:_CROWD], *shares), strict=False):
                _value(injector, row, int(limit * share), above if share > 1 else None)
            if is_scheme:
                injector.true("just_below_clustering", (injector.rows["filer"][chosen[0]], limit), chosen[:_CROWD])


def _value(injector: Injector, row: int, cents: int, entry: str | None) -> None:
    """Give a shipment a value, and an entry type where another one goes with it."""
    injector.put(row, declared_value=money(cents), customs_value=None)
    injector.fact(row, cents=cents)
    if entry is not None:
        injector.put(row, entry_type=entry, exemption_claimed=None)
        injector.fact(row, entry=entry, claim=None)


SCHEME = Scheme(injected=(Injected(_crowds, 0),))
"""What is planted, and what is true of any shipments."""
