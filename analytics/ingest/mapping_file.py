"""Write a mapping file from what was understood of inputs: certain settings as they are, open ones as choices."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from textwrap import wrap

from analytics.ingest.inspecting import InputLook
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.mapping.templates import template_named
from analytics.ingest.questions import Question, in_quotes, pattern_for
from analytics.ingest.words.references import name_of

__all__ = ["mapping_text"]

_HEAD = """\
# Which heading is which column, as splitship understood it.
# Where something is unclear, take the "# " away from one of the settings below it. Then:
#     splitship screen FILE --map THIS_FILE
"""
_OF_THE_BLOCK = {"match", "columns", "origin"}


def mapping_text(looks: Sequence[InputLook]) -> str:
    """Return a mapping file, one block for each input; sheets of one file share a block.

    Parameters
    ----------
    looks : sequence of InputLook
        What was understood.
    """
    blocks: dict[str, list[InputLook]] = {}
    for look in looks:
        if look.is_left_out:
            continue
        blocks.setdefault(pattern_for(look.name), []).append(look)
    return _HEAD + "".join(f"\n[[source]]\n{_block(pattern, found)}" for pattern, found in blocks.items())


def _block(pattern: str, looks: Sequence[InputLook]) -> str:
    lines = [f"match = {in_quotes(pattern)}"]
    asked = {question.choices: question for look in looks for question in look.questions}
    about = {question.about for question in asked.values()}
    lines += _settings(looks[0].settings, [column.heading for column in looks[0].columns], about)
    for question in asked.values():
        lines += ["", *_choices(question)]
    if not any(look.problem for look in looks):
        lines += ["", *_columns(looks, about)]
    return "\n".join(lines) + "\n"


def _settings(settings: SourceSettings, headings: Sequence[str], asked: set[str]) -> Iterator[str]:
    """Give what the mapping that was used said, besides columns, what its template says and what is asked."""
    under = template_named(settings.template).settings_for(headings) if settings.template else SourceSettings()
    for item in fields(SourceSettings):
        value = getattr(settings, item.name)
        if item.name in _OF_THE_BLOCK | asked or value is None or value == getattr(under, item.name):
            continue
        if isinstance(value, Mapping):
            yield from (f"{item.name}.{_key(key)} = {_value(texts)}" for key, texts in value.items())
        else:
            yield f"{item.name} = {_value(value)}"


def _key(key: str) -> str:
    return key if key.isascii() and key.isidentifier() else in_quotes(key)


def _value(value: object) -> str:
    if isinstance(value, str):
        return in_quotes(value)
    return json.dumps(value) if isinstance(value, int) else f"[{', '.join(_value(item) for item in list(value))}]"  # type: ignore[call-overload]


def _choices(question: Question) -> list[str]:
    text = " ".join(question.text.split())
    return [*(f"# {line}" for line in wrap(f"{text}.", 110)), *(f"# {choice}" for choice in question.choices)]


def _columns(looks: Sequence[InputLook], asked: set[str]) -> Iterator[str]:
    """Give the columns on which all sheets of a file agree, and name the headings that are not used."""
    plans = [look.plan for look in looks if look.plan is not None]
    for column, use in sorted(plans[0].uses.items()) if plans else ():
        written = use.template or name_of(use.heading or 0, plans[0].headings)
        same = all(plan.uses.get(column) and plan.shown.get(column) == plans[0].shown[column] for plan in plans)
        if same and column not in asked:
            yield f"columns.{column} = {in_quotes(written)}"
    unused = [name_of(at, plan.headings) for plan in plans for at in plan.free]
    if unused:
        text = f"not used: {', '.join(in_quotes(name) for name in dict.fromkeys(unused))}"
        yield from wrap(text, 110, initial_indent="# ", subsequent_indent="#     ", break_long_words=False)
