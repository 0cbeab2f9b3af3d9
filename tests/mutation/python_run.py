"""Runs the tests of Python modules over mutants of them: a process for each, forked before anything of ours is read.

The tests of a module run once as it is, and it is noted which of its lines each of them reaches. A mutant is then run
in those alone that reach its lines, the quickest first, until one fails.
"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from tests.mutation.mutants import Mutant, is_asked
from tests.mutation.python_mutants import python_mutants

__all__ = ["run", "tests_of"]

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 60
"""Processor time that a mutant may take at the most before it counts as noticed: it never ends."""
MOST_TIMES, TO_BEGIN = 5, 10
"""As many times longer than with nothing wrong counts as never ending too, beside the seconds to read everything."""
_QUIET = [
    "-q", "-x", "-m", "not slow", "-p", "no:cacheprovider", "--assert=plain", "--tb=no", "--no-header", "--no-summary",
]  # fmt: skip
_OUTSIDE = (
    "polars",
    "duckdb",
    "pyarrow",
    "numpy",
    "scipy.stats",
    "sklearn.cluster",
    "rapidfuzz",
    "sqlglot",
    "sqlalchemy",
    "dataframely",
    "hypothesis",
    "pytest",
    "threadpoolctl",
)
_EVERYWHERE = "everywhere"


def tests_of(module: Path) -> list[Path]:
    """Files of tests of a module: that of its name, and those in the room of its name that import it."""
    room = ROOT / "tests" / module.relative_to(ROOT / "analytics").parts[0]
    name = ".".join(module.relative_to(ROOT).with_suffix("").parts)
    files = sorted(room.rglob("test_*.py"))
    return [path for path in files if path.stem == f"test_{module.stem}" or name in _imported(path)] or files


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}", *(f"{node.module}.{each.name}" for each in node.names)}
    return found


class _Wrong(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module with another text."""

    def __init__(self, mutant: Mutant, path: Path) -> None:
        self._mutant, self._path = mutant, path
        self._name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    def find_spec(self, name: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self._name:
            return None
        return importlib.util.spec_from_file_location(name, self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._mutant.text, str(self._path), "exec"), module.__dict__)


class _Reached:
    """The plugin that notes which lines of a module each test reaches, and how long it takes."""

    def __init__(self, path: Path) -> None:
        self.lines: dict[str, set[int]] = defaultdict(set)
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: list[str] = []
        self._path, self._test = str(path), _EVERYWHERE

    def trace(self, frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        if frame.f_code.co_filename != self._path:
            return None
        self.lines[self._test].add(frame.f_lineno)
        return self.trace

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._test = nodeid

    def pytest_runtest_logfinish(self) -> None:
        self._test = _EVERYWHERE

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.append(report.nodeid)


class _Chosen:
    """The plugin that leaves the tests that may notice something, the quickest first."""

    def __init__(self, order: Sequence[str]) -> None:
        self._order = {nodeid: place for place, nodeid in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        chosen = [each for each in items if each.nodeid in self._order]
        items[:] = sorted(chosen, key=lambda each: self._order[each.nodeid])


def _pytest(files: Iterable[Path | str], plugin: object) -> int:
    import pytest
    from hypothesis import Phase, settings

    phases = [Phase.explicit, Phase.generate]
    settings.register_profile("mutants", database=None, derandomize=True, phases=phases)
    settings.load_profile("mutants")
    return int(pytest.main([*_QUIET, *map(str, files)], plugins=[plugin]))


def _apart(work: Callable[[], Any], seconds: float = 0) -> Any:
    """Do something in a process of its own, silently; None where it took more processor time than it may."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _silently(work, writing, seconds)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        text = told.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None


def _silently(work: Callable[[], Any], writing: int, seconds: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    try:
        os.write(writing, json.dumps(work()).encode())
    finally:
        os._exit(0)


def _reached(path: Path, files: Sequence[Path]) -> dict[str, Any]:
    reached = _Reached(path)
    threading.settrace(reached.trace)
    sys.settrace(reached.trace)
    _pytest(files, reached)
    sys.settrace(None)
    lines = {test: sorted(found) for test, found in reached.lines.items()}
    told = {"lines": lines, "seconds": reached.seconds, "failed": reached.failed}
    with tempfile.NamedTemporaryFile("w", delete=False, suffix=".json") as file:
        json.dump(told, file)
    return {"file": file.name}


def _noticed(mutant: Mutant, path: Path, order: Sequence[str]) -> int:
    sys.meta_path.insert(0, _Wrong(mutant, path))
    files = dict.fromkeys(nodeid.split("::")[0] for nodeid in order)
    return _pytest([ROOT / file for file in files], _Chosen(order))


def run(modules: Iterable[str], percent: int = 100, *, but_listed: bool = False) -> dict[str, Any]:
    """Run the mutants of some modules, or a share of them; with `but_listed`, without those that are known to live.

    Tells how many there were, which live, and how many tests reach each of these.
    """
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in _OUTSIDE:
        importlib.import_module(name)
    told: dict[str, Any] = {"mutants": 0, "alive": [], "broken": [], "seconds": {}}
    for name in modules:
        begin = time.monotonic()
        mutants = [
            each for each in python_mutants(ROOT / name, name) if is_asked(each.key, percent, but_listed=but_listed)
        ]
        _run_module(ROOT / name, mutants, told)
        told["seconds"][name] = round(time.monotonic() - begin)
    return told


def _run_module(path: Path, mutants: Sequence[Mutant], told: dict[str, Any]) -> None:
    if not mutants:
        return
    file = Path(_apart(lambda: _reached(path, tests_of(path)))["file"])
    found = json.loads(file.read_text())
    file.unlink()
    told["broken"] += found["failed"]
    told["mutants"] += len(mutants)
    seconds, lines = found["seconds"], found["lines"]
    at_import = set(lines.get(_EVERYWHERE, []))
    for mutant in mutants:
        able = [test for test in seconds if not at_import.union(lines.get(test, ())).isdisjoint(mutant.lines)]
        order = sorted(able, key=lambda test: seconds[test])
        most = min(MOST_SECONDS, TO_BEGIN + MOST_TIMES * sum(seconds[test] for test in order))
        ended = _apart(lambda: _noticed(mutant, path, order), most) if order else 0  # noqa: B023, at once
        if ended == 0:
            told["alive"].append((*mutant.key, len(order)))


if __name__ == "__main__":
    out, percent, but_listed, *names = sys.argv[1:]
    told = run(names, int(percent), but_listed=but_listed == "1")
    Path(out).write_text(json.dumps(told), encoding="utf-8")
