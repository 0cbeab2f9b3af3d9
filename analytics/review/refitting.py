"""Refits the model to what people judged; adopted where it foretells verdicts held back from it, and only there."""

from __future__ import annotations

import getpass
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl

from analytics.errors import UsageError
from analytics.identity.candidates.components import connected
from analytics.identity.grouping.constraints import judged_pairs
from analytics.identity.records.preparing import prepare
from analytics.identity.records.records import Records
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.refit import shifted
from analytics.identity.scoring.scorer import default_scorer, probabilities
from analytics.printing import Answer
from analytics.review.clusters import LIKELY, last_words
from analytics.review.crossfit import Evidence, Shift, Trial, tried
from analytics.review.model import learned_model, model_in_force
from analytics.store import Store, begin, in_force, judged

__all__ = ["Refitting", "gathered", "refit", "withdraw_refit"]

_STAMP = "%Y-%m-%dT%H:%M:%SZ"
_DECIDED = ("same", "different")
_PAIR = ["left", "right"]


@dataclass(frozen=True, repr=False)
class Refitting(Answer):
    """What came of refitting the model.

    Attributes
    ----------
    version : str
        Name of the shifted model.
    base : str
        The model it shifts.
    trial : Trial
        The shift, its scores before and after on verdicts held back, and what speaks against it.
    same, different, contradicted : int
        Verdicts it was fitted to, and judged pairs left out because people contradict themselves or each other.
    would_join, would_part : int
        Compared pairs of aliases that would cross one half.
    is_dry : bool
        Nothing was to be kept.
    """

    version: str
    base: str
    trial: Trial
    same: int
    different: int
    contradicted: int
    would_join: int
    would_part: int
    is_dry: bool

    @property
    def is_adopted(self) -> bool:
        """It was kept, and the next screening uses it."""
        return not self.trial.refusals and not self.is_dry

    @property
    def lines(self) -> list[str]:
        """What came of it, in words and figures."""
        before, after, shift = self.trial.before, self.trial.after, self.trial.shift
        out = f"; left out: {self.contradicted} pairs on which people contradict" if self.contradicted else ""
        lines = [f"{self.same + self.different:,} verdicts: {self.same:,} same, {self.different:,} different{out}"]
        if after is not before:
            lines += [
                "",
                f"{'':<16}{'the model':>12}{'refit':>12}   (on verdicts held back from it)",
                f"{'log loss':<16}{before.log_loss:>12.4f}{after.log_loss:>12.4f}",
                f"{'wrong merges':<16}{before.wrong_merges:>12,}{after.wrong_merges:>12,}",
                f"{'wrong partings':<16}{before.wrong_partings:>12,}{after.wrong_partings:>12,}",
                "",
                f"prior {shift.prior:+.4f} (log odds)",
                *(f"{name.replace('_', ' ')} x {factor:g}" for name, factor in sorted(shift.factors.items())),
                f"pairs that would cross one half: {self.would_join:,} upwards, {self.would_part:,} downwards",
                "",
            ]
        if self.trial.refusals:
            return [*lines, "not adopted:", *(f"  {reason}" for reason in self.trial.refusals)]
        return [
            *lines,
            f"dry run: it would be adopted as {self.version}" if self.is_dry else f"adopted: {self.version}",
        ]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def refit(store: Store, *, dry_run: bool = False, by: str | None = None) -> Refitting:
    """Refit the model; see `analytics.OpenedStore.refit`."""
    store = Store(store.root)  # with what was judged since it was opened
    aliases = store.table("aliases").sort("alias_id").collect()
    records = prepare(aliases, {})
    place = dict(zip(aliases["alias_id"], records.row_record.tolist(), strict=True))
    evidence = gathered(store, records, place)
    trial = tried(evidence)
    base = default_scorer().version
    version = f"{base}+r{_digest(base, trial.shift)}"
    is_shift = bool(trial.shift.prior or trial.shift.factors)
    joins, parts = _crossing(store, records, place, trial.shift) if is_shift else (0, 0)
    same = int(evidence.is_same.sum())
    found = Refitting(
        version, base, trial, same, len(evidence) - same, evidence.contradicted, joins, parts, is_dry=dry_run
    )
    if found.is_adopted:
        _write(store, _entry(found), by)
    return found


def withdraw_refit(store: Store, *, by: str | None = None) -> str:
    """Withdraw the refit in force; see `analytics.OpenedStore.withdraw_refit`."""
    current = in_force(store.root, Store(store.root).state, default_scorer().version)
    if current is None:
        raise UsageError(f"{store.root}: no refit is in force. Make one: splitship refit --store {store.root}")
    _write(store, {"event": "withdrawn", "version": current["version"], "base": current["base"]}, by)
    return str(current["version"])


