"""What is true of a set of shipments, whoever planted what: each typology says it of its own, by the law of the day."""

from __future__ import annotations

import polars as pl

from analytics.traffic.law import with_limits
from analytics.typologies.registry import schemes

__all__ = ["true_flags"]


def true_flags(facts: pl.DataFrame) -> pl.DataFrame:
    """List what is true of the shipments, planted or not: scheme_id, typology, row, is_deliberate.

    The limit of an informal entry is about the customs value (19 USC 1401a): ``customs`` in cents where facts have it.
    """
    rows = with_limits(facts.with_row_index("row"))
    rows = rows if "customs" in rows.columns else rows.with_columns(customs="cents")
    found = [
        frame.with_columns(typology=pl.lit(name), part=pl.lit(part))
        for name, scheme in schemes().items()
        if scheme.true_by_law is not None
        for part, frame in enumerate(scheme.true_by_law(rows))
    ]
    return _numbered(pl.concat(found))


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """Give numbers to the schemes of each typology in the order of their first shipments."""
    scheme = ["typology", "part", "group"]
    number = pl.struct("group", "part").rank("dense").over("typology").cast(pl.String).str.zfill(6)
    return rows.sort(*scheme, "row").select(
        scheme_id=pl.concat_str("typology", pl.lit("-"), number),
        typology="typology",
        row="row",
        is_deliberate=pl.col("deliberate").any().over(scheme),
    )
