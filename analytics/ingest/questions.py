"""What an input leaves open. All questions of one input are asked at once, each with settings that answer it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from glob import escape
from pathlib import PurePath

from analytics.errors import AmbiguousInput, InputError, MappingError

__all__ = ["Asked", "Question", "as_error", "in_quotes", "pattern_for", "setting"]

_MOST_CHOICES = 4


@dataclass(frozen=True)
class Question:
    """One thing that an input leaves open.

    Attributes
    ----------
    about : str
        The canonical column, or a word for the input as a whole such as ``decimal``.
    text : str
        What is unclear and why, as a sentence without its full stop; no value of a consignee.
    choices : tuple of str
        Settings of a mapping that answer it, each one line of a ``[[source]]`` block, the likeliest first.
    is_ambiguous : bool
        Two readings are possible; False where nothing was found at all.
    candidates : tuple of (int or None)
        Beside each choice the position of the heading that it takes, where any heading was offered whatever it holds.
    """

    about: str
    text: str
    choices: tuple[str, ...]
    is_ambiguous: bool = True
    candidates: tuple[int | None, ...] = ()


def in_quotes(text: str) -> str:
    """Return a text as a TOML string."""
    for mark, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(mark, written)
    return '"' + "".join(letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in text) + '"'


def setting(table: str, column: str, value: str) -> str:
    """Return one line of a ``[[source]]`` block, such as ``columns.declared_value = "Total"``."""
    return f"{table}.{column} = {in_quotes(value)}"


def pattern_for(name: str) -> str:
    """Return the pattern that fits one input alone: its file without its sheet, or its table.

    Parameters
    ----------
    name : str
        The input as it is shown.
    """
    _, is_table, table = name.partition("?table=")
    return escape(table if is_table else PurePath(name.partition("#")[0]).name)


def as_error(name: str, questions: Sequence[Question]) -> InputError:
    """Return one error that asks everything an input leaves open.

    Parameters
    ----------
    name : str
        The input.
    questions : sequence of Question
        At least one.

    Returns
    -------
    InputError
        An `AmbiguousInput` where something has two readings, else a `MappingError`.
    """
    kind = AmbiguousInput if any(question.is_ambiguous for question in questions) else MappingError
    count = f"{len(questions)} things are unclear" if len(questions) > 1 else "one thing is unclear"
    lines = [line for question in questions for line in _asked(question)]
    return kind(
        f"{name}: {count}:\n"
        + "\n".join(lines)
        + "\nPut one setting for each into a mapping file (--map), under these two lines:\n"
        f"    [[source]]\n    match = {in_quotes(pattern_for(name))}\n"
        f"Or let splitship write that file: splitship inspect {shlex.quote(name)} --write map.toml",
        tuple(questions),
    )


@dataclass
class Asked:
    """Questions that are collected, to be asked together.

    Attributes
    ----------
    name : str
        The input.
    questions : list of Question
        Asked so far.
    """

    name: str
    questions: list[Question] = field(default_factory=list)

    @contextmanager
    def later(self) -> Iterator[None]:
        """Keep what an error asks for later; an error that asks nothing passes."""
        try:
            yield
        except InputError as error:
            found = [item for item in error.questions if isinstance(item, Question)]
            if not found:
                raise
            self.questions += found

    def once(self) -> list[Question]:
        """Return what is asked; of questions with the same answers the first."""
        return list({question.choices: question for question in reversed(self.questions)}.values())[::-1]

    def now(self) -> None:
        """Ask, if there is anything to ask.

        Raises
        ------
        InputError
            With all questions.
        """
        if self.questions:
            raise as_error(self.name, self.once())


def _asked(question: Question) -> list[str]:
    shown = question.choices[:_MOST_CHOICES]
    more = len(question.choices) - len(shown)
    return [
        f"- {question.text}.",
        *(f"    {'or ' if at else ''}{choice}" for at, choice in enumerate(shown)),
        *([f"    or one of {more} others"] if more else []),
    ]
