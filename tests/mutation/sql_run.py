"""Runs the tests of SQL models over mutants of them: in one process, a test again for each mutant that it could tell.

A mutant gives other rows than its model in some of the tests that build it, or in none. While a test runs as it is,
each mutant that still lives is asked whether it gives other rows from the same tables. Then the test runs once more
with each that does. One that fails it is dead.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
from _pytest.runner import runtestprotocol

from analytics.contracts.steps import ParameterValue, SqlModel
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.models import load_models
from tests.mutation.memory import Memory
from tests.mutation.mutants import Key, Mutant, is_asked
from tests.mutation.sql_mutants import as_written, sql_mutants

__all__ = ["run", "tests_of"]

TESTS = Path(__file__).resolve().parents[1]
OF_LAW = TESTS / "sql" / "test_dated_rows.py"
"""What every model owes the dated tables of the law: run last, and over what concerns these alone."""
_IS_OF_LAW = re.compile(r"\bvalid_from\b|\bvalid_to\b|\bregime\b")
_ROWS = "select count(*), sum(hash(made)) from (\n{}\n) as made"
_build = DuckDBEngine.build


def tests_of(models: Iterable[str]) -> dict[str, list[Path]]:
    """Files of tests that name each model: of ``tests/sql`` and ``tests/typologies``, else of other rooms."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(TESTS.rglob("test_*.py"))}
    near = {path: text for path, text in texts.items() if path.relative_to(TESTS).parts[0] in ("sql", "typologies")}
    return {name: _naming(name, near) or _naming(name, texts) for name in models}


def _naming(name: str, texts: Mapping[Path, str]) -> list[Path]:
    return [path for path, text in texts.items() if re.search(rf"\b{name}\b", text)]


class _Top:
    """Says that the next test is in another file: what is made once a file is made anew for each run of a test."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session

    def listchain(self) -> list[Any]:
        return [self._session]


class Biting:
    """The plugin: runs each test, and again with what it could tell.

    Attributes
    ----------
    alive : dict
        Mutants that no test has killed, by model.
    told : dict
        Of each mutant, how many tests it was run in: those in which it gave other rows.
    broken : list of str
        Tests that fail with nothing wrong.
    """

    def __init__(self, mutants: Iterable[Mutant], files: Mapping[str, list[Path]]) -> None:
        self.alive: dict[str, dict[Key, Mutant]] = defaultdict(dict)
        for mutant in mutants:
            self.alive[mutant.where][mutant.key] = mutant
        self.told: dict[Key, int] = defaultdict(int)
        self.broken: list[str] = []
        self._files = files
        self._asked: dict[str, dict[Key, Mutant]] = {}
        self._differs: dict[Key, Mutant] = {}
        self._memory = Memory()

    def pytest_configure(self) -> None:
        """Let Hypothesis give the same examples each time, and make none smaller."""
        from hypothesis import Phase, settings

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile("mutants", database=None, derandomize=True, phases=phases)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every test in our own way."""
        with pytest.MonkeyPatch.context() as patch:
            self._memory.patch(patch)
            patch.setattr(DuckDBEngine, "build", functools.partialmethod(_built_by, self))
            for item in sorted(session.items, key=lambda item: item.path == OF_LAW):
                self._asked = {name: asked for name in self._files if (asked := self._asked_in(item.path, name))}
                if self._asked:
                    self._bite(item)
        return True

    def _asked_in(self, path: Path, name: str) -> dict[Key, Mutant]:
        """Mutants of a model that a file of tests is about."""
        if path == OF_LAW:
            return {key: mutant for key, mutant in self.alive[name].items() if _IS_OF_LAW.search(mutant.change)}
        return self.alive[name] if path in self._files[name] else {}

    def _bite(self, item: pytest.Item) -> None:
        self._differs = {}
        self._memory.forget()
        if _fails(item):
            self.broken.append(item.nodeid)
            return
        self._asked = {}
        self._memory.is_trusted = not self._differs or not _fails(item)
        for key, mutant in self._differs.items():
            self._memory.wrong = mutant
            self.told[key] += 1
            if _fails(item):
                del self.alive[mutant.where][key]
        self._memory.wrong = None

    def built(self, engine: DuckDBEngine, model: SqlModel, params: Mapping[str, ParameterValue] | None = None) -> None:
        """Build a model, or the mutant of it that is at work."""
        wrong = self._memory.wrong
        if wrong is not None:
            _build(engine, dataclasses.replace(model, sql=wrong.text) if model.name == wrong.where else model, params)
            return
        _build(engine, model, params)
        if model.name in self._asked:
            self._tell(engine, model, {name: (params or {})[name] for name in model.params})

    def _tell(self, engine: DuckDBEngine, model: SqlModel, bound: Mapping[str, ParameterValue]) -> None:
        """Note the mutants that give other rows than their model."""
        same = _rows(engine, as_written(model), bound)
        for key, mutant in self._asked[model.name].items():
            if key not in self._differs and _rows(engine, mutant.text, bound) != same:
                self._differs[key] = mutant


def _built_by(
    engine: DuckDBEngine, biting: Biting, model: SqlModel, params: Mapping[str, ParameterValue] | None = None
) -> None:
    biting.built(engine, model, params)


def _rows(engine: DuckDBEngine, text: str, bound: Mapping[str, ParameterValue]) -> tuple[Any, ...]:
    try:
        used = {name: value for name, value in bound.items() if f"${name}" in text}
        return engine.connection.execute(_ROWS.format(text), used or None).fetchall()[0]
    except duckdb.Error as error:
        return (str(error),)


def _fails(item: pytest.Item) -> bool:
    item._initrequest()  # a test that ran is made ready to run again, as pytest-rerunfailures does it
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=_Top(item.session)))


def run(models: Iterable[str], percent: int = 100, *, but_listed: bool = False) -> dict[str, Any]:
    """Run the mutants of some models, or a share of them; with `but_listed`, without those that are known to live.

    Tells how many there were, which live, and in how many tests each of these gave other rows.
    """
    loaded = load_models()
    mutants = [mutant for name in models for mutant in sql_mutants(loaded[name])]
    mutants = [mutant for mutant in mutants if is_asked(mutant.key, percent, but_listed=but_listed)]
    files = tests_of({mutant.where for mutant in mutants})
    biting = Biting(mutants, files)
    paths = sorted({str(path) for found in files.values() for path in [*found, OF_LAW]})
    arguments = ["-q", "-m", "not slow", "-p", "no:cacheprovider", "--tb=no", "--no-header", "--no-summary"]
    code = pytest.main([*arguments, *paths], plugins=[biting]) if paths else 0
    alive = [(*key, biting.told[key]) for held in biting.alive.values() for key in held]
    return {"mutants": len(mutants), "alive": sorted(alive), "broken": biting.broken, "code": int(code)}


if __name__ == "__main__":
    out, percent, but_listed, *names = sys.argv[1:]
    told = run(names, int(percent), but_listed=but_listed == "1")
    Path(out).write_text(json.dumps(told), encoding="utf-8")
