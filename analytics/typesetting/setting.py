"""Pages made into PDF: tagged, on paper of any size, the same bytes wherever the same packages are installed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from analytics.errors import ContractError, UsageError, shown_cause
from analytics.typesetting.blocks import Page
from analytics.typesetting.glyphs import Drawn

__all__ = ["FOLDER_OF_FONTS", "Heading", "given_fonts", "installed", "pdf", "png", "versions"]

_TEMPLATE = "page.typ"
_STANDARD = "ua-1"
_FONTS = (("fontpkg_noto_sans", "NotoSans"), ("fontpkg_noto_sans_arabic", "NotoSansArabic"))
"""Modules that bring a font, and how the name of its file begins."""
_PACKAGES = ("typst", *(module for module, _ in _FONTS))
FOLDER_OF_FONTS = "SPLITSHIP_FONTS"
_REMEDY = "PDF needs more packages. Run: pip install 'splitship[pdf]'"

Heading = dict[str, str]
"""What stands above and below every page: ``head``, ``edition``, ``foot``."""


def installed(also: Sequence[str] = ()) -> None:
    """Raise `UsageError` where a package that sets pages is missing.

    Parameters
    ----------
    also : sequence of str
        Further modules that are needed.
    """
    try:
        for name in (*_PACKAGES, *also):
            import_module(name)
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed. {_REMEDY}") from error


def versions() -> dict[str, str]:
    """Return the versions of what decides the bytes of a packet."""
    from importlib.metadata import version

    names = ("fontpkg-noto-sans", "fontpkg-noto-sans-arabic", "python-docx", "typst", "xlsxwriter")
    fonts = {f"font {file.name}": hashlib.sha256(file.read_bytes()).hexdigest() for file in given_fonts()}
    return {**{name: version(name) for name in names}, **fonts}


def pdf(page: Page, running: Heading) -> bytes:
    """Return a page as PDF/UA-1.

    Parameters
    ----------
    page : Page
        What it holds.
    running : Heading
        What stands above and below.
    """
    return _compiled(page, running, pdf_standards=[_STANDARD], timestamp=0)[0]


def png(page: Page, running: Heading, pixels_per_inch: int = 80) -> list[bytes]:
    """Return the sheets of a page as images, to look at."""
    return _compiled(page, running, format="png", ppi=pixels_per_inch)


def _compiled(page: Page, running: Heading, **asked: Any) -> list[bytes]:
    import typst

    fonts = _fonts()
    folders = list(dict.fromkeys(str(font.parent) for font in fonts))  # single files are not read
    drawn = Drawn(fonts)
    data = drawn.value(
        {
            "title": page.title,
            "blocks": page.blocks,
            "running": running,
            "is_wide": page.is_wide,
            "is_titled": page.is_titled,
            "paper": page.paper,
        }
    )
    sources = {
        "main.typ": (files("analytics.typesetting") / _TEMPLATE).read_bytes(),
        "page.json": json.dumps(data, ensure_ascii=False).encode(),
        **{name: drawn.text(svg).encode() for name, svg in page.figures.items()},
    }
    try:
        made = typst.compile(sources, font_paths=folders, ignore_system_fonts=True, **asked)
    except typst.TypstError as error:
        raise ContractError(f"the page {page.title!r} cannot be set. This is a fault of splitship; report it.") from (
            shown_cause(error)
        )
    return made if isinstance(made, list) else [made]


def _fonts() -> list[Path]:
    """Return the fonts of the packages, then those that the user gives for further scripts."""
    return [_packaged(module, stem) for module, stem in _FONTS] + given_fonts()


@cache
def _packaged(module: str, stem: str) -> Path:
    folder = Path(import_module(module).ROOT) / "files"
    return next(file for file in sorted(folder.glob(f"{stem}[[]*.ttf")))


def given_fonts() -> list[Path]:
    """Return the font files of the folder that ``SPLITSHIP_FONTS`` names, by name; none where it is not set.

    Raises
    ------
    UsageError
        The folder is not there, or holds no font.
    """
    if not (named := os.environ.get(FOLDER_OF_FONTS)):
        return []
    found = sorted(file for file in Path(named).glob("*") if file.suffix.lower() in {".ttf", ".otf", ".ttc"})
    if not found:
        raise UsageError(
            f"{FOLDER_OF_FONTS}: {named} holds no font (.ttf, .otf, .ttc). Put one there, or unset {FOLDER_OF_FONTS}."
        )
    return found
