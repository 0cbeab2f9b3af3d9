"""Why a figure moved, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from analytics.wording.moves import Moved, Step, moved_sentences, step_title

PRINTED = Step("printed", "", "", 32, Decimal(9000))
BEFORE = Step("before", "", "", 33, Decimal(9500))
NOW = Step("now", "", "", 21, Decimal(4000))


def moved(*steps, on=date(2025, 6, 2)):
    return Moved(steps, on, "week")


def test_the_printed_figure_is_told_with_what_revised_it_and_the_widest_steps_first():
    changes = [("day totals", -20, -7000, 28, 8900), ("claims", 0, 1400, 3, 300), ("gifts", 0, 0, 1, 50),
               ("lots", -1, -50, 1, 50), ("entries", 1, 100, 0, 0)]  # fmt: skip
    fresh = [
        Step("new", "new_data", "", flags, Decimal(usd), then, Decimal(usd_then), noun)
        for noun, flags, usd, then, usd_then in changes
    ]
    judged = Step("new", "judgements", "", 1, Decimal(50))
    late = Step("then", "late_data", "", 1, Decimal(500))
    assert moved_sentences(moved(PRINTED, late, BEFORE, *fresh, judged, NOW)) == [
        "The week before was 32 flags ($9,000) as of June 2, 2025 and is 33 flags ($9,500) now: late data +1 (+$500).",
        "From there to this week: day totals, 28 to 8 ($8,900 to $1,900); claims, 3 as before ($300 to $1,700); "
        "entries, none to 1 ($100); all else 0 ($0).",
    ]


def test_what_nobody_revised_is_unchanged():
    assert moved_sentences(moved(PRINTED, Step("before", "", "", 32, Decimal(9000)), NOW))[0] == (
        "The week before was 32 flags ($9,000) as of June 2, 2025, and is unchanged."
    )


def test_without_data_or_without_a_run_nothing_is_claimed():
    zero = [Step(key, "", "", 0, Decimal(0)) for key in ("before", "now")]
    assert moved_sentences(moved(on=None)) == ["Nothing to compare: the store has no data for the week before."]
    assert moved_sentences(moved(*zero, on=None)) == [
        "Nothing moved: no flag in this week and none in the week before."
    ]
    assert moved_sentences(moved(BEFORE, NOW, on=None)) == [
        "No earlier run is on record: the week before is shown as it stands now.",
        "This week has the same figures.",
    ]


def test_every_step_has_a_title():
    one = Decimal(1)
    steps = [PRINTED, Step("then", "identity", "", 1, one), BEFORE, Step("new", "new_data", "Gift split", 1, one),
             Step("new", "rules", "", 1, one), NOW]  # fmt: skip
    assert [step_title(step, moved(*steps)) for step in steps] == [
        "Week before, as of June 2, 2025", "Identity matching, week before", "Week before, as it stands now",
        "New data: Gift split", "Rules, this week", "This week",
    ]  # fmt: skip
