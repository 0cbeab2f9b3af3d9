"""The gate: which mutants live, and which of these are in no list."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from analytics.engines.models import load_models
from tests.mutation.mutants import COVERED, SURVIVORS, Key, covered, equivalents, is_in_sample, survivors
from tests.mutation.python_mutants import python_mutants
from tests.mutation.sql_mutants import sql_mutants

__all__ = ["PYTHON", "SQL", "Kind", "Result", "keep", "run"]

ROOT = Path(__file__).resolve().parents[2]
CENTRAL = (
    "contracts/parameters.py", "exposure/**/*.py", "identity/grouping/*.py", "identity/scoring/rule*.py",
    "ingest/conflicts.py", "ingest/repeats.py", "ingest/validate.py", "reconciliation/*.py", "rulebook/*.py",
    "statistics/*.py", "tuning/*.py", "typologies/**/*.py",
)  # fmt: skip
"""Modules that decide: what is owed, what the law says, what is striking, who is one party, which rows are taken in."""
_NOT_CENTRAL = ("exposure/make_tables.py",)
"""Run by hand when tables of the law are made anew."""


@dataclass(frozen=True)
class Kind:
    """Models or modules: what there is, and what runs their mutants.

    Attributes
    ----------
    runner : str
        The module that runs them.
    names : callable
        Names of all of them.
    made : callable
        The mutants of one, by name.
    """

    runner: str
    names: Callable[[], list[str]]
    made: Callable[[str], Iterable[object]]

    def covered(self) -> list[str]:
        """Names of those that the gate watches."""
        return [name for name in self.names() if name in covered()]


def _modules() -> list[str]:
    room = ROOT / "analytics"
    found = {path for pattern in CENTRAL for path in room.glob(pattern)} - {room / name for name in _NOT_CENTRAL}
    return sorted(str(path.relative_to(ROOT)) for path in found)


SQL = Kind("tests.mutation.sql_run", lambda: sorted(load_models()), lambda name: sql_mutants(load_models()[name]))
PYTHON = Kind("tests.mutation.python_run", _modules, lambda name: python_mutants(ROOT / name, name))


@dataclass(frozen=True)
class Result:
    """How a run over mutants ended.

    Attributes
    ----------
    mutants : int
        How many were run.
    alive : dict
        Those that no test noticed, with the number of tests that could have.
    names : list of str
        The models or modules that were run.
    unlisted, stale : list
        Those alive in no list, and those in a list that are dead.
    broken : list of str
        Tests that fail with nothing wrong.
    """

    mutants: int
    names: list[str]
    alive: dict[Key, int]
    unlisted: list[Key]
    stale: list[Key]
    broken: list[str] = field(default_factory=list)


def run(kind: Kind, names: Iterable[str], percent: int, *, but_listed: bool = False) -> Result:
    """Run mutants of some models or modules, all or a share that is always the same.

    Those that are known to live run in every test that could tell them, and so longest: `but_listed` leaves them out
    where it is not asked whether one of them is dead by now.
    """
    chosen = sorted(names)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "told.json"
        command = [sys.executable, "-m", kind.runner, str(out), str(percent), str(int(but_listed)), *chosen]
        subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=sys.stderr)
        told = json.loads(out.read_text(encoding="utf-8"))
    alive = {(where, change, nth): tests for where, change, nth, tests in told["alive"]}
    listed = {key for key in [*equivalents(), *survivors()] if key[0] in chosen and is_in_sample(key, percent)}
    unlisted, stale = sorted(set(alive) - listed), [] if but_listed else sorted(listed - set(alive))
    return Result(told["mutants"], chosen, alive, unlisted, stale, told["broken"])


def keep(result: Result) -> None:
    """Put what lives and is no equivalent into the list of survivors, take out what is dead, and watch all from now."""
    kept = ({*survivors()} | set(result.unlisted)) - set(result.stale)
    with SURVIVORS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("where", "change", "nth"), *sorted(kept)])
    COVERED.write_text("".join(f"{name}\n" for name in sorted(covered() | set(result.names))), encoding="utf-8")
