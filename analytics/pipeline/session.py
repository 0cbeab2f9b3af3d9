"""One screening from start to end: take in, rebuild, check, publish, remember."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.published import PUBLISHED
from analytics.contracts.runs import Runs
from analytics.contracts.steps import Step
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.machine import cores
from analytics.errors import StoreDamaged
from analytics.ingest import Intake, KnownStore, load_tax_key, require_usable, take_in
from analytics.pipeline.engine_choice import engine_of, published_from
from analytics.pipeline.given import Given, plain_parameters
from analytics.pipeline.keeping import Keeping
from analytics.pipeline.options import Options
from analytics.pipeline.pace import measured_pace
from analytics.pipeline.pruning import Pruning
from analytics.pipeline.publish import publish
from analytics.pipeline.runner import CHECK_PREFIX, StepRecord, run_checks, run_steps
from analytics.pipeline.scenario import scenario_of
from analytics.rulebook import References, load_references
from analytics.store import (
    InputFile,
    RunRecord,
    Transaction,
    begin,
    in_force,
    judged,
    refit_table,
)

__all__ = ["Outcome", "prove_inputs", "run_session"]

_LEFT_BEHIND = {
    "new_members": ("previous_members", ("minted_no", "alias_id")),
    "new_frozen_state": ("frozen_state", ("part", "name", "hash")),
    "new_known_records": ("known_records", ("record",)),
    "new_scored_pairs": ("scored_pairs", ("left", "right")),
    "identity_changes": ("identity_changes", ("run_id", "identity_id", "event", "from_ids")),
}
"""What a run leaves to the next: table, the name it is remembered by, its order."""
_ENGINES = ("duckdb", "polars", "scikit-learn", "rapidfuzz")


@dataclass(frozen=True)
class Outcome:
    """What a session did.

    Attributes
    ----------
    changed : bool
        False where there was nothing new, and so nothing was written.
    inputs : list of InputFile
        Every input of this call, the skipped ones too.
    run_id : str
        The run that made the tables now in the store.
    """

    changed: bool
    inputs: list[InputFile]
    run_id: str


def run_session(options: Options, steps: Sequence[Step], model_version: str) -> Outcome:
    """Screen inputs into a store.

    Parameters
    ----------
    options : Options
        The call.
    steps : sequence of Step
        What makes the published tables out of the landed lines.
    model_version : str
        Version of the identity model among the steps.

    Returns
    -------
    Outcome

    Raises
    ------
    SplitshipError
        Any of its kinds; the store is then as it was.
    """
    started = datetime.now(UTC)
    with begin(options.store) as transaction:
        transaction.verify()
        references = load_references(options.rules).for_regime(str(options.parameters["regime"]))
        intake = _take_in(options, transaction, references)
        _demand_what_is_awaited(options, transaction, intake)
        if options.understood is not None:
            options.understood(_input_files(intake))
        require_usable(intake.inputs)
        refit = in_force(options.store, transaction.state, model_version)
        model_version = refit["version"] if refit else model_version
        basis = _basis(options, transaction, references, model_version)
        is_all_skipped = all(item.skipped is not None for item in intake.inputs)
        if is_all_skipped and transaction.state.basis == basis:
            return Outcome(False, _input_files(intake), transaction.state.runs[-1].run_id)
        run_id = _run_id(transaction, intake, basis)
        keeping = Keeping.of(options, transaction, steps, basis)
        records, found = _rebuild(
            options, transaction, references, intake, keeping, run_id, refit_table(refit), model_version
        )
        record = RunRecord(
            run_id=run_id,
            started_at=_iso(started),
            finished_at=_iso(datetime.now(UTC)),
            inputs=_input_files(intake),
            rules_sha256=references.sha256,
            model_version=model_version,
            program_version=_program_version(),
            settings={**_settings(options), **found},
            steps=[asdict(item) for item in records],
            tax_key=intake.tax_key,
        )
        _commit(transaction, record, intake, basis, keeping)
        return Outcome(True, record.inputs, run_id)


def prove_inputs(options: Options) -> None:
    """Take inputs in as a screening would, and keep nothing.

    Parameters
    ----------
    options : Options
        The call.

    Raises
    ------
    SplitshipError
        What a screening would raise of them.
    """
    with begin(options.store) as transaction:
        references = load_references(options.rules).for_regime(str(options.parameters["regime"]))
        require_usable(_take_in(options, transaction, references).inputs)


def _take_in(options: Options, transaction: Transaction, references: References) -> Intake:
    state = transaction.state
    known = KnownStore(
        files=state.files,
        next_input_no=state.next_input_no,
        landed=transaction.landed_files("landed"),
        rejected=transaction.landed_files("rejected"),
        numbers={sha256: item.input_no for sha256, item in state.awaited.items()},
    )
    return take_in(
        options.inputs,
        mappings=options.mappings,
        out=transaction.folder("landed"),
        store=known,
        tax_key=load_tax_key(expected=state.tax_key),
        rates=references.tables["ref_fx_rates"],
        limits=references.tables["ref_limits"],
        progress=options.progress,
        memory=options.memory,
        threads=options.threads or cores(),
    )


def _demand_what_is_awaited(options: Options, transaction: Transaction, intake: Intake) -> None:
    """Raise `StoreDamaged` where rows that were lost are not all screened again: tables without them are wrong."""
    there = {item.sha256 for item in intake.inputs}
    lacking = sorted(item.path for sha256, item in transaction.state.awaited.items() if sha256 not in there)
    if lacking:
        raise StoreDamaged(
            f"{options.store}: rows of {len(lacking):,} input files were lost and are not in the store: "
            f"{', '.join(lacking)}. Name them all in this call, unchanged: splitship screen FILE... --store "
            f"{options.store}. Where one is gone, screen all files into a new --store."
        )


def _rebuild(
    options: Options,
    transaction: Transaction,
    references: References,
    intake: Intake,
    keeping: Keeping,
    run_id: str,
    refit: pl.DataFrame,
    model_version: str,
) -> tuple[list[StepRecord], dict[str, object]]:
    """Make every table out of all that ever landed, and write the published ones into the work folder.

    Returns what each step did; and how it was found out who is who, and how many steps were made in part.
    """
    params = {**options.parameters, "run_id": run_id}
    given = Given(options, transaction, references, run_id, refit, (model_version, _program_version()), intake)
    with engine_of(options, transaction.work, given.lines, keeps=keeping.keeps) as engine:
        given.hand_in(engine)
        pace = measured_pace(given.lines, given.lines_new if keeping.adds else None)
        renewal = keeping.renewal(engine, {"landed_lines": (given.earlier, intake.landed)})
        kept = _kept(keeping.steps, references) | (renewal.keeps if renewal else set())
        pruning = Pruning(keeping.steps, kept)
        records = run_steps(keeping.steps, engine, params, options.progress, kept, pace, renewal, pruning)
        with published_from(engine, options, transaction.work) as made:
            run_checks(made)
            _remember(made, transaction)
            publish(made, transaction.folder("tables"))
            found = {"who_is_who": made.frame("identity_resolution").row(0, named=True)}
            return records, found | keeping.kept(renewal, transaction)


def _kept(steps: Sequence[Step], references: References) -> set[str]:
    """Tables that are read after the last step: what is published, remembered and checked."""
    kept = {table.source for table in PUBLISHED.values()} | {*references.tables, *_LEFT_BEHIND}
    kept |= {step.name for step in steps if step.name.startswith(CHECK_PREFIX)}
    return kept | {"past_identity_changes", "identity_resolution"}


def _remember(engine: DuckDBEngine, transaction: Transaction) -> None:
    """Keep what the next run must know: who was who, and what changed."""
    engine.extend("identity_changes", "past_identity_changes")
    folder = transaction.folder("remembered")
    for table, (name, order) in _LEFT_BEHIND.items():
        engine.publish(table, order, folder / f"{name}.parquet")


def _commit(transaction: Transaction, record: RunRecord, intake: Intake, basis: str, keeping: Keeping) -> None:
    runs = [run.as_row() for run in [*transaction.state.runs, record]]
    schema = empty_frame(Runs).schema
    pl.DataFrame(runs, schema=schema).write_parquet(transaction.folder("tables") / "runs.parquet")
    fresh = {item.sha256: record.run_id for item in intake.inputs if item.skipped is None}
    transaction.commit(
        record,
        adds_to_kept=keeping.adds,
        kept_under=keeping.under,
        files={**transaction.state.files, **fresh},
        awaited={},
        next_input_no=intake.next_input_no,
        tax_key=transaction.state.tax_key or intake.tax_key,
        basis=basis,
    )


def _input_files(intake: Intake) -> list[InputFile]:
    return [
        InputFile(
            path=item.path,
            sha256=item.sha256,
            input_no=item.input_no,
            read=item.read,
            accepted=item.accepted,
            rejected=item.rejected,
            repeated=item.repeated,
            replaced=item.replaced,
            reformatted=item.reformatted,
            skipped=item.skipped,
            columns=dict(item.columns),
            notes=list(item.notes),
            reasons=dict(item.reasons),
            unread=dict(item.unread),
        )
        for item in intake.inputs
    ]


def _settings(options: Options) -> dict[str, object]:
    plain = plain_parameters(options)
    scenario = {name: plain[name] for name in scenario_of(options.parameters)}
    return {"parameters": plain, "scenario": scenario, "rules": str(options.rules) if options.rules else None}


def _basis(options: Options, transaction: Transaction, references: References, model_version: str) -> str:
    """Digest of all that decides the tables beside the input itself."""
    parts = {**_settings(options), "rules": references.sha256, "model": model_version, "program": _program_version()}
    return _digest({**parts, "judgements": judged(options.store, transaction.state).rows()})


def _run_id(transaction: Transaction, intake: Intake, basis: str) -> str:
    inputs = [item.sha256 for item in intake.inputs]
    return f"r{transaction.number:06d}-{_digest({'inputs': inputs, 'basis': basis})[:8]}"


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


@functools.cache
def _program_version() -> str:
    engines = ", ".join(f"{name} {version(name)}" for name in _ENGINES)
    return f"splitship {version('splitship')} ({engines})"


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
