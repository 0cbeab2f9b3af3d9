"""Screens with identities given: what the way from a file to flags costs when who is who is known already.

A first screening keeps what entity resolution and its keys wrote (`kept_in`); a second one shows that in place of
resolving (`given_from`). It is no way to screen: identities belong to the parties that they were made of.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pyarrow.parquet import ParquetWriter

from analytics import screening
from analytics.contracts.steps import Engine, ParameterValue, Step
from benchmarks.national_week.metering import bytes_written

__all__ = ["Kept", "given_from", "kept_in"]

RESOLUTION = ("party_keys", "identity_members")
_Made = Callable[[Step, Engine, Mapping[str, ParameterValue]], None]


@dataclass
class Kept:
    """What keeping the tables took, which is no part of a screening: wall and CPU seconds, and bytes."""

    seconds: float = 0
    cpu: float = 0
    written: int = 0


@contextmanager
def kept_in(folder: Path) -> Iterator[Kept]:
    """Have screenings copy what entity resolution wrote into a folder, for a while."""
    kept = Kept()
    folder.mkdir(parents=True, exist_ok=True)

    def made(step: Step, engine: Engine, params: Mapping[str, ParameterValue]) -> None:
        step.build(engine, params)
        wall, cpu, written = time.perf_counter(), time.process_time(), bytes_written()
        for table in step.writes:
            _copy(engine, table, folder / f"{table}.parquet")
        kept.written += bytes_written() - written
        kept.seconds += time.perf_counter() - wall
        kept.cpu += time.process_time() - cpu

    with _resolution(made):
        yield kept


@contextmanager
def given_from(folder: Path) -> Iterator[Kept]:
    """Have screenings take who is who from a folder, for a while."""

    def made(step: Step, engine: Engine, _: Mapping[str, ParameterValue]) -> None:
        for table in step.writes:
            engine.scan(table, [folder / f"{table}.parquet"])

    with _resolution(made):
        yield Kept()


@contextmanager
def _resolution(made: _Made) -> Iterator[None]:
    """Have another function make the tables of entity resolution."""
    before = screening.registered_steps

    def steps() -> list[Step]:
        return [replace(step, build=partial(made, step)) if step.name in RESOLUTION else step for step in before()]

    screening.registered_steps = steps
    try:
        yield
    finally:
        screening.registered_steps = before


def _copy(engine: Engine, table: str, file: Path) -> None:
    """Copy a table batch by batch: the engine holds little memory while entity resolution works."""
    writer = None
    for frame in engine.batches(table, None, None):
        rows = frame.to_arrow()
        writer = writer or ParquetWriter(file, rows.schema, compression="lz4")
        writer.write_table(rows)
    if writer is not None:
        writer.close()
