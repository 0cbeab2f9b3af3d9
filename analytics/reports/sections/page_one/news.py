"""Which statement comes first on page one: candidates from typed measures, ranked by what they are worth.

The rules, in order:

1. Where no shipment arrived, that is the news; nothing else is claimed about the week.
2. A candidate counts where it is about half of the value at issue of the week, or half of its flags, or more. They are:
   a rule that began in the week; a figure of the week before that changed after it was printed; a seller that was never
   seen before; one flag; a wave, which is three flags of one typology or more, more than in the week before, and twice
   the median of the eight weeks before or more.
3. Of those, the one with the greatest share of value or flags comes first; of equals, the first of rule 2.
4. Where none counts, the typology with the most value at issue does; where there is no flag, the week is quiet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

import polars as pl

from analytics.reports.headline import Window, value_at_issue
from analytics.reports.law import limits_in_force, rule_changes, scope_words
from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.typologies import SECTION as TYPOLOGIES
from analytics.reports.tables import Tables
from analytics.typologies.registry import typology as find_typology
from analytics.wording.moves import Moved
from analytics.wording.news import News

__all__ = ["DEAREST", "DESCENDING", "candidates", "kinds_of", "news_of", "ranked"]

_ORDER = ("rule", "suspension", "late_data", "new_seller", "one_flag", "wave")
DEAREST = ("base_usd", pl.col("strength") == "objective", "flag_id")
DESCENDING = (True, True, False)
"""Order of flags: the dearest first; of equals, one that figures and rule decide."""
_LEAST_WAVE, _TIMES_USUAL = 3, 2
_WEEKS = 8
_KNOWN_WEEKS = 4
"""Weeks of data before a seller that was not in them is new, and before a usual week is spoken of."""


def news_of(contents: Contents, moved: Moved) -> News:
    """Return the statement that comes first.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    moved : Moved
        How the week before came to this one.
    """
    now = contents.headline.now
    if not now.shipments and not now.flags:
        return News("nothing")
    counted = ranked(candidates(contents, moved), now.value.base, now.flags)
    return next(iter([*counted, *kinds_of(contents)]), News("quiet"))


def ranked(found: Iterable[News], usd: Decimal, flags: int) -> list[News]:
    """Return the candidates that count, the first of them first (rules 2 and 3).

    Parameters
    ----------
    found : iterable of News
        The candidates.
    usd, flags : Decimal, int
        Value at issue of the week, and its flags.
    """
    shares = [(max(_share(news.usd, usd), _share(news.flags, flags)), news) for news in found]
    counting = [(share, news) for share, news in shares if 2 * share >= 1]
    return [news for _, news in sorted(counting, key=lambda pair: (-pair[0], _ORDER.index(pair[1].kind)))]


def _share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Return a share; any part of nothing is all of it."""
    return Decimal(part) / whole if whole else Decimal(bool(part))


def candidates(contents: Contents, moved: Moved) -> Iterator[News]:
    """Yield what may be the news of a week, whatever it is worth."""
    tables, period = contents.tables, contents.period
    flags = tables.flags.filter(period.holds("window_end"))
    yield from _rules(tables, period, flags)
    yield from _late_data(moved)
    yield from _new_sellers(contents, flags)
    yield from _one_flag(tables, flags, contents.headline.now)
    yield from _waves(contents)


def _about(kind: str, tables: Tables, flags: pl.DataFrame, **more: Any) -> News:
    lots = tables.flagged.join(flags.select("flag_id"), on="flag_id", how="semi")
    usd = value_at_issue(flags, lots).base
    return News(kind, usd=usd, flags=flags.height, shipments=lots["shipment_uid"].n_unique(), **more)


def _rules(tables: Tables, period: Period, flags: pl.DataFrame) -> Iterator[News]:
    began = rule_changes(tables, Period(period.start - timedelta(days=1), period.end))
    for row in began.iter_rows(named=True):
        under = flags.filter(pl.col("rule_id").str.split("+").list.contains(row["rule_id"]))
        if under.height:
            yield _about(tables=tables, flags=under, since=row["valid_from"], **_rule(row))


