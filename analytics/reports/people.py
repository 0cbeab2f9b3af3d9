"""Who is behind the flags: parties to speak to, and recipients seen for the first time or again."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from analytics.reports.periods import Period
from analytics.reports.tables import Tables

__all__ = ["ROLES", "parties_to_speak_to", "recipients"]

ROLES = {"seller": ("seller_id", "seller_name"), "carrier": ("carrier_code",), "filer": ("filer_code",)}
_PARTY_COLUMNS = (
    "role", "party", "name", "shipments", "flagged", "flags", "flags_now", "per_thousand", "flagged_usd", "typology",
    "weekly",
)  # fmt: skip
_WEEKS = 8
_PER_ROLE = 5
_MIN_FLAGS = 2
_PER_THOUSAND = 1000
_SHOWN_RECIPIENTS = 25


def parties_to_speak_to(tables: Tables, period: Period) -> pl.DataFrame:
    """Rank sellers, carriers and filers by their shipments in flags over the last eight weeks.

    Returns
    -------
    polars.DataFrame
        ``role``, ``party`` (code), ``name``, ``shipments``, ``flagged``, ``flags``, ``flags_now``, ``per_thousand``,
        ``flagged_usd``, ``typology`` (the most frequent), ``weekly`` (list of flagged shipments, oldest week first);
        the first five of each role, none with fewer than two flags.
    """
    span = period.widened(_WEEKS)
    return pl.concat([_of_role(tables, period, span, role, columns) for role, columns in ROLES.items()])


def _of_role(tables: Tables, period: Period, span: Period, role: str, columns: tuple[str, ...]) -> pl.DataFrame:
    party = pl.coalesce(columns)
    name = pl.col(columns[-1])
    in_span = pl.col("arrival_date").is_between(span.start, span.end)
    traffic = (
        tables.shipments.filter(in_span)
        .group_by(party=party)
        .agg(shipments=pl.len(), name=name.drop_nulls().min())
        .drop_nulls("party")
        .collect()
    )
    flags = tables.flags.filter(pl.col("window_end").is_between(span.start, span.end))
    lots = tables.flagged.filter(in_span).join(flags.select("flag_id", "typology", "window_end"), on="flag_id")
    now = pl.col("window_end").is_between(period.start, period.end)
    of_party = lots.with_columns(party=party).drop_nulls("party")
    pieces = of_party.unique(["party", "shipment_uid"])
    weeks = span.mondays()
    weekly = pieces.group_by("party").agg(
        *[
            pl.col("arrival_date").is_between(monday, monday + timedelta(days=6)).sum().alias(f"week{number}")
            for number, monday in enumerate(weeks)
        ],
        flagged=pl.len(),
        flagged_usd=pl.col("value_usd").sum(),
    )
    counted = of_party.group_by("party").agg(
        flags=pl.col("flag_id").n_unique(),
        flags_now=pl.col("flag_id").filter(now).n_unique(),
        typology=pl.col("typology").mode().min(),
    )
    return (
        traffic.join(weekly, on="party")
        .join(counted, on="party")
        .filter(pl.col("flags") >= _MIN_FLAGS)
        .with_columns(
            role=pl.lit(role),
            per_thousand=(pl.col("flagged") * _PER_THOUSAND / pl.col("shipments")).round(1),
            weekly=pl.concat_list([pl.col(f"week{number}").cast(pl.Int64) for number in range(len(weeks))]),
        )
        .sort("flagged", "party", descending=[True, False])
        .head(_PER_ROLE)
        .select(_PARTY_COLUMNS)
    )


def recipients(tables: Tables, period: Period) -> tuple[pl.DataFrame, int]:
    """Return the recipients flagged in the period, the dearest first, and how many there are in all.

    Returns
    -------
    polars.DataFrame
        ``identity_id``, ``display_name``, ``display_address``, ``status`` (new: first flag ever; growing or returning:
        flagged before, with more flags or not than in the busiest of those weeks), ``flags``, ``flags_before``,
        ``first_day`` (first shipment), ``sellers``, ``base_usd``, ``typologies``.
    """
    flags = tables.flags.drop_nulls("identity_id")
    now = flags.filter(pl.col("window_end").is_between(period.start, period.end))
    before = flags.filter(pl.col("window_end") < period.start)
    busiest = (
        before.group_by("identity_id", pl.col("window_end").dt.truncate("1w"))
        .agg(pl.len())
        .group_by("identity_id")
        .agg(flags_before=pl.col("len").sum().cast(pl.Int64), busiest=pl.col("len").max())
    )
    sellers = (
        tables.flagged.join(now.select("flag_id", flagged_identity="identity_id"), on="flag_id")
        .group_by(identity_id="flagged_identity")
        .agg(sellers=pl.coalesce("seller_id", "seller_name").drop_nulls().n_unique())
    )
    found = (
        now.group_by("identity_id")
        .agg(
            flags=pl.len().cast(pl.Int64),
            base_usd=pl.col("base_usd").sum(),
            typologies=pl.col("typology").unique().sort(),
        )
        .join(busiest, on="identity_id", how="left")
        .join(sellers, on="identity_id", how="left")
        .with_columns(pl.col("flags_before").fill_null(0), pl.col("sellers").fill_null(0))
        .with_columns(status=_status())
        .sort("base_usd", "identity_id", descending=[True, False])
    )
    names = tables.identities.select("identity_id", "display_name", "display_address", "first_day")
    shown = found.head(_SHOWN_RECIPIENTS)
    known = names.join(shown.lazy().select("identity_id"), on="identity_id", how="semi").collect()
    return shown.join(known, on="identity_id", how="left", maintain_order="left").drop("busiest"), found.height


def _status() -> pl.Expr:
    is_new = pl.col("flags_before") == 0
    return (
        pl.when(is_new)
        .then(pl.lit("new"))
        .when(pl.col("flags") > pl.col("busiest"))
        .then(pl.lit("growing"))
        .otherwise(pl.lit("returning"))
    )
