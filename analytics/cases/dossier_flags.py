"""The flags of a case: those that stand and those that are gone, what speaks against them, what would change them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from analytics.cases.words import date_bases, gone_because
from analytics.reports.tables import counted
from analytics.review.clusters import Cluster
from analytics.review.cuts import hanging_lines
from analytics.store import Store

if TYPE_CHECKING:
    from analytics.cases.states import Case

__all__ = ["counter_evidence", "flags_of_case", "would_change"]

_COLUMNS = (
    "flag_id", "typology", "strength", "subject", "identity_id", "window_start", "window_end", "shipments",
    "total_usd", "limit_amount", "limit_currency", "excess_usd", "score", "reason", "counter_reasons", "rule_id",
    "legal_basis", "survives_to_threshold", "is_suppressed", "attributes",
)  # fmt: skip
_MOST_TOLD = 50
"""Flags of a case of which it is told what would change them: those of most value."""
_NUMBER = re.compile(r"[\d.,]*\d")


def flags_of_case(store: Store, case: Case) -> pl.DataFrame:
    """Return the flags of a case, those that are gone last.

    Returns
    -------
    polars.DataFrame
        The columns of ``flags`` with ``is_gone``, ``is_covered`` (a dismissal covers it), ``stands`` (neither) and
        ``in_totals``. Of a flag that is gone the reason says on which run and why; its figures are null.
    """
    wanted = [*case.flag_ids, *case.covered_flag_ids, *case.gone_flag_ids]
    rows = store.table("flags").filter(pl.col("flag_id").is_in(wanted)).select(_COLUMNS).collect()
    found = rows.with_columns(
        is_gone=pl.lit(value=False),
        is_covered=pl.col("flag_id").is_in(list(case.covered_flag_ids)),
        in_totals=pl.col("flag_id").is_in(_counted(store)),
    )
    lost = _gone(store, sorted(set(wanted) - set(found["flag_id"])), found.schema)
    every = pl.concat([found.sort("window_start", "typology", "flag_id"), lost])
    return every.with_columns(stands=~pl.col("is_gone") & ~pl.col("is_covered"))


def _counted(store: Store) -> list[str]:
    return counted(store)["flag_id"].to_list()


def _gone(store: Store, flag_ids: list[str], schema: pl.Schema) -> pl.DataFrame:
    changes = store.table("run_changes").filter(pl.col("flag_id").is_in(flag_ids), pl.col("change") == "gone").collect()
    last = (
        changes.sort("run_id", "cause")
        .group_by("flag_id", maintain_order=True)
        .agg(pl.col("run_id", "typology").last(), causes=pl.col("cause"))
    )
    told = {row["flag_id"]: row for row in last.iter_rows(named=True)}
    rows = [_gone_row(flag_id, told.get(flag_id)) for flag_id in flag_ids]
    return pl.DataFrame(rows, schema=schema)


def _gone_row(flag_id: str, change: dict[str, Any] | None) -> dict[str, Any]:
    reason = gone_because(change["run_id"], change["causes"]) if change else "No run of this store raises this flag."
    return {
        **dict.fromkeys(_COLUMNS),
        "flag_id": flag_id,
        "typology": change["typology"] if change else "unknown",
        "reason": reason,
        "counter_reasons": "[]",
        "is_gone": True,
        "is_covered": False,
        "in_totals": False,
    }


def counter_evidence(store: Store, flags: pl.DataFrame) -> pl.DataFrame:
    """Return what speaks against the flags that stand, each sentence once.

    Returns
    -------
    polars.DataFrame
        ``code``, by which a note can answer it (figures aside, the same sentence keeps its code), ``text``,
        ``source`` (of an innocent explanation), ``flag_ids`` (joined by a comma).
    """
    rows = [(text, None, flag_id) for flag_id, text in _spoken_against(flags)]
    ids = flags.filter("stands")["flag_id"].to_list()
    shown = store.table("suppressions").filter(pl.col("flag_id").is_in(ids)).sort("flag_id", "benign").collect()
    rows += [(row["reason"], row["source"], row["flag_id"]) for row in shown.iter_rows(named=True)]
    schema = {"text": pl.String, "source": pl.String, "flag_id": pl.String}
    said = pl.DataFrame(rows, schema=schema, orient="row")
    once = said.group_by("text", maintain_order=True).agg(
        pl.col("source").drop_nulls().first(), flag_ids=pl.col("flag_id").unique().sort().str.join(", ")
    )
    codes = pl.Series("code", [_code(text) for text in once["text"]], pl.String)
    return once.select(codes, "text", "source", "flag_ids")


def _spoken_against(flags: pl.DataFrame) -> Iterator[tuple[str, str]]:
    for flag_id, texts in flags.filter("stands").select("flag_id", "counter_reasons").iter_rows():
        for text in json.loads(texts):
            yield flag_id, str(text)


def _code(text: str) -> str:
    return f"E-{hashlib.sha256(_NUMBER.sub('#', text).encode()).hexdigest()[:4]}"


def would_change(store: Store, flags: pl.DataFrame, clusters: dict[str, Cluster]) -> list[str]:
    """Say what would clear the flags: a shipment, a match, another date, a stricter threshold.

    Parameters
    ----------
    store : Store
        Where the flags are.
    flags : polars.DataFrame
        As `flags_of_case` gives them.
    clusters : dict
        Identity to how it hangs together.
    """
    standing = flags.filter("stands")
    told = standing.sort("total_usd", "flag_id", descending=[True, False]).head(_MOST_TOLD)
    dates = store.table("date_sensitivity").filter(pl.col("flag_id").is_in(told["flag_id"].to_list())).collect()
    said = [
        f"{_named(flag, standing.height)}{line}"
        for flag in told.iter_rows(named=True)
        for line in (*hanging_lines(store, flag), *date_bases(dates.filter(pl.col("flag_id") == flag["flag_id"])))
    ]
    left = standing.height - told.height
    said += [f"{left:,} further flags of less value: splitship explain FLAG says the same of each."] if left else []
    return [*said, *(line for identity in sorted(clusters) for line in _bridge_lines(clusters[identity]))]


def _named(flag: dict[str, Any], flags: int) -> str:
    return f"{flag['flag_id']}: " if flags > 1 else ""


def _bridge_lines(cluster: Cluster) -> Iterator[str]:
    for bridge in cluster.bridges[:1]:
        side = cluster.side(bridge)
        apart = min(len(side), len(cluster.aliases) - len(side))
        aliases = "1 alias stands" if apart == 1 else f"{apart} aliases stand"
        yield (
            f"The weakest link of the identity joins {bridge.left} and {bridge.right} ({bridge.probability:.3f}). "
            f"Without it {aliases} apart."
        )
