"""How an answer looks: printed as lines, named in one line, shown in a notebook; text from outside is never markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from analytics.showing import one_line, printable

__all__ = ["Answer", "figures", "shown", "table", "text"]

_STYLE = "border-collapse:collapse;font-family:system-ui,sans-serif;font-size:13px;margin:.3em 0"
_CELL = "padding:2px 14px 2px 0;border:0;text-align:"
_SCROLLED = "max-height:40em;overflow:auto"
_MOST_ROWS = 30
_MOST_NAMED = 100


class Answer:
    """What a call answers with: ``str()`` gives its lines, and a notebook shows them as they are."""

    def __repr__(self) -> str:
        said = str(self).splitlines()
        first = one_line(said[0], _MOST_NAMED) if said else "nothing"
        more = f"; {len(said):,} lines, print it" if len(said) > 1 else ""
        return f"<{type(self).__name__}: {first}{more}>"

    def _repr_html_(self) -> str:
        return text(type(self).__name__, str(self))


def shown(value: object) -> str:
    """Return a value as HTML shows it: nothing in it is markup, and nothing steers the page."""
    return escape(printable("" if value is None else f"{value:,}" if isinstance(value, int) else str(value)))


def figures(title: str, rows: Iterable[tuple[str, object]], notes: Sequence[str] = ()) -> str:
    """Return named figures under a title.

    Parameters
    ----------
    title : str
        What they are about.
    rows : iterable of tuple
        Name and figure.
    notes : sequence of str
        Sentences under them.
    """
    cells = "".join(
        f'<tr><td style="{_CELL}left">{shown(name)}</td><td style="{_CELL}right">{shown(value)}</td></tr>'
        for name, value in rows
    )
    under = "".join(f"<div>{shown(note)}</div>" for note in notes)
    return f'<div><b>{shown(title)}</b><table style="{_STYLE}">{cells}</table>{under}</div>'


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return rows under headings; beyond thirty it says how many more there are."""
    head = "".join(f'<th style="{_CELL}left">{shown(each)}</th>' for each in headings)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}left">{shown(cell)}</td>' for cell in row) + "</tr>"
        for row in rows[:_MOST_ROWS]
    )
    more = f"<div>… and {len(rows) - _MOST_ROWS:,} more rows</div>" if len(rows) > _MOST_ROWS else ""
    return f'<table style="{_STYLE}"><tr>{head}</tr>{body}</table>{more}'


def text(title: str, body: str) -> str:
    """Return a text as it is, line by line, under a title."""
    return f'<div><b>{shown(title)}</b><pre tabindex="0" style="{_SCROLLED}">{shown(body)}</pre></div>'
