"""Sections on paper: heading, sentences, charts that are never cut, tables with their notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from analytics.reports.paper.drawings import Drawings
from analytics.reports.section import Contents, Section, Table
from analytics.reports.sections import in_order
from analytics.reports.svg import HALF, PAPER_WIDTH
from analytics.typesetting.blocks import Block, columns, heading, lead, paragraph, signatures, small, table
from analytics.typesetting.widths import column_widths

__all__ = ["blocks_of", "section_blocks", "table_blocks"]

_WHOLE = 7
"""A table of no more rows is not torn apart between two sheets; a longer one would leave a hole."""


def section_blocks(contents: Contents, drawings: Drawings) -> list[Block]:
    """Lay out every section that the summary does not hold; two halves beside each other.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    drawings : Drawings
        Where its drawings are kept.
    """
    blocks: list[Block] = []
    for group in _groups():
        width = PAPER_WIDTH if len(group) == 1 else HALF
        laid = [blocks_of(number, section, contents, drawings, width) for number, section in group]
        blocks += laid[0] if len(group) == 1 else [columns(laid, (1, 1))]
    return blocks


def _groups() -> list[list[tuple[int, Section[Any]]]]:
    """Return the sections one by one, two halves that follow each other together."""
    groups: list[list[tuple[int, Section[Any]]]] = []
    for number, section in enumerate(in_order()):
        if number == 0 or section.is_summary:
            continue
        before = groups[-1] if groups else []
        if section.is_half and len(before) == 1 and before[0][1].is_half:
            before.append((number, section))
        else:
            groups.append([(number, section)])
    return groups


def blocks_of(
    number: int,
    section: Section[Any],
    contents: Contents,
    drawings: Drawings,
    width: float = PAPER_WIDTH,
    *,
    is_large: bool = False,
) -> list[Block]:
    """Lay out one section from what it says, its charts and its tables.

    Parameters
    ----------
    number : int
        That readers see.
    section : Section
        What is laid out.
    contents : Contents
        What the report is made from.
    drawings : Drawings
        Where its drawings are kept.
    width : float
        Of its charts.
    is_large : bool
        Its charts are as high as on a screen.
    """
    it = contents.of(section)
    charts, tables = section.charts(it), section.tables(it)
    captions = {chart.text for chart in charts}
    said = [sentence for sentence in section.says(it) if sentence not in captions]
    blocks = [heading(f"{number}  {section.title}"), lead(section.lead)]
    blocks += [drawings.chart(chart, width, is_large=is_large) for chart in charts]
    blocks += [paragraph(sentence) for sentence in said]
    blocks += table_blocks(tables)
    return blocks if charts or tables or said else [*blocks, paragraph(section.empty(it))]


def _row(row: Sequence[str | None]) -> list[str]:
    """Return the cells of a row; one that is to be filled in by hand is as high as handwriting."""
    first, *others = (cell or "" for cell in row)
    return [f"{first}\n ", *others] if len(others) > 1 and not any(others) else [first, *others]


def table_blocks(tables: Iterable[Table]) -> list[Block]:
    """Return tables with their titles and notes.

    Parameters
    ----------
    tables : iterable of Table
        Of a section.
    """
    blocks: list[Block] = []
    for each in tables:
        rows = [_row(row) for row in each.rows]
        if each.title:
            blocks.append(heading(each.title, 2))
        if each.is_signed:
            blocks += [signatures([str(row[0]), *each.headings[2:]]) for row in each.rows]
            continue
        widths = column_widths(each.headings, rows, each.numbers)
        block = table(each.headings, rows, widths=widths, numbers=sorted(each.numbers))
        blocks.append({**block, "is_short": block["is_short"] and len(rows) <= _WHOLE})
        if each.note:
            blocks.append(small(each.note))
    return blocks
