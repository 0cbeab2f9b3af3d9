"""What one flag may cost, line by line: each duty, each assumption that matters, each time limit."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from analytics.contracts.exposure import FINAL_NOTICE_UNREAD
from analytics.reports.tables import Store

__all__ = ["cost_sections", "costs_of_flag"]


def costs_of_flag(store: Store, flag_id: str, shipments: pl.LazyFrame) -> dict[str, pl.DataFrame]:
    """Return what the figures of a flag are made of.

    Parameters
    ----------
    store : Store
        An opened store.
    flag_id : str
        The flag.
    shipments : polars.LazyFrame
        ``shipment_uid`` of its shipments.

    Returns
    -------
    dict
        ``layers`` (duties added up over its shipments), ``drivers``, ``clock`` and ``taken_for_granted``.
    """
    is_of_flag = pl.col("flag_id") == flag_id
    layers = store.table("exposure_layers").join(shipments, on="shipment_uid", how="semi")
    summed = layers.group_by("layer", "driver").agg(
        pl.len().alias("shipments"),
        pl.col("floor_usd", "base_usd", "ceiling_usd", "widest_usd").sum(),
        pl.col("rate_least").min(),
        pl.col("rate_most").max(),
        pl.col("is_unknown").any(),
        pl.col("source").unique().sort().str.join("; "),
    )
    said = store.table("exposure").filter(is_of_flag).select("component", "assumptions").collect()
    return {
        "layers": summed.sort(
            "base_usd", "widest_usd", "layer", "driver", descending=[True, True, False, False]
        ).collect(),
        "drivers": store.table("exposure_drivers").filter(is_of_flag).sort("driver").collect(),
        "clock": store.table("statute_clock")
        .filter(is_of_flag)
        .sort("kind", "clock", descending=[True, False])
        .collect(),
        "taken_for_granted": said,
    }


def cost_sections(costs: dict[str, pl.DataFrame]) -> list[str]:
    """Say them in lines under headings; a heading without a line is left out."""
    parts = {
        "Duty by duty (low / base / high):": [_layer(row) for row in costs["layers"].iter_rows(named=True)],
        "What makes the difference to duty and fees:": [_driver(row) for row in costs["drivers"].iter_rows(named=True)],
        "What ages out when:": [_clock(row) for row in costs["clock"].iter_rows(named=True)],
        "What these figures take for granted:": _granted(costs["taken_for_granted"]),
    }
    return [line for title, lines in parts.items() if lines for line in ("", title, *(f"  {text}" for text in lines))]


def _layer(row: dict[str, Any]) -> str:
    rate = "rate not known" if row["rate_most"] is None else _rate(row["rate_least"], row["rate_most"])
    amounts = [row[name] for name in ("floor_usd", "base_usd", "ceiling_usd")]
    figures = " / ".join(f"{amount:,.2f}" for amount in amounts) + " USD"
    if row["is_unknown"] and not any(amounts):
        rate, figures = "rate not known", "unknown"
    left_out = row["widest_usd"] - row["ceiling_usd"]
    void = f"; void, it would add {left_out:,.2f}" if left_out else ""
    unknown = "; some part not known" if row["is_unknown"] and any(amounts) else ""
    proposed = "; as proposed, the final notice was not read" if row["layer"] in FINAL_NOTICE_UNREAD else ""
    return f"{row['layer']:<20} {rate:<14} {figures}{void}{unknown}{proposed}  [{row['source']}]"


def _rate(least: Any, most: Any) -> str:
    shown = [f"{100 * rate:.4f}".rstrip("0").rstrip(".") for rate in (least or 0, most)]
    return f"{shown[1]}%" if shown[0] == shown[1] else f"{shown[0]}% to {shown[1]}%"


def _driver(row: dict[str, Any]) -> str:
    note = "" if row["is_in_range"] else "  (in no figure)"
    return f"{row['low_usd']:>10,.2f} to {row['high_usd']:,.2f} USD  {row['statement']}{note}"


def _clock(row: dict[str, Any]) -> str:
    if row["last_end"] is None:
        when = f"counted from {row['counted_from']}, which no manifest tells"
    elif row["first_end"] == row["last_end"]:
        when = f"{row['last_end']}"
    else:
        when = f"{row['first_end']} to {row['last_end']}"
    return f"{row['wording']}: {when}  [{row['source']}, {row['confidence']}]"


def _granted(rows: pl.DataFrame) -> list[str]:
    """Return each sentence once, those about the sum before those about penalty and disclosure."""
    sentences: dict[str, None] = {}
    for component in ("total", "duty", "fees", "value", "penalty", "penalty_floor", "disclosure"):
        for text in rows.filter(pl.col("component") == component)["assumptions"]:
            sentences |= dict.fromkeys(map(str, json.loads(text)))
    return list(sentences)
