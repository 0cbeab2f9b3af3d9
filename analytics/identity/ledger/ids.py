"""Stable identity ids: an id outlives merges and splits, and every change is recorded.

A new identity's id is minted from its first alias (earliest day, then smallest alias id). Where identities merge, the
oldest id stays; where one splits, its id stays with the larger part, then with the part that was seen first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.ledger.changes import changes_of
from analytics.identity.ledger.minting import new_ids
from analytics.identity.records.arrays import Numbers

__all__ = ["MEMBERS", "Named", "assign_ids"]

MEMBERS = {"alias_id": pl.String, "identity_id": pl.String, "minted_no": pl.Int64}
AT_A_TIME = 131_072
"""Rows of a batch."""


@dataclass(frozen=True)
class Named:
    """The groups of a run under their names.

    Attributes
    ----------
    alias_id : Series of str
        Every alias that belongs to an identity, as they were given.
    place : ndarray of int
        Which of the groups each alias is in.
    identity_id : Series of str
        Id of each group, the groups in the order of their numbers.
    minted_no : ndarray of int
        When each id was minted.
    is_new : ndarray of bool
        Groups none of whose aliases were there before.
    moved : DataFrame
        Changes of those that were.
    absent : DataFrame
        Aliases of earlier runs that are absent for the moment, under the id that theirs has become.
    run_id : str
        The run.
    """

    alias_id: pl.Series
    place: Numbers
    identity_id: pl.Series
    minted_no: Numbers
    is_new: NDArray[np.bool_]
    moved: pl.DataFrame
    absent: pl.DataFrame
    run_id: str

    def identity_of(self, places: Numbers) -> pl.Series:
        """Ids of some groups."""
        return self.identity_id.gather(pl.Series(places, dtype=pl.UInt32))

    def members(self) -> Iterator[pl.DataFrame]:
        """Members to remember, batch by batch: those that are here as they were given, then the absent."""
        for start in range(0, len(self.place), AT_A_TIME):
            place = self.place[start : start + AT_A_TIME]
            here = {"alias_id": self.alias_id[start : start + AT_A_TIME], "identity_id": self.identity_of(place)}
            yield pl.DataFrame({**here, "minted_no": self.minted_no[place]}, schema_overrides=MEMBERS)
        yield self.absent

    def changes(self) -> Iterator[pl.DataFrame]:
        """What happened to identities, batch by batch."""
        created = np.flatnonzero(self.is_new)
        for start in range(0, len(created), AT_A_TIME):
            rows = {"event": "created", "from_ids": "[]", "cause": "data", "run_id": self.run_id}
            fresh = self.identity_of(created[start : start + AT_A_TIME]).alias("identity_id")
            yield fresh.to_frame().with_columns(pl.lit(value).alias(name) for name, value in rows.items())
        yield self.moved


def assign_ids(grouped: pl.DataFrame, previous: pl.DataFrame, judged: pl.DataFrame, run_id: str) -> Named:
    """Name the groups of this run.

    Parameters
    ----------
    grouped : DataFrame
        ``alias_id``, ``group``, ``first_day`` of every alias that belongs to an identity, by alias_id.
    previous : DataFrame
        ``alias_id``, ``identity_id``, ``minted_no`` as the last run left them.
    judged : DataFrame
        ``alias_id_l``, ``alias_id_r`` of the pairs on which a person has given a verdict.
    run_id : str
        The run, for the log of changes.
    """
    numbers, place = _numbered(grouped["group"].to_numpy())
    stays = _staying(grouped["alias_id"], place, len(numbers), previous)
    is_others = stays < 0
    rows, others = np.flatnonzero(is_others[place]), np.flatnonzero(is_others)
    rest = previous if len(others) == len(numbers) else _without_staying(previous, stays)
    named = _named(grouped[rows], np.cumsum(is_others)[place[rows]] - 1, len(others), rest, previous, judged, run_id)
    source = stays.copy()
    source[others] = previous.height + np.arange(len(others))
    identity = pl.concat([previous["identity_id"], named.identity_id.alias("identity_id")])
    minted, is_new = np.empty(len(numbers), dtype=np.int64), np.zeros(len(numbers), dtype=bool)
    minted[~is_others] = previous["minted_no"].to_numpy()[stays[~is_others]]
    minted[others], is_new[others] = named.minted_no, named.is_new
    return replace(
        named,
        alias_id=grouped["alias_id"],
        place=place,
        identity_id=identity.gather(pl.Series(source, dtype=pl.UInt32)),
        minted_no=minted,
        is_new=is_new,
    )


def _staying(alias_id: pl.Series, place: Numbers, groups: int, previous: pl.DataFrame) -> Numbers:
    """For each group of all the aliases of one old identity and of no others, a row of that identity; else -1.

    Such a group keeps its id whatever else happens: it alone claims that id, and no other id claims it.
    """
    if previous.is_empty():
        return np.full(groups, -1)
    rows = previous.with_row_index("row").select(
        "alias_id", pl.col("row").cast(pl.Int64).first().over("identity_id"), size=pl.len().over("identity_id")
    )
    matched = alias_id.to_frame("alias_id").join(rows, on="alias_id", how="left", maintain_order="left")
    of_row, size = matched["row"].fill_null(-1).to_numpy(), np.zeros(groups, dtype=np.int64)
    stays = np.full(groups, -1)
    stays[place], size[place] = of_row, matched["size"].fill_null(0).to_numpy()
    differs = np.zeros(groups, dtype=bool)
    differs[place[of_row != stays[place]]] = True
    stays[differs | (size != np.bincount(place, minlength=groups))] = -1
    return stays


def _without_staying(previous: pl.DataFrame, stays: Numbers) -> pl.DataFrame:
    """Old members of the other identities."""
    kept = previous["identity_id"].gather(pl.Series(stays[stays >= 0], dtype=pl.UInt32))
    return previous.join(kept.to_frame(), on="identity_id", how="anti", maintain_order="left")


def _named(
    grouped: pl.DataFrame,
    place: Numbers,
    groups: int,
    previous: pl.DataFrame,
    everybody: pl.DataFrame,
    judged: pl.DataFrame,
    run_id: str,
) -> Named:
    """Name some groups, by the old members of the identities that they can claim; new ids are like nobody's."""
    first = _first_aliases(grouped["first_day"].to_numpy().astype(np.int64), place, groups)
    was = grouped.select("alias_id").with_columns(place=pl.Series(place)).join(previous, on="alias_id")
    is_new = np.ones(groups, dtype=bool)
    is_new[was["place"].to_numpy()] = False
    known = _known(grouped, place, is_new, previous)
    matched = _matched(known)
    kept = matched.filter(pl.col("identity_id").is_not_null())
    held = kept["group"].to_numpy()
    identity, minted = _minted_for(first, held, kept, everybody, grouped["alias_id"])
    named = matched.with_columns(
        is_new=pl.col("identity_id").is_null(),
        identity_id=identity.gather(matched["group"]),
        minted_no=pl.Series(minted[matched["group"].to_numpy()], dtype=pl.Int64),
    )
    moved = changes_of(named, known, previous, judged, run_id)
    absent = _absent(grouped.select("alias_id"), named, previous)
    return Named(grouped["alias_id"], place, identity, minted, is_new, moved, absent, run_id)


