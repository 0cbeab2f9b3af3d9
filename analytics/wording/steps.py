"""The steps that put sentences beside what was measured, one table of texts each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeVar

import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step, Worked, write_all
from analytics.wording.cuts import Cut, SingleCut, cut_statement, single_cut_reason
from analytics.wording.evidence import rows_of
from analytics.wording.flags import Flag, flag_text
from analytics.wording.innocent import Innocent, innocent_reason
from analytics.wording.status import Status, status_text

__all__ = ["text_step", "wording_steps"]

Measures = TypeVar("Measures", bound=NamedTuple)


def wording_steps() -> list[Step]:
    """Return the steps that word what is common to all flags and typologies."""
    return [
        text_step(
            ("suppression_texts", "int_flags__explained_benignly", ("flag_id", "benign")),
            ("reason",),
            Innocent,
            lambda shown: (innocent_reason(shown),),
            "One flag and an innocent explanation that its shipments show, in a sentence.",
        ),
        text_step(
            ("single_cut_texts", "int_flags__depending_on_one_record", ("flag_id", "cut")),
            ("reason",),
            SingleCut,
            lambda cut: (single_cut_reason(cut),),
            "One flag and the smallest single thing of a kind without which it falls, in a sentence.",
        ),
        text_step(
            ("smallest_cut_texts", "int_flags__cut_short", ("flag_id",)),
            ("statement",),
            Cut,
            lambda cut: (cut_statement(cut),),
            "One flag and the fewest shipments without which it would not stand, in a sentence.",
        ),
        text_step(
            ("flag_texts", "int_flags__scored", ("flag_id",)),
            ("reason", "counter_reasons", "attributes", "codes"),
            Flag,
            flag_text,
            "One flag in words: why it was raised, what speaks against it, and the codes of both.",
        ),
        text_step(
            ("status_texts", "int_typologies__tested", ("typology",)),
            ("tested", "note"),
            Status,
            status_text,
            "One typology in words: whether it was tested, and on what of it not.",
        ),
    ]


def text_step(
    tables: tuple[str, str, tuple[str, ...]],
    texts: tuple[str, ...],
    measures: type[Measures],
    word: Callable[[Measures], tuple[str | None, ...]],
    description: str,
) -> Step:
    """Return a step that writes texts beside the key of each row of a table.

    Parameters
    ----------
    tables : tuple of str, str and tuple of str
        Table of texts, table of measures, and the key that both have; by its first column the rows may be divided.
    texts : tuple of str
        Columns of the texts.
    measures : type
        Columns that are read of the measures.
    word : callable
        Makes the texts of one row.
    description : str
        What one row of the texts means.
    """
    name, source, key = tables
    columns = (*dict.fromkeys((*key, *measures._fields)),)
    work = partial(_worded, key, texts, measures, word)
    return Step(
        name=name,
        grain=key,
        reads=(source,),
        params=(),
        build=partial(_build, name, source, columns, work),
        description=description,
        by=key[:1],
    )


def _build(
    name: str, source: str, columns: tuple[str, ...], work: Worked, engine: Engine, _: Mapping[str, ParameterValue]
) -> None:
    write_all(engine, name, engine.batches(source, columns, None, work))


def _worded(
    key: tuple[str, ...],
    texts: tuple[str, ...],
    measures: type[Any],
    word: Callable[[Any], tuple[str | None, ...]],
    frame: pl.DataFrame,
) -> pl.DataFrame:
    rows = [word(row) for row in rows_of(measures, frame)]
    told = pl.DataFrame(rows, schema=dict.fromkeys(texts, pl.String), orient="row")
    return pl.concat([frame.select(key), told], how="horizontal")
