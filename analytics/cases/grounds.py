"""What moved the ground of cases since the ledger last followed: flags raised, gone and changed, identities split."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from analytics.store import Store

__all__ = ["Change", "Grounds", "grounds_since"]

_UNKNOWN = "unknown"
_UNNAMED = "others"


@dataclass
class Change:
    """What became of one flag over some runs.

    Attributes
    ----------
    causes : set of str
        new_data, late_data, judgements, identity, rules, settings, program or others, as in ``run_changes``.
    usd : Decimal
        By how much the value of its shipments grew or shrank.
    run_id : str
        The last run that changed it.
    """

    causes: set[str] = field(default_factory=set)
    usd: Decimal = Decimal(0)
    run_id: str = ""

    def said(self) -> dict[str, str]:
        """Return it as an event says it."""
        causes = self.causes - {_UNNAMED} or self.causes or {_UNKNOWN}
        return {"cause": "+".join(sorted(causes)), "usd_change": str(self.usd), "run_id": self.run_id}


@dataclass(frozen=True)
class Grounds:
    """What changed since the ledger last followed.

    Attributes
    ----------
    run_id : str
        The last run.
    flags : dict
        Flag to its `Change`; flags about which the runs say nothing are missing.
    split : dict
        Identity that fell apart to the cause: data, model or human.
    """

    run_id: str
    flags: dict[str, Change]
    split: dict[str, str]

    def of(self, flags: Sequence[str]) -> Change:
        """Return what became of some flags together."""
        found = Change(run_id=self.run_id)
        for flag in flags:
            change = self.flags.get(flag, Change())
            found.causes |= change.causes
            found.usd += change.usd
        return found


def grounds_since(store: Store, followed: str | None) -> Grounds:
    """Return what the runs after one changed.

    Parameters
    ----------
    store : Store
        As screened last.
    followed : str or None
        The run that the ledger followed last; where the store does not know it, every run counts.
    """
    runs = [run.run_id for run in store.state.runs]
    later = runs[runs.index(followed) + 1 :] if followed in runs else runs
    flags: defaultdict[str, Change] = defaultdict(Change)
    changes = store.table("run_changes").filter(pl.col("run_id").is_in(later)).sort("run_id", "flag_id", "cause")
    for row in changes.collect().iter_rows(named=True):
        change = flags[row["flag_id"]]
        change.causes.add(row["cause"])
        change.usd += row["usd_change"]
        change.run_id = row["run_id"]
    return Grounds(runs[-1], dict(flags), _split(store, later))


def _split(store: Store, runs: Sequence[str]) -> dict[str, str]:
    changes = store.table("identity_changes").filter(pl.col("run_id").is_in(runs), pl.col("event") == "split")
    found = changes.sort("run_id", "identity_id").select("identity_id", "from_ids", "cause").collect()
    return {named: cause for one, others, cause in found.iter_rows() for named in (one, *json.loads(others))}
