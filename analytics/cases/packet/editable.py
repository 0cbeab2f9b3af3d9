"""The narrative as an editable DOCX: the same blocks as the PDF, and the same bytes for the same case."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from analytics.cases.packet.archive import rezipped
from analytics.reports.wording import clean
from analytics.typesetting.blocks import Page

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["docx"]

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)
_FACE = "Calibri"


def docx(page: Page, running: dict[str, str]) -> bytes:
    """Return a page as DOCX; figures are left out and named.

    Parameters
    ----------
    page : Page
        What it holds.
    running : dict
        What stands above and below: ``head``, ``edition``, ``foot``.
    """
    from docx import Document
    from docx.shared import Inches, Pt

    document = Document()
    document.styles["Normal"].font.name = _FACE
    document.styles["Normal"].font.size = Pt(10)
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.header.paragraphs[0].text = clean(f"{running['head']} · {running['edition']}")
    section.footer.paragraphs[0].text = clean(running["foot"])
    _describe(document, page.title)
    document.add_heading(clean(page.title), level=0)
    for block in page.blocks:
        _WRITERS[block["kind"]](document, block)
    buffer = BytesIO()
    document.save(buffer)
    return rezipped(buffer.getvalue())


def _describe(document: Document, title: str) -> None:
    about = document.core_properties
    about.title, about.author, about.language, about.comments = title, "splitship", "en-US", ""
    about.created = about.modified = about.last_printed = _STAMP
    about.revision, about.last_modified_by = 1, "splitship"


def _heading(document: Document, block: dict[str, Any]) -> None:
    document.add_heading(clean(block["text"]), level=block["level"])


def _paragraph(document: Document, block: dict[str, Any]) -> None:
    document.add_paragraph(clean(block["text"]))


def _notice(document: Document, block: dict[str, Any]) -> None:
    document.add_paragraph(clean(block["text"]), style="Intense Quote")


def _bullets(document: Document, block: dict[str, Any]) -> None:
    for item in block["items"]:
        document.add_paragraph(clean(item), style="List Bullet")


def _facts(document: Document, block: dict[str, Any]) -> None:
    _fill(document, [[_plain(label), _plain(value)] for label, value in block["rows"]])


def _table(document: Document, block: dict[str, Any]) -> None:
    _fill(document, [[_plain(name) for name in block["head"]], *block["rows"]], has_head=True)


def _plain(text: str) -> list[list[Any]]:
    return [[text, False]]


def _fill(document: Document, rows: list[list[list[list[Any]]]], *, has_head: bool = False) -> None:
    table = document.add_table(
        rows=len(rows), cols=len(rows[0]), style="Light Grid Accent 1" if has_head else "Table Grid"
    )
    for line, cells in zip(table.rows, rows, strict=True):
        for cell, runs in zip(line.cells, cells, strict=True):
            written = cell.paragraphs[0]
            for text, is_marked in runs:
                written.add_run(f"{clean(text)} " if is_marked or len(runs) > 1 else clean(text)).bold = (
                    is_marked or None
                )


def _figure(document: Document, block: dict[str, Any]) -> None:
    document.add_paragraph(clean(f"Figure in 02_narrative.pdf: {block['alt']}"))


def _signatures(document: Document, block: dict[str, Any]) -> None:
    for name in block["names"]:
        document.add_paragraph(f"{name}: ______________________________")


_WRITERS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "notice": _notice,
    "bullets": _bullets,
    "facts": _facts,
    "table": _table,
    "figure": _figure,
    "signatures": _signatures,
}
