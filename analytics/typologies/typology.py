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
    noun : tuple of str
        What its flags are called where they are counted, one and many.
    color : str, optional
        Its color in charts; without one it takes its turn among the neutral ones.
    """

    title: str
    question: str = "Should this have been flagged?"
    for_counsel: str = "Was what was declared for these packages true and complete?"
    noun: tuple[str, str] = ("", "")
    color: str | None = None

    def __post_init__(self) -> None:
        """Count them as flags of their title where they have no noun."""
        if not self.noun[0]:
            one = f"flag of the typology {self.title.lower()}"
            object.__setattr__(self, "noun", (one, one.replace("flag", "flags", 1)))
