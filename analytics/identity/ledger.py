"""Identity ids that stay: an id outlives merges and splits, and what becomes of it is written down.

A new identity's id is minted from its first alias (earliest day, then smallest alias id). Where identities merge, the
oldest id stays; where one splits, its id stays with the larger part, then with the part that was seen first.
"""

from __future__ import annotations

import hashlib
import json

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
    taken = set(previous["identity_id"])
    next_no = int(previous["minted_no"].max() or 0) + 1 if previous.height else 0  # type: ignore[arg-type]
    ids: list[str] = []
    numbers: list[int] = []
    for alias, kept, number in groups.select("first_alias", "identity_id", "minted_no").iter_rows():
        identity_id, minted_no = (kept, number) if kept is not None else (_new_id(alias, taken), next_no)
        next_no += kept is None
        taken.add(identity_id)
        ids.append(identity_id)
        numbers.append(minted_no)
    is_new = groups["identity_id"].is_null().alias("is_new")
    columns = [pl.Series("identity_id", ids, dtype=pl.String), pl.Series("minted_no", numbers, dtype=pl.Int64), is_new]
    return groups.with_columns(columns)


def _new_id(alias: str, taken: set[str]) -> str:
    """Id minted from an alias; minted again with a stroke where an earlier identity bears it."""
    text = alias
    while (minted := "i" + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:_DIGITS]) in taken:
        text += "'"
    return minted


def _changes(
    groups: pl.DataFrame, known: pl.DataFrame, previous: pl.DataFrame, judged: pl.DataFrame, run_id: str
) -> pl.DataFrame:
    """What happened to identities in this run, and why."""
    others = (
        groups.with_columns(was=pl.col("was").list.filter(~pl.element().is_in(_kept_elsewhere(groups))))
        if groups.height
        else groups
    )
    group_of = dict(known.select("alias_id", "group").iter_rows())
    by_hand = {group_of.get(alias) for pair in judged.select("alias_id_l", "alias_id_r").iter_rows() for alias in pair}
    is_unchanged = previous.height > 0 and known["identity_id"].null_count() == 0
    rows = []
    for row, merged in zip(groups.iter_rows(named=True), others["was"].to_list(), strict=True):
        retired = [name for name in merged if name != row["identity_id"]]
        event = _event(row, retired)
        if event is None:
            continue
        came_from = row["was"] if event == "split" else sorted({row["identity_id"], *retired} if retired else [])
        touched = event != "created"
        cause = "human" if touched and row["group"] in by_hand else "model" if touched and is_unchanged else "data"
        rows.append((row["identity_id"], event, json.dumps(came_from), cause, run_id))
    return pl.DataFrame(rows, schema=CHANGES, orient="row").sort("identity_id", "event", "from_ids")


def _kept_elsewhere(groups: pl.DataFrame) -> list[str]:
    """Ids that are still borne by some group."""
    return groups["identity_id"].to_list()


def _event(row: dict[str, object], retired: list[str]) -> str | None:
    if row["is_new"]:
        return "split" if row["was"] else "created"
    return "merged" if retired else None


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
