"""The step that says of each flag what its typology has to say: its reason, what speaks against it, its attributes.

A typology says it in ``analytics/typologies/NAME/evidence.py``, out of the measures in ``int_measures__NAME``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from analytics.contracts.steps import ROWS_A_BATCH, Engine, ParameterValue, Step, write_all
from analytics.typologies.registry import evidence, names
from analytics.wording import EVIDENCE_COLUMNS

if TYPE_CHECKING:
    import polars as pl

__all__ = ["evidence_step"]


def evidence_step() -> Step:
    """Return the step that writes ``typology_evidence``."""
    return Step(
        name="typology_evidence",
        grain=("flag_id",),
        reads=tuple(f"int_measures__{name}" for name in names()),
        params=(),
        build=_build,
        description="One flag and what its typology says of it, with the codes of the sentences.",
        by=("flag_id",),
    )


def _build(engine: Engine, _: Mapping[str, ParameterValue]) -> None:
    raised = [name for name in names() if engine.count(f"int_measures__{name}")]
    write_all(engine, "typology_evidence", _gathered(_told(engine, raised)))


def _told(engine: Engine, typologies: Iterable[str]) -> Iterator[pl.DataFrame]:
    for name in typologies:
        said = evidence(name)
        for batch in engine.batches(f"int_measures__{name}", ("flag_id", *said.measures._fields), None):
            yield said.of(batch)


def _gathered(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Put frames together until they are worth writing: most typologies raise few flags."""
    import polars as pl

    held = [pl.DataFrame(schema=dict.fromkeys(EVIDENCE_COLUMNS, pl.String))]
    for frame in frames:
        if sum(map(len, held)) + len(frame) > ROWS_A_BATCH:
            yield pl.concat(held)
            held = []
        held.append(frame)
    yield pl.concat(held)
