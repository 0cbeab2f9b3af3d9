"""The dozen cases that ``make app`` opens are in every state, with every outcome, and their history is whole."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from analytics.cases import OUTCOMES, STATES, open_ledger
from analytics.cases.lookup import case_book, cases_of_flags
from analytics.cases.statistics import stats_of
from analytics.opened import open_store
from analytics.reports.periods import choose_period
from analytics.reports.section import Contents
from analytics.reports.sections.cases import SECTION as CASES

SCRIPT = Path(__file__).parents[2] / "data_samples" / "open_cases.py"


@pytest.fixture(scope="module")
def told(samples, tmp_path_factory):
    """The ledger of a copy of the samples after the story was told."""
    root = tmp_path_factory.mktemp("told") / "store"
    shutil.copytree(samples.root, root)
    spec = importlib.util.spec_from_file_location("open_cases", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.tell(root)
    return module, open_ledger(open_store(root), by="ann")


def test_they_are_a_dozen_in_every_state(told):
    cases = told[1].cases()
    assert cases.height >= 12
    assert set(cases["state"]) == set(STATES)
    assert set(cases["outcome"].drop_nulls()) == set(OUTCOMES)


def test_no_event_is_of_a_day_to_come(told):
    ledger = told[1]
    assert ledger.verify().is_whole
    assert ledger.events()["at"].max() < ledger._clock().isoformat()


def test_telling_it_twice_changes_nothing(told):
    module, ledger = told
    before = ledger.events().height
    module.tell(ledger.store.root)
    assert ledger.events().height == before


def test_the_report_counts_as_the_statistics_of_the_team_do(told):
    ledger = told[1]
    contents = Contents(ledger.store, choose_period(ledger.store), case_book(ledger.store))
    shown = contents.of(CASES)
    stats = stats_of(ledger.store, ledger.cases(), ledger.events(), shown.as_of)
    assert (shown.ages, shown.outcomes, shown.reopened) == (stats.ages, stats.outcomes, stats.reopened)
    assert shown.median_days_to_close == stats.median_days_to_close
    assert sum(shown.ages.values()) == shown.weeks["backlog"][-1] == ledger.cases().height - stats.states["closed"]


def test_the_book_says_what_the_case_of_each_flag_is(told):
    ledger = told[1]
    book = case_book(ledger.store)
    assert book.said == cases_of_flags(ledger.store)
    assert "C000001 (investigating, ines)" in book.said.values()
    assert set(book.moves.columns) == {"seq", "case_id", "at", "day", "kind", "state"}  # no note, no name
