"""The door: every outcome has its exit code, and no message quotes what a library makes of the data."""

import os
import signal
import sys

import duckdb
import pytest

from analytics import screening
from analytics.cli.main import main
from analytics.errors import StepFailed


def outcome(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["splitship", *map(str, words)])
    monkeypatch.delenv("SPLITSHIP_DEBUG", raising=False)
    with pytest.raises(SystemExit) as ending:
        main()
    return ending.value.code, capsys.readouterr().err


def interrupted_query(*_, **__):
    os.kill(os.getpid(), signal.SIGINT)
    duckdb.sql("select sum(a.range) from range(100000000) as a, range(1000) as b").fetchall()


def interrupted_step(*_, **__):
    try:
        interrupted_query()
    except Exception as error:
        raise StepFailed("step x failed") from error


def interrupted(*_, **__):
    os.kill(os.getpid(), signal.SIGINT)


@pytest.fixture
def interruptible():
    """A process that heeds interrupts, also where the tests run in the background and inherit that none are."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("work", [interrupted, interrupted_query, interrupted_step])
def test_an_interrupt_is_one_whatever_a_library_makes_of_it(monkeypatch, capsys, work):
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(screening, "screen", work)
    told = outcome(monkeypatch, capsys, "screen", "a.csv", "--no-progress")
    assert told == (130, "interrupted; the store is as it was before, or holds all of this run\n")
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_nobody_foresaw_is_told_without_what_it_quotes(monkeypatch, capsys):
    def broken(*_, **__):
        raise ValueError("could not parse 'Zebedee Quux, 77 Secret Ln'")

    monkeypatch.setattr(screening, "screen", broken)
    code, told = outcome(monkeypatch, capsys, "screen", "a.csv")
    assert code == 1
    assert told == "splitship: stopped by ValueError. Set SPLITSHIP_DEBUG=1 and run again to see where.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--memory", "lots"), "--memory 'lots' is no amount of memory"),
        (("--memory", "0GB"), "--memory '0GB' is no amount of memory"),
        (("--store", __file__), "no store can be kept there (File exists)"),
        (("--from", "3/3/2025"), "--from '3/3/2025' is not a date"),
    ],
)
def test_a_wrong_call_is_told_without_a_traceback(monkeypatch, capsys, tmp_path, options, said):
    monkeypatch.chdir(tmp_path)
    code, told = outcome(monkeypatch, capsys, "screen", "a.csv", *options)
    assert code == 2
    assert said in told
    assert len(told.splitlines()) == 1
