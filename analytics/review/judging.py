"""Takes down what people judge. Nothing is changed or removed: taking back is another row."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.identities import Judgements
from analytics.errors import UsageError
from analytics.review.successors import successor
from analytics.store import Store, begin, judged, nearest_ids

__all__ = ["VERDICTS", "Verdict", "judge", "named_alias", "take_down"]

VERDICTS = ("same", "different", "unsure")
_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True)
class Verdict:
    """What was said of two aliases.

    Attributes
    ----------
    one, other : str
        Alias ids, in any order.
    verdict : str
        same, different or unsure.
    note : str or None
        Why.
    """

    one: str
    other: str
    verdict: str
    note: str | None = None


def judge(
    store: Store, one: str, other: str, verdict: str, *, by: str | None = None, note: str | None = None
) -> tuple[str, str]:
    """Take down one verdict; see `analytics.OpenedStore.judge`."""
    if verdict not in VERDICTS:
        raise UsageError(f"{verdict!r} is no verdict. Say one of: {', '.join(VERDICTS)}.")
    aliases = store.table("aliases").collect()
    left, right = sorted(named_alias(aliases, successor(store, subject)) for subject in (one, other))
    if left == right:
        raise UsageError(f"both are the alias {left}. Name two aliases by alias_id: splitship explain {one}")
    take_down(store, [Verdict(left, right, verdict, note)], by)
    return left, right


def named_alias(aliases: pl.DataFrame, subject: str) -> str:
    """Return the alias that an id stands for.

    Parameters
    ----------
    aliases : polars.DataFrame
        The published table.
    subject : str
        An alias_id stands for itself, an identity_id for its alias on most shipments, the smallest id among equals.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        Nothing is known by that id, or it names nobody.
    """
    found = aliases.filter((pl.col("alias_id") == subject) | (pl.col("identity_id") == subject))
    if found.is_empty():
        near = nearest_ids(subject, *(aliases.lazy().select(name) for name in ("alias_id", "identity_id")))
        near = near or "List them: splitship export aliases"
        raise UsageError(f"{subject!r} is no alias and no identity of this store. {near}")
    if found["identity_id"][0] is None:
        raise UsageError(f"{subject} is blank or a placeholder and names nobody. Judge aliases that name a party.")
    chosen: str = found.sort("shipments", "alias_id", descending=[True, False])["alias_id"][0]
    return chosen


def take_down(store: Store, verdicts: Sequence[Verdict], by: str | None = None) -> None:
    """Add verdicts to what the store remembers, all of them or none.

    Parameters
    ----------
    store : Store
        Where they belong.
    verdicts : sequence of Verdict
        What was said, at one time.
    by : str, optional
        Who said it; the name of the user where not given.

    Raises
    ------
    StoreLocked
        A run is writing to the store.
    """
    with begin(store.root) as transaction:
        past = judged(store.root, transaction.state)
        stamp = _later_than(past["judged_at"].max() if past.height else None)
        who = by or getpass.getuser()
        rows = [(*sorted((said.one, said.other)), said.verdict, who, stamp, said.note or None) for said in verdicts]
        transaction.append_judgements(pl.DataFrame(rows, schema=empty_frame(Judgements).schema, orient="row"))


def _later_than(last: object) -> str:
    """Return the time of now, or the next instant after the last judgement where the clock was set back."""
    now = datetime.now(UTC)
    if last is not None:
        now = max(now, datetime.strptime(str(last), _STAMP).replace(tzinfo=UTC) + timedelta(microseconds=1))
    return now.strftime(_STAMP)
