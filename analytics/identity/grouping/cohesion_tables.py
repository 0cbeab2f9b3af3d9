"""Tables of how far each identity can be trusted: cohesion, bridge links, and its groups at other thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from analytics.identity.candidates.components import connected
from analytics.identity.grouping.accounts import account_links
from analytics.identity.grouping.bridges import bridges
from analytics.identity.grouping.cohesion import GroupStrength, group_strength
from analytics.identity.grouping.constraints import Judged, concat_pairs
from analytics.identity.grouping.resolution import Resolution
from analytics.identity.grouping.thresholds import (
    CENTRAL,
    CERTAIN,
    Regrouping,
    loosened,
    near_pairs,
    standings,
    survival,
    tightened,
)
from analytics.identity.records.aliases import AT_A_TIME, Aliases
from analytics.identity.records.arrays import Mask, Numbers
from analytics.identity.records.records import Records
from analytics.identity.scoring.caps import PROVEN

__all__ = ["Resolved", "cohesion_tables"]


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
        Verdicts of clerical review.
    aliases : Aliases
        The aliases of the records.
    identity_id : Series of str
        Id of each group.
    """

    records: Records
    found: Resolution
    judged: Judged
    aliases: Aliases
    identity_id: pl.Series

    def identity_of(self, records: Numbers) -> pl.Series:
        """Ids of the identities of some records."""
        return self.identity_id.gather(pl.Series(self.found.group[records], dtype=pl.UInt32))

    @cached_property
    def accounts(self) -> tuple[Numbers, Numbers]:
        """Records of one identity under one account number."""
        one, other = account_links(self.records)
        inside = self.found.group[one] == self.found.group[other]
        return one[inside], other[inside]

    @cached_property
    def must_link(self) -> Numbers:
        """The smallest record that each must be linked with, by an account or a verdict."""
        one, other = concat_pairs(self.accounts, self.judged.same)
        inside = self.found.group[one] == self.found.group[other]
        return connected(len(self.records), one[inside], other[inside])

    @cached_property
    def weight(self) -> Numbers:
        """Aliases that each record stands for."""
        return np.bincount(self.aliases.record, minlength=len(self.records))

    @cached_property
    def strength(self) -> GroupStrength:
        """Strength of every group, and of the place of every record in it."""
        found = self.found
        return group_strength(found.group, self.weight, found.left, found.right, found.probability, self.must_link)

    def regroupings(self, thresholds: Sequence[float]) -> list[Regrouping]:
        """Groups at each threshold but the central one, and at certainty."""
        found, loose = self.found, [each for each in thresholds if each < CENTRAL]
        near = near_pairs(found, min(loose, default=CERTAIN))
        strict = [*(each for each in thresholds if each > CENTRAL), CERTAIN]
        looser = loosened(found, near, self._kept_apart(near), loose) if len(near) else ()
        return [*looser, *tightened(found, self.accounts, self.judged.same, strict)]

    def proven(self) -> Regrouping:
        """Groups by proven matches and verdicts alone."""
        found, (one, other) = self.found, self.judged.same
        kept = (found.probability >= PROVEN) & (found.group[found.left] == found.group[found.right])
        said = found.group[one] == found.group[other]
        left, right = concat_pairs((found.left[kept], found.right[kept]), (one[said], other[said]))
        return Regrouping(PROVEN, connected(len(self.records), left, right))

    def _kept_apart(self, near: Numbers) -> tuple[Numbers, Numbers]:
        """Records that no threshold joins: judged different, or two parties by their tax number or generation."""
        barred = near[self.found.is_forbidden[near]]
        return concat_pairs(self.judged.different, (self.found.left[barred], self.found.right[barred]))


