"""What a reader finds in PDF, office and other files, as text."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from pypdf import PdfReader

_TAG = re.compile(r"<[^>]+>")
_UNSEEN = str.maketrans("", "", "\u200b\u00ad")


def text_of_pdf(content: bytes) -> str:
    """The text of every page, without the marks at which a word may break."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).translate(_UNSEEN)


def text_of_office(content: bytes) -> str:
    """The text of every part of a DOCX or XLSX."""
    with ZipFile(BytesIO(content)) as archive:
        return "\n".join(_TAG.sub(" ", archive.read(name).decode("utf-8", "replace")) for name in archive.namelist())


def text_of(name: str, content: bytes) -> str:
    """The text of any file of a packet."""
    if name.endswith(".pdf"):
        return text_of_pdf(content)
    return text_of_office(content) if name.endswith((".docx", ".xlsx")) else content.decode("utf-8", "replace")


def joined(text: str) -> str:
    """Text without what a line break in a cell puts between its letters."""
    return re.sub(r"\s+", "", text)
