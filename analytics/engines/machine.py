"""What a run may take of the machine: of the container it is in, where that has less."""

from __future__ import annotations

import os
from functools import cache

import duckdb

__all__ = ["cores", "megabytes", "memory"]

_OWN_SHARE = 0.8
"""Share of the memory there is that DuckDB takes by itself."""
_UNITS = {"bytes": 0, "KiB": 1, "MiB": 2, "GiB": 3, "TiB": 4}


@cache
def memory() -> int:
    """Return the bytes of memory there are, as DuckDB finds them: it knows the limits of control groups."""
    amount, unit = _settings()[0].split()
    return round(float(amount) * 2.0 ** (10 * _UNITS[unit]) / _OWN_SHARE)


@cache
def cores() -> int:
    """Return how many threads can run at a time: by the quota of the container, and by the cores of this process."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(int(_settings()[1]), allowed)


@cache
def _settings() -> tuple[str, str]:
    with duckdb.connect() as connection:
        query = "select current_setting('memory_limit'), current_setting('threads')::varchar"
        memory_limit, threads = connection.execute(query).fetchall()[0]
    return memory_limit, threads


def megabytes(memory: str) -> float:
    """Say how many megabytes ``"8GB"`` or ``"500MB"`` are."""
    amount = float(memory.rstrip("GMKiBgmkb "))
    return amount * 1000 if "G" in memory.upper() else amount
