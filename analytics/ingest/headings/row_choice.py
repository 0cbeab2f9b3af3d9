"""Rows as the mapping wants them: cells filled down, footers cut off, rows kept or left out, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from analytics.ingest.headings.columns.claims import known_among
from analytics.ingest.headings.text import shown_names
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.questions import Question, as_error, in_quotes
from analytics.ingest.tables import DAMAGE, RawTable
from analytics.ingest.words.references import matches, others_for

__all__ = ["chosen_rows"]


def chosen_rows(name: str, table: RawTable, settings: SourceSettings) -> RawTable:
    """Return an input with only the rows that the mapping wants.

    Parameters
    ----------
    name : str
        The input, for messages.
    table : RawTable
        As it was opened.
    settings : SourceSettings
        ``fill_down``, ``fill_within``, ``footer_rows``, ``where`` and ``where_not``.

    Returns
    -------
    RawTable
        Damaged rows are always kept: nobody knows what they hold. Its notes say how many rows were left out and why.

    Raises
    ------
    AmbiguousInput
        A heading stands there twice.
    MappingError
        A heading is not there.
    """
    if not (settings.fill_down or settings.footer_rows or settings.where or settings.where_not):
        return table
    _check(name, table.headings, settings)

    def batches() -> Iterator[pl.DataFrame]:
        rows = _without_last(table.batches(), settings.footer_rows)
        if settings.fill_down:
            rows = _filled(rows, table.headings, settings)
        yield from _kept(rows, table, settings)

    return replace(table, batches=batches)


def _check(name: str, headings: Sequence[str], settings: SourceSettings) -> None:
    named = {"where": settings.where, "where_not": settings.where_not, "fill_down": settings.fill_down or ()}
    named["fill_within"] = (settings.fill_within,) if settings.fill_within else ()
    wrong = {
        key: found
        for key, listed in named.items()
        if (found := [heading for heading in listed if len(matches(heading, headings)) != 1])
    }
    if wrong:
        raise as_error(name, [_question(key, found, headings, settings) for key, found in wrong.items()])


def _question(key: str, wrong: Sequence[str], headings: Sequence[str], settings: SourceSettings) -> Question:
    """Ask which headings are meant; each choice is the whole setting with others in the place of the wrong ones."""
    counts = {heading: len(matches(heading, headings)) for heading in wrong}
    said = [
        f"{heading!r}, and " + (f"{count} headings are {heading!r}" if count else "there is no such heading")
        for heading, count in counts.items()
    ]
    names = shown_names(headings, known_among(headings))
    meant = {heading: others_for(heading, headings, names) for heading in wrong}
    choices = tuple(
        _written(key, settings, {heading: others[min(number, len(others) - 1)] for heading, others in meant.items()})
        for number in range(max(map(len, meant.values())))
    )
    return Question(key, f"{settings.origin}: {key} names {', and '.join(said)}", choices, any(counts.values()))


def _written(key: str, settings: SourceSettings, instead: Mapping[str, str]) -> str:
    """Write a setting with some headings replaced."""
    value = getattr(settings, key)
    if isinstance(value, str):
        return f"{key} = {in_quotes(instead.get(value, value))}"
    names = [in_quotes(instead.get(heading, heading)) for heading in value]
    if not isinstance(value, Mapping):
        return f"{key} = [{', '.join(names)}]"
    texts = [f"[{', '.join(map(in_quotes, listed))}]" for listed in value.values()]
    return f"{key} = {{ {', '.join(f'{name} = {text}' for name, text in zip(names, texts, strict=True))} }}"


def _place(heading: str, headings: Sequence[str]) -> str:
    return f"c{matches(heading, headings)[0].at}"


def _without_last(batches: Iterator[pl.DataFrame], count: int) -> Iterator[pl.DataFrame]:
    """Hold the last rows back until it is known that others follow."""
    held: pl.DataFrame | None = None
    for found in batches:
        rows = found if held is None else pl.concat([held, found])
        keep = max(rows.height - count, 0)
        held = rows[keep:]
        yield rows[:keep]


def _filled(
    batches: Iterator[pl.DataFrame], headings: Sequence[str], settings: SourceSettings
) -> Iterator[pl.DataFrame]:
    """Give empty cells the value above them; with ``fill_within`` only as long as that heading's value stays."""
    names = [_place(heading, headings) for heading in settings.fill_down or ()]
    within = _place(settings.fill_within, headings) if settings.fill_within else None
    above: pl.DataFrame | None = None
    for found in batches:
        rows = found if above is None else pl.concat([above, found])
        rows = rows.with_columns(_filled_cell(name, within) for name in names)
        above, rows = rows.tail(1), rows if above is None else rows[1:]
        yield rows


def _filled_cell(name: str, within: str | None) -> pl.Expr:
    cell = pl.col(name)
    held = pl.when(cell.str.strip_chars() != "").then(cell)
    filled = held.forward_fill()
    if within:
        key = pl.col(within).fill_null("").str.strip_chars()
        run = (key != key.shift()).fill_null(value=True).cum_sum()
        filled = held.forward_fill().over(run)
    return pl.when(pl.col(DAMAGE).is_null()).then(filled).otherwise(cell).alias(name)


def _kept(batches: Iterator[pl.DataFrame], table: RawTable, settings: SourceSettings) -> Iterator[pl.DataFrame]:
    """Leave out rows by ``where`` and ``where_not``, and say how many."""
    tests = [
        ("where", heading, ~_is_one_of(heading, texts, table.headings)) for heading, texts in settings.where.items()
    ]
    tests += [
        ("where_not", heading, _is_one_of(heading, texts, table.headings))
        for heading, texts in settings.where_not.items()
    ]
    counts = [0] * len(tests)
    for found in batches:
        rows = found
        for at, (_, _, goes) in enumerate(tests):
            left = rows.filter(~(goes & pl.col(DAMAGE).is_null()))
            counts[at] += rows.height - left.height
            rows = left
        yield rows
    if settings.footer_rows:
        table.notes.append(f"the last {_rows(settings.footer_rows)} left out (footer_rows of the mapping)")
    for (key, heading, _), count in zip(tests, counts, strict=True):
        if not count:
            continue
        table.notes.append(f"{_rows(count)} left out by {key} on {heading!r} (mapping)")


def _is_one_of(heading: str, texts: Sequence[str], headings: Sequence[str]) -> pl.Expr:
    """Tell whether a cell is one of some texts, whatever its case; ``*`` stands for anything, "" for an empty cell."""
    cell = pl.col(_place(heading, headings)).fill_null("").str.strip_chars().str.to_lowercase()
    plain = [text.strip().lower() for text in texts if "*" not in text]
    patterns = [_pattern(text.strip().lower()) for text in texts if "*" in text]
    return pl.any_horizontal(cell.is_in(plain), *(cell.str.contains(pattern) for pattern in patterns))


def _pattern(text: str) -> str:
    return "(?s)^" + ".*".join(re.escape(piece) for piece in text.split("*")) + "$"


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"
