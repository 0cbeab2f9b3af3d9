"""What a flag hangs on: the one piece, link or reading of numbers without which it falls, and up to which threshold."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.store import Store

__all__ = ["flag_links", "hanging_lines", "would_be_lines"]

_NONE = {"piece": "No single piece clears it.", "link": "No single link between spellings clears it."}


def flag_links(store: Store, flags: pl.DataFrame) -> dict[str, tuple[str, str]]:
    """Return the one link on which each flag of a person hangs.

    Parameters
    ----------
    store : Store
        Where the flags are.
    flags : polars.DataFrame
        Rows of the published table.

    Returns
    -------
    dict
        flag_id to two alias ids, the smaller first; flags that hang on no single link are left out.
    """
    links = store.table("flag_cuts").filter(pl.col("cut") == "link").select("flag_id", "alias_id_l", "alias_id_r")
    wanted = links.join(flags.lazy().select("flag_id"), on="flag_id", how="semi").sort("flag_id").collect()
    return {flag_id: (left, right) for flag_id, left, right in wanted.iter_rows()}


def hanging_lines(store: Store, flag: dict[str, Any]) -> list[str]:
    """Say what clears a flag, and of one over a limit up to which threshold on who is who it stands.

    Parameters
    ----------
    store : Store
        Where the flag is.
    flag : dict
        Its row of ``flags``.

    Returns
    -------
    list of str
        One sentence a line.
    """
    of_flag = pl.col("flag_id") == flag["flag_id"]
    thresholds = store.table("flag_thresholds").filter(of_flag).sort("threshold").collect()
    if thresholds.is_empty():
        shortest = store.table("smallest_cuts").filter(of_flag).collect()["statement"]
        return [*shortest, *_threshold_lines(thresholds, flag["survives_to_threshold"])]
    cuts = {row["cut"]: row for row in store.table("flag_cuts").filter(of_flag).collect().iter_rows(named=True)}
    is_of_person = flag["typology"] == "daily_limit" or not thresholds["stands"].all()
    told = [_cut_line(cuts[kind]) if kind in cuts else _NONE[kind] for kind in ("piece", *["link"] * is_of_person)]
    told += [_cut_line(cuts["numbers"])] if "numbers" in cuts else []
    return [*told, *_threshold_lines(thresholds, flag["survives_to_threshold"])]


def would_be_lines(row: dict[str, Any]) -> list[str]:
    """Say what a flag is that only a looser threshold would raise: its row at the strictest of these."""
    return [
        f"{row['flag_id']}  {row['typology']}  is no flag: it would be one at a threshold of {row['threshold']:g}",
        f"{row['shipments']} pieces, {row['total_usd']:,.2f} USD, if these were one: {row['subject']}.",
        "Judge whether they are, or leave it: splitship judge A B --same or --different.",
    ]


def _cut_line(cut: dict[str, Any]) -> str:
    if cut["cut"] == "piece":
        piece = f"{cut['shipment_id']} ({cut['amount']:,.2f} {cut['limit_currency']})"
        return f"{cut['reason']} The cheapest that is enough: {piece}."
    if cut["cut"] == "link":
        return f"{cut['reason']} It is the one between {cut['alias_id_l']} and {cut['alias_id_r']}."
    return str(cut["reason"])


def _threshold_lines(thresholds: pl.DataFrame, survives: float | None) -> list[str]:
    if survives is None:
        return ["Whether it stands at other thresholds on who is who was not tested."]
    fallen = thresholds.filter(~pl.col("stands")).sort("threshold")
    if fallen.is_empty():
        return ["The flag holds at every identity threshold; no uncertain match is involved."]
    at, standing = fallen.select("threshold", "standing").row(0)
    where = "where only what is certain counts" if standing == "certain" else f"at {at:g}"
    return [f"It stands up to a threshold of {survives:g} on who is who; {where} no part of it is over the limit."]