def _numbered(group: Numbers) -> tuple[Numbers, Numbers]:
    """The groups there are, ascending, and the place of each row's among them."""
    is_there = np.zeros(int(group.max(initial=-1)) + 1, dtype=bool)
    is_there[group] = True
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[group]


def _first_aliases(first_day: Numbers, place: Numbers, groups: int) -> tuple[Numbers, Numbers]:
    """For each group the row of its first alias, earliest day, then smallest id; and its rank among the groups."""
    order = np.argsort(first_day, kind="stable")
    first = np.empty(groups, dtype=np.int64)
    first[place[order[::-1]]] = np.arange(len(order))[::-1]  # the last that is written is the first there is
    rank = np.empty(groups, dtype=np.int64)
    rank[np.argsort(first)] = np.arange(groups)
    return order[first], rank


def _known(grouped: pl.DataFrame, place: Numbers, is_new: NDArray[np.bool_], previous: pl.DataFrame) -> pl.DataFrame:
    """Aliases of the groups that bear somebody who was there before, with who that was, in order of the first day."""
    rows = np.flatnonzero(~is_new[place])
    chosen = grouped[rows].with_columns(group=pl.Series(place[rows]))
    return chosen.sort("first_day", "alias_id").join(previous, on="alias_id", how="left", maintain_order="left")


