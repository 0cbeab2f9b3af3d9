"""The page: measures worded and drawn, laid out by the templates, sealed so that it asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import plotly.graph_objects as go
import polars as pl
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from analytics.reports import wording
from analytics.reports.charts import Chart
from analytics.reports.drawn import plotly_figure
from analytics.reports.law import daily_rules, further_limits, informal_limits, is_on_letter_paper, limits_in_force
from analytics.reports.section import Contents, Section
from analytics.reports.sections import in_order, number_of
from analytics.reports.sections.method import SECTION as METHOD
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.reports.sections.page_one.words import privilege
from analytics.reports.svg import HALF, LOWER, PAPER_WIDTH, svg_figure
from analytics.reports.theme import CONFIG

__all__ = ["page", "sealed"]

_SCRIPT_ENDS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def page(contents: Contents) -> str:
    """Lay out the report as one HTML page that needs nothing but itself.

    Parameters
    ----------
    contents : Contents
        What it is made from.

    Returns
    -------
    str
        The same text for the same contents.
    """
    drawn: dict[str, go.Figure | None] = {}
    laid: list[_Laid] = []
    for number, section in enumerate(in_order()):
        charts = section.charts(contents.of(section))
        drawn |= {chart.place: plotly_figure(chart) for chart in charts}
        is_second = bool(laid) and laid[-1].opens
        opens = section.is_half and not is_second
        laid.append(_Laid(number, section, _html(section, contents, charts), opens, is_second))
    rules = contents.of(METHOD).rules
    return sealed(
        "report.html",
        drawn,
        period=contents.period,
        data_days=contents.data_days,
        run=_run(contents.tables.runs),
        regimes=contents.of(METHOD).regimes,
        paper="letter" if is_on_letter_paper(contents.of(METHOD).regimes) else "A4",
        limits=[*limits_in_force(daily_rules(rules)), *further_limits(rules), *informal_limits(rules)],
        is_privileged=contents.is_privileged,
        is_masked=contents.is_masked,
        privilege=privilege(contents.of(PAGE_ONE)),
        page_one=laid[0].html,
        sections=laid[1:],
    )


class _Laid(NamedTuple):
    """A section as the page shows it: the first of two halves opens their place, what follows it closes it."""

    number: int
    section: Section[Any]
    html: Markup
    opens: bool
    closes: bool


def _html(section: Section[Any], contents: Contents, charts: Sequence[Chart]) -> Markup:
    """Lay one section out by its own template, or by the one of all that have none."""
    it = contents.of(section)
    own = (f"{section.key}.html", f"{section.key}/{section.key}.html")
    laid = (
        _templates()
        .select_template([*own, "section.html"])
        .render(
            it=it,
            cases=contents.cases,
            charts={chart.key: chart for chart in charts},
            papers={chart.place: _on_paper(section, chart) for chart in charts},
            tables=section.tables(it),
            empty=section.empty(it),
            number_of=number_of,
            **section.words,
        )
    )
    return Markup(laid)  # noqa: S704  a template escaped it


def _on_paper(section: Section[Any], chart: Chart) -> Markup:
    """Draw a chart as it is printed, whatever the width of the window."""
    return Markup(svg_figure(chart, HALF if section.is_half else PAPER_WIDTH, LOWER * chart.height))  # noqa: S704


def sealed(template: str, drawn: dict[str, go.Figure | None], **shown: Any) -> str:
    """Lay out a template as one HTML page that needs nothing but itself: no request, no upload, no foreign script.

    Parameters
    ----------
    template : str
        A file of the templates; it gets ``style``, ``policy``, ``scripts`` and ``charts`` beside what is shown.
    drawn : dict
        Id of the place in the page to its figure; without a figure Plotly is left out.
    shown : dict
        What the template shows; text is escaped.

    Returns
    -------
    str
        The same text for the same content.
    """
    figures = {name: json.loads(figure.to_json()) for name, figure in drawn.items() if figure is not None}
    scripts = [*([get_plotlyjs()] if figures else []), _source("report.js")]
    return (
        _templates()
        .get_template(template)
        .render(
            scripts=scripts,
            policy=_policy(scripts),
            style=_source("report.css"),
            charts=_json({"config": CONFIG, "figures": figures}),
            **shown,
        )
    )


@cache
def _templates() -> Environment:
    """Return the templates: everything is escaped, and hidden characters in foreign text are made visible first."""
    templates = Environment(
        loader=ChoiceLoader([PackageLoader("analytics.reports"), PackageLoader("analytics.reports", "sections")]),
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    names = ("counted", "day", "days", "dollars", "listed", "money", "name_of", "percent", "short")
    templates.filters.update({name: getattr(wording, name) for name in names})
    return templates


def _shown(value: Any) -> Any:
    if value is None:
        return wording.DASH
    return wording.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _source(name: str) -> str:
    text, _, _ = _templates().loader.get_source(_templates(), name)  # type: ignore[union-attr]
    return text


def _policy(scripts: list[str]) -> str:
    """Allow exactly these scripts, styles of the page and of Plotly, and no request of any kind."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def _json(value: Any) -> str:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return "".join(_SCRIPT_ENDS.get(char, char) for char in text)


def _run(runs: pl.DataFrame) -> dict[str, Any]:
    """Return the last run of the store, as the banner and the method section name it."""
    if runs.is_empty():
        return {}
    last = runs.row(-1, named=True)
    finished = datetime.fromisoformat(str(last["finished_at"]))
    return {**last, "finished": f"{wording.day(finished.date())}, {finished:%H:%M} UTC"}
