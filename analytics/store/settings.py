"""What two runs were told differently."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.store.state import RunRecord

__all__ = ["differences"]

_SHOWN = 12


def differences(before: RunRecord, now: RunRecord) -> pl.DataFrame:
    """Return what two runs were told differently: parameters, reference tables, model and program.

    Parameters
    ----------
    before, now : RunRecord
        The two runs.

    Returns
    -------
    polars.DataFrame
        ``setting``, ``before``, ``now``; sorted.
    """
    was, are = _told(before), _told(now)
    rows = [(name, was.get(name), are.get(name)) for name in sorted(was | are) if was.get(name) != are.get(name)]
    return pl.DataFrame(rows, schema=dict.fromkeys(("setting", "before", "now"), pl.String), orient="row")


def _told(run: RunRecord) -> dict[str, str]:
    parameters = run.settings.get("parameters")
    known = parameters if isinstance(parameters, Mapping) else {}
    others = {
        "reference tables": run.rules_sha256[:_SHOWN], "model": run.model_version, "program": run.program_version,
    }  # fmt: skip
    return {name: str(value) for name, value in {**known, **others}.items()}
