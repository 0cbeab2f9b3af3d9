"""The report as JSON: the same sections as plain data, for whoever draws or checks them elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from analytics.reports.section import Contents
from analytics.reports.sections import in_order

__all__ = ["plain", "report_json"]


def report_json(contents: Contents) -> str:
    """Return the report as JSON: page one, then each section with its measure, charts and tables.

    Parameters
    ----------
    contents : Contents
        What it is made from.

    Returns
    -------
    str
        The same text for the same contents; amounts are text to the cent, days are ISO.
    """
    sections = []
    for number, section in enumerate(in_order()):
        it = contents.of(section)
        sections.append(
            {
                "key": section.key,
                "number": number,
                "title": section.title,
                "lead": section.lead,
                "words": list(section.says(it)),
                "measured": plain(it),
                "charts": plain(section.charts(it)),
                "tables": plain(section.tables(it)),
            }
        )
    whole = {
        "period": {**plain(contents.period), "label": contents.period.label},
        "data_days": plain(contents.data_days),
        "is_privileged": contents.is_privileged,
        "is_masked": contents.is_masked,
        "headline": plain(contents.headline),
        "cases": plain(contents.cases),
        "sections": sections,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def plain(value: Any) -> Any:
    """Return a measure as what JSON holds: frames as rows, decimals as text, days in ISO form.

    Parameters
    ----------
    value : Any
        What a section measured, or a part of it.

    Returns
    -------
    Any
        Mappings, lists, texts, numbers, truth values and None.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, pl.DataFrame):
        return [plain(row) for row in value.iter_rows(named=True)]
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [plain(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"a section measured {type(value).__name__}; measure frames, dates, numbers and texts only.")