def cohesion_tables(resolved: Resolved, thresholds: Sequence[float]) -> dict[str, Iterator[pl.DataFrame]]:
    """Make the tables of identity cohesion.

    Parameters
    ----------
    resolved : Resolved
        The resolution.
    thresholds : sequence of float
        As `analytics.identity.grouping.thresholds.ordered` gives them.

    Returns
    -------
    dict of iterator of DataFrame
        In batches, in no order: ``identity_health``, ``identity_bridges``, ``identity_bridge_sides``,
        ``identity_thresholds``, ``identity_parts`` and ``identity_proven_parts``.
    """
    regroupings = resolved.regroupings(thresholds)
    links, sides, counts = _bridges(resolved)
    return {
        "identity_health": _health(resolved, regroupings, counts),
        "identity_bridges": iter([links]),
        "identity_bridge_sides": iter([sides]),
        "identity_thresholds": iter([standings(thresholds)]),
        "identity_parts": _parts(resolved, regroupings),
        "identity_proven_parts": iter([_part(resolved, resolved.proven()).select("alias_id", "part_id")]),
    }


def _health(resolved: Resolved, regroupings: Sequence[Regrouping], bridge_count: Numbers) -> Iterator[pl.DataFrame]:
    survives, joins = survival(resolved.found.group, regroupings)
    measured = resolved.strength
    for start in range(0, max(len(survives), 1), AT_A_TIME):
        part = slice(start, start + AT_A_TIME)
        yield pl.DataFrame(
            {
                "identity_id": resolved.identity_id[part],
                "cohesion": measured.cohesion[part],
                "weakest_link": measured.weakest[part],
                "bridges": bridge_count[part],
                "survives_to_threshold": survives[part],
                "joins_at_threshold": pl.Series(joins[part], nan_to_null=True),
            }
        )


def _bridges(resolved: Resolved) -> tuple[pl.DataFrame, pl.DataFrame, Numbers]:
    """The bridges, the aliases on one side of each, and how many each group has."""
    found = resolved.found
    cut = bridges(found.group, resolved.weight, found.left, found.right, found.probability, resolved.must_link)
    ends = [resolved.aliases.first_of(side[cut.pair]) for side in (found.left, found.right)]
    links = pl.DataFrame(
        {
            "identity_id": resolved.identity_of(found.left[cut.pair]),
            "alias_id_l": pl.select(pl.min_horizontal(*ends)).to_series(),
            "alias_id_r": pl.select(pl.max_horizontal(*ends)).to_series(),
            "probability": found.probability[cut.pair],
            "aliases_apart": cut.apart,
        }
    )
    number, record = cut.side
    order = ["identity_id", "alias_id_l", "alias_id_r"]
    sides = links.select(*order, "probability")[number].with_columns(record=pl.Series(record))
    sides = sides.join(resolved.aliases.every_one_of(record), on="record", maintain_order="left_right")
    group = found.group[found.left[cut.pair]]
    counts = np.bincount(group, minlength=int(found.group.max(initial=-1)) + 1)
    return links.sort(order), sides.drop("record").sort(*order, "alias_id"), counts


def _parts(resolved: Resolved, regroupings: Sequence[Regrouping]) -> Iterator[pl.DataFrame]:
    """Aliases whose identity has other members at a threshold, and which part they are in there."""
    yield pl.DataFrame(schema=_PARTS)
    for each in regroupings:
        yield _part(resolved, each)


def _part(resolved: Resolved, each: Regrouping) -> pl.DataFrame:
    moved = np.flatnonzero(_spread(resolved.found.group, each.part) | _spread(each.part, resolved.found.group))
    named = resolved.aliases.every_one_of(moved)
    named = named.with_columns(part=pl.Series(each.part[named["record"].to_numpy()], dtype=pl.Int64))
    first = pl.col("alias_id").min().over("part")
    return named.select("alias_id", threshold=pl.lit(each.threshold), part_id=first)


def _spread(group: Numbers, other: Numbers) -> Mask:
    """Records of a group whose records lie in several of the other groups."""
    size = int(group.max(initial=-1)) + 1
    one = np.zeros(size, dtype=np.int64)
    one[group] = other  # any of them
    is_spread = np.zeros(size, dtype=bool)
    is_spread[group[one[group] != other]] = True
    mask: Mask = is_spread[group]
    return mask
