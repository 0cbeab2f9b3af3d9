"""What a message that asks offers, taken out of its text as a user would copy it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

__all__ = ["answered", "offers"]

_SETTING = re.compile(r"^    (?:or )?(\w+(?:\.\S+)? = .+)$", re.MULTILINE)
_MATCH = re.compile(r"^    (match = .+)$", re.MULTILINE)


def offers(message: str) -> list[list[str]]:
    """Return the settings that a message offers, question by question; a question without one is a failure."""
    questions = re.split(r"^- ", message, flags=re.MULTILINE)[1:]
    found = [_SETTING.findall(question.partition("\nPut ")[0]) for question in questions]
    assert found, f"nothing is offered: {message}"
    assert all(found), f"a question without an answer: {message}"
    return found


def answered(message: str, choose: Callable[[Sequence[str]], str]) -> str:
    """Return the mapping that a user writes: one setting for each question, under the two lines of the message."""
    match = _MATCH.search(message)
    assert match, f"no match line: {message}"
    chosen = dict.fromkeys(choose(settings) for settings in offers(message))
    return "\n".join(["[[source]]", match[1], *chosen]) + "\n"
