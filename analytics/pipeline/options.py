"""What a call of ``screen`` asks for, checked before anything is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from analytics.contracts.parameters import PARAMETERS, resolve_parameters
from analytics.contracts.steps import ParameterValue
from analytics.errors import StoreMissing, UsageError
from analytics.pipeline.scenario import looked_back, read_config
from analytics.rulebook import known_regimes
from analytics.store import InputFile
from analytics.store.state import read_state

__all__ = ["ENGINES", "Options", "Progress", "Understood"]

Progress = Callable[[str, int, int], None]
Understood = Callable[[list[InputFile]], None]

_MEMORY = re.compile(r"[1-9]\d*(\.\d+)?\s?[KMGT]i?B", re.IGNORECASE)
ENGINES = ("duckdb", "spark")
_CHOICES = {"engine": ENGINES, "resolve": PARAMETERS["resolve"].choices}


@dataclass(frozen=True)
class Options:
    """One call of ``screen``.

    Attributes
    ----------
    inputs : sequence of str
        Files, folders, globs, database URLs; none screens anew what is in the store.
    store : Path
        Where tables are kept.
    mappings : sequence of Path
        TOML files that say which heading is which column.
    rules : Path or None
        Folder of the user's own reference tables.
    parameters : dict
        Every run parameter, resolved.
    engine : str
        What computes: one of `ENGINES`.
    memory, threads
        Bounds for the engine; its own defaults where None.
    keep : bool or None
        Whether tables in between are kept for what is added later; as the store has it where None.
    progress : callable or None
        Told of each step.
    understood : callable or None
        Told how each input was understood, before anything is made of it.
    """

    inputs: Sequence[str]
    store: Path
    mappings: Sequence[Path] = ()
    rules: Path | None = None
    parameters: dict[str, ParameterValue] = field(default_factory=dict)
    engine: str = "duckdb"
    memory: str | None = None
    threads: int | None = None
    keep: bool | None = None
    progress: Progress | None = None
    understood: Understood | None = None

    @classmethod
    def checked(
        cls,
        inputs: Sequence[str | Path],
        store: str | Path,
        *,
        config: str | Path | None = None,
        regime: str = "us",
        engine: str = "duckdb",
        resolve: str | None = None,
        start: date | None = None,
        end: date | None = None,
        **others: Any,
    ) -> Options:
        """Return the options of a call, or say what is wrong with it.

        Raises
        ------
        UsageError
            No input and none in the store; an unknown regime, engine or parameter; a period that ends before it begins.
        """
        if not inputs and not read_state(Path(store)).landed:
            raise UsageError("nothing to screen: name at least one file, folder, glob or database URL.")
        for option, value in (("engine", engine), ("resolve", resolve)):
            if value is not None and value not in _CHOICES[option]:
                raise UsageError(f"--{option} {value!r} is not there yet; there are: {', '.join(_CHOICES[option])}.")
        if start and end and end < start:
            raise UsageError(f"the period ends ({end}) before it starts ({start}). Swap --from and --to.")
        _check_bounds(others.get("memory"), others.get("threads"))
        if others.get("keep") and engine != "duckdb":
            raise UsageError(f"--keep is there for --engine duckdb only, and this run is by {engine}. Leave out one.")
        rules = others.pop("rules", None)
        _check_regime(regime, rules)
        given = {**read_config(config), "regime": regime}
        asked = (("from_date", start), ("to_date", end), ("resolve", resolve))
        given |= {name: value for name, value in asked if value is not None}
        if given.get("resolve") == "hot" and regime != "us":
            raise UsageError(
                f"--resolve hot is there for regime us only, and this run is for {regime}: its rules add up by more "
                "than a person's day. Use --resolve all."
            )
        return cls(
            inputs=tuple(str(item) for item in inputs),
            store=Path(store),
            mappings=tuple(Path(item) for item in others.pop("mappings", None) or ()),
            rules=Path(rules) if rules is not None else None,
            parameters=looked_back(resolve_parameters(given)),
            engine=engine,
            **others,
        )

    @classmethod
    def of_last_run(cls, store: Path) -> Options:
        """Return the options under which what is in a store was last made; raises `StoreMissing` for an empty store."""
        runs = read_state(store).runs
        if not runs:
            raise StoreMissing(f"{store}: nothing has been screened here. Run: splitship screen INPUT --store {store}")
        settings = runs[-1].settings
        written = settings["parameters"]
        given = {name: _typed(name, value) for name, value in written.items() if name in PARAMETERS}
        rules = settings.get("rules")
        return cls(inputs=(), store=store, rules=Path(rules) if rules else None, parameters=resolve_parameters(given))


def _typed(name: str, written: Any) -> ParameterValue:
    """Return a parameter as a run record writes it in its own type."""
    kind = PARAMETERS[name].kind
    if kind is date:
        return date.fromisoformat(written)
    return Decimal(written) if kind is Decimal else kind(written)


def _check_bounds(memory: str | None, threads: int | None) -> None:
    if memory is not None and not _MEMORY.fullmatch(memory):
        raise UsageError(f"--memory {memory!r} is no amount of memory. Write it as 8GB or 500MB.")
    if threads is not None and threads < 1:
        raise UsageError(f"--threads {threads} is no number of threads. Give 1 or more.")


def _check_regime(regime: str, rules: Any) -> None:
    known = known_regimes(Path(rules) if rules is not None else None)
    if regime not in known:
        raise UsageError(
            f"--regime {regime!r} is not known; there are: {', '.join(known)}. "
            "A folder of that name under --rules adds one."
        )
