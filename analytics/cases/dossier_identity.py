"""What the identities of a case rest on: aliases and how they differ, links weakest first, what people judged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import polars as pl

from analytics.contracts.fields import compared_by
from analytics.identity.scoring.sides import speaks_against
from analytics.reports.accounts import account_lines
from analytics.reports.evidence import marked
from analytics.review.clusters import Cluster
from analytics.review.standing import standing_of_identity
from analytics.review.weighing import Weighing, in_words, weighing_of_link
from analytics.store import Store, judged

__all__ = ["FIELDS", "identities_of", "identity_lines", "judgements_on", "links_between", "members_of"]

FIELDS = {word: compared_by(word) for word in ("name", "address", "city", "phone", "email", "account")}
"""What aliases are held against each other by, each with its columns."""


def identities_of(store: Store, identities: Sequence[str]) -> pl.DataFrame:
    """Return how firmly some identities hang together: rows of ``identities`` without name and address."""
    rows = store.table("identities").filter(pl.col("identity_id").is_in(list(identities)))
    return rows.drop("display_name", "display_address").collect().sort("identity_id")


def identity_lines(store: Store, identity: str, members: pl.DataFrame) -> list[str]:
    """Say what account numbers did for an identity, and up to which threshold it stays whole."""
    of_identity = members.filter(pl.col("identity_id") == identity)
    return [*account_lines(store, of_identity), *standing_of_identity(store, identity)]


def members_of(store: Store, identities: Sequence[str], alias_ids: Sequence[str]) -> pl.DataFrame:
    """Return the aliases of some identities, by identity and alias.

    Parameters
    ----------
    store : Store
        Where they are.
    identities : sequence of str
        Whose aliases.
    alias_ids : sequence of str
        Aliases that are shown beside, such as placeholders without an identity.

    Returns
    -------
    polars.DataFrame
        The columns of ``aliases`` with ``number`` (from 1 within the identity), ``is_commonest`` and ``differences``:
        JSON of each field that is written otherwise than on most shipments of the identity to the words that only this
        alias has; the list is empty where the field is missing here.
    """
    wanted = pl.col("identity_id").is_in(list(identities)) | pl.col("alias_id").is_in(list(alias_ids))
    rows = store.table("aliases").filter(wanted).drop("consignee_tax_id_hash", "consignee_tax_id_deletions").collect()
    ordered = rows.sort("identity_id", "alias_id", nulls_last=True)
    commonest = {
        identity: {field: _commonest(group, field) for field in FIELDS}
        for (identity,), group in ordered.group_by("identity_id", maintain_order=True)
    }
    told = [_differences(row, commonest[row["identity_id"]]) for row in ordered.iter_rows(named=True)]
    return ordered.with_columns(
        pl.col("alias_id").cum_count().over("identity_id").cast(pl.Int64).alias("number"),
        pl.Series("differences", [json.dumps(item, ensure_ascii=False, sort_keys=True) for item in told], pl.String),
        pl.Series("is_commonest", [not item for item in told], pl.Boolean),
    )


def _written(row: dict[str, Any], field: str) -> str:
    return " ".join(" ".join(str(row[column]).split()) for column in FIELDS[field] if row[column])


def _commonest(group: pl.DataFrame, field: str) -> str:
    counts: dict[str, int] = {}
    for row in group.iter_rows(named=True):
        if text := _written(row, field):
            counts[text] = counts.get(text, 0) + row["shipments"]
    return max(counts, key=lambda text: (counts[text], len(text), text), default="")


def _differences(row: dict[str, Any], commonest: dict[str, str]) -> dict[str, list[str]]:
    found = {}
    for field, usual in commonest.items():
        text = _written(row, field)
        words = [mark.word for mark in marked(text, usual) if mark.is_different]
        if words or bool(text) != bool(usual) or len(text.split()) < len(usual.split()):
            found[field] = words
    return found


def links_between(store: Store, members: pl.DataFrame, clusters: dict[str, Cluster]) -> pl.DataFrame:
    """Return the compared pairs of aliases of a case, the weakest first.

    Returns
    -------
    polars.DataFrame
        ``alias_id_l``, ``alias_id_r``, ``number_l``, ``number_r`` (of members), ``probability``, ``is_joined``,
        ``is_same_identity``, ``is_bridge`` (without it an identity falls in two), ``speaks_for``, ``speaks_against``:
        JSON lists of feature, weight, strength, text, left, right; heaviest first. What agrees, and what could not be
        compared, is no counter-evidence.
    """
    number = dict(members.select("alias_id", "number").iter_rows())
    identity = dict(members.select("alias_id", "identity_id").iter_rows())
    inside = pl.col("alias_id_l").is_in(list(number)) & pl.col("alias_id_r").is_in(list(number))
    found = store.table("identity_links").filter(inside).collect().sort("probability", "alias_id_l", "alias_id_r")
    bridges = {bridge.ends for cluster in clusters.values() for bridge in cluster.bridges}
    rows = [_link(row, number, identity, bridges) for row in found.iter_rows(named=True)]
    return pl.DataFrame(rows, schema=_LINKS)


_LINKS = {
    "alias_id_l": pl.String,
    "alias_id_r": pl.String,
    "number_l": pl.Int64,
    "number_r": pl.Int64,
    "probability": pl.Float64,
    "is_joined": pl.Boolean,
    "is_same_identity": pl.Boolean,
    "is_bridge": pl.Boolean,
    "speaks_for": pl.String,
    "speaks_against": pl.String,
}


def _link(
    row: dict[str, Any], number: dict[str, int], identity: dict[str, str | None], bridges: set[frozenset[str]]
) -> dict[str, Any]:
    left, right = row["alias_id_l"], row["alias_id_r"]
    weighing, values = weighing_of_link(row), {item["feature"]: item for item in json.loads(row["evidence"])}
    return {
        "alias_id_l": left,
        "alias_id_r": right,
        "number_l": number[left],
        "number_r": number[right],
        "probability": row["probability"],
        "is_joined": row["is_joined"],
        "is_same_identity": identity[left] is not None and identity[left] == identity[right],
        "is_bridge": frozenset((left, right)) in bridges,
        "speaks_for": _side(weighing, values, is_for=True),
        "speaks_against": _side(weighing, values, is_for=False),
    }


def _side(weighing: Weighing, values: dict[str, dict[str, Any]], *, is_for: bool) -> str:
    told = [
        {
            "feature": finding.feature,
            "weight": finding.weight,
            "strength": in_words(finding.weight),
            "text": finding.text,
            "left": values[finding.feature].get("left"),
            "right": values[finding.feature].get("right"),
        }
        for finding in weighing.findings
        if (finding.weight >= 0 if is_for else speaks_against(values[finding.feature]))
    ]
    return json.dumps(told, ensure_ascii=False)


def judgements_on(store: Store, members: pl.DataFrame) -> pl.DataFrame:
    """Return what people judged of pairs among some aliases, oldest first, with what the last run made of it.

    Returns
    -------
    polars.DataFrame
        ``alias_id_l``, ``alias_id_r``, ``verdict``, ``judged_by``, ``judged_at``, ``note``, ``outcome`` (null until a
        run has applied it).
    """
    aliases = members["alias_id"].to_list()
    inside = pl.col("alias_id_l").is_in(aliases) & pl.col("alias_id_r").is_in(aliases)
    every = judged(store.root, store.state).filter(inside)
    keys = ["alias_id_l", "alias_id_r", "judged_at", "verdict"]
    outcomes = store.table("judgements").select(*keys, "outcome").unique(keys).collect()
    shown = every.join(outcomes, on=keys, how="left").sort("judged_at", "alias_id_l", "alias_id_r")
    return shown.select("alias_id_l", "alias_id_r", "verdict", "judged_by", "judged_at", "note", "outcome")
