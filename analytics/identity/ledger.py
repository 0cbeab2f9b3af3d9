"""Identity ids that stay: an id outlives merges and splits, and what becomes of it is written down.

A new identity's id is minted from its first alias (earliest day, then smallest alias id). Where identities merge, the
oldest id stays; where one splits, its id stays with the larger part, then with the part that was seen first.
"""

from __future__ import annotations

import hashlib

import polars as pl

__all__ = ["CHANGES", "MEMBERS", "assign_ids"]

CHANGES = {"identity_id": pl.String, "event": pl.String, "from_ids": pl.String, "cause": pl.String, "run_id": pl.String}
MEMBERS = {"alias_id": pl.String, "identity_id": pl.String, "minted_no": pl.Int64}
_DIGITS = 16


def assign_ids(
    grouped: pl.DataFrame, previous: pl.DataFrame, judged: pl.DataFrame, run_id: str
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Name the groups of this run.

    Parameters
    ----------
    grouped : DataFrame
        ``alias_id``, ``group``, ``first_day`` of every alias that belongs to an identity.
    previous : DataFrame
        ``alias_id``, ``identity_id``, ``minted_no`` as the last run left them.
    judged : DataFrame
        ``alias_id_l``, ``alias_id_r`` of the pairs on which a person has given a verdict.
    run_id : str
        The run, for the log of changes.

    Returns
    -------
    tuple of DataFrame
        ``group`` with its ``identity_id``; the members to remember; the changes.
    """
    ordered = grouped.sort("first_day", "alias_id")
    known = ordered.join(previous, on="alias_id", how="left", maintain_order="left")
    groups = known.group_by("group", maintain_order=True).agg(
        first_alias=pl.col("alias_id").first(), was=pl.col("identity_id").drop_nulls().unique().sort()
    )
    kept = _kept(known)
    groups = groups.join(kept, on="group", how="left", maintain_order="left")
    groups = _mint(groups, previous)
    changes = _changes(groups, known, previous, judged, run_id)
    return groups.select("group", "identity_id"), _remembered(ordered, groups, previous), changes


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


def _mint(groups: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """New ids for groups that keep none, in the order of their first alias."""
    next_no = int(previous["minted_no"].max() or 0) + 1 if previous.height else 0  # type: ignore[arg-type]
    is_new = pl.col("identity_id").is_null()
    fresh = groups.filter(is_new).select("group", "first_alias")
    ids = _new_ids(fresh["first_alias"].to_list(), set(previous["identity_id"]))
    minted = fresh.select("group", new_id=pl.Series(ids, dtype=pl.String), new_no=pl.int_range(pl.len()) + next_no)
    return (
        groups.with_columns(is_new=is_new)
        .join(minted, on="group", how="left", maintain_order="left")
        .with_columns(
            identity_id=pl.coalesce("identity_id", "new_id"),
            minted_no=pl.coalesce("minted_no", "new_no").cast(pl.Int64),
        )
        .drop("new_id", "new_no")
    )


def _new_ids(aliases: list[str], taken: set[str]) -> list[str]:
    """Ids minted from aliases; minted again with a stroke where another identity bears it, which is hardly ever."""
    ids = [_minted(alias) for alias in aliases]
    if len(taken.union(ids)) == len(taken) + len(ids):
        return ids
    for place, alias in enumerate(aliases):
        strokes = 0
        while ids[place] in taken:
            strokes += 1
            ids[place] = _minted(alias + "'" * strokes)
        taken.add(ids[place])
    return ids


def _minted(text: str) -> str:
    return "i" + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:_DIGITS]


def _changes(
    groups: pl.DataFrame, known: pl.DataFrame, previous: pl.DataFrame, judged: pl.DataFrame, run_id: str
) -> pl.DataFrame:
    """What happened to identities in this run, and why.

    The data are the cause where an alias has come to one of the groups that share an old id, or one has gone from them.
    A change among aliases that were all there before and still are, on which nobody has judged, is the model's doing:
    another model, or names counted anew.
    """
    retired = groups.select("group", "was").explode("was").drop_nulls()
    retired = retired.join(groups.select(was="identity_id"), on="was", how="anti").group_by("group").agg(retired="was")
    ends = pl.concat([judged.select(alias_id="alias_id_l"), judged.select(alias_id="alias_id_r")]).unique()
    by_hand = known.join(ends, on="alias_id").select("group", is_judged=True).unique("group")
    told = groups.join(retired, on="group", how="left").join(by_hand, on="group", how="left")
    from_old = pl.col("was").list.len() > 0
    event = pl.when("is_new").then(pl.when(from_old).then(pl.lit("split")).otherwise(pl.lit("created")))
    told = told.with_columns(event=event.when(pl.col("retired").is_not_null()).then(pl.lit("merged")))
    told = told.join(_by_data(groups, known, previous), on="group", how="left")
    touched = pl.col("event") != "created"
    cause = (
        pl.when(touched & pl.col("is_judged"))
        .then(pl.lit("human"))
        .when(touched & pl.col("is_by_data").is_null())
        .then(pl.lit("model"))
    )
    came_from = (
        pl.when(pl.col("event") == "merged")
        .then(pl.concat_list("identity_id", "retired").list.sort())
        .when(pl.col("event") == "split")
        .then("was")
    )
    return (
        told.filter(pl.col("event").is_not_null())
        .select(
            "identity_id",
            "event",
            from_ids=_json(came_from),
            cause=cause.otherwise(pl.lit("data")),
            run_id=pl.lit(run_id),
        )
        .sort("identity_id", "event", "from_ids")
    )


def _by_data(groups: pl.DataFrame, known: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """Groups whose old identities an alias has joined that was not there before, or left that was."""
    come = known.filter(pl.col("identity_id").is_null()).select("group").unique()
    gone = previous.join(known, on="alias_id", how="anti").select(was="identity_id")
    bore = groups.select("group", "was").explode("was").drop_nulls()
    moved = pl.concat([gone, bore.join(come, on="group").select("was")]).unique()
    told = pl.concat([come, bore.join(moved, on="was").select("group")]).unique()
    return told.with_columns(is_by_data=pl.lit(value=True))


def _json(column: pl.Expr) -> pl.Expr:
    """A list of ids as JSON text; null is the empty list."""
    joined = pl.format('["{}"]', column.list.join('", "'))
    return pl.when(column.list.len() > 0).then(joined).otherwise(pl.lit("[]"))


def _remembered(ordered: pl.DataFrame, groups: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """Members of now, and those that are absent for the moment under the id that theirs has become."""
    present = ordered.join(groups, on="group").select(*MEMBERS)
    absent = previous.join(present, on="alias_id", how="anti")
    borne = (
        groups.select("identity_id", "minted_no", pl.col("was").alias("old_id")).explode("old_id").drop_nulls("old_id")
    )
    heirs = borne.join(groups.select(old_id="identity_id"), on="old_id", how="anti").unique(
        "old_id", keep="first", maintain_order=True
    )
    moved = absent.join(heirs, left_on="identity_id", right_on="old_id", how="left", suffix="_new")
    absent = moved.select(
        "alias_id",
        pl.coalesce("identity_id_new", "identity_id").alias("identity_id"),
        pl.coalesce("minted_no_new", "minted_no").alias("minted_no"),
    )
    return pl.concat([present, absent]).sort("alias_id")
