"""Which files each reference table is read from: those that ship, a folder a typology and a regime, the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analytics.contracts.paths import sql_folder
from analytics.contracts.reference import REFERENCES
from analytics.errors import RulesError

__all__ = ["PACK_NEEDS", "TableFile", "table_files"]

PACK_NEEDS = ("ref_regimes", "ref_limits")
"""What a folder of a regime must hold; any other table with a column ``regime`` may stand beside them."""

_OF_A_TYPOLOGY = {"ref_typologies": "typology.csv", "ref_benign_splits": "benign.csv"}
"""Tables that each typology holds its own rows of, in its folder, and the name of the file there."""

_IN_PACKS = frozenset(name for name, reference in REFERENCES.items() if "regime" in reference.schema.column_names())


@dataclass(frozen=True)
class TableFile:
    """A file that holds a reference table, or the part of one that is about a regime.

    Attributes
    ----------
    path : Path
        The file.
    regime : str or None
        The regime that its folder is named for.
    """

    path: Path
    regime: str | None


def table_files(rules_dir: Path | None = None) -> dict[str, list[TableFile]]:
    """Return the files of every reference table.

    Parameters
    ----------
    rules_dir : Path or None
        The user's folder. A file in it replaces the table of its name as a whole; a folder in it, named for a regime,
        replaces the files of that regime, or adds a regime.

    Raises
    ------
    RulesError
        The folder is missing or empty, a name is not known, or a new regime lacks what a regime must have.
    """
    shipped = sql_folder() / "00_reference"
    files = {name: [TableFile(path, None) for path in _shipped(name)] for name in REFERENCES}
    packs = _packs(shipped)
    if rules_dir is not None:
        own, own_packs = _own(rules_dir)
        packs = {
            regime: {} if replaced is None else replaced
            for regime, replaced in ((name, _without(pack, own)) for name, pack in packs.items())
        }
        files |= {name: [TableFile(path, None)] for name, path in own.items()}
        for regime, pack in own_packs.items():
            packs[regime] = {**packs.get(regime, {}), **pack}
            _check_complete(rules_dir / regime, packs[regime])
    for regime, pack in sorted(packs.items()):
        for name, path in pack.items():
            files[name].append(TableFile(path, regime))
    return files


def _shipped(name: str) -> list[Path]:
    """Return the one file of a table that ships, or the parts of it that stand with their typologies."""
    if part := _OF_A_TYPOLOGY.get(name):
        return sorted((sql_folder() / "typologies").glob(f"*/{part}"))
    return [sql_folder() / "00_reference" / f"{name}.csv"]


def _without(pack: dict[str, Path], replaced: dict[str, Path]) -> dict[str, Path]:
    return {name: path for name, path in pack.items() if name not in replaced}


def _packs(folder: Path) -> dict[str, dict[str, Path]]:
    return {
        entry.name: {path.stem: path for path in sorted(entry.glob("ref_*.csv"))}
        for entry in sorted(folder.iterdir())
        if entry.is_dir() and any(entry.glob("ref_*.csv"))
    }


def _own(rules_dir: Path) -> tuple[dict[str, Path], dict[str, dict[str, Path]]]:
    if not rules_dir.is_dir():
        raise RulesError(f"{rules_dir}: no such folder. Name a folder that holds files such as ref_limits.csv.")
    own = {path.stem: path for path in sorted(rules_dir.glob("ref_*.csv"))}
    packs = _packs(rules_dir)
    known = ", ".join(f"{name}.csv" for name in REFERENCES)
    if not own and not packs:
        raise RulesError(f"{rules_dir}: holds no reference table. Put there one or more of: {known}.")
    for name, path in own.items():
        if name not in REFERENCES:
            raise RulesError(f"{path}: no reference table has this name. There are: {known}.")
    for pack in packs.values():
        for name, path in pack.items():
            if name not in _IN_PACKS:
                there = ", ".join(f"{known}.csv" for known in sorted(_IN_PACKS))
                raise RulesError(f"{path}: no table of a regime has this name. There are: {there}.")
    return own, packs


def _check_complete(folder: Path, pack: dict[str, Path]) -> None:
    missing = [name for name in PACK_NEEDS if name not in pack]
    if missing:
        raise RulesError(
            f"{folder}: a regime needs {' and '.join(f'{name}.csv' for name in PACK_NEEDS)}; {missing[0]}.csv is "
            "missing. Add it."
        )
