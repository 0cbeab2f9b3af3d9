"""What page one says, as plain data: news, totals, what may be owed, why it moved, what to decide, what was tested."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from analytics.contracts.exposure import DUTIES
from analytics.reports.headline import MEMORY, Value, Window
from analytics.reports.section import Contents
from analytics.reports.sections.identities import SECTION as IDENTITIES
from analytics.reports.sections.leads import SECTION as LEADS
from analytics.reports.sections.owed import SECTION as OWED
from analytics.reports.sections.owed.measures import Owed
from analytics.reports.sections.page_one.deciding import decisions_of
from analytics.reports.sections.page_one.moved import measure_moved
from analytics.reports.sections.page_one.news import kinds_of, news_of
from analytics.reports.sections.page_one.tiles import Tile, span_note, tiles
from analytics.reports.spans import ends
from analytics.reports.tables import Tables
from analytics.wording.decisions import Decision
from analytics.wording.moves import Moved
from analytics.wording.news import News, Owing, Week

__all__ = ["PageOne", "measure_page_one"]


@dataclass(frozen=True)
class PageOne:
    """What page one says.

    Attributes
    ----------
    news : News
        What comes first.
    week : Week
        The totals.
    kinds : list of News
        The typologies of the week, the one with the most value at issue first.
    value : Value
        Value at issue.
    strengths : dict
        Flags of each strength and their value at issue.
    reading : str
        The interpretation that the base takes.
    owing : Owing
        What may be owed.
    moved : Moved
        How the week before came to this one.
    decisions : list of Decision
        What to decide.
    coverage : polars.DataFrame
        ``typology``, ``tested`` (yes, or why not), ``share`` of the shipments of the store that could be tested; of the
        typologies that put a value at issue, the least tested first.
    leads, explained : int
        Flags that are in no total.
    hidden, compared : int
        Flags that exact name and address would not show, of those about one consignee.
    consignees, repeat_consignees : int
        Consignees flagged, and those of them that were flagged in the eight weeks before.
    spans_known : int
        Of the eight weeks, or periods, before, those that the store has data for.
    spans : dict
        Of flags and value at issue, the figures at a stricter and a looser identity threshold; what was not tried is
        left out.
    is_privileged : bool
        Whether it is marked as prepared at the request of counsel.
    is_masked : bool
        Whether parties are pseudonyms.
    tiles : list of Tile
        The strip of figures.
    span_note : str
        At which thresholds low and high were taken.
    """

    news: News
    week: Week
    kinds: list[News]
    value: Value
    strengths: dict[str, tuple[int, Value]]
    reading: str
    owing: Owing
    moved: Moved
    decisions: list[Decision]
    coverage: pl.DataFrame
    leads: int
    explained: int
    hidden: int
    compared: int
    consignees: int
    repeat_consignees: int
    spans_known: int
    spans: dict[str, tuple[Decimal, Decimal]]
    is_privileged: bool
    is_masked: bool
    tiles: list[Tile]
    span_note: str


def measure_page_one(contents: Contents) -> PageOne:
    """Take the measures of page one.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    now, before = contents.headline.now, contents.headline.before
    moved = measure_moved(contents)
    return PageOne(
        news=news_of(contents, moved),
        week=_week(now, before),
        kinds=kinds_of(contents),
        value=now.value,
        strengths=now.by_strength,
        reading=contents.tables.reading,
        owing=_owing(contents.of(OWED)),
        moved=moved,
        decisions=decisions_of(contents),
        coverage=_coverage(contents.tables),
        leads=contents.of(LEADS).flags,
        explained=len(contents.of(LEADS).explained),
        hidden=now.hidden_flags,
        compared=now.compared_flags,
        consignees=now.recipients,
        repeat_consignees=now.repeat_recipients,
        spans_known=sum(figure is not None for figure in contents.headline.kpis[0].history[-1 - MEMORY : -1]),
        spans=_spans(contents),
        is_privileged=contents.is_privileged,
        is_masked=contents.is_masked,
        tiles=tiles(contents),
        span_note=span_note(contents),
    )


def _week(now: Window, before: Window | None) -> Week:
    span = now.period
    flags_before = None if before is None else before.flags
    return Week(
        span.start, span.end, span.noun, now.shipments, now.flagged_shipments, now.flags, now.value.base, flags_before
    )


def _owing(owed: Owed) -> Owing:
    total = owed.components.get("total", Value(*[Decimal(0)] * 3))
    penalty = owed.components.get("penalty")
    parts = owed.layers.filter("is_unknown")["layer"].to_list()
    return Owing(
        flags=owed.flags,
        low=total.floor,
        base=total.base,
        high=total.ceiling,
        unknown_flags=owed.unknown.get("total", 0),
        unknown_parts=tuple(DUTIES.get(layer, layer) for layer in parts),
        penalty_low=penalty.floor if penalty else None,
        penalty_base=penalty.base if penalty else None,
        penalty_high=penalty.ceiling if penalty else None,
        culpability=owed.culpability,
    )


def _coverage(tables: Tables) -> pl.DataFrame:
    is_tested = (pl.col("tested") == "yes") & (pl.col("shipments") > 0)
    share = pl.when(is_tested).then(pl.col("rows") / pl.col("shipments"))
    return tables.status_at_issue.select("typology", "tested", share=share).sort("share", "typology", nulls_last=False)


def _spans(contents: Contents) -> dict[str, tuple[Decimal, Decimal]]:
    thresholds = contents.of(IDENTITIES).thresholds
    found = {name: ends(thresholds, name) for name in ("flags", "base_usd")}
    return {name: (Decimal(span[0]), Decimal(span[1])) for name, span in found.items() if span is not None}
