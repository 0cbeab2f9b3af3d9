"""The record of a run: what went in, what came out, under which law, settings and versions."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import day, flag, json_text, optional, text, usd

__all__ = ["RunChanges", "RunFacts", "Runs", "ScreenedInputs"]


class Runs(dy.Schema):
    """One row per run that changed the store."""

    run_id = text("r, the running number, and a digest of inputs, settings and rules", primary_key=True)
    started_at = text("ISO 8601, UTC")
    finished_at = text("ISO 8601, UTC")
    inputs = json_text(
        "JSON list of {path, sha256, read, accepted, rejected, repeated, replaced, reformatted, skipped, columns, "
        "notes}"
    )
    rules_sha256 = text("Digest of the reference tables in force")
    model_version = text("Version of the identity model")
    program_version = text("Version of splitship, and of the engines under it")
    settings = json_text("JSON object of every setting and parameter")
    steps = json_text("JSON list of {step, rows, seconds}: rows out of every step, null where its table is only shown")
    tax_key = optional("Fingerprint of the key that hashed the tax ids")


class ScreenedInputs(dy.Schema):
    """One row per input that was ever read into the store."""

    input_no = dy.Int64(primary_key=True, min=0, description="Running number over the life of the store")
    run_id = text("The run that read it")


class RunFacts(dy.Schema):
    """One row: what is different about the run that works, beside its input."""

    run_id = text("The run that works", primary_key=True)
    last_run_id = optional("The run before it; null for the first")
    last_day = day("Last day of arrival that the run before knew")
    is_other_law = flag("The reference tables differ from those of the run before", nullable=False)
    is_other_setting = flag("A setting or parameter differs", nullable=False)
    is_other_program = flag("The program or the identity model differs", nullable=False)


class RunChanges(dy.Schema):
    """One row per run, flag and cause: what the run raised, dropped or changed against the run before; append-only."""

    run_id = text("The run", primary_key=True)
    last_run_id = text("The run it is held against")
    flag_id = text("As in flags; one that is gone is no longer there", primary_key=True)
    typology = text("As in flags")
    change = text("appeared, gone or changed", regex="^(appeared|gone|changed)$")
    cause = text(
        "new_data, late_data, judgements, identity, rules, settings, program; others: other rows changed what is usual",
        primary_key=True,
    )
    usd_change = usd("By how much the value of its shipments grew or shrank", nullable=False)
    strength = optional("As in flags; null where an earlier version of the program wrote the row")
    window_end = day("Last day of the flag; null where an earlier version of the program wrote the row")