def _rule(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a rule says: the origins and modes of a suspension, or the whole of it."""
    origins, modes = row["origin_scope"] or "ALL", row["mode_scope"] or "ALL"
    if not row["status"].startswith("suspended") or "(" in origins:
        return {"kind": "rule", "about": limits_in_force(pl.DataFrame([row]))[0]}
    codes = () if origins == "ALL" else tuple(origins.split("|"))
    return {"kind": "suspension", "origins": codes, "about": "" if modes == "ALL" else scope_words(modes, "any mode")}


def _late_data(moved: Moved) -> Iterator[News]:
    revised = [step for step in moved.steps if step.key == "then"]
    if revised:
        totals = {step.key: step.flags for step in moved.steps if step.is_total}
        usd = sum((abs(step.usd) for step in revised), Decimal(0))
        yield News("late_data", usd=usd, then=totals["printed"], now=totals["before"])


def _new_sellers(contents: Contents, flags: pl.DataFrame) -> Iterator[News]:
    """Yield sellers whose first shipment lies in the week, where the data go back four weeks before it."""
    tables, period = contents.tables, contents.period
    first_day = contents.data_days[0] if contents.data_days else period.start
    if first_day > period.start - timedelta(weeks=_KNOWN_WEEKS):
        return
    seller = pl.coalesce("seller_id", "seller_name")
    members = tables.flagged.join(flags.select("flag_id"), on="flag_id", how="semi").with_columns(seller=seller)
    sellers = members["seller"].drop_nulls().unique().sort()
    firsts = (
        tables.shipments.with_columns(seller=seller)
        .filter(pl.col("seller").is_in(sellers.implode()))
        .group_by("seller")
        .agg(first=pl.col("arrival_date").min(), name=pl.col("seller_name").drop_nulls().min())
        .filter(pl.col("first") >= period.start)
        .sort("seller")
        .collect()
    )
    for row in firsts.iter_rows(named=True):
        own = flags.join(members.filter(pl.col("seller") == row["seller"]), on="flag_id", how="semi")
        yield _about("new_seller", tables, own, since=row["first"], about=row["name"] or row["seller"])


def _one_flag(tables: Tables, flags: pl.DataFrame, now: Window) -> Iterator[News]:
    if now.flags > 1:
        first = flags.sort(*DEAREST, descending=DESCENDING).head(1)
        yield _about("one_flag", tables, first, **_called(tables, first))


def kinds_of(contents: Contents) -> list[News]:
    """Return the typologies of the week, the one with the most value at issue first.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    tables, period = contents.tables, contents.period
    flags = tables.flags.filter(period.holds("window_end")).sort("typology", "flag_id")
    by_kind = flags.group_by("typology", maintain_order=True)
    found = [_about("most", tables, of_kind, **_called(tables, of_kind)) for _, of_kind in by_kind]
    return sorted(found, key=lambda kind: (-kind.usd, -kind.flags))


def _waves(contents: Contents) -> Iterator[News]:
    """Yield the typologies that have far more flags than usual in a week, where four weeks before are known."""
    if not contents.period.is_week:
        return
    weeks, tables, period = contents.of(TYPOLOGIES).weeks, contents.tables, contents.period
    before = weeks.filter(pl.col("monday").is_between(period.back(_WEEKS).start, period.start, closed="left"))
    flags = tables.flags.filter(period.holds("window_end"))
    for (typology,), rows in before.group_by("typology", maintain_order=True):
        if rows.height < _KNOWN_WEEKS:
            continue
        usual, last = float(median(rows["flags"])), int(rows["flags"][-1])
        of_kind = flags.filter(pl.col("typology") == typology)
        if of_kind.height >= max(_LEAST_WAVE, _TIMES_USUAL * usual, last + 1):
            yield _about("wave", tables, of_kind, usual=usual, **_called(tables, of_kind))


def _called(tables: Tables, flags: pl.DataFrame) -> Mapping[str, Any]:
    """Return what flags of one typology are called; of a suspension, its day and the origins of the goods."""
    noun = find_typology(flags["typology"][0]).noun
    since = _suspended_on(tables.limits, flags)
    if since is None:
        return {"noun": noun}
    lots = tables.flagged.join(flags.select("flag_id"), on="flag_id", how="semi")
    return {"noun": noun, "since": since, "origins": tuple(lots["origin_country"].drop_nulls().unique().sort())}


def _suspended_on(limits: pl.DataFrame, flags: pl.DataFrame) -> date | None:
    """Return the first day of the suspension that flags name; None where some name another rule."""
    rules = flags["rule_id"].str.split("+").explode().unique()
    named = limits.filter(pl.col("rule_id").is_in(rules.implode()), pl.col("valid_from") <= flags["window_end"].max())
    if named.is_empty() or (~named["status"].str.starts_with("suspended")).any():
        return None
    first: date = named["valid_from"].min()  # type: ignore[assignment]  # a day
    return first
