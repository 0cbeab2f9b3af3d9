"""A screening rehearsed: the tables of flags and exposure made again for each case, and held against the store's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from analytics.identity import MODEL_VERSION
from analytics.pipeline.options import Options
from analytics.pipeline.preview import rehearsed
from analytics.pipeline.trial import Trial
from analytics.registered import registered_steps
from analytics.reports.headline import value_at_issue
from analytics.reports.tables import with_value
from analytics.store import Store

if TYPE_CHECKING:
    from analytics.contracts.steps import Engine
    from analytics.pipeline.options import Progress

__all__ = ["AS_SCREENED", "Answers", "Rehearsed", "rehearse"]

AS_SCREENED = "as screened"
_CENTRAL, _CERTAIN = 0.5, 1.0
_MEMBERS, _PARTS = "identity_members", "identity_parts"
_TABLES = ("mart_flags", "exposure", "mart_flag_shipments", "mart_shipments")


@dataclass(frozen=True)
class Answers:
    """One case: answers that differ from those of the store; None where as screened."""

    limit: Decimal | None = None
    threshold: float | None = None
    position: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def named(self) -> dict[str, Any]:
        """The answers as the columns of a frame."""
        positions = ", ".join(f"{name}={answer}" for name, answer in sorted(self.position.items()))
        return {"limit": self.limit, "threshold": self.threshold, "position": positions or None}


@dataclass(frozen=True)
class Rehearsed:
    """Figures of the cases, what flags appeared and went in each, and the figures as screened."""

    frame: pl.DataFrame
    changes: pl.DataFrame
    base: dict[str, Any]


@dataclass(frozen=True)
class _Found:
    """The flags of one case with what they put at issue, and their shipments."""

    flags: pl.DataFrame
    lots: pl.DataFrame

    def figures(self) -> dict[str, Any]:
        counted = self.flags.filter("is_counted")
        value = value_at_issue(counted, self.lots)
        shipments = self.lots.join(counted, on="flag_id", how="semi")["shipment_uid"].n_unique()
        leads = self.flags.filter(~pl.col("is_suppressed"), ~pl.col("is_counted")).height
        amounts = {"low_usd": value.floor, "base_usd": value.base, "high_usd": value.ceiling}
        return {"flags": counted.height, "shipments": shipments, "leads": leads, **amounts}

    def without(self, other: _Found) -> pl.DataFrame:
        """Return the flags that totals count here and not there."""
        counted = self.flags.filter("is_counted")
        gone = counted.join(other.flags.filter("is_counted"), on="flag_id", how="anti")
        return gone.select("flag_id", "typology", "window_end", "total_usd").sort("typology", "flag_id")


def rehearse(store: Store, cases: Sequence[Answers], progress: Progress | None = None) -> Rehearsed:
    """Make the flags of each case, and those of none, by the steps of a screening.

    Parameters
    ----------
    store : Store
        A screened store; nothing is written to it.
    cases : sequence of Answers
        The cases.
    progress : callable, optional
        Told of each step.
    """
    options = Options.of_last_run(store.root)
    registry = store.table("ref_typologies").collect()
    with rehearsed(options, MODEL_VERSION) as (engine, params):
        trial = Trial(engine, registered_steps(), (*_TABLES, _PARTS), params, progress)
        making = _Making(engine, trial, params, registry, _thresholds(cases))
        base = making.of(Answers())
        found = [making.of(case) for case in cases]
    rows, changes = [], []
    for case, each in zip(cases, found, strict=True):
        appeared, gone = each.without(base), base.without(each)
        rows.append({**case.named, **each.figures(), "appeared": appeared.height, "gone": gone.height})
        changes += [_changed(case, appeared, "appeared"), _changed(case, gone, "gone")]
    return Rehearsed(pl.DataFrame(rows, schema=_SCHEMA), pl.concat(changes), base.figures())


_CASE: dict[str, Any] = {"limit": pl.Decimal(18, 2), "threshold": pl.Float64, "position": pl.String}
_AMOUNT = pl.Decimal(18, 2)
_SCHEMA = {
    **_CASE,
    **dict.fromkeys(("flags", "shipments", "leads"), pl.Int64),
    **dict.fromkeys(("low_usd", "base_usd", "high_usd"), _AMOUNT),
    **dict.fromkeys(("appeared", "gone"), pl.Int64),
}


def _changed(case: Answers, flags: pl.DataFrame, change: str) -> pl.DataFrame:
    named = pl.DataFrame([case.named], schema=_CASE)
    return named.join(flags.with_columns(change=pl.lit(change)), how="cross")


def _thresholds(cases: Iterable[Answers]) -> list[float]:
    """Return the thresholds at which identities are grouped beside the two that always are."""
    return sorted({case.threshold for case in cases if case.threshold is not None} - {_CENTRAL, _CERTAIN})


class _Making:
    """Makes the flags of one case after the other in one engine; what two cases share is made once."""

    def __init__(
        self, engine: Engine, trial: Trial, params: Mapping[str, Any], registry: pl.DataFrame, thresholds: list[float]
    ) -> None:
        self._engine, self._trial, self._registry = engine, trial, registry
        self._params = dict(params)
        self._limits = engine.frame("ref_limits").sort(pl.all())
        self._members, self._parts = pl.DataFrame(), pl.DataFrame()
        self._taken: Answers = Answers()
        if thresholds:
            tried = sorted({*map(float, str(params["link_thresholds"]).split(",")), *thresholds})
            trial.take({"link_thresholds": ", ".join(map(str, tried))})

    def of(self, case: Answers) -> _Found:
        """Make the flags of a case."""
        self._trial.take({**_positions(self._params), **case.position})
        if case.limit != self._taken.limit:
            self._trial.put("ref_limits", _limited(self._limits, case.limit))
        self._group(case)
        self._taken = case
        flags, exposure, pairs, shipments = (self._trial.make(table) for table in _TABLES)
        reading = str({**self._params, **case.position}["excess_reading"])
        valued = with_value(flags, exposure, self._registry, reading)
        lots = pairs.select("flag_id", "shipment_uid").join(
            shipments.select("shipment_uid", "value_usd"), on="shipment_uid"
        )
        return _Found(valued, lots)

    def _group(self, case: Answers) -> None:
        """Match identities again where their parties changed, then group them at the threshold of the case."""
        is_new = self._trial.make_inputs(_MEMBERS)
        if is_new:
            self._members, self._parts = (self._trial.make(table) for table in (_MEMBERS, _PARTS))
        if is_new or case.threshold != self._taken.threshold:
            self._trial.put(_MEMBERS, _regrouped(self._members, self._parts, case.threshold))


def _positions(params: Mapping[str, Any]) -> dict[str, Any]:
    from analytics.pipeline.scenario import scenario_of

    return scenario_of(params)


def _limited(limits: pl.DataFrame, limit: Decimal | None) -> pl.DataFrame:
    """Return the limits with another amount of the general exemption wherever it was available."""
    if limit is None:
        return limits
    is_general = (pl.col("kind") == "exemption") & (pl.col("pool") == "standard") & pl.col("limit_amount").is_not_null()
    amount = pl.lit(limit).cast(limits.schema["limit_amount"])
    return limits.with_columns(limit_amount=pl.when(is_general).then(amount).otherwise("limit_amount"))


def _regrouped(members: pl.DataFrame, parts: pl.DataFrame, threshold: float | None) -> pl.DataFrame:
    """Return the members of identities as a threshold groups them.

    A part keeps the id of the identity that most of its aliases come from, and an identity gives its id to its largest
    part, so that flags of what does not change keep theirs.
    """
    if threshold in {None, _CENTRAL}:
        return members
    moved = parts.filter(pl.col("threshold") == threshold).select("alias_id", "part_id")
    sizes = moved.join(members, on="alias_id").group_by("part_id", "identity_id").agg(size=pl.len())
    ranked = sizes.sort("size", "identity_id", "part_id", descending=[True, False, False])
    largest = ranked.unique("part_id", keep="first", maintain_order=True)
    named = largest.unique("identity_id", keep="first", maintain_order=True).select("part_id", new_id="identity_id")
    found = moved.join(named, on="part_id", how="left").with_columns(
        new_id=pl.coalesce("new_id", pl.lit("part-") + pl.col("part_id"))
    )
    whole = members.join(found.select("alias_id", "new_id"), on="alias_id", how="left")
    return whole.with_columns(identity_id=pl.coalesce("new_id", "identity_id")).drop("new_id")
