"""How a case is told: dates as the United States write them, and sentences in which no figure lacks its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from analytics.reports.wording import counted, day, listed, money, name_of

__all__ = [
    "INDICATOR",
    "amounts",
    "citations",
    "date_bases",
    "gone_because",
    "moment",
    "packages",
    "typologies",
    "us_day",
    "us_days",
]

INDICATOR = "This is an indicator. It does not say that anybody meant to split shipments."
_CAUSES = {
    "new_data": "new data came in",
    "late_data": "data of earlier days came in late",
    "judgements": "a person judged pairs of aliases",
    "identity": "an identity merged or split",
    "rules": "the reference tables changed",
    "settings": "a setting changed",
    "program": "the program or the identity model changed",
    "others": "other rows changed what is usual",
}
_RULE = re.compile(r"^\s*[A-Z]+(?:-[A-Z0-9]+)+:\s*")
"""Where a day came under several rules, each citation begins with the rule it belongs to."""
_BASES = {"arrival": "arrival", "estimated_arrival": "estimated arrival", "release": "release", "order": "order"}


def us_day(value: date | None) -> str:
    """Return ``May 2, 2025``; ``unknown`` where there is none."""
    return day(value) if value else "unknown"


def us_days(first: date | None, last: date | None) -> str:
    """Return ``on May 2, 2025`` or ``between May 2, 2025 and May 6, 2025``."""
    if first is None or last is None:
        return "on a day that is not known"
    return f"on {us_day(first)}" if first == last else f"between {us_day(first)} and {us_day(last)}"


def moment(at: str) -> str:
    """Return an ISO instant as ``May 2, 2025, 14:05 UTC``."""
    instant = datetime.fromisoformat(at)
    return f"{us_day(instant.date())}, {instant:%H:%M} UTC"


def packages(number: int) -> str:
    """Return ``1 package``, ``4 packages``."""
    return counted(number, "package")


def amounts(low: Decimal | None, base: Decimal | None, high: Decimal | None, *, is_unknown: bool) -> str:
    """Return low, base and high; where some part is unknown the high is not known."""
    if low is None or base is None or high is None:
        return "unknown"
    most = "high not known" if is_unknown else f"high {money(high)}"
    return f"{money(base)} (low {money(low)}; {most})"


def typologies(names: Iterable[str]) -> str:
    """Return ``2 flags (daily limit, order in lots)``."""
    every = list(names)
    kinds = sorted({name_of(name).lower() for name in every})
    return f"{counted(len(every), 'flag')} ({', '.join(kinds)})" if every else "no flag that stands"


def citations(legal_bases: Iterable[str]) -> str:
    """Return the citations of some flags, each once: ``19 USC 1321(a)(2)(C); 19 CFR 10.151``."""
    parts = (_RULE.sub("", part).strip() for text in legal_bases for part in text.split(";"))
    return "; ".join(dict.fromkeys(part for part in parts if part))


def gone_because(run_id: str, causes: Iterable[str]) -> str:
    """Say on which run a flag went, and why."""
    return f"Gone on run {run_id}, because {listed(_CAUSES.get(cause, cause) for cause in causes)}."


def date_bases(rows: pl.DataFrame) -> list[str]:
    """Say by which other dates a flag would stand, and by which it would not; rows of ``date_sensitivity``."""
    tested = rows.filter(pl.col("date_basis") != "arrival").sort("date_basis")
    said = []
    for stands, verb in ((True, "The flag also stands"), (False, "The flag does not stand")):
        names = [_BASES.get(basis, basis) for basis in tested.filter(pl.col("is_over_limit") == stands)["date_basis"]]
        said += [f"{verb} by date of {listed(names)}."] if names else []
    return said
