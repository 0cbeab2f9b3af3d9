"""Holds our daily_limit flags against notices, shipment by shipment, and says of each miss what may explain it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from analytics.errors import UsageError
from analytics.printing import Answer
from analytics.reconciliation.notices import Taken, take_notices
from analytics.reconciliation.wording import reconciliation_lines
from analytics.store import Store

__all__ = ["Reconciliation", "reconcile", "reconcile_with"]

_TYPOLOGY = "daily_limit"
_SQUARE = ("both", "ours_only", "theirs_only", "neither")
_SHIPMENTS = (
    "shipment_uid", "shipment_id", "house_bill", "arrival_date", "mode", "identity_id", "value_usd",
    "exemption_claimed", "pool",
)  # fmt: skip


class _Tables(Protocol):
    """Anything that gives published tables by name: a store."""

    def table(self, name: str) -> pl.LazyFrame:
        """Give a table, unread."""


@dataclass(frozen=True, repr=False)
class Reconciliation(Answer):
    """What both saw.

    Attributes
    ----------
    both, ours_only, theirs_only, neither : int
        Shipments that claimed the exemption: in a flag and noticed, and so on.
    notices : int
        Notices, each bill and code once.
    unknown_bills : int
        Bills with a notice that are not in the data.
    missed_by_us : polars.DataFrame
        One row a notice without a flag: bill, code, notice_date, shipment_id, arrival_date, why.
    missed_by_them : polars.DataFrame
        One row a flagged shipment without a notice: flag_id, shipment_id, arrival_date, mode, why.
    weeks : polars.DataFrame
        The same four by week of arrival: monday, both, ours_only, theirs_only, neither.
    codes : polars.DataFrame
        One row a code: code, notices, out_of_use (those on days outside its use), effect, meaning, note, confidence.
    taken : Taken or None
        What became of a file of notices that was handed in.
    """

    both: int
    ours_only: int
    theirs_only: int
    neither: int
    notices: int
    unknown_bills: int
    missed_by_us: pl.DataFrame
    missed_by_them: pl.DataFrame
    weeks: pl.DataFrame
    codes: pl.DataFrame
    taken: Taken | None = None

    @property
    def lines(self) -> list[str]:
        """The matches and both kinds of miss, in words and figures."""
        return reconciliation_lines(self)

    def __str__(self) -> str:
        return "\n".join(self.lines)

    @property
    def misses(self) -> pl.DataFrame:
        """Both kinds of miss in one list: ``missed_by`` says whose."""
        parts = {"us": self.missed_by_us, "customs": self.missed_by_them}
        whole = pl.concat([rows.with_columns(missed_by=pl.lit(who)) for who, rows in parts.items()], how="diagonal")
        first = ("missed_by", "bill", "code", "notice_date", "flag_id", "shipment_id", "arrival_date", "mode", "why")
        return whole.select(first)


def reconcile_with(store: Store, notices: Path | None = None, by: str | None = None) -> Reconciliation:
    """Take the notices of a file where one is given, and hold flags against all that are known.

    Parameters
    ----------
    store : Store
        A screened store.
    notices : Path, optional
        CSV with bill, code and date.
    by : str, optional
        Who hands them in; the name of the user where not given.

    Raises
    ------
    UsageError
        No notice is known.
    InputError
        A row of the file is wrong; nothing is taken.
    """
    taken = take_notices(store, notices, by) if notices is not None else None
    found = reconcile(store)
    if found is None:
        raise UsageError("no notices are known. Name a file: splitship reconcile NOTICES.csv")
    return replace(found, taken=taken)


def reconcile(store: _Tables) -> Reconciliation | None:
    """Hold flags against notices.

    Parameters
    ----------
    store : object with ``table(name)``
        With the log ``notices``.

    Returns
    -------
    Reconciliation or None
        None where no notice was handed in.
    """
    notices = store.table("notices").unique(["bill", "code", "notice_date"], maintain_order=True).collect()
    if notices.is_empty():
        return None
    notices = notices.with_columns(key=_key("bill"))
    shipments = store.table("shipments").select(_SHIPMENTS).collect()
    flags = store.table("flags").filter(pl.col("typology") == _TYPOLOGY).select("flag_id", "is_suppressed")
    named = store.table("flag_shipments").join(flags, on="flag_id").collect()
    flagged = named.filter(~pl.col("is_suppressed")).select("flag_id", "shipment_uid")
    codes = store.table("ref_ace_notice_codes").collect()
    placed = _placed(notices, shipments)
    noticed = placed.drop_nulls("shipment_uid").select("shipment_uid").unique()
    weeks = _by_week(shipments, flagged, noticed)
    square: dict[str, Any] = {name: int(weeks[name].sum()) for name in _SQUARE}
    return Reconciliation(
        **square,
        notices=notices.height,
        unknown_bills=placed.filter(pl.col("shipment_uid").is_null())["key"].n_unique(),
        missed_by_us=_missed_by_us(placed, flagged, named, store.table("daily_totals").collect()),
        missed_by_them=_missed_by_them(shipments, flagged, noticed, codes),
        weeks=weeks,
        codes=_codes(notices, codes),
    )


def _by_week(shipments: pl.DataFrame, flagged: pl.DataFrame, noticed: pl.DataFrame) -> pl.DataFrame:
    """Count the shipments that claimed the exemption by week of arrival: in a flag and noticed, and so on."""
    ours, theirs = (pl.col("shipment_uid").is_in(frame["shipment_uid"].implode()) for frame in (flagged, noticed))
    square = (ours & theirs, ours & ~theirs, ~ours & theirs, ~ours & ~theirs)
    counts = [each.sum().cast(pl.Int64).alias(name) for name, each in zip(_SQUARE, square, strict=True)]
    claimed = shipments.filter("exemption_claimed")
    return claimed.group_by(monday=pl.col("arrival_date").dt.truncate("1w")).agg(counts).sort("monday")


def _key(column: str) -> pl.Expr:
    return pl.col(column).str.to_uppercase().str.replace_all(r"[\s\-]", "")


def _placed(notices: pl.DataFrame, shipments: pl.DataFrame) -> pl.DataFrame:
    """Find the shipments of each notice: by house bill, else by shipment number."""
    keyed = [shipments.drop_nulls(name).with_columns(key=_key(name)) for name in ("house_bill", "shipment_id")]
    known = pl.concat(keyed).unique(["key", "shipment_uid"], maintain_order=True)
    return notices.join(known, on="key", how="left", maintain_order="left_right")


def _missed_by_us(
    placed: pl.DataFrame, flagged: pl.DataFrame, named: pl.DataFrame, totals: pl.DataFrame
) -> pl.DataFrame:
    missed = placed.join(flagged, on="shipment_uid", how="anti")
    days = totals.sort("limit_amount", nulls_last=True).unique(
        ["identity_id", "arrival_date", "pool"], keep="first", maintain_order=True
    )
    explained = named.filter("is_suppressed").select("shipment_uid").unique().with_columns(is_explained=pl.lit(True))
    joined = missed.join(days, on=["identity_id", "arrival_date", "pool"], how="left", maintain_order="left")
    joined = joined.join(explained, on="shipment_uid", how="left", maintain_order="left")
    why = (
        pl.when(pl.col("shipment_uid").is_null()).then(pl.lit("no such bill in the data"))
        .when(pl.col("identity_id").is_null()).then(pl.lit("its consignee names nobody"))
        .when(~pl.col("exemption_claimed").fill_null(False)).then(pl.lit("the exemption was not claimed"))
        .when("is_explained").then(pl.lit("flagged, and explained by what its shipments show"))
        .when(pl.col("limit_amount").is_null()).then(pl.lit("no exemption was available on its day"))
        .when((pl.col("limit_currency") == "USD") & (pl.col("value_usd") > pl.col("limit_amount")))
        .then(pl.lit("over the limit alone: set aside, no split"))
        .otherwise(
            pl.format("within the limit in these data: {} of {} {} that day; more may have come through others",
                      "total_amount", "limit_amount", "limit_currency")
        )
    )  # fmt: skip
    columns = ("bill", "code", "notice_date", "shipment_id", "arrival_date")
    return joined.select(*columns, why=why).sort("notice_date", "bill", "code")


def _missed_by_them(
    shipments: pl.DataFrame, flagged: pl.DataFrame, noticed: pl.DataFrame, codes: pl.DataFrame
) -> pl.DataFrame:
    rows = flagged.join(shipments, on="shipment_uid")
    is_told = pl.col("shipment_uid").is_in(noticed["shipment_uid"].implode())
    rows = rows.with_columns(is_told=is_told).with_columns(is_flag_told=pl.col("is_told").any().over("flag_id"))
    used = codes.select(
        pl.col("modes").str.split("|").alias("mode"),
        "valid_from",
        pl.col("valid_to").fill_null(pl.date(9999, 1, 1)),
    ).explode("mode")
    on_its_day = rows.join(used, on="mode").filter(
        pl.col("arrival_date") >= pl.col("valid_from"), pl.col("arrival_date") < pl.col("valid_to")
    )
    is_used = pl.col("shipment_uid").is_in(on_its_day["shipment_uid"].unique().implode())
    why = (
        pl.when(pl.col("mode") == "mail").then(pl.lit("mail is not checked by these codes"))
        .when(pl.col("mode").is_null()).then(pl.lit("its mode is not known"))
        .when(~is_used).then(pl.lit("no code is known to have been in use on that day in its mode"))
        .when("is_flag_told").then(pl.lit("another shipment of the flag was noticed"))
        .otherwise(pl.lit("no shipment of the flag was noticed"))
    )  # fmt: skip
    columns = ("flag_id", "shipment_id", "arrival_date", "mode")
    return rows.filter(~pl.col("is_told")).select(*columns, why=why).sort("arrival_date", "flag_id", "shipment_id")


def _codes(notices: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """Explain each code that occurs by its last stretch, and count the notices outside the days of its use."""
    counted = notices.join(codes.select("code", "valid_from", "valid_to"), on="code", how="left")
    day = pl.col("notice_date")
    inside = (day >= pl.col("valid_from")) & (day < pl.col("valid_to").fill_null(pl.date(9999, 1, 1)))
    seen = counted.group_by("code", "bill", "notice_date").agg(is_inside=inside.fill_null(False).any())
    summed = seen.group_by("code").agg(notices=pl.len(), out_of_use=(~pl.col("is_inside")).sum())
    last = (
        codes.sort("valid_from").unique("code", keep="last").select("code", "effect", "meaning", "note", "confidence")
    )
    return summed.join(last, on="code", how="left").sort("code")
