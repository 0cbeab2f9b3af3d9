"""The Section 321 review of a program or a seller: each condition, asked of every claim of the exemption.

A condition passes, fails, or cannot be told. It fails where an indicator speaks against it, and cannot be told where
what it needs was not handed in; that is never a pass. What an indicator means is for a lawyer to decide.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from analytics.errors import UsageError, did_you_mean
from analytics.printing import Answer
from analytics.reports.conditions import CONDITIONS, NEEDS, Question
from analytics.reports.tables import Store

__all__ = ["Checklist", "Condition", "Reason", "Scope", "checklist"]

EXAMPLES = 5


@dataclass(frozen=True)
class Scope:
    """Which shipments are reviewed.

    Attributes
    ----------
    seller : str or None
        A seller_id, or a seller's name whatever its case.
    program : str or None
        An entry type: 86, 321, mail …
    filer, marketplace : str or None
        A filer_code; a marketplace.
    start, end : date or None
        First and last arrival day.
    """

    seller: str | None = None
    program: str | None = None
    filer: str | None = None
    marketplace: str | None = None
    start: date | None = None
    end: date | None = None

    def of(self, shipments: pl.LazyFrame) -> pl.LazyFrame:
        """Return the shipments in scope."""
        wanted = [
            _is(self.seller, "seller_id", "seller_name"),
            _is(self.program, "entry_type"),
            _is(self.filer, "filer_code"),
            _is(self.marketplace, "marketplace"),
            pl.col("arrival_date") >= self.start if self.start else pl.lit(value=True),
            pl.col("arrival_date") <= self.end if self.end else pl.lit(value=True),
        ]
        return shipments.filter(*wanted)

    def nearest(self, shipments: pl.LazyFrame) -> str:
        """Offer what is most like a seller, program, filer or marketplace that no shipment has; empty otherwise."""
        named = {"seller_id": self.seller, "entry_type": self.program, "filer_code": self.filer}
        for column, value in {**named, "marketplace": self.marketplace}.items():
            known: list[str] = (
                shipments.select(pl.col(column).drop_nulls().unique()).collect()[column].to_list() if value else []
            )
            if value and value not in known and (near := did_you_mean(value, known)):
                return near
        return ""

    def wording(self) -> str:
        """Say the scope."""
        parts = [f"{name} {value}" for name, value in self._named() if value is not None]
        return ", ".join(parts) or "every shipment of the store"

    def _named(self) -> list[tuple[str, Any]]:
        return [
            ("seller", self.seller),
            ("program", self.program),
            ("filer", self.filer),
            ("marketplace", self.marketplace),
            ("from", self.start),
            ("to", self.end),
        ]


def _is(value: str | None, *columns: str) -> pl.Expr:
    if value is None:
        return pl.lit(value=True)
    written = value.strip().lower()
    return pl.any_horizontal(
        (pl.col(column).str.strip_chars().str.to_lowercase() == written).fill_null(value=False) for column in columns
    )


@dataclass(frozen=True)
class Reason:
    """Why some shipments fail a condition, or why it cannot be told of them."""

    verdict: str
    text: str
    shipments: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """One condition with its answer.

    Attributes
    ----------
    condition, title, question, source, confidence : str
        As in ref_checked_conditions.
    verdict : {"pass", "fail", "unknown"}
        Fail where any shipment fails, unknown where of any it cannot be told or none could be asked.
    passed, failed, unknown : int
        Shipments.
    reasons : tuple of Reason
        The failing ones first.
    """

    condition: str
    title: str
    question: str
    source: str
    confidence: str
    verdict: str
    passed: int
    failed: int
    unknown: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, repr=False)
class Checklist(Answer):
    """The review of one scope.

    Attributes
    ----------
    scope : str
        In words.
    first_day, last_day : date
        Of the shipments in scope.
    shipments, claimed : int
        Shipments in scope, and those that claim the exemption, which are the ones reviewed.
    conditions : tuple of Condition
        In the order of the list.
    rules : tuple of str
        The rules the reviewed shipments came under.
    records : tuple of str
        Until when papers are to be kept.
    run_id, rules_sha256 : str
        What made the store.
    """

    scope: str
    first_day: date
    last_day: date
    shipments: int
    claimed: int
    conditions: tuple[Condition, ...]
    rules: tuple[str, ...]
    records: tuple[str, ...]
    run_id: str
    rules_sha256: str

    @property
    def lines(self) -> list[str]:
        """The review in words and figures."""
        from analytics.reports.checklist_forms import checklist_lines

        return checklist_lines(self)

    def __str__(self) -> str:
        return "\n".join(self.lines)

    def write(self, out: str | Path) -> Path:
        """Write the review to a file and return it; raises `UsageError` for an ending other than .html and .xlsx."""
        from analytics.reports.checklist_forms import write_checklist

        return write_checklist(self, Path(out))


def checklist(store: Store, scope: Scope) -> Checklist:
    """Review the shipments of a scope against every condition of the exemption.

    Parameters
    ----------
    store : Store
        Anything with ``.table(name) -> polars.LazyFrame``.
    scope : Scope
        Which shipments.

    Returns
    -------
    Checklist
        Plain data.

    Raises
    ------
    UsageError
        No shipment is in scope, or the store was screened under a regime without such a list.
    """
    asked = store.table("ref_checked_conditions").collect()
    if asked.is_empty():
        raise UsageError("the regime of this store has no checklist; screen under --regime us, or add the table.")
    rows = scope.of(store.table("shipments").select(NEEDS)).collect()
    if rows.is_empty():
        near = scope.nearest(store.table("shipments")) or "Look at its sellers and entry types first."
        raise UsageError(f"no shipment of the store is in that scope. {near}")
    run = store.table("runs").sort("finished_at", "run_id").collect().row(-1, named=True)
    claimed = rows.filter(pl.col("exemption_claimed").fill_null(value=False))
    question = Question.of(store, claimed)
    last_day = rows["arrival_date"].max()
    return Checklist(
        scope=scope.wording(),
        first_day=rows["arrival_date"].min(),  # type: ignore[arg-type]
        last_day=last_day,  # type: ignore[arg-type]
        shipments=rows.height,
        claimed=claimed.height,
        conditions=tuple(_conditions(asked, question)),
        rules=tuple(question.rules()),
        records=tuple(_records(store, run, claimed)),
        run_id=str(run["run_id"]),
        rules_sha256=str(run["rules_sha256"]),
    )


def _conditions(asked: pl.DataFrame, question: Question) -> list[Condition]:
    listed = asked.sort("place", "valid_from").unique("condition", keep="last", maintain_order=True).sort("place")
    return [_condition(row, question) for row in listed.iter_rows(named=True) if row["condition"] in CONDITIONS]


def _condition(row: dict[str, Any], question: Question) -> Condition:
    judged = question.judge(row["condition"])
    counts = dict(judged.group_by("verdict").len().rows())
    passed, failed, unknown = (counts.get(verdict, 0) for verdict in ("pass", "fail", "unknown"))
    verdict = "fail" if failed else "unknown" if unknown or not passed else "pass"
    named = {name: row[name] for name in ("condition", "title", "question", "source", "confidence")}
    return Condition(**named, verdict=verdict, passed=passed, failed=failed, unknown=unknown, reasons=_reasons(judged))


def _reasons(judged: pl.DataFrame) -> tuple[Reason, ...]:
    found = (
        judged.filter(pl.col("verdict") != "pass")
        .sort("value_usd", "shipment_uid", descending=[True, False])
        .group_by("verdict", "reason", maintain_order=True)
        .agg(shipments=pl.len(), examples=pl.col("shipment_id").head(EXAMPLES))
        .sort("verdict", "shipments", "reason", descending=[False, True, False])
    )
    return tuple(Reason(verdict, text, count, tuple(ids)) for verdict, text, count, ids in found.iter_rows())


def _records(store: Store, run: dict[str, Any], claimed: pl.DataFrame) -> Sequence[str]:
    """Say until when the papers of the newest shipment are to be kept, by each rule and by the policy of the run."""
    if claimed.is_empty():
        return []
    last: date = claimed["arrival_date"].max()  # type: ignore[assignment]
    policy = int(json.loads(run["settings"]).get("scenario", {}).get("retention_years", 0))
    lines = [
        f"{row['records']}: {row['years']} years from {row['counted_from']}, for the newest until "
        f"{_years_after(last, row['years'])} ({row['source']}; {row['confidence']})"
        for row in store.table("ref_retention").collect().iter_rows(named=True)
    ]
    return [*lines, f"By policy {policy} years: for the newest until {_years_after(last, policy)}"]


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
