"""What the run of a Monday says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from analytics.wording.weekly import Changes, Earlier, Figures, ReadFile, changes_page, last_line, without_week

FIGURES = Figures(9, 6, Decimal(12345), Decimal(1200), Decimal(2000), Decimal(3400), is_open=False, has_data=True)
CHANGES = Changes(
    week="2026-W47",
    start=date(2026, 11, 16),
    end=date(2026, 11, 22),
    run_id="r000003-aa",
    since="r000002-bb",
    figures=FIGURES,
    moved=["The week before is unchanged."],
    kinds=[("Order splits", 9, Decimal(12345))],
    earlier=[Earlier("2026-W45", 2, 1, 0, Decimal(-340), ("late_data", "rules"))],
    read=[ReadFile("a|b.csv", 1200, 1190, 8, 2)],
    in_cases=4,
)


def line(**figures):
    return last_line(replace(CHANGES, earlier=[], figures=replace(FIGURES, **figures)), "f", "p")


def test_the_line_holds_week_flags_change_range_files_and_place():
    assert last_line(CHANGES, "2 files read", "out/2026-W47") == (
        "2026-W47: 9 flags (+3 on the week before), $12,345 at issue, $1,200 to $3,400 may be owed; "
        "earlier weeks: 2 flags new and 1 flag gone (2026-W45); 2 files read; out/2026-W47"
    )


def test_a_change_down_no_change_and_no_week_before():
    said = [line(flags_before=before).partition(",")[0] for before in (12, 9, None)]
    assert said == [
        "2026-W47: 9 flags (-3 on the week before)", "2026-W47: 9 flags (as many as the week before)",
        "2026-W47: 9 flags (no data for the week before)",
    ]  # fmt: skip


def test_what_is_owed_at_least_and_in_one_figure():
    assert "at least $1,200 may be owed" in line(is_open=True)
    assert ", $5 may be owed" in line(low_usd=Decimal(5), base_usd=Decimal(5), high_usd=Decimal(5))


def test_a_week_without_flags_has_no_amounts():
    assert line(flags=0) == "2026-W47: no flags (-6 on the week before); f; p"


def test_no_week_is_said():
    assert without_week("nothing new") == "no report: no week that is over has data; nothing new"


def test_the_page_says_what_changed():
    page = changes_page(CHANGES)
    assert page.startswith("# What changed: 2026-W47, November 16\u201322, 2026\n\nWritten from run r000003-aa.")
    assert "since the last report (run r000002-bb)" in page
    assert "| Order splits | 9 | $12,345 |" in page
    assert "4 of 9 flags are in a case, 5 in none." in page
    assert "| 2026-W45 | 2 | 1 | 0 | \u2212$340 | late data and rules |" in page
    assert "| a\\|b.csv | 1,200 | 1,190 | 8 | 2 |" in page


def test_the_page_of_a_quiet_first_week():
    quiet = replace(CHANGES, since="", kinds=[], earlier=[], read=[], figures=replace(FIGURES, flags=0))
    page = changes_page(quiet)
    assert "in all runs: there is no report before" in page
    assert page.count("None.") == 2
    assert "No flag of an earlier week" in page


def test_a_week_without_data_is_no_all_clear():
    empty = replace(FIGURES, flags=0, has_data=False)
    line = last_line(replace(CHANGES, figures=empty), "nothing new", "out")
    assert "no data for this week, so nothing can be said" in line
    assert "no flags" not in line
