"""The record of a run: what went in, what came out, under which law, settings and versions."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import optional, text

__all__ = ["Runs", "ScreenedInputs"]


class Runs(dy.Schema):
    """One row per run that changed the store."""

    run_id = text("r, the running number, and a digest of inputs, settings and rules", primary_key=True)
    started_at = text("ISO 8601, UTC")
    finished_at = text("ISO 8601, UTC")
    inputs = text("JSON list of {path, sha256, read, accepted, rejected, repeated, skipped, columns, notes}")
    rules_sha256 = text("Digest of the reference tables in force")
    model_version = text("Version of the identity model")
    program_version = text("Version of splitship, and of the engines under it")
    settings = text("JSON object of every setting and parameter")
    steps = text("JSON list of {step, rows, seconds}: rows out of every step")
    tax_key = optional("Fingerprint of the key that hashed the tax ids")


class ScreenedInputs(dy.Schema):
    """One row per input that was ever read into the store."""

    input_no = dy.Int64(primary_key=True, min=0, description="Running number over the life of the store")
    run_id = text("The run that read it")
