"""Turns SQL models into steps, and puts steps in the order that their reads and writes demand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from graphlib import CycleError, TopologicalSorter

from analytics.contracts.steps import Engine, ParameterValue, SqlModel, Step
from analytics.errors import ContractError

__all__ = ["in_order", "sql_step"]

_WITHOUT_ROWS = "select * from (\n{}\n) as made limit 0"
"""A model with its columns alone."""


def sql_step(model: SqlModel) -> Step:
    """Return the step that builds one SQL model."""
    return Step(
        name=model.name,
        grain=model.grain,
        reads=model.reads,
        params=model.params,
        build=partial(_build, model),
        description=model.description,
        is_shown=model.is_shown,
        by=model.by,
        follows=model.follows,
        empty=None if model.is_shown else partial(_build, replace(model, sql=_WITHOUT_ROWS.format(model.sql))),
        typology=model.typology,
        only_with=model.only_with,
    )


def _build(model: SqlModel, engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    engine.build(model, params)


def in_order(
    steps: Iterable[Step], given: Iterable[str], after: Mapping[str, Iterable[str]] | None = None
) -> list[Step]:
    """Sort steps so that each comes after what it reads.

    Parameters
    ----------
    steps : iterable of Step
        In any order.
    given : iterable of str
        Tables that are there before the first step.
    after : mapping of str to iterable of str, optional
        Tables that have to be there before a step of that name, beside those that it reads.

    Returns
    -------
    list of Step
        The same order for the same steps, whatever order they came in.

    Raises
    ------
    ContractError
        Two steps write one table, a table that is read is written by nobody, or steps wait for each other.
    """
    makers = _makers(steps)
    known = set(given)
    waits: dict[str, set[str]] = {}
    by_name = {step.name: step for step in makers.values()}
    for name in sorted(by_name):
        step = by_name[name]
        missing = sorted(set(step.reads) - known - set(makers))
        if missing:
            raise ContractError(
                f"step {name} reads {missing[0]}, which no step writes. Correct the name, or add its step."
            )
        first = {*step.reads, *(after or {}).get(name, ())}
        waits[name] = {makers[table].name for table in first if table in makers and makers[table].name != name}
    try:
        return [by_name[name] for name in _stable(TopologicalSorter(waits))]
    except CycleError as error:
        raise ContractError(
            f"steps wait for each other: {' -> '.join(error.args[1])}. Cut one of these reads."
        ) from None


def _makers(steps: Iterable[Step]) -> dict[str, Step]:
    makers: dict[str, Step] = {}
    for step in steps:
        for table in step.writes:
            if table in makers:
                raise ContractError(
                    f"{table} is written by {makers[table].name} and by {step.name}. Rename one of them."
                )
            makers[table] = step
    return makers


def _stable(sorter: TopologicalSorter[str]) -> Iterable[str]:
    sorter.prepare()
    while sorter.is_active():
        for name in sorted(sorter.get_ready()):
            yield name
            sorter.done(name)
