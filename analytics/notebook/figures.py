"""Every chart of the report, and those of an identity, a pair and a flag, by name: ``run.figures``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.calls import checked, checked_methods
from analytics.errors import UsageError, did_you_mean
from analytics.store import Store

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analytics.reports.section import Section

__all__ = ["Figures"]

_OF_ONE = {
    "flag": "the shipments of a flag by day, beside others of its consignee",
    "identity": "the aliases of an identity as a graph, its weakest link marked",
    "pair": "what agrees and what does not between two aliases",
}
_DOC = """Draw {shows}.

Parameters
----------
week : str, optional
    ISO week such as ``"2025-W22"``; the last one with data where not given.
start, end : date or str, optional
    First and last day instead of a week.

Returns
-------
plotly.graph_objects.Figure
    The chart of section "{title}" of the report.

Raises
------
UsageError
    There is nothing to draw, or the week cannot be understood.
"""


@checked_methods
class Figures:
    """Every chart of the report by name, each a call that returns a Plotly figure; printed, it lists them.

    Parameters
    ----------
    store : Store
        What the charts are about.

    Examples
    --------
    >>> run.figures.trend(week="2025-W22")  # doctest: +SKIP
    >>> run.figures.identity("i86b8b2acba1a7d50")  # doctest: +SKIP
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def flag(self, flag_id: str) -> go.Figure:
        """Draw the shipments of a flag by day, beside the others that its consignee received around it.

        Parameters
        ----------
        flag_id : str
            The flag.

        Returns
        -------
        plotly.graph_objects.Figure
            Values of each day, with the limit where there was one.

        Raises
        ------
        UsageError
            The store has no such flag.
        """
        from analytics.reports.drawn import plotly_figure
        from analytics.reports.flag_timeline import flag_timeline

        return plotly_figure(flag_timeline(self._store, flag_id))

    def identity(self, identity_id: str) -> go.Figure:
        """Draw the aliases of an identity as a graph, with the links by which it formed and the weakest of them.

        Parameters
        ----------
        identity_id : str
            An identity_id, or an alias_id of it.

        Returns
        -------
        plotly.graph_objects.Figure
            Aliases bear the numbers that `explain` gives them.

        Raises
        ------
        UsageError
            The store holds no such identity.
        """
        from analytics.explaining import explain

        return explain(self._store, identity_id).figure()

    def pair(self, one: str, other: str) -> go.Figure:
        """Draw what agrees and what does not between two aliases, as a waterfall.

        Parameters
        ----------
        one, other : str
            Alias ids; an identity_id stands for its alias on most shipments.

        Returns
        -------
        plotly.graph_objects.Figure
            From what is taken for granted to the sum.

        Raises
        ------
        UsageError
            The two are not two known aliases.
        """
        from analytics.explaining import explain

        return explain(self._store, one, other).figure()

    def __getattr__(self, name: str) -> Callable[..., go.Figure]:
        if name.startswith("_"):
            raise AttributeError(name)
        found = _sections()
        if name not in found:
            every = [*found, *_OF_ONE]
            asked = did_you_mean(name, every) or f"There are {', '.join(sorted(every))}."
            raise AttributeError(f"no figure is called {name!r}. {asked}")
        return _drawing(self._store, name, found[name])

    def __dir__(self) -> list[str]:
        return sorted([*_sections(), *_OF_ONE])

    def __str__(self) -> str:
        shown = {name: section.draws[name] for name, section in _sections().items()} | _OF_ONE
        width = max(map(len, shown))
        return "\n".join(f"{name:<{width}}  {what}" for name, what in sorted(shown.items()))

    def __repr__(self) -> str:
        return f"<Figures of {self._store.root}: {', '.join(dir(self))}>"

    def _repr_html_(self) -> str:
        from analytics.printing import text

        return text("Figures", str(self))


def _sections() -> dict[str, Section[Any]]:
    """Return the charts of the report by name, each with its section."""
    from analytics.reports.sections import in_order

    return {name: section for section in in_order() for name in section.draws}


def _drawing(store: Store, name: str, section: Section[Any]) -> Callable[..., go.Figure]:
    def drawing(
        week: str | None = None, *, start: date | str | None = None, end: date | str | None = None
    ) -> go.Figure:
        return _drawn(store, name, section, week=week, start=start, end=end)

    drawing.__name__ = drawing.__qualname__ = name
    drawing.__doc__ = _DOC.format(shows=section.draws[name], title=section.title)
    return checked(drawing)


def _drawn(store: Store, name: str, section: Section[Any], **when: Any) -> go.Figure:
    from analytics.cases.lookup import case_book, url_in_use
    from analytics.reports.drawn import plotly_figure
    from analytics.reports.periods import choose_period
    from analytics.reports.section import Contents

    period = choose_period(store, **when)
    contents = Contents(store, period, case_book(store, url_in_use()))
    charts = {chart.key: chart for chart in section.charts(contents.of(section))}
    if name not in charts:
        raise UsageError(
            f"{name}: there is nothing to draw in {period.label}. Choose another week, "
            f"or read section {section.title!r} of the report."
        )
    return plotly_figure(charts[name])
