"""Claims whose house bill was then entered with duty: what was paid on the goods is unknown, and may be all of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from analytics.exposure.dated import in_force
from analytics.reports.wording import money
from analytics.store import Store

__all__ = ["Reentered", "reentered", "reentered_lines"]

_PAIRS = "duplicate_entry"
_WAYS = "claim entered"
"""How the ways of such a flag begin whose claim was followed by an entry with duty."""


class Reentered(NamedTuple):
    """One claim, and the entry with duty under the same house bill.

    ``refused`` cites the notice under which customs refuses such claims on that day, with the confidence in it; None
    where it did not refuse them.
    """

    claimed: Decimal
    entered: Decimal
    refused: str | None

    @property
    def is_same(self) -> bool:
        """The goods were entered at the value of the claim or above it."""
        return self.entered >= self.claimed

    @property
    def why(self) -> str:
        """Say what this means for the loss, in one sentence."""
        loss = (
            "the likely loss is nil"
            if self.is_same
            else f"the likely loss is at most the duty on the difference, {money(self.claimed - self.entered)}"
        )
        refused = f"ACE has refused such claims since {self.refused}; " if self.refused else ""
        return (
            f"the same house bill was entered with duty at {money(self.entered)} (claimed at {money(self.claimed)}): "
            f"{refused}{loss}"
        )


def reentered(store: Store) -> dict[str, Reentered]:
    """Return the claims of a store whose house bill was entered with duty, by ``shipment_uid``.

    Values are those of customs, in US dollars.
    """
    way = pl.col("attributes").str.json_path_match("$.way")
    is_pair = (pl.col("typology") == _PAIRS) & way.str.starts_with(_WAYS)
    pairs = store.table("flags").filter(is_pair).select("flag_id")
    lots = store.table("flag_shipments").join(pairs, on="flag_id", how="semi").select("flag_id", "shipment_uid")
    wanted = ("shipment_uid", "arrival_date", "exemption_claimed", "customs_value_usd")
    rows = lots.join(store.table("shipments").select(wanted), on="shipment_uid")
    is_claim = pl.col("exemption_claimed").fill_null(value=False)
    entered = rows.filter(~is_claim).group_by("flag_id").agg(entered=pl.col("customs_value_usd").sum())
    claims = rows.filter(is_claim).join(entered, on="flag_id").sort("shipment_uid", "flag_id").collect()
    return {
        row["shipment_uid"]: Reentered(row["customs_value_usd"], row["entered"], _refused(store, row["arrival_date"]))
        for row in claims.iter_rows(named=True)
    }


def _refused(store: Store, day: date) -> str | None:
    is_refused = in_force(pl.lit(day)) & (pl.col("effect") == "reject")
    rows = store.table("ref_ace_stages").filter(is_refused).collect().rows(named=True)
    return f"{rows[0]['valid_from']} ({rows[0]['source']}; {rows[0]['confidence']})" if rows else None


def reentered_lines(store: Store, shipments: pl.DataFrame) -> list[str]:
    """Say of each of some shipments that its claim was followed by an entry, as counter-evidence."""
    found = reentered(store)
    said = ((row["shipment_id"], found.get(row["shipment_uid"])) for row in shipments.iter_rows(named=True))
    return [f"{name}: {of.why}. What was paid is unknown." for name, of in said if of is not None]
