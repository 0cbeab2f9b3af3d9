"""Page one on one sheet: what happened, what may be owed, why it moved, what to decide by when."""

from __future__ import annotations

from analytics.reports.law import daily_rules, further_limits, informal_limits, limits_in_force
from analytics.reports.paper.drawings import Drawings
from analytics.reports.section import Contents
from analytics.reports.sections.method import SECTION as METHOD
from analytics.reports.sections.owed import SECTION as OWED
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.reports.sections.page_one.chart import HEADINGS, step_rows
from analytics.reports.sections.page_one.measures import PageOne
from analytics.reports.sections.page_one.words import bottom_line, certainty, coverage_sentence, moved_lines, privilege
from analytics.reports.wording import DASH, day, days, listed
from analytics.typesetting.blocks import (
    Block,
    Tile,
    bullets,
    caution,
    columns,
    facts,
    heading,
    lead,
    numbered,
    panel,
    paragraph,
    sheet,
    statement,
    table,
    tiles,
    title,
)
from analytics.wording.decisions import by_words, decision_words
from analytics.wording.paper import CAUTION, KICKER, NOTHING_TO_DECIDE

__all__ = ["first_sheet"]

_SHARES, _EVEN_SHARES = (1.75, 1.0), (1.25, 1.0)
_FEW = 4
_STEP_SHARES = (4, 1, 1.4)


def first_sheet(contents: Contents, drawings: Drawings) -> Block:
    """Lay out page one.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    drawings : Drawings
        Where its drawings are kept.
    """
    page = contents.of(PAGE_ONE)
    first, *others = bottom_line(page)
    shares = _SHARES if len(page.decisions) <= _FEW else _EVEN_SHARES
    return sheet(
        [
            *_masthead(contents, page),
            heading(PAGE_ONE.title),
            columns([[statement(first), *map(paragraph, others), *_moved(page)], [_decisions(page)]], shares),
            tiles(_tiles(page, drawings)),
            heading("How far to trust the figures", 2),
            bullets([*certainty(page), coverage_sentence(page)]),
        ]
    )


def _masthead(contents: Contents, page: PageOne) -> list[Block]:
    rules, data_days = contents.of(METHOD).rules, contents.data_days
    limits = [*limits_in_force(daily_rules(rules)), *further_limits(rules), *informal_limits(rules)]
    span = days(contents.period.start, contents.period.end)
    screened = contents.of(OWED).today
    shown = [
        ("Data", days(*data_days) if data_days else "none"),
        ("Screened", day(screened) if screened else DASH),
        ("Regime", listed(regime.upper() for regime in contents.of(METHOD).regimes)),
        ("Limits in force", "; ".join(limits) or "none on record"),
    ]
    return [
        title(KICKER),
        lead(f"{span[0].upper()}{span[1:]}"),
        columns([[caution(CAUTION)], [caution(privilege(page), is_loud=page.is_privileged)]], _SHARES),
        facts(shown),
    ]


def _decisions(page: PageOne) -> Block:
    items = [(decision_words(each), f"{each.who}, {by_words(each)}") for each in page.decisions]
    nothing = paragraph(NOTHING_TO_DECIDE.format(noun=page.week.noun))
    return panel([heading("For decision", 2), numbered(items) if items else nothing])


def _moved(page: PageOne) -> list[Block]:
    lines = moved_lines(page)
    if not lines:
        return []
    told: list[Block] = [heading("What changed and why", 2), *(paragraph(line) for line in lines)]
    rows = step_rows(page)
    has_steps = rows and (page.week.flags or page.week.flags_before)
    return [*told, table(HEADINGS, rows, widths=_STEP_SHARES, numbers=(1, 2))] if has_steps else told


def _tiles(page: PageOne, drawings: Drawings) -> list[Tile]:
    return [
        Tile(
            tile.label,
            tile.figure,
            [note for note in (tile.between, f"{tile.before} before, {tile.usual} usual") if note],
            drawings.spark(str(number), tile.spark),
        )
        for number, tile in enumerate(page.tiles)
    ]
