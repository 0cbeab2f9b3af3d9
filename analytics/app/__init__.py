"""The investigators' pages: queue, case, review, search, week, rules and runs, served to a browser.

Flask, Jinja and waitress come with the extra ``app`` and are loaded when a server is started, not before.
"""

from __future__ import annotations

__all__: list[str] = []
