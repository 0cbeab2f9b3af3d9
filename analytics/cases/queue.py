"""The queue: open cases by money, certainty and age; sorted, filtered and paged in DuckDB.

Value and duty at issue are those of the report: of the flags that totals count, each shipment once. Priority is what
all flags and leads of a case may put at issue, times certainty times age: a case gains its own weight again in every
thirty days. Certainty is 1 for an objective flag, 0.6 times the identity threshold that it survives for an inferred
one, and 0.2 for a lead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from analytics.cases.at_issue import money_of_cases
from analytics.cases.subjects import PERSONAL_KINDS
from analytics.days import day_of_event
from analytics.days import today as this_day
from analytics.errors import UsageError
from analytics.store.asking import ask

if TYPE_CHECKING:
    from analytics.store import Store

__all__ = ["NOBODY", "SORTS", "QueuePage", "queue", "waiting"]

NOBODY = ""
"""As assignee: the cases that nobody has."""
SORTS = (
    "priority", "case_id", "subject_kind", "typologies", "strength", "flags", "shipments", "value_usd",
    "duty_base_usd", "certainty", "first_day", "last_day", "state", "assignee", "due_on", "age_days", "last_event_at",
)  # fmt: skip
_MOST = 500
_FRESH = ("new", "triage")
_WEIGHTS = {"sure": 1.0, "inferred": 0.6, "supporting": 0.2, "doubling_days": 30.0}
_TABLES = ("flags", "flag_shipments", "shipments")


class _Cases(Protocol):
    """What the queue asks of a ledger."""

    def cases(self) -> pl.DataFrame:
        """Return one row a case."""


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue.

    Attributes
    ----------
    rows : polars.DataFrame
        The cases of this page, in order.
    total : int
        Cases on all pages.
    page, size : int
        Which page, from 1, and how many a page holds.
    """

    rows: pl.DataFrame
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.size))


def queue(
    store: Store,
    ledger: _Cases,
    *,
    state: str | None = None,
    assignee: str | None = None,
    typology: str | None = None,
    strength: str | None = None,
    since: date | None = None,
    until: date | None = None,
    is_due: bool | None = None,
    is_open: bool | None = True,
    text: str | None = None,
    sort: str = "priority",
    descending: bool = True,
    page: int = 1,
    size: int = 50,
    today: date | None = None,
) -> QueuePage:
    """Return one page of the queue.

    Parameters
    ----------
    store : Store
        The published tables.
    ledger : Ledger
        Today's state of each case.
    state, assignee : str, optional
        Only such cases; `NOBODY` as assignee for those without one.
    typology, strength : str, optional
        Only cases with such a flag.
    since, until : date, optional
        Only cases with a flag whose last day is in that span; with ``typology`` and ``strength``, such a flag.
    is_due : bool, optional
        Only cases whose day has come, or has not.
    is_open : bool or None, default=True
        Only open cases; False for closed ones, None for both.
    text : str, optional
        Part of an id, a typology, a name of a colleague or a reason.
    sort : str, default="priority"
        One of `SORTS`; equals stand by case_id.
    descending : bool, default=True
        The greatest first; what is unknown always comes last.
    page, size : int
        Which page, from 1, and how many a page holds.
    today : date, optional
        Today in New York where not given.

    Returns
    -------
    QueuePage

    Raises
    ------
    UsageError
        The sort is not known, or page or size is no positive number.
    """
    if sort not in SORTS:
        raise UsageError(f"cannot sort the queue by {sort!r}. Sort by one of: {', '.join(SORTS)}.")
    if page < 1 or not 1 <= size <= _MOST:
        raise UsageError(f"page {page} of {size} does not exist. Ask for page 1 or later, of 1 to {_MOST} cases.")
    values = {
        **_WEIGHTS,
        "state": state,
        "assignee": assignee,
        "typology": typology,
        "strength": strength,
        "since": since,
        "until": until,
        "is_due": is_due,
        "is_open": is_open,
        "text": f"%{_escaped(text)}%" if text else None,
        "personal": list(PERSONAL_KINDS),
        "today": today or this_day(),
        "size": size,
        "skipped": (page - 1) * size,
    }
    found = _ordered(store, ledger.cases(), values, f"{sort} {'desc' if descending else 'asc'} nulls last")
    return QueuePage(found.drop("total"), _total(store, found, values, ledger), page, size)


def waiting(store: Store, ledger: _Cases) -> list[str]:
    """Return the cases that nobody has and nobody began, the first of the queue first."""
    found = [queue(store, ledger, assignee=NOBODY, state=state, size=_MOST).rows for state in _FRESH]
    rows = pl.concat(found).sort("priority", "case_id", descending=[True, False], nulls_last=True)
    return rows["case_id"].to_list()


