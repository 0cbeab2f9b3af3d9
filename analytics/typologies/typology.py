"""How a typology is called and drawn where people read of it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Typology"]


@dataclass(frozen=True)
class Typology:
    """What a reader is shown of a typology; its legal basis and needs are its row of ``ref_typologies``.

    Attributes
    ----------
    title : str
        What it is called.
    question : str
        What a reviewer is asked about a case of it, with yes or no.
    for_counsel : str
        What counsel is asked about its flags before a disclosure: a question that asserts nothing.
    color : str, optional
        Its color in charts; without one it takes its turn among the neutral ones.
    """

    title: str
    question: str = "Should this have been flagged?"
    for_counsel: str = "Was what was declared for these packages true and complete?"
    color: str | None = None
