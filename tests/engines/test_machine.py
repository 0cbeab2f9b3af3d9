"""What a run may take of the machine."""

import os

import pytest

from analytics.engines import machine
from analytics.engines.duckdb_engine import DuckDBEngine


@pytest.fixture(autouse=True)
def afresh():
    """Nothing is known of the machine yet, and nothing afterwards."""
    known = (machine.memory, machine.cores, machine._settings)
    for each in known:
        each.cache_clear()
    yield
    for each in known:
        each.cache_clear()


def test_memory_is_no_more_than_there_is():
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert 100_000_000 < machine.memory() < 1.02 * there


@pytest.mark.parametrize(
    ("said", "meant"), [("12.8 GiB", 16 * 1024**3), ("409.6 MiB", 512 * 1024**2), ("800 bytes", 1000)]
)
def test_memory_is_read_as_the_engine_says_it(monkeypatch, said, meant):
    monkeypatch.setattr(machine, "_settings", lambda: (said, "2"))
    assert machine.memory() == meant


@pytest.mark.parametrize(("allowed", "threads", "found"), [({0}, "8", 1), ({0, 3, 5}, "2", 2), ({1, 2}, "2", 2)])
def test_threads_are_as_many_as_can_run(monkeypatch, allowed, threads, found):
    monkeypatch.setattr(machine, "_settings", lambda: ("1.0 GiB", threads))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: allowed, raising=False)
    assert machine.cores() == found


def test_an_engine_works_on_as_many_threads_as_it_is_given_or_as_can_run(monkeypatch):
    monkeypatch.setattr("analytics.engines.duckdb_engine.cores", lambda: 3)
    for asked, found in ((None, 3), (1, 1)):
        with DuckDBEngine(threads=asked) as engine:
            told = engine.connection.execute("select current_setting('threads')::int").fetchall()[0][0]
            assert (engine.threads, told) == (found, found)
