"""One flag over time: the shipments it rests on, beside others of the same consignee."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from analytics.errors import UsageError, did_you_mean
from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.tables import Store
from analytics.reports.theme import ACCENT, ALERT, QUIET
from analytics.reports.wording import counted, days, money, name_of

__all__ = ["flag_timeline"]

_AROUND = timedelta(days=14)


def flag_timeline(store: Store, flag_id: str) -> Chart:
    """Return the shipments of a flag by day of arrival as a chart.

    Parameters
    ----------
    store : Store
        Where the flag is.
    flag_id : str
        The flag.

    Returns
    -------
    Chart
        Values of each day: those of the flag, and of its consignee's other shipments up to two weeks before and after;
        and its limit, where there was one in US dollars.

    Raises
    ------
    UsageError
        The store has no such flag.
    """
    found = store.table("flags").filter(pl.col("flag_id") == flag_id).collect()
    if found.is_empty():
        known = store.table("flags").select("flag_id").collect()["flag_id"]
        near = did_you_mean(flag_id, known) or "List them: splitship export flags"
        raise UsageError(f"{flag_id!r} is no flag of {store.root}. {near}")
    flag = found.row(0, named=True)
    by_day = _by_day(store, flag)
    return Chart(
        key="flag",
        label=f"Shipments of flag {flag_id}",
        text=_text(flag, by_day),
        series=[*_bars(by_day), *_limit(flag, by_day)],
        across=Axis(),
        up=Axis("usd", title="Value of the day", has_zero=True),
        headings=("Day", "In the flag", "Others of the consignee"),
        rows=[[str(on), money(inside), money(others)] for on, inside, others in by_day.iter_rows() if inside or others],
        bars="stack",
        gap=0.3,
    )


def _by_day(store: Store, flag: dict[str, Any]) -> pl.DataFrame:
    """Add up values by ``arrival_date``: those ``inside`` the flag, and ``others`` of its consignee around it."""
    members = store.table("flag_shipments").filter(pl.col("flag_id") == flag["flag_id"]).select("shipment_uid")
    uids = members.collect()["shipment_uid"]
    is_inside = pl.col("shipment_uid").is_in(uids.implode())
    is_near = pl.col("arrival_date").is_between(flag["window_start"] - _AROUND, flag["window_end"] + _AROUND)
    is_of_consignee = (pl.col("identity_id") == pl.lit(flag["identity_id"], pl.String)).fill_null(value=False)
    shipped = store.table("shipments").filter(is_inside | (is_of_consignee & is_near))
    inside, others = (pl.col("value_usd").filter(each).sum() for each in (is_inside, ~is_inside))
    return _each_day(shipped.group_by("arrival_date").agg(inside=inside, others=others).collect())


def _each_day(by_day: pl.DataFrame) -> pl.DataFrame:
    """Add the days without a shipment, from one before the first to one after the last: a bar is a day wide."""
    if by_day.is_empty():
        return by_day
    first, last = by_day["arrival_date"].min(), by_day["arrival_date"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    every = pl.date_range(first - timedelta(days=1), last + timedelta(days=1), eager=True).alias("arrival_date")
    return every.to_frame().join(by_day, on="arrival_date", how="left", maintain_order="left").fill_null(0)


def _bars(by_day: pl.DataFrame) -> list[Series]:
    days_shown = [str(on) for on in by_day["arrival_date"]]
    drawn = (("inside", "In the flag", ACCENT), ("others", "Others of the consignee", QUIET))
    return [
        Series(
            "bars",
            days_shown,
            [float(value) for value in by_day[column]],
            color,
            name,
            words=[
                f"{on}<br>{money(value)}, {name.lower()}" for on, value in zip(days_shown, by_day[column], strict=True)
            ],
        )
        for column, name, color in drawn
        if by_day[column].sum()
    ]


def _limit(flag: dict[str, Any], by_day: pl.DataFrame) -> list[Series]:
    if flag["limit_amount"] is None or flag["limit_currency"] != "USD" or by_day.is_empty():
        return []
    ends: list[date] = [by_day["arrival_date"][0], by_day["arrival_date"][-1]]
    limit = float(flag["limit_amount"])
    name = f"Limit {money(flag['limit_amount'])}"
    return [Series("line", [str(end) for end in ends], [limit, limit], ALERT, name, is_dotted=True)]


def _text(flag: dict[str, Any], by_day: pl.DataFrame) -> str:
    others = Decimal(by_day["others"].sum() or 0)
    more = f" Up to two weeks before and after, the consignee received {money(others)} more." if others else ""
    span = days(flag["window_start"], flag["window_end"])
    shipments = counted(flag["shipments"], "shipment")
    return f"{name_of(flag['typology'])}, {span}: {shipments} worth {money(flag['total_usd'])} together.{more}"
