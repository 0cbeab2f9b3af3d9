"""Reads the SQL models: what a file says about itself, what it reads, what it binds."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError
from sqlglot.optimizer.scope import traverse_scope

from analytics.contracts.paths import sql_folder
from analytics.contracts.steps import SqlModel
from analytics.engines.functions import FOLDER
from analytics.errors import ContractError, UsageError

__all__ = ["load_model", "load_models", "read_model"]

_SHOWN = re.compile(r"^-- shown: .+$", re.MULTILINE)
_GRAIN = re.compile(r"^-- grain: (?P<columns>.+)$")
_BY = re.compile(r"^-- by: (?P<columns>.+)$", re.MULTILINE)
_ONLY_WITH = re.compile(r"^-- only with: (?P<table>\w+)$", re.MULTILINE)
_TYPOLOGIES = "typologies"
_FOLLOWS = re.compile(r"^-- follows: (?P<table>\w+) by (?P<columns>.+)$", re.MULTILINE)


@functools.cache
def load_models(*folders: str) -> dict[str, SqlModel]:
    """Read every model under some folders of ``sql/``.

    Parameters
    ----------
    *folders : str
        Names such as ``"20_intermediate"``; none means all of them.

    Returns
    -------
    dict
        Name to model, in order of path.
    """
    return {path.stem: read_model(path) for path in _paths(*folders)}


def load_model(name: str) -> SqlModel:
    """Read one model by its name.

    Raises
    ------
    UsageError
        There is no such model.
    """
    models = {path.stem: path for path in _paths()}
    if name not in models:
        raise UsageError(f"no model {name!r} under {sql_folder()}; there are: {', '.join(sorted(models))}")
    return read_model(models[name])


def _paths(*folders: str) -> list[Path]:
    """Files of the models under some folders, or of all: functions are none."""
    root = sql_folder()
    found = {path for folder in folders or ("",) for path in (root / folder).rglob("*.sql")}
    return sorted(found - set((root / FOLDER).glob("*.sql")))


@functools.cache
def read_model(path: Path) -> SqlModel:
    """Parse one SQL file.

    Parameters
    ----------
    path : Path
        A file with a comment that says what a row means, a ``-- grain:`` line and one select; ``-- shown:`` and why
        says that it needs no copy, ``-- by:`` by which columns its rows hang together, ``-- follows:`` by which a table
        goes that lacks those, ``-- only with:`` without the rows of which table nobody asks for its own.

    Raises
    ------
    ContractError
        The header is missing, or the file is not one select.
    """
    sql = path.read_text(encoding="utf-8")
    description, grain = _header(path, sql)
    try:
        trees = [tree for tree in sqlglot.parse(sql, read="duckdb") if tree is not None]
    except ParseError as error:
        raise ContractError(f"{path}: not valid SQL: {error}. Mend the file.") from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise ContractError(f"{path}: holds {len(trees)} statements; a model is one select.")
    tree = trees[0]
    params = tuple(sorted({str(node.this) for node in tree.find_all(exp.Placeholder)}))
    is_shown = _SHOWN.search(sql) is not None
    reads, (by, follows) = _tables(tree), _hanging_together(path, sql)
    if unread := sorted(set(follows) - set(reads)):
        raise ContractError(f"{path}: follows {unread[0]}, which it does not read. Correct '-- follows:'.")
    only_with = _ONLY_WITH.search(sql)
    return SqlModel(
        name=path.stem,
        path=path,
        sql=sql,
        description=description,
        grain=grain,
        reads=reads,
        params=params,
        is_shown=is_shown,
        by=by,
        follows=follows,
        typology=path.parent.name if path.parent.parent.name == _TYPOLOGIES else "",
        only_with=only_with["table"] if only_with else "",
    )


def _header(path: Path, sql: str) -> tuple[str, tuple[str, ...]]:
    lines = sql.splitlines()
    for number, line in enumerate(lines):
        match = _GRAIN.match(line)
        if match and number:
            return " ".join(text.removeprefix("--").strip() for text in lines[:number]), _columns(match["columns"])
        if not line.startswith("--"):
            break
    raise ContractError(
        f"{path}: opens without '-- what one row means' and '-- grain: column, column'. Add both lines."
    )


def _hanging_together(path: Path, sql: str) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """By which columns rows hang together, and by which those of tables go that lack these."""
    by = _BY.search(sql)
    follows = {match["table"]: _columns(match["columns"]) for match in _FOLLOWS.finditer(sql)}
    if follows and by is None:
        raise ContractError(f"{path}: says '-- follows:' and not by what its rows hang together. Add '-- by: column'.")
    return _columns(by["columns"]) if by else (), follows


def _columns(listed: str) -> tuple[str, ...]:
    return tuple(column.strip() for column in listed.split(","))


def _tables(tree: exp.Query) -> tuple[str, ...]:
    found = {
        source.name
        for scope in traverse_scope(tree)
        for source in scope.sources.values()
        if isinstance(source, exp.Table)
    }
    return tuple(sorted(found))
