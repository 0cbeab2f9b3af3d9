"""Pages set for paper: blocks as plain data, text that the font can draw, PDF that can be read aloud.

The packet of a case and the report are set here; what they say is theirs.
"""

from __future__ import annotations

from analytics.typesetting.blocks import Block, Cell, Page
from analytics.typesetting.setting import Heading, installed, pdf, png, versions

__all__ = ["Block", "Cell", "Heading", "Page", "installed", "pdf", "png", "versions"]