def _matched(known: pl.DataFrame) -> pl.DataFrame:
    """Those groups, with whom they bear and the id they keep; null where they keep none."""
    groups = known.group_by("group", maintain_order=True).agg(was=pl.col("identity_id").drop_nulls().unique().sort())
    return groups.join(_kept(known), on="group", how="left", maintain_order="left")


def _kept(known: pl.DataFrame) -> pl.DataFrame:
    """The old id that each group keeps: each id claims its larger part, each group obeys its oldest claim."""
    parts = (
        known.drop_nulls("identity_id")
        .group_by("identity_id", "minted_no", "group")
        .agg(size=pl.len(), first_day=pl.col("first_day").min(), alias_id=pl.col("alias_id").min())
    )
    claims = parts.sort("size", "first_day", "alias_id", descending=[True, False, False])
    claims = claims.unique("identity_id", keep="first", maintain_order=True)
    oldest = claims.sort("minted_no", "identity_id").unique("group", keep="first", maintain_order=True)
    return oldest.select("group", "identity_id", "minted_no")


def _minted_for(
    first: tuple[Numbers, Numbers], held: Numbers, kept: pl.DataFrame, previous: pl.DataFrame, alias_id: pl.Series
) -> tuple[pl.Series, Numbers]:
    """Id of every group, and when it was minted: anew for those that keep none, in the order of their first alias."""
    row, rank = first
    is_fresh = np.ones(len(row), dtype=bool)
    is_fresh[held] = False
    fresh = np.flatnonzero(is_fresh)
    fresh = fresh[np.argsort(rank[fresh])]
    next_no = int(previous["minted_no"].max() or 0) + 1 if previous.height else 0  # type: ignore[arg-type]
    minted = np.empty(len(row), dtype=np.int64)
    minted[fresh], minted[held] = next_no + np.arange(len(fresh)), kept["minted_no"].to_numpy()
    ids = new_ids(alias_id.gather(pl.Series(row[fresh], dtype=pl.UInt32)), previous["identity_id"])
    every = pl.concat([ids, kept["identity_id"].alias(ids.name)])
    place = np.empty(len(row), dtype=np.uint32)
    place[np.concatenate([fresh, held])] = np.arange(len(row), dtype=np.uint32)
    return every.gather(pl.Series(place)), minted


def _absent(present: pl.DataFrame, groups: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """Those that are absent for the moment, under the id that theirs has become."""
    absent = previous.join(present, on="alias_id", how="anti")
    borne = groups.select("identity_id", "minted_no", old_id="was").explode("old_id").drop_nulls("old_id")
    heirs = borne.join(groups.select(old_id="identity_id"), on="old_id", how="anti").unique(
        "old_id", keep="first", maintain_order=True
    )
    moved = absent.join(heirs, left_on="identity_id", right_on="old_id", how="left", suffix="_new")
    return moved.select(
        "alias_id",
        pl.coalesce("identity_id_new", "identity_id").alias("identity_id"),
        pl.coalesce("minted_no_new", "minted_no").alias("minted_no"),
    ).sort("alias_id")
