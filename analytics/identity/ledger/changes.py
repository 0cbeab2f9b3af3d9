"""What happened to identities in a run, and whether data, a verdict or the model caused it."""

from __future__ import annotations

import polars as pl

__all__ = ["CHANGES", "changes_of"]

CHANGES = {"identity_id": pl.String, "event": pl.String, "from_ids": pl.String, "cause": pl.String, "run_id": pl.String}


def changes_of(
    groups: pl.DataFrame, known: pl.DataFrame, previous: pl.DataFrame, judged: pl.DataFrame, run_id: str
) -> pl.DataFrame:
    """What happened to identities in this run, and why.

    The data are the cause where an alias has come to one of the groups that share an old id, or one has gone from them.
    A change among aliases that were all there before and still are, on which nobody has judged, is the model's doing:
    another model, or other term frequencies.
    """
    retired = groups.select("group", "was").explode("was").drop_nulls()
    retired = retired.join(groups.select(was="identity_id"), on="was", how="anti").group_by("group").agg(retired="was")
    ends = pl.concat([judged.select(alias_id="alias_id_l"), judged.select(alias_id="alias_id_r")]).unique()
    by_hand = known.join(ends, on="alias_id").select("group", is_judged=True).unique("group")
    rows = groups.join(retired, on="group", how="left").join(by_hand, on="group", how="left")
    event = pl.when("is_new").then(pl.lit("split")).when(pl.col("retired").is_not_null()).then(pl.lit("merged"))
    rows = rows.with_columns(event=event).join(_by_data(groups, known, previous), on="group", how="left")
    cause = pl.when("is_judged").then(pl.lit("human")).when(pl.col("is_by_data").is_null()).then(pl.lit("model"))
    came_from = (
        pl.when(pl.col("event") == "merged")
        .then(pl.concat_list("identity_id", "retired").list.sort())
        .when(pl.col("event") == "split")
        .then("was")
    )
    return (
        rows.filter(pl.col("event").is_not_null())
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
    rows = pl.concat([come, bore.join(moved, on="was").select("group")]).unique()
    return rows.with_columns(is_by_data=pl.lit(value=True))


def _json(column: pl.Expr) -> pl.Expr:
    """A list of ids as JSON text; null is the empty list."""
    joined = pl.format('["{}"]', column.list.join('", "'))
    return pl.when(column.list.len() > 0).then(joined).otherwise(pl.lit("[]"))
