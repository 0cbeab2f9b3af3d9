"""Eight made-up weeks: each has another page one, and each sentence, figure and decision is the right one."""

from __future__ import annotations

import functools
import json
from datetime import date

import pytest

from analytics.reports.section import Contents
from analytics.reports.sections.page_one import SECTION
from analytics.reports.sections.page_one.words import bottom_line, moved_lines, what_to_decide

from .made import MONDAY, SUSPENDED, WEEK, Weeks

ASSIGN = "Team lead, by May 19, 2025 (next report)."
COUNSEL = (
    "Head of compliance, by May 19, 2025 (next report): a disclosure counts before, or without knowledge of, a formal "
    "investigation; the first time limit of a suit ends on May 7, 2030."
)
TOTALS = "same-day totals over the exemption limit"
IF_ALL = "if all shipments of a flag lose the exemption or informal entry"
AS_IT_STANDS = "No earlier run is on record: the week before is shown as it stands now."


def quiet():
    made = Weeks()
    made.flag("daily_limit", "900.00", weeks_ago=1)
    made.ship(30)
    return made


def one_large_order():
    made = Weeks()
    made.flag("daily_limit", "1000.00", weeks_ago=1)
    made.flag("daily_limit", "1000.00")
    made.flag("order_split", "9000.00", shipments=12)
    made.ship(30)
    return made


def wave_of_claims():
    made = Weeks()
    made.limits = [*made.limits, SUSPENDED]
    made.flag("daily_limit", "900.00", weeks_ago=1)
    for place in range(16):
        made.flag("suspended_claim", "100.00", shipments=1, rule_id="US-C-06", limit_amount=None, limit_currency=None,
                  excess_usd=None, origin_country="HK" if place == 3 else "CN", seller_id=f"C{place}")  # fmt: skip
    for _ in range(2):
        made.flag("daily_limit", "900.00")
    made.ship(30)
    return made


def new_seller():
    made = Weeks()
    made.flag("daily_limit", "900.00", weeks_ago=1)
    for _ in range(4):
        made.flag("order_split", "1000.00", seller_id="S9", seller_name="Vega Optics", carrier_code="DHLC",
                  filer_code="F2A", strength="inferred")  # fmt: skip
    made.flag("daily_limit", "900.00")
    made.ship(60)
    return made


def late_data():
    """Of three flags of the week before one came late, and one is gone since a consignee was found to be two."""
    made = Weeks()
    names = [made.flag("daily_limit", "900.00", weeks_ago=1, source_file="old.csv") for _ in range(3)]
    made.flag("daily_limit", "850.00", source_file="new.csv")
    made.ship(30, source_file="new.csv")
    read = [json.dumps([{"path": path, "sha256": path, "read": 1}]) for path in ("old.csv", "new.csv")]
    made.runs = [{"run_id": f"r{place}", "finished_at": f"2025-05-{5 + 7 * place:02d}T10:00:00Z", "inputs": inputs}
                 for place, inputs in enumerate(read)]  # fmt: skip
    last_week = date(2025, 4, 30)
    made.rows["run_changes"] = [
        {"run_id": "r1", "flag_id": names[2], "cause": "late_data", "window_end": last_week},
        {"run_id": "r1", "flag_id": "gone", "cause": "identity", "change": "gone", "usd_change": "-1100.00",
         "window_end": last_week},
        {"run_id": "r1", "flag_id": "older", "cause": "late_data", "window_end": date(2025, 4, 10)},
        {"run_id": "r1", "flag_id": "lead", "cause": "rules", "window_end": last_week, "strength": "supporting"},
        {"run_id": "r1", "flag_id": "f3", "cause": "new_data", "window_end": MONDAY},
    ]  # fmt: skip
    return made


def changed_rule():
    made = Weeks()
    made.limits = [{**made.limits[0], "valid_to": MONDAY},
                   {**SUSPENDED, "valid_from": MONDAY, "origin_scope": "ALL"}]  # fmt: skip
    made.flag("daily_limit", "900.00", weeks_ago=1)
    for place in range(3):
        made.flag("suspended_claim", "700.00", shipments=1, rule_id="US-C-06", limit_amount=None, limit_currency=None,
                  excess_usd=None, origin_country="VN", is_unknown=True, seller_id=f"V{place}")  # fmt: skip
    made.ship(30)
    return made


