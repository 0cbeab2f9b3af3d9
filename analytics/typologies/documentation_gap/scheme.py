"""Notes which claims and entries lack a paper: none is planted, since enough lack one by chance."""

from __future__ import annotations

import polars as pl

from analytics.traffic.injector import Injector
from analytics.traffic.law import with_limits
from analytics.traffic.scheme import Scheme

__all__ = ["SCHEME"]


def _missing_papers(injector: Injector) -> None:
    """Note where claims lack a paper, and entries an invoice or bill: so by chance, and true all the same."""
    changed, written = injector.changed()
    facts = with_limits(changed)
    claimed = facts["claimed"]
    filers = pl.Series("filer", pl.select(pl.coalesce(written["filer_code"], written["carrier_code"])).to_series())
    is_entry = ~claimed & (facts["entry"] != "")
    for kind, of_it, names in (
        ("", claimed, ("has_invoice", "has_transport_document", "has_proof_of_order")),
        (" entries", is_entry, ("has_invoice", "has_transport_document")),
    ):
        papers = [written[name] == "false" for name in names]
        lacks = pl.select(pl.any_horizontal(papers).fill_null(value=False)).to_series() & of_it
        rows = injector.rows.select(filers, "week", "row").filter(lacks)
        injector.truth += [
            ("documentation_gap", f"{filer} {week}{kind}", row, False) for filer, week, row in rows.iter_rows()
        ]


SCHEME = Scheme(noted=_missing_papers)
"""What is planted, and what is true of any shipments."""
