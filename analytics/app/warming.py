"""What takes longer than a page may, computed when the server starts: pairs by money, and figures of the last week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.errors import SplitshipError

if TYPE_CHECKING:
    from analytics.app.context import Server

__all__ = ["warm"]


def warm(shared: Server) -> None:
    """Compute it once; a page that is asked for meanwhile does so by itself."""
    from analytics.app.pages.week import figures_of
    from analytics.app.pairs import money_pairs
    from analytics.reports.periods import choose_period

    try:
        opened = shared.store()
        figures_of(shared, opened, choose_period(opened))
        money_pairs(shared, opened)
    except SplitshipError:  # the page says so to whoever opens it
        return
