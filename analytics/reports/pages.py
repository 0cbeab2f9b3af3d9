"""The page: measures worded and drawn, laid out by the templates, sealed so that it asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime
from functools import cache
from typing import Any

import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from analytics.reports import captions, figures, owed_figures, owed_words, sentences, wording
from analytics.reports.law import READINGS, other_answers
from analytics.reports.measures import Measures
from analytics.reports.people import ROLES
from analytics.reports.theme import CONFIG

__all__ = ["page", "sealed"]

_SCRIPT_ENDS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def page(measures: Measures) -> str:
    """Lay out the report as one HTML page that needs nothing but itself.

    Parameters
    ----------
    measures : Measures
        What it shows.

    Returns
    -------
    str
        The same text for the same measures.
    """
    return sealed(
        "report.html",
        _drawn(measures),
        measures=measures,
        now=measures.headline.now,
        run=_run(measures),
        changes=_changes(measures),
        readings=READINGS,
        answers=other_answers(measures.tables.scenario),
        roles=ROLES,
        say=sentences,
        caption=captions,
        owed=owed_words,
    )


def sealed(template: str, drawn: dict[str, go.Figure | None], **shown: Any) -> str:
    """Lay out a template as one HTML page that needs nothing but itself: no request, no upload, no foreign script.

    Parameters
    ----------
    template : str
        A file of the templates; it gets ``style``, ``policy``, ``scripts`` and ``charts`` beside what is shown.
    drawn : dict
        Id of the place in the page to its figure; without a figure the scripts are left out.
    shown : dict
        What the template shows; text is escaped.

    Returns
    -------
    str
        The same text for the same content.
    """
    figures = {name: json.loads(figure.to_json()) for name, figure in drawn.items() if figure is not None}
    scripts = [get_plotlyjs(), _source("report.js")] if figures else []
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
        loader=PackageLoader("analytics.reports"),
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


def _drawn(measures: Measures) -> dict[str, go.Figure | None]:
    drawn = {
        "chart-trend": figures.trend_figure(
            measures.trend, [change["day"] for change in _changes(measures)], measures.tables.reading
        ),
        "chart-bunching": measures.bunching and figures.bunching_figure(measures.bunching),
        "chart-typologies": figures.typologies_figure(measures.typologies) if measures.typologies.height else None,
        "chart-concentration": measures.concentration and figures.concentration_figure(measures.concentration),
    }
    return drawn | owed_figures.figures_of(measures.owed)


def _changes(measures: Measures) -> list[dict[str, Any]]:
    """Return the days inside the trend on which a daily limit changed, each with a letter and what changed."""
    by_day = measures.rule_changes.group_by("valid_from", maintain_order=True)
    return [
        {"letter": letter, "day": str(day), "text": wording.day(day), "limits": sentences.limits_in_force(of_day)}
        for letter, ((day,), of_day) in zip(figures.LETTERS, by_day, strict=False)
    ]


def _run(measures: Measures) -> dict[str, Any]:
    """Return the last run of the store, as the banner and the method section name it."""
    runs = measures.tables.runs
    if runs.is_empty():
        return {}
    last = runs.row(-1, named=True)
    finished = datetime.fromisoformat(str(last["finished_at"]))
    return {**last, "finished": f"{wording.day(finished.date())}, {finished:%H:%M} UTC"}
