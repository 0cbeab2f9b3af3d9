"""Which tables each section reads, which SQL makes them, its hash, and the versions: for whoever audits a figure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from analytics.contracts.logs import LOGS
from analytics.contracts.paths import sql_folder
from analytics.contracts.published import PUBLISHED
from analytics.contracts.steps import Step
from analytics.engines.models import load_models
from analytics.pipeline.lineage import Lineage
from analytics.registered import registered_steps
from analytics.reports.section import Contents, Section, Table
from analytics.reports.sections import in_order
from analytics.wording.sources import DEFINITIONS, VERSIONS, sql_command, upstream_words

__all__ = ["SECTION", "Sources", "measure_sources"]

_KEY = "sources"
_SHOWN = 12
_MODELS = {
    **dict.fromkeys(("table", "model", "made_by", "sha256"), pl.String()),
    "upstream": pl.Int64(),
    "upstream_sha256": pl.String(),
}


@dataclass(frozen=True)
class Sources:
    """Where each figure is from.

    Attributes
    ----------
    sections : polars.DataFrame
        One row a section: ``key``, ``title``, ``tables`` (the published tables and logs that it reads).
    models : polars.DataFrame
        One row a table that a model makes: ``table``, ``model``, ``made_by`` (its file under ``sql/``, or the Python
        module), ``sha256`` of the SQL (null of Python), ``upstream`` (SQL models that it rests on) and
        ``upstream_sha256``.
    given : list of str
        Tables read that no model makes: law tables and logs.
    versions : dict of str to str
        Of the last run: its id, when it finished, versions of program and identity model, the hash of the law tables.
    """

    sections: pl.DataFrame
    models: pl.DataFrame
    given: list[str]
    versions: dict[str, str]


def measure_sources(contents: Contents) -> Sources:
    """Measure every section, and trace what they read to its SQL.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    rows = []
    for section in in_order():
        if section.key != _KEY:
            contents.of(section)
            rows.append((section.key, section.title, contents.reads.of(section.key)))
    schema = {"key": pl.String(), "title": pl.String(), "tables": pl.List(pl.String())}
    sections = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("tables").list.len() > 0)
    tables = sorted({table for _, _, read in rows for table in read})
    runs = contents.tables.runs
    last = runs.row(-1, named=True) if runs.height else {}
    return Sources(
        sections=sections,
        models=_models([table for table in tables if not _is_given(table)]),
        given=[table for table in tables if _is_given(table)],
        versions={name: str(last[name]) for name in VERSIONS if name in last},
    )


def _is_given(table: str) -> bool:
    return table in LOGS or table.startswith("ref_") or _source(table) not in _lineage().makers


def _source(table: str) -> str:
    return PUBLISHED[table].source if table in PUBLISHED else table


@cache
def _lineage() -> Lineage:
    return Lineage.of(registered_steps())


def _models(tables: Sequence[str]) -> pl.DataFrame:
    rows = [(table, *_made(_lineage().step(_source(table)))) for table in tables]
    return pl.DataFrame(rows, schema=_MODELS, orient="row")


def _made(step: Step) -> tuple[str, str, str | None, int, str]:
    found = load_models().get(step.name)
    if found is None:
        made_by, digest = str(getattr(step.build, "func", step.build).__module__), None
    else:
        made_by, digest = _under_sql(found.path), _sha256(found.sql)
    models = load_models()
    beneath = [each.name for each in _lineage().upstream(step.name) if each.name in models and each.name != step.name]
    lines = "".join(f"{name} {_sha256(models[name].sql)}\n" for name in beneath)
    return step.name, made_by, digest, len(beneath), _sha256(lines)


def _under_sql(path: Path) -> str:
    return f"sql/{path.relative_to(sql_folder()).as_posix()}"


@cache
def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _tables(it: Sources) -> Sequence[Table]:
    of_models = [
        [
            row["table"],
            row["made_by"],
            (row["sha256"] or "Python")[:_SHOWN],
            upstream_words(row["upstream"], row["upstream_sha256"][:_SHOWN]),
            sql_command(row["model"], is_sql=row["sha256"] is not None),
        ]
        for row in it.models.iter_rows(named=True)
    ]
    read = [[row["title"], ", ".join(row["tables"])] for row in it.sections.iter_rows(named=True)]
    versions = [[VERSIONS[name], value] for name, value in it.versions.items()]
    return [
        Table(("Section", "Tables it reads"), read, "What each section reads"),
        Table(
            ("Table", "Made by", "Hash", "Models upstream", "To see it"),
            of_models,
            "How each table is made",
            frozenset(),
        ),
        Table(("Of the last run", "Value"), versions, "Versions"),
        Table(("Term", "Meaning"), [list(pair) for pair in DEFINITIONS], "Definitions"),
    ]


SECTION = Section(
    key=_KEY,
    place=125,
    title="SQL behind each figure",
    lead=(
        "For auditors: the tables that each section reads, the SQL that makes them with its hash, and the command that "
        "prints it. Law tables (ref_) are covered by the hash of the rules."
    ),
    measure=measure_sources,
    tables=_tables,
    sheets=lambda it, _: {"sources": it.models},
    meanings={
        "table": "Published table",
        "model": "The model that makes it",
        "made_by": "File of the SQL, or Python module",
        "sha256": "SHA-256 of the SQL file as installed; empty for Python",
        "upstream": "SQL models that it rests on",
        "upstream_sha256": "SHA-256 of their names and hashes, one a line, by name",
    },
)
