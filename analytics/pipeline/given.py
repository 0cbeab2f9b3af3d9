"""The tables that are there before the first step: what landed, what is remembered, what people said, the law."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.identities import (
    FrozenStates,
    IdentityChanges,
    IdentityLinks,
    KnownRecords,
    PreviousMembers,
    ScoredPairs,
)
from analytics.contracts.runs import ScreenedInputs
from analytics.contracts.shipments import LandedLines, RejectedRows, UnreadCells
from analytics.contracts.steps import Engine
from analytics.ingest import Intake
from analytics.pipeline.last_run import hand_in_last_run
from analytics.pipeline.options import Options
from analytics.rulebook import References
from analytics.store import Transaction, judged, log_table, refit_log

__all__ = ["Given", "plain_parameters"]

_REMEMBERED = {
    "previous_members": PreviousMembers,
    "identity_changes": IdentityChanges,
    "frozen_state": FrozenStates,
    "known_records": KnownRecords,
    "scored_pairs": ScoredPairs,
}


@dataclass(frozen=True)
class Given:
    """What a run hands its engine before the first step.

    Attributes
    ----------
    options : Options
        The call.
    transaction : Transaction
        The store.
    references : References
        The law, for the regime of the call.
    run_id : str
        The run that works.
    refit : pl.DataFrame
        The refit in force; without rows where there is none.
    versions : tuple of str
        Of the identity model and of the program.
    intake : Intake or None
        What the call takes in; None where nothing new is read.
    """

    options: Options
    transaction: Transaction
    references: References
    run_id: str
    refit: pl.DataFrame
    versions: tuple[str, str]
    intake: Intake | None = None

    @property
    def earlier(self) -> list[Path]:
        """Files of the lines that landed in runs before."""
        return self.transaction.landed_files("landed")

    @property
    def lines(self) -> int:
        """Lines that landed, in this run too."""
        return _lines(self.earlier) + self.lines_new

    @property
    def lines_new(self) -> int:
        """Lines that landed in this run."""
        return _lines(self.intake.landed) if self.intake else 0

    def hand_in(self, engine: Engine) -> None:
        """Make every table that steps read and none writes."""
        for name, frame in sorted(self.references.tables.items()):
            engine.write(name, frame)
        landed, rejected, unread = (
            (self.intake.landed, self.intake.rejected, self.intake.unread) if self.intake else ([], [], [])
        )
        _scan(engine, "landed_lines", LandedLines, self.earlier + landed)
        _scan(engine, "rejected", RejectedRows, self.transaction.landed_files("rejected") + rejected)
        _scan(engine, "unread_cells", UnreadCells, self.transaction.landed_files("unread") + unread)
        engine.write("screened_inputs", self._screened_inputs())
        self._hand_in_remembered(engine)
        hand_in_last_run(
            engine,
            self.transaction,
            run_id=self.run_id,
            rules_sha256=self.references.sha256,
            parameters=plain_parameters(self.options),
            versions=self.versions,
        )

    def _hand_in_remembered(self, engine: Engine) -> None:
        for name, schema in _REMEMBERED.items():
            known = self.transaction.remembered(name)
            table = f"past_{name}" if name == "identity_changes" else name
            engine.write(table, empty_frame(schema) if known is None else known)
        _scan(engine, "previous_links", IdentityLinks, self.transaction.published_files("identity_links"))
        store, state = self.options.store, self.transaction.state
        engine.write("judgements", judged(store, state))
        engine.write("refit", self.refit)
        engine.write("refits", log_table(refit_log(store, state)))

    def _screened_inputs(self) -> pl.DataFrame:
        """Say which run took in which input; the first counts where several read it."""
        inputs = self.intake.inputs if self.intake else []
        earlier = [(item.input_no, run.run_id) for run in self.transaction.state.runs for item in run.inputs]
        came = [(item.input_no, self.run_id) for item in inputs]
        numbered = {number: run for number, run in reversed([*earlier, *came]) if number is not None}
        return pl.DataFrame(sorted(numbered.items()), schema=empty_frame(ScreenedInputs).schema, orient="row")


def plain_parameters(options: Options) -> dict[str, object]:
    """Return the parameters of a call as its record holds them."""
    return {name: value if isinstance(value, (int, bool)) else str(value) for name, value in options.parameters.items()}


def _lines(files: list[Path]) -> int:
    """Rows of some Parquet files, read from their footers."""
    return int(pl.scan_parquet(files, glob=False).select(pl.len()).collect().item()) if files else 0


def _scan(engine: Engine, table: str, schema: type, files: list[Path]) -> None:
    if files:
        engine.scan(table, files)
    else:
        engine.write(table, empty_frame(schema))
