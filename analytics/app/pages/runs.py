"""The runs of the store, and what changed from one to the next."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from flask import Blueprint, render_template

from analytics.app import asked
from analytics.app.context import all_cases, store
from analytics.app.pages.week import cases_of_flags
from analytics.store.asking import ask

__all__ = ["page", "show"]

page = Blueprint("runs", __name__, url_prefix="/runs")
_MOST = 200
_CAUSES = {
    "new_data": "new data",
    "late_data": "late data",
    "judgements": "judgments of pairs",
    "identity": "an identity merged or split",
    "rules": "reference tables changed",
    "settings": "a setting changed",
    "program": "program or model changed",
    "others": "other rows changed what is usual",
}


@page.get("")
def show() -> str:
    """Show the runs, and the changes of one of them; which one is in the address."""
    runs = store().table("runs").sort("finished_at", "run_id", descending=True).collect()
    newest = str(runs["run_id"][0])
    chosen = asked.one_of("run", runs["run_id"].to_list(), newest)
    changes = ask(store(), ["run_changes"], _CHANGES, {"run": chosen, "most": _MOST})
    summed = ask(store(), ["run_changes"], _SUMMED, {"run": chosen})
    identities = ask(store(), ["identity_changes"], _IDENTITIES, {"run": chosen})
    return render_template(
        "runs.html",
        runs=[_run(row) for row in runs.iter_rows(named=True)],
        chosen=chosen,
        changes=changes.rows(named=True),
        summed=summed.rows(named=True),
        total=int(summed["flags"].sum()),
        identities=identities.rows(named=True),
        cases=cases_of_flags(all_cases()),
        causes=_CAUSES,
    )


def _run(row: dict[str, Any]) -> dict[str, Any]:
    inputs = json.loads(row["inputs"])
    counts = {name: sum(item.get(name, 0) for item in inputs) for name in ("read", "accepted", "rejected", "repeated")}
    files = [PurePosixPath(str(item["path"])).name for item in inputs]
    return {**row, **counts, "files": files}


_CHANGES = """
select * from run_changes
where run_id = $run
order by abs(usd_change) desc nulls last, flag_id, cause
limit $most
"""
_SUMMED = """
select
    change, cause, count(distinct flag_id) as flags, sum(usd_change) as usd_change,
    any_value(last_run_id) as last_run_id
from run_changes
where run_id = $run
group by change, cause
order by change, cause
"""
_IDENTITIES = """
select event, cause, count(*) as identities
from identity_changes
where run_id = $run
group by event, cause
order by event, cause
"""
