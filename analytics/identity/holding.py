"""How identities hold together, as tables: cohesion, bridges, and what they are at stricter and looser thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.bridges import bridges
from analytics.identity.clusters import connected
from analytics.identity.constraints import Judged, account_links, both
from analytics.identity.health import Health, health
from analytics.identity.records import Records
from analytics.identity.resolution import Resolution
from analytics.identity.thresholds import (
    CENTRAL,
    CERTAIN,
    Regrouping,
    loosened,
    near_pairs,
    standings,
    survival,
    tightened,
)

__all__ = ["Resolved", "holding_tables"]

Numbers = NDArray[np.int64]

_PARTS = {"alias_id": pl.String, "threshold": pl.Float64, "part_id": pl.String}


@dataclass(frozen=True)
class Resolved:
    """A resolution with the names of its records and groups.

    Attributes
    ----------
    records : Records
        The parties.
    found : Resolution
        Their groups.
    judged : Judged
        What people said.
    aliases : DataFrame
        ``alias_id``, ``record``, ``group``, ``identity_id`` of every alias that belongs to an identity, by alias_id.
    """

    records: Records
    found: Resolution
    judged: Judged
    aliases: pl.DataFrame

    @cached_property
    def accounts(self) -> tuple[Numbers, Numbers]:
        """Records of one identity under one account number."""
        one, other = account_links(self.records)
        inside = self.found.group[one] == self.found.group[other]
        return one[inside], other[inside]

    @cached_property
    def bound(self) -> Numbers:
        """The smallest record that each is bound to, by an account or by people."""
        one, other = both(self.accounts, self.judged.same)
        inside = self.found.group[one] == self.found.group[other]
        return connected(len(self.records), one[inside], other[inside])

    @cached_property
    def weight(self) -> Numbers:
        """Spellings that each record stands for."""
        return np.bincount(self.aliases["record"].to_numpy(), minlength=len(self.records))

    @cached_property
    def health(self) -> Health:
        """Strength of every group, and of the place of every record in it."""
        found = self.found
        return health(found.group, self.weight, found.left, found.right, found.probability, self.bound)

    @cached_property
    def first_alias(self) -> pl.Series:
        """The alias that stands for each record: its smallest."""
        return self.aliases.unique("record", keep="first", maintain_order=True).sort("record")["alias_id"]

    def regroupings(self, thresholds: Sequence[float]) -> list[Regrouping]:
        """Groups at each threshold but the central one, and at certainty."""
        found, loose = self.found, [each for each in thresholds if each < CENTRAL]
        near = near_pairs(found, min(loose, default=CERTAIN))
        strict = [*(each for each in thresholds if each > CENTRAL), CERTAIN]
        looser = loosened(found, near, self._kept_apart(near), loose) if len(near) else ()
        return [*looser, *tightened(found, self.accounts, self.judged.same, strict)]

    def _kept_apart(self, near: Numbers) -> tuple[Numbers, Numbers]:
        """Records that no threshold joins: judged different, or two parties by their tax number or generation."""
        barred = near[self.found.is_forbidden[near]]
        return both(self.judged.different, (self.found.left[barred], self.found.right[barred]))


def holding_tables(resolved: Resolved, thresholds: Sequence[float]) -> dict[str, pl.DataFrame]:
    """Make the tables that say how far identities can be trusted.

    Parameters
    ----------
    resolved : Resolved
        Who is who.
    thresholds : sequence of float
        As `analytics.identity.thresholds.ordered` gives them.

    Returns
    -------
    dict
        ``identity_health``, ``identity_bridges``, ``identity_bridge_sides``, ``identity_thresholds`` and
        ``identity_parts``.
    """
    regroupings = resolved.regroupings(thresholds)
    links, sides, counts = _bridges(resolved)
    return {
        "identity_health": _health(resolved, regroupings, counts),
        "identity_bridges": links,
        "identity_bridge_sides": sides,
        "identity_thresholds": standings(thresholds),
        "identity_parts": _parts(resolved, regroupings),
    }


def _health(resolved: Resolved, regroupings: Sequence[Regrouping], bridge_count: Numbers) -> pl.DataFrame:
    named = resolved.aliases.select("group", "identity_id").unique().sort("identity_id")
    group = named["group"].to_numpy()
    survives, joins = survival(resolved.found.group, regroupings)
    measured = resolved.health
    return named.select(
        "identity_id",
        cohesion=pl.Series(measured.cohesion[group]),
        weakest_link=pl.Series(measured.weakest[group]),
        bridges=pl.Series(bridge_count[group]),
        survives_to_threshold=pl.Series(survives[group]),
        joins_at_threshold=pl.Series(joins[group], nan_to_null=True),
    )


def _bridges(resolved: Resolved) -> tuple[pl.DataFrame, pl.DataFrame, Numbers]:
    """The bridges, the spellings on one side of each, and how many each group has."""
    found = resolved.found
    told = bridges(found.group, resolved.weight, found.left, found.right, found.probability, resolved.bound)
    ends = [
        resolved.first_alias.gather(pl.Series(side[told.pair], dtype=pl.UInt32)) for side in (found.left, found.right)
    ]
    identity = dict(resolved.aliases.select("group", "identity_id").iter_rows())
    group = found.group[found.left[told.pair]]
    links = pl.DataFrame(
        {
            "identity_id": pl.Series([identity[each] for each in group.tolist()], dtype=pl.String),
            "alias_id_l": pl.select(pl.min_horizontal(*ends)).to_series(),
            "alias_id_r": pl.select(pl.max_horizontal(*ends)).to_series(),
            "probability": found.probability[told.pair],
            "aliases_apart": told.apart,
        }
    )
    number, record = told.side
    sides = links.select("identity_id", "alias_id_l", "alias_id_r", "probability")[number]
    sides = sides.with_columns(record=pl.Series(record)).join(
        resolved.aliases.select("record", "alias_id"), on="record", maintain_order="left_right"
    )
    order = ["identity_id", "alias_id_l", "alias_id_r"]
    counts = np.bincount(group, minlength=int(found.group.max(initial=-1)) + 1)
    return links.sort(order), sides.drop("record").sort(*order, "alias_id"), counts


def _parts(resolved: Resolved, regroupings: Sequence[Regrouping]) -> pl.DataFrame:
    """Aliases whose identity has other members at a threshold, and which part they are in there."""
    frames = (_part(resolved, each) for each in regroupings)
    every = pl.concat(chain([pl.DataFrame(schema=_PARTS)], frames))
    return every.sort("threshold", "part_id", "alias_id")


def _part(resolved: Resolved, each: Regrouping) -> pl.DataFrame:
    part = pl.Series(each.part[resolved.aliases["record"].to_numpy()], dtype=pl.Int64)
    named = resolved.aliases.select("alias_id", "group").with_columns(part=part)
    is_moved = (pl.col("part").n_unique().over("group") > 1) | (pl.col("group").n_unique().over("part") > 1)
    first = pl.col("alias_id").min().over("part")
    return named.filter(is_moved).select("alias_id", threshold=pl.lit(each.threshold), part_id=first)
