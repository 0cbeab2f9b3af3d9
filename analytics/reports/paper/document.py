"""The report as one PDF: paper by regime, what stands above and below each sheet, summary, sections."""

from __future__ import annotations

from analytics.reports.law import is_on_letter_paper
from analytics.reports.paper.drawings import Drawings
from analytics.reports.paper.first import first_sheet
from analytics.reports.paper.rest import section_blocks
from analytics.reports.paper.summary import summary_sheets
from analytics.reports.section import Contents
from analytics.reports.sections.method import SECTION as METHOD
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.reports.sections.page_one.words import privilege
from analytics.typesetting.blocks import Page, small
from analytics.typesetting.setting import Heading, pdf, png
from analytics.wording.paper import FOOT, KEEP, KEEP_MASKED

__all__ = ["report_pdf", "report_sheets"]

_LETTER, _A4 = "us-letter", "a4"


def report_pdf(contents: Contents) -> bytes:
    """Return the report as a tagged PDF: page one alone, the summary on three sheets, then every section.

    Parameters
    ----------
    contents : Contents
        What it is made from.

    Returns
    -------
    bytes
        The same for the same contents.
    """
    return pdf(_page(contents), _running(contents))


def report_sheets(contents: Contents, pixels_per_inch: int = 80) -> list[bytes]:
    """Return the sheets of the report as images, to look at.

    Parameters
    ----------
    contents : Contents
        What it is made from.
    pixels_per_inch : int, default=80
        How fine they are.
    """
    return png(_page(contents), _running(contents), pixels_per_inch)


def _page(contents: Contents) -> Page:
    drawings = Drawings()
    blocks = [
        first_sheet(contents, drawings),
        *summary_sheets(contents, drawings),
        *section_blocks(contents, drawings),
        small(KEEP_MASKED if contents.is_masked else KEEP),
    ]
    return Page(
        f"Risk report, {contents.period.title[0].lower()}{contents.period.title[1:]}",
        blocks,
        figures=drawings.files,
        paper=_LETTER if is_on_letter_paper(contents.of(METHOD).regimes) else _A4,
        is_titled=False,
    )


def _running(contents: Contents) -> Heading:
    runs = contents.tables.runs
    run_id = runs["run_id"][-1] if runs.height else ""
    return {
        "head": f"Risk report {contents.period.label}",
        "edition": privilege(contents.of(PAGE_ONE)),
        "foot": f"{FOOT} Run {run_id}" if run_id else FOOT,
    }
