"""How identities hang together, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.identity_health import SECTION
from analytics.reports.sections.identity_health.measures import Hanging
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)
THRESHOLDS = [
    {"threshold": 0.25, "standing": "high"},
    {"threshold": 0.5, "standing": "central"},
    {"threshold": 0.95, "standing": "low"},
]


def measured(**rows):
    return Contents(store_of(**{"identity_thresholds": THRESHOLDS, **rows}), WEEK).of(SECTION)


def people(*aliases, **more):
    return [{"identity_id": f"i{number}", "aliases": count, **more} for number, count in enumerate(aliases)]


def links(*probabilities):
    return [
        {"alias_id_l": "a1", "alias_id_r": f"b{number}", "probability": probability, "is_joined": probability >= 0.5}
        for number, probability in enumerate(probabilities)
    ]


def test_sizes_are_counted_from_the_right():
    found = measured(identities=people(1, 1, 1, 2, 2, 9))
    assert found.sizes.rows() == [(1, 3, 6), (2, 2, 3), (9, 1, 1)]
    assert found.largest["aliases"].to_list() == [9, 2, 2]
    chart = SECTION.charts(found)[0]
    assert (chart.across.is_log, chart.up.is_log, chart.series[0].values) == (True, True, [6, 3, 1])
    assert chart.text.startswith("6 identities; 50% have one alias. The largest has 9 aliases. Of 3 with several")


def test_identities_that_fall_in_two_without_one_link_are_counted():
    assert measured(identities=people(3)).bridged == 0
    assert measured(identities=[{"identity_id": "x", "aliases": 2, "bridges": 1}, *people(2)]).bridged == 1


@pytest.mark.parametrize(("probability", "place"), [(0.0, 0), (0.049999, 0), (0.05, 1), (0.95, 19), (1.0, 19)])
def test_scores_are_in_bins_that_exclude_their_upper_edge(probability, place):
    rows = measured(identity_links=links(probability)).scores.rows()
    assert [number for number, (_, joined, apart) in enumerate(rows) if joined + apart] == [place]


@pytest.mark.parametrize(("probability", "doubtful"), [(0.249999, 0), (0.25, 1), (0.949999, 1), (0.95, 0)])
def test_a_pair_between_the_thresholds_tried_is_in_doubt(probability, doubtful):
    assert measured(identity_links=links(probability)).doubtful == doubtful


@pytest.mark.parametrize(
    ("outcome", "undecided"), [("kept", 1), ("waiting", 1), ("withdrawn", 2), ("replaced", 2), ("contradicted", 2)]
)
def test_what_a_person_has_judged_no_longer_waits(outcome, undecided):
    found = measured(identity_links=links(0.6, 0.7), judgements=[{"alias_id_r": "b0", "outcome": outcome}])
    assert (found.doubtful, found.undecided) == (2, undecided)


HIDDEN = {"attributes": '{"would_exact_name_show_it": false}'}


def test_flags_that_hang_on_one_match_are_those_of_period_and_quarter():
    flags = [
        {"flag_id": "now", **HIDDEN},
        {"flag_id": "judged", **HIDDEN},
        {"flag_id": "sound", **HIDDEN},
        {"flag_id": "before", "window_end": MONDAY - timedelta(weeks=2), **HIDDEN},
        {"flag_id": "long ago", "window_end": MONDAY - timedelta(weeks=20), **HIDDEN},
        {"flag_id": "of no person"},
    ]
    cuts = [{"flag_id": "now", "alias_id_r": "b1"}, {"flag_id": "judged"}, {"flag_id": "before", "alias_id_r": "b1"},
            {"flag_id": "long ago"}, {"flag_id": "sound", "cut": "piece"}]  # fmt: skip
    found = measured(flags=flags, flag_cuts=cuts, judgements=[{}], identities=people(1))
    assert (found.of_period, found.of_quarter) == (Hanging(3, 2, 1), Hanging(4, 3, 2))
    waiting = SECTION.tables(found)[0]
    assert waiting.rows[1] == ["Flags of this week that depend on one match", "2", "1"]
    assert waiting.note.startswith(
        "Of 3 flags of the week that rest on who the consignee is, 2 (67%) would not stand without one match; nobody "
        "has judged the match of 1 of them. Of 4 flags of the quarter"
    )


def test_changes_are_those_of_the_last_eight_runs_by_their_day_in_new_york():
    runs = [{"run_id": f"r{number}", "finished_at": f"2025-03-{number:02d}T02:00:00+00:00"} for number in range(1, 12)]
    changes = [
        {"run_id": "r1"},
        {"run_id": "r11", "event": "merged", "cause": "human"},
        {"run_id": "r11", "event": "split"},
        {"run_id": "r11", "event": "split", "identity_id": "i2"},
    ]
    found = measured(runs=runs, identity_changes=changes, identities=people(1))
    assert len(found.runs) == 8
    assert found.runs[-1] == (date(2025, 3, 10), {"created": 0, "merged": 1, "split": 2, "renamed": 0})
    table = next(table for table in SECTION.tables(found) if table.headings[0] == "Run of")
    assert table.rows[0] == ["March 10, 2025", "0", "1", "2", "0"]
    assert table.note == "Last run (March 10, 2025): no identities created, 1 merge, 2 splits."


def test_no_probability_is_rounded_up_to_certainty():
    found = measured(identities=[{"aliases": 2, "cohesion": 0.9996, "weakest_link": 0.981}])
    largest = next(table for table in SECTION.tables(found) if table.headings[0] == "Consignee")
    assert largest.rows[0][3:] == ["over 99.9%", "98.1%", "0"]


def test_an_empty_store_says_so():
    found = measured(identity_thresholds=[], runs=[])
    assert (SECTION.charts(found), SECTION.tables(found), SECTION.empty(found)) == (
        [],
        [],
        "No identity in this store.",
    )
    assert (found.doubtful, found.of_period) == (0, Hanging(0, 0, 0))


def test_the_scores_name_the_thresholds():
    chart = SECTION.charts(measured(identities=people(1), identity_links=links(0.3, 0.99)))[1]
    assert chart.text == (
        "2 pairs of aliases scored near the threshold or above it. Another threshold would decide otherwise on 1 of "
        "them. Identity thresholds: 1: loosest (0.25), 2: as reported (0.5) and 3: strictest (0.95)."
    )
    assert [(mark.at, mark.text) for mark in chart.marks] == [(0.25, "1"), (0.5, "2"), (0.95, "3")]
