"""What a prior disclosure of some flags would tender: the loss, each shipment once, with interest that is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import polars as pl

from analytics.errors import UsageError
from analytics.printing import Answer
from analytics.reports.tables import Store, counted
from analytics.reports.wording import counted as how_many

__all__ = ["PriorDisclosure", "prior_disclosure"]

_CENT = Decimal("0.01")
_ENDS = ("floor", "base", "ceiling")


@dataclass(frozen=True, repr=False)
class PriorDisclosure(Answer):
    """The figures of one disclosure, in US dollars.

    Attributes
    ----------
    flags, shipments : int
        What it is about.
    loss_floor, loss_base, loss_ceiling : Decimal
        Duty and fees, each shipment once.
    interest : Decimal or None
        As it was given, or as computed at the rates of ref_interest_rates; None where there is neither.
    is_unknown : bool
        Some part could not be computed: the loss is of the rest.
    """

    flags: int
    shipments: int
    loss_floor: Decimal
    loss_base: Decimal
    loss_ceiling: Decimal
    interest: Decimal | None
    is_unknown: bool

    @property
    def tender(self) -> Decimal | None:
        """Headline of the loss with interest; None without interest."""
        return None if self.interest is None else self.loss_base + self.interest

    def __str__(self) -> str:
        """Say it in four lines."""
        unknown = "; some part could not be computed, and is not in it" if self.is_unknown else ""
        said = "not given: it is left out" if self.interest is None else f"{self.interest:,.2f} USD"
        tender = "not known without interest" if self.tender is None else f"{self.tender:,.2f} USD"
        most = "not known" if self.is_unknown else f"{self.loss_ceiling:,.2f}"
        return (
            f"{how_many(self.flags, 'flag')} on {how_many(self.shipments, 'shipment')}, each counted once.\n"
            f"Loss      {self.loss_base:,.2f} USD ({self.loss_floor:,.2f} to {most}){unknown}\n"
            f"Interest  {said}\n"
            f"Tender    {tender}"
        )


def prior_disclosure(
    store: Store, flag_ids: Sequence[str] | None = None, interest_usd: Decimal | str | int | None = None
) -> PriorDisclosure:
    """Reckon what a prior disclosure would tender (19 USC 1592(c)(4); 19 CFR 162.74).

    Parameters
    ----------
    store : Store
        An opened store.
    flag_ids : sequence of str, optional
        The flags it is about; where not given, those that totals count: no lead and none that is explained.
    interest_usd : Decimal, str or int, optional
        Interest as customs or counsel computed it. Without it that at the rates of ref_interest_rates, else none.

    Returns
    -------
    PriorDisclosure

    Raises
    ------
    UsageError
        A flag is not in the store or puts nothing at issue, or the interest is no amount.
    """
    totals = store.table("exposure").filter(pl.col("component") == "total", pl.col("reading").is_in(["all", "lots"]))
    chosen = _chosen(totals.collect(), counted(store), flag_ids)
    lots = store.table("flag_shipments").join(chosen.lazy().select("flag_id"), on="flag_id", how="semi").collect()
    owed = store.table("exposure_shipments").collect().join(lots, on="shipment_uid", how="semi")
    with_lots = lots.join(owed, on="shipment_uid", how="semi").select("flag_id").unique()
    others = chosen.join(with_lots, on="flag_id", how="anti")
    sums = {
        end: Decimal((owed[f"duty_{end}_usd"] + owed["fee_usd"]).sum() or 0) + Decimal(others[f"{end}_usd"].sum() or 0)
        for end in _ENDS
    }
    return PriorDisclosure(
        flags=chosen.height,
        shipments=lots["shipment_uid"].n_unique(),
        loss_floor=sums["floor"],
        loss_base=sums["base"],
        loss_ceiling=sums["ceiling"],
        interest=_given(interest_usd) if interest_usd is not None else _reckoned(owed, others),
        is_unknown=bool(owed["is_unknown"].any() or others["is_unknown"].any()),
    )


def _chosen(totals: pl.DataFrame, of_totals: pl.DataFrame, flag_ids: Sequence[str] | None) -> pl.DataFrame:
    if flag_ids is None:
        return totals.join(of_totals, on="flag_id", how="semi")
    missing = sorted(set(flag_ids) - set(totals["flag_id"]))
    if missing:
        raise UsageError(f"flag {missing[0]!r} puts no duty or fee at issue here. List them: splitship export exposure")
    return totals.filter(pl.col("flag_id").is_in(list(flag_ids)))


def _given(interest: Decimal | str | int) -> Decimal:
    try:
        amount = Decimal(str(interest))
    except InvalidOperation as error:
        raise UsageError(f"interest {interest!r} is no amount; write it like 1234.56.") from error
    if amount < 0 or amount != amount.quantize(_CENT):
        raise UsageError(f"interest {interest!r} is below nought or finer than a cent; write it like 1234.56.")
    return amount.quantize(_CENT)


def _reckoned(owed: pl.DataFrame, others: pl.DataFrame) -> Decimal | None:
    """Return the interest at the rates of ref_interest_rates; None where some shipment has none."""
    if owed.is_empty() or others.height or owed["interest_usd"].null_count():
        return None
    return Decimal(owed["interest_usd"].sum())
