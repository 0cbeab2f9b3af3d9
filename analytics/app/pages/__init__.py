"""The pages, a module each."""

from __future__ import annotations

from analytics.app.pages import case, queue, review, rules, runs, search, sign_in, week

__all__ = ["PAGES"]

PAGES = [module.page for module in (sign_in, queue, case, review, search, week, rules, runs)]
"""Blueprints, in the order of the navigation."""