def first_week():
    made = Weeks(history=0)
    made.flag("daily_limit", "900.00")
    made.flag("daily_limit", "950.00")
    made.flag("daily_limit", "950.00")
    made.ship(30)
    return made


def nothing():
    return Weeks()


EXPECTED = {
    quiet: (
        ["No flag on 30 shipments of May 5\u201311, 2025.", "The week before had 1 flag."],
        [AS_IT_STANDS, f"From there to this week: {TOTALS}, 1 to none ($900)."],
        [],
    ),
    one_large_order: (
        ["One order in lots accounts for $9,000 of $10,000 at issue: 12 shipments.",
         "In all: 2 flags on 14 of 44 shipments. The week before had 1 flag.",
         "By typology: 1 order in lots and 1 same-day total over the exemption limit.",
         f"Value at issue: $10,000 (low $5,000, high $10,000), {IF_ALL}.",
         "May be owed: $1,000 in duty and fees (low $500, high $2,000).",
         "Maximum penalty for negligence: $2,000 (low $1,000, high $4,000)."],
        [AS_IT_STANDS, "From there to this week: orders in lots, none to 1 ($9,000)."],
        [f"Ask counsel whether to disclose: 2 flags with $1,000 in duty and fees. {COUNSEL}",
         f"Assign 2 flags that no case holds ($10,000 at issue). Begin with order in lots f2 (12 shipments, $9,000). "
         f"{ASSIGN}"],
    ),
    wave_of_claims: (
        ["16 exemption claims on goods from China and Hong Kong after the suspension of May 2, 2025: $1,600 of $3,400 "
         "at issue. A usual week has none.",
         "In all: 18 flags on 20 of 50 shipments. The week before had 1 flag.",
         "By typology: 16 exemption claims and 2 same-day totals over the exemption limit.",
         f"Value at issue: $3,400 (low $1,700, high $3,400), {IF_ALL}.",
         "May be owed: $340 in duty and fees (low $170, high $680).",
         "Maximum penalty for negligence: $680 (low $340, high $1,360)."],
        [AS_IT_STANDS, f"From there to this week: exemption claims, none to 16 ($1,600); {TOTALS}, 1 to 2 ($900 to "
         "$1,800)."],
        [f"Ask counsel whether to disclose: 18 flags with $340 in duty and fees. {COUNSEL}",
         "Speak to carrier UPSN and filer W7K (the same shipments): 18 flags on 50 shipments this week, 1 on 162 in "
         "the eight weeks before. Head of compliance, by May 19, 2025 (next report), after counsel's answer.",
         f"Assign 18 flags that no case holds ($3,400 at issue). Begin with daily limit f17 (2 shipments, $900). "
         f"{ASSIGN}"],
    ),
    new_seller: (
        ["New seller Vega Optics, first seen on May 7, 2025: 4 of 5 flags and $4,000 of $4,900 at issue.",
         "In all: 5 flags on 10 of 70 shipments. The week before had 1 flag.",
         "By typology: 4 orders in lots and 1 same-day total over the exemption limit.",
         f"Value at issue: $4,900 (low $2,450, high $4,900), {IF_ALL}.",
         "May be owed: $490 in duty and fees (low $245, high $980).",
         "Maximum penalty for negligence: $980 (low $490, high $1,960)."],
        [AS_IT_STANDS, "From there to this week: orders in lots, none to 4 ($4,000)."],
        ["Ask counsel whether to disclose: 1 objective flag of 5, with $90 of $490 in duty and fees. "
         f"{COUNSEL}",
         "Speak to carrier DHLC and filer F2A (the same shipments): 4 flags on 8 shipments this week, no shipment in "
         "the eight weeks before. Head of compliance, by May 19, 2025 (next report), after counsel's answer.",
         "Speak to seller Vega Optics: 4 flags on 8 shipments this week, no shipment in the eight weeks before. Head "
         "of compliance, by May 19, 2025 (next report), after counsel's answer.",
         f"Assign 5 flags that no case holds ($4,900 at issue). Begin with order in lots f1 (2 shipments, $1,000). "
         f"{ASSIGN}"],
    ),
    late_data: (
        ["Figures of the week before changed after they were printed: 3 flags then, 3 now ($2,000 moved).",
         "In all: 1 flag on 2 of 32 shipments. The week before had 3 flags.",
         "By typology: 1 same-day total over the exemption limit.",
         f"Value at issue: $850 (low $425, high $850), {IF_ALL}.",
         "May be owed: $85 in duty and fees (low $42, high $170).",
         "Maximum penalty for negligence: $170 (low $85, high $340)."],
        ["The week before was 3 flags ($2,900) as of May 5, 2025 and is 3 flags ($2,700) now: late data +1 (+$900) and "
         "identity matching \u22121 (\u2212$1,100).",
         f"From there to this week: {TOTALS}, 3 to 1 ($2,700 to $850)."],
        [f"Ask counsel whether to disclose: 1 flag with $85 in duty and fees. {COUNSEL}",
         f"Assign 1 flag that no case holds ($850 at issue). Begin with daily limit f3 (2 shipments, $850). {ASSIGN}"],
    ),
    changed_rule: (
        ["The exemption for all goods was suspended on May 5, 2025. 3 of 3 flags fall under it: all of the $2,100 at "
         "issue.",
         "In all: 3 flags on 3 of 33 shipments. The week before had 1 flag.",
         "By typology: 3 exemption claims on goods from Vietnam after the suspension of May 5, 2025.",
         f"Value at issue: $2,100 (low $1,050, high $2,100), {IF_ALL}.",
         "May be owed: $210 in duty and fees on what can be computed (low $105, high not known). Part of 3 of 3 flags "
         "cannot be computed.",
         "Maximum penalty for negligence: $420 on what can be computed."],
        [AS_IT_STANDS, f"From there to this week: exemption claims, none to 3 ($2,100); {TOTALS}, 1 to none ($900)."],
        [f"Ask counsel whether to disclose: 3 flags with $210 in duty and fees on what can be computed. "
         f"{COUNSEL}",
         "Speak to carrier UPSN and filer W7K (the same shipments): 3 flags on 33 shipments this week, 1 on 162 in the "
         "eight weeks before. Head of compliance, by May 19, 2025 (next report), after counsel's answer.",
         f"Assign 3 flags that no case holds ($2,100 at issue). Begin with suspended claim f1 (1 shipment, $700). "
         f"{ASSIGN}"],
    ),
    first_week: (
        ["3 same-day totals over the exemption limit on 6 of 36 shipments, $2,800 at issue.",
         "The store has no data for the week before, so nothing is compared.",
         f"Value at issue: $2,800 (low $1,400, high $2,800), {IF_ALL}.",
         "May be owed: $280 in duty and fees (low $140, high $560).",
         "Maximum penalty for negligence: $560 (low $280, high $1,120)."],
        ["Nothing to compare: the store has no data for the week before."],
        [f"Ask counsel whether to disclose: 3 flags with $280 in duty and fees. {COUNSEL}",
         f"Assign 3 flags that no case holds ($2,800 at issue). Begin with daily limit f1 (2 shipments, $950). "
         f"{ASSIGN}"],
    ),
    nothing: (
        ["No shipment arrived in May 5\u201311, 2025, as far as the data of this store go."],
        [],
        [],
    ),
}  # fmt: skip


