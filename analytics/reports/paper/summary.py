"""The two sheets after page one: the trend, and what matters next."""

from __future__ import annotations

from analytics.reports.paper.drawings import Drawings
from analytics.reports.paper.rest import blocks_of, table_blocks
from analytics.reports.section import Contents
from analytics.reports.sections import in_order
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.typesetting.blocks import Block, heading, lead, paragraph, sheet
from analytics.wording.paper import MOVED_TITLE, NEXT_LEAD, NEXT_TITLE, NOTHING_NEXT

__all__ = ["summary_sheets"]


def summary_sheets(contents: Contents, drawings: Drawings) -> list[Block]:
    """Lay out the sections of the summary on a sheet, and what matters next on another.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    drawings : Drawings
        Where its drawings are kept.
    """
    trend = [
        block
        for number, section in enumerate(in_order())
        if section.is_summary
        for block in blocks_of(number, section, contents, drawings, is_large=True)
    ]
    moved = [drawings.chart(chart, is_large=True) for chart in PAGE_ONE.charts(contents.of(PAGE_ONE))]
    steps = [heading(MOVED_TITLE), *moved] if moved else []
    return [sheet([*trend, *steps]), sheet([heading(NEXT_TITLE), lead(NEXT_LEAD), *_next(contents)])]


def _next(contents: Contents) -> list[Block]:
    briefs = [table for section in in_order() for table in section.brief(contents.of(section))]
    return table_blocks(briefs) or [paragraph(NOTHING_NEXT)]
