"""Notes which published tables each section of a report reads, so that a figure can be traced to its SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import polars as pl

from analytics.reports.tables import Store, Tables

__all__ = ["Reads", "sources_of"]

_FLAGS = ("flags", "exposure", "ref_typologies")
_SOURCES = {
    "flags": _FLAGS,
    "leads": _FLAGS,
    "explained": _FLAGS,
    "flagged": ("flag_shipments", "shipments"),
    "links": ("identity_links",),
    "limits": ("ref_limits", "ref_scopes"),
    "typologies": ("ref_typologies",),
    "status_at_issue": ("typology_status", "ref_typologies"),
    "reading": ("runs",),
    "scenario": ("runs",),
}
"""Attributes of `Tables` that are not a published table of the same name."""


def sources_of(attribute: str) -> tuple[str, ...]:
    """Return the published tables that an attribute of `Tables` is made of.

    >>> sources_of("flagged"), sources_of("runs")
    (('flag_shipments', 'shipments'), ('runs',))
    """
    return _SOURCES.get(attribute, (attribute,))


class Reads:
    """The tables read, by who read them; whoever is under way notes what is read meanwhile."""

    def __init__(self) -> None:
        self._found: dict[str, set[str]] = {}
        self._under_way: list[str] = []

    def of(self, key: str) -> list[str]:
        """Return the tables that were read under a key, sorted."""
        return sorted(self._found.get(key, ()))

    def note(self, *tables: str) -> None:
        """Note tables for everybody under way."""
        for key in self._under_way:
            self._found[key].update(tables)

    @contextmanager
    def by(self, key: str) -> Iterator[None]:
        """Note what is read inside under a key."""
        self._found.setdefault(key, set())
        self._under_way.append(key)
        try:
            yield
        finally:
            self._under_way.pop()

    def noting_store(self, store: Store) -> Store:
        """Return a store that notes each table it hands out."""
        return _NotingStore(store, self)

    def noting_tables(self, tables: Tables) -> Tables:
        """Return the tables such that each that is used is noted."""
        return cast("Tables", _NotingTables(tables, self))


class _NotingStore:
    def __init__(self, store: Store, reads: Reads) -> None:
        self._store, self._reads = store, reads

    @property
    def root(self) -> Path:
        return self._store.root

    def table(self, name: str) -> pl.LazyFrame:
        self._reads.note(name)
        return self._store.table(name)


class _NotingTables:
    def __init__(self, tables: Tables, reads: Reads) -> None:
        self._tables, self._reads = tables, reads

    def __getattr__(self, name: str) -> Any:
        self._reads.note(*sources_of(name))
        return getattr(self._tables, name)