@functools.cache
def page_one(week):
    return Contents(week().store(), WEEK).of(SECTION)


@pytest.mark.parametrize("week", EXPECTED, ids=lambda week: week.__name__)
def test_page_one_of_the_week(week):
    page = page_one(week)
    assert (bottom_line(page), moved_lines(page), what_to_decide(page)) == EXPECTED[week]


def test_no_two_weeks_begin_alike():
    assert len({first for (first, *_), _, _ in EXPECTED.values()}) == len(EXPECTED)


@pytest.mark.parametrize("week", EXPECTED, ids=lambda week: week.__name__)
def test_the_steps_add_up_to_every_total(week):
    steps = page_one(week).moved.steps
    flags, usd = 0, 0
    for place, step in enumerate(steps):
        if step.is_total and place:
            assert (step.flags, step.usd) == (flags, usd)
        flags, usd = (step.flags, step.usd) if step.is_total else (flags + step.flags, usd + step.usd)


def test_the_day_of_a_run_is_that_of_new_york():
    made = late_data()
    made.runs[0]["finished_at"] = "2025-05-06T02:00:00Z"  # ten in the evening of May 5
    first, *_ = moved_lines(Contents(made.store(), WEEK).of(SECTION))
    assert " as of May 5, 2025 and is " in first