def gathered(store: Store, records: Records, place: dict[str, int]) -> Evidence:
    """Return the standing verdicts with what the model makes of them.

    Parameters
    ----------
    store : Store
        Where they are.
    records : Records
        All parties of the store, so that names are as rare as they are there.
    place : dict
        Record of each alias; -1 for one that names nobody.

    Returns
    -------
    Evidence
        Verdicts on aliases that are there and not equal once normalised; without those that contradict each other.
    """
    standing = _on_records(last_words(store), place).unique(_PAIR, keep="last", maintain_order=True)
    standing = standing.filter(pl.col("verdict").is_in(_DECIDED))
    every = _on_records(judged(store.root, store.state), place).filter(pl.col("verdict").is_in(_DECIDED))
    minds = every.group_by(_PAIR).agg(pl.col("verdict").n_unique(), pl.col("judged_by").n_unique())
    disputed = standing.join(minds.filter(pl.col("verdict") > 1, pl.col("judged_by") > 1), on=_PAIR, how="semi")
    settled = standing.join(disputed, on=_PAIR, how="anti")
    broken = judged_pairs(settled, len(records)).contradictions
    inconsistent = pl.DataFrame(list(broken), schema=dict.fromkeys(_PAIR, pl.Int64), orient="row")
    kept = settled.join(inconsistent, on=_PAIR, how="anti").sort(_PAIR)
    ends = Pairs(records, kept["left"].to_numpy(), kept["right"].to_numpy())
    scorer = learned_model(store)
    shares = scorer.shares(compare(ends), {})
    return Evidence(
        names=tuple(shares),
        intercept=scorer.intercept,
        shares=np.column_stack([*shares.values()]),
        is_same=(kept["verdict"] == "same").to_numpy(),
        cluster=connected(len(records), ends.left, ends.right)[ends.left],
        contradicted=disputed.height + inconsistent.height,
    )


def _on_records(said: pl.DataFrame, place: dict[str, int]) -> pl.DataFrame:
    """Judgements of aliases as judgements of two records, oldest first; those on one record say nothing new."""
    sides = [said[f"alias_id_{side}"].replace_strict(place, default=-1, return_dtype=pl.Int64) for side in "lr"]
    ends = said.select("verdict", "judged_by", "judged_at", one=sides[0], other=sides[1])
    ends = ends.filter(pl.col("one") >= 0, pl.col("other") >= 0, pl.col("one") != pl.col("other"))
    ends = ends.with_columns(left=pl.min_horizontal("one", "other"), right=pl.max_horizontal("one", "other"))
    return ends.drop("one", "other").sort("judged_at", *_PAIR, "verdict")


def _crossing(store: Store, records: Records, place: dict[str, int], shift: Shift) -> tuple[int, int]:
    """Kept pairs that a shift would take over one half, and below; what no score may join stays as it is."""
    links = store.table("identity_links").select("alias_id_l", "alias_id_r", "probability").collect()
    sides = [links[f"alias_id_{side}"].replace_strict(place, return_dtype=pl.Int64).to_numpy() for side in "lr"]
    compared = sides[0] != sides[1]
    pairs = Pairs(records, np.minimum(*sides)[compared], np.maximum(*sides)[compared])
    found, now = compare(pairs), model_in_force(store)
    then = shifted(learned_model(store), "", shift.prior, shift.factors)
    before, after = (probabilities(scorer.log_odds(found, {})) for scorer in (now, then))
    free = before <= links["probability"].to_numpy()[compared]
    likely, to_be = before >= LIKELY, after >= LIKELY
    return int((free & ~likely & to_be).sum()), int((free & likely & ~to_be).sum())


def _digest(base: str, shift: Shift) -> str:
    content = json.dumps([base, shift.prior, sorted(shift.factors.items())])
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def _entry(found: Refitting) -> dict[str, Any]:
    before, after = found.trial.before, found.trial.after
    return {
        "event": "adopted",
        "version": found.version,
        "base": found.base,
        "prior": found.trial.shift.prior,
        "factors": found.trial.shift.factors,
        "verdicts": found.same + found.different,
        "log_loss_before": before.log_loss,
        "log_loss_after": after.log_loss,
        "wrong_merges_before": before.wrong_merges,
        "wrong_merges_after": after.wrong_merges,
        "wrong_partings_before": before.wrong_partings,
        "wrong_partings_after": after.wrong_partings,
    }


def _write(store: Store, entry: dict[str, Any], by: str | None) -> None:
    stamp = datetime.now(UTC).strftime(_STAMP)
    with begin(store.root) as transaction:
        transaction.append_refit({**entry, "at": stamp, "by": by or getpass.getuser()})