def _ordered(store: Store, cases: pl.DataFrame, values: dict[str, Any], order: str) -> pl.DataFrame:
    text = f"{_QUERY} order by {order}, case_id limit $size offset $skipped"
    opened = pl.Series("opened_on", [day_of_event(at) for at in cases["opened_at"]], pl.Date)
    return ask(
        store, _TABLES, text, values, {"cases": cases.with_columns(opened), "money": money_of_cases(store, cases)}
    )


def _total(store: Store, found: pl.DataFrame, values: dict[str, Any], ledger: _Cases) -> int:
    """Return how many cases pass; a page past the last has no row to tell it."""
    if found.height:
        return int(found["total"][0])
    first = _ordered(store, ledger.cases(), {**values, "skipped": 0}, "case_id")
    return int(first["total"][0]) if first.height else 0


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_QUERY = """
with
of_cases as (

    select case_id, unnest(from_json(flag_ids, '["VARCHAR"]')) as flag_id
    from cases

),

set_aside as (

    select case_id, unnest(from_json(excluded_shipments, '["VARCHAR"]')) as shipment_uid
    from cases

),

open_shipments as (

    select distinct of_cases.case_id, flag_shipments.shipment_uid
    from of_cases
    inner join flag_shipments using (flag_id)
    anti join set_aside on
        of_cases.case_id = set_aside.case_id and
        flag_shipments.shipment_uid = set_aside.shipment_uid

),

worth as (

    select open_shipments.case_id, count(*) as shipments, sum(shipments.value_usd) as worth_usd
    from open_shipments
    inner join shipments using (shipment_uid)
    group by open_shipments.case_id

),

ranked as (

    select
        of_cases.case_id,
        flags.flag_id,
        flags.typology,
        flags.strength,
        flags.window_start,
        flags.window_end,
        flags.total_usd as flag_usd,
        flags.reason,
        flags.counter_reasons ->> '$[0]' as counter_reason,
        case flags.strength
            when 'objective' then $sure
            when 'inferred' then $inferred * coalesce(flags.survives_to_threshold, 1)
            else $supporting
        end as certainty
    from of_cases
    inner join flags using (flag_id)

),

summed as (

    select
        case_id,
        string_agg(distinct typology, ', ' order by typology) as typologies,
        arg_max(strength, certainty) as strength,
        count(*) as flags,
        max(certainty) as certainty,
        min(window_start) as first_day,
        max(window_end) as last_day,
        arg_max(reason, (certainty, coalesce(flag_usd, 0), flag_id)) as top_reason,
        arg_max(counter_reason, (certainty, coalesce(flag_usd, 0), flag_id)) as top_counter_reason
    from ranked
    group by case_id

),

matching as (

    select distinct case_id
    from ranked
    where
        ($typology is null or typology = $typology)
        and ($strength is null or strength = $strength)
        and ($since is null or window_end >= $since)
        and ($until is null or window_end <= $until)

),

measured as (

    select
        cases.case_id,
        cases.subject_kind,
        cases.subject_id,
        coalesce(summed.typologies, '') as typologies,
        summed.strength,
        coalesce(summed.flags, 0) as flags,
        coalesce(worth.shipments, 0) as shipments,
        case when money.value_usd is not null then least(money.value_usd, worth.worth_usd) end as value_usd,
        case when money.weight_usd is not null then least(money.weight_usd, worth.worth_usd) end as weight_usd,
        money.duty_base_usd,
        money.duty_high_usd,
        summed.certainty,
        summed.first_day,
        summed.last_day,
        cases.state,
        cases.assignee,
        cast(cases.due_on as date) as due_on,
        cast(cases.snoozed_until as date) as snoozed_until,
        cases.version,
        date_diff('day', cases.opened_on, $today) as age_days,
        cases.last_event_at,
        summed.top_reason,
        summed.top_counter_reason
    from cases
    left join summed using (case_id)
    left join worth using (case_id)
    left join money using (case_id)

),

prioritized as (

    select
        * exclude (weight_usd),
        round(cast(coalesce(weight_usd, 0) as double) * coalesce(certainty, 0)
            * (1 + greatest(age_days, 0) / $doubling_days), 2) as priority,
        coalesce(least(due_on, snoozed_until) <= $today, false) and state <> 'closed' as is_due
    from measured

)

select *, count(*) over () as total
from prioritized
where
    ($state is null or state = $state)
    and ($assignee is null or coalesce(assignee, '') = $assignee)
    and (
        coalesce($typology, $strength, cast($since as varchar), cast($until as varchar)) is null
        or case_id in (select case_id from matching)
    )
    and ($is_due is null or is_due = $is_due)
    and ($is_open is null or (state <> 'closed') = $is_open)
    and (
        $text is null
        or concat_ws(' ', case_id, subject_kind, typologies, assignee, top_reason) ilike $text escape '\\'
        or (not list_contains($personal, subject_kind) and subject_id ilike $text escape '\\')
    )
"""
