"""What may be owed: sums, words and charts."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.errors import UsageError
from analytics.reports.disclosure import prior_disclosure
from analytics.reports.periods import Period
from analytics.reports.sections.owed import words
from analytics.reports.sections.owed.charts import bands_chart, charts_of, clock_chart, tornado_chart
from analytics.reports.sections.owed.measures import drivers_of, leading_flags, measure_owed
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

WEEK = Period(date(2025, 3, 10), date(2025, 3, 16))


def lots(**flags):
    return [
        {"flag_id": flag_id, "shipment_uid": uid, "shipment_id": uid} for flag_id, uids in flags.items() for uid in uids
    ]


def total(flag_id, base, reading="all", floor="10.00", ceiling=None, **more):
    return {
        "flag_id": flag_id, "component": "total", "reading": reading, "floor_usd": floor, "base_usd": base,
        "ceiling_usd": ceiling or base, **more,
    }  # fmt: skip


def driver(flag_id, name, low, base, high, is_in_range=True):
    return {
        "flag_id": flag_id, "driver": name, "low_usd": low, "base_usd": base, "high_usd": high,
        "is_in_range": is_in_range, "statement": name,
    }  # fmt: skip


@pytest.fixture
def store():
    """Three flags: f1 and f2 share a shipment, f3 has no reading by order and arrived a year before."""
    return store_of(
        shipments=[{"shipment_uid": uid} for uid in "ABCD"],
        flags=[{"flag_id": "f1"}, {"flag_id": "f2"}, {"flag_id": "f3", "window_end": date(2024, 3, 11)}],
        flag_shipments=lots(f1="AB", f2="BC", f3="D"),
        exposure=[
            total("f1", "100.00", ceiling="130.00"),
            total("f1", "40.00", "tipping"),
            total("f2", "60.00", is_unknown=True),
            total("f3", "7.00", "lots", floor="7.00"),
        ],
        exposure_drivers=[
            driver("f1", "reading", "40.00", "100.00", "100.00"),
            driver("f1", "contested_ieepa", "100.00", "100.00", "350.00", is_in_range=False),
            driver("f2", "reading", "10.00", "60.00", "60.00"),
            driver("f3", "goods_list", "7.00", "7.00", "90.00"),
        ],
        exposure_layers=[{"shipment_uid": uid} for uid in "ABC"],
        exposure_shipments=[{"shipment_uid": uid} for uid in "ABC"],
        statute_clock=[
            {"flag_id": "f1", "at_stake_usd": "100.00"},
            {"flag_id": "f2", "at_stake_usd": "60.00"},
            {"flag_id": "f3", "at_stake_usd": "7.00", "last_end": date(2025, 2, 1), "first_end": date(2025, 1, 1)},
            {"flag_id": "f3", "clock": "penalty_fraud", "last_end": None, "first_end": None},
        ],
    )


@pytest.fixture
def bill(store):
    return measure_owed(store, read_tables(store), WEEK)


def test_of_flags_that_share_a_shipment_the_largest_leads(store):
    tables = read_tables(store)
    assert leading_flags(tables.exposure, tables.flagged) == ["f1", "f3"]


def test_figures_of_the_period_count_a_shipment_once(bill):
    value = bill.components["total"]
    assert (bill.flags, value.floor, value.base, value.ceiling) == (2, Decimal(10), Decimal(100), Decimal(190))
    assert bill.unknown["total"] == 1


def test_the_floor_under_penalties_is_named_with_its_state():
    said = '["Not in force: no rule found. The order asks for it."]'
    floor = total("f1", "50.00", component="penalty_floor", assumptions=said)
    shown = store_of(
        shipments=[{"shipment_uid": "A"}], flags=[{"flag_id": "f1"}], flag_shipments=lots(f1="A"),
        exposure=[total("f1", "100.00"), floor],
    )  # fmt: skip
    rows = words.component_rows(measure_owed(shown, read_tables(shown), WEEK))
    assert [row["name"] for row in rows] == [
        "Value at issue", "Duty and fees", "Penalty under the floor, beside it (not in force: no rule found)",
    ]  # fmt: skip
    assert [row["is_sum"] for row in rows] == [False, True, False]


def test_a_reading_that_a_flag_lacks_leaves_it_as_it_is(store):
    tables = read_tables(store)
    every = measure_owed(store, tables, Period(date(2024, 1, 1), date(2025, 12, 31)))
    rows = {row["reading"]: str(row["base_usd"]) for row in every.readings.iter_rows(named=True)}
    assert rows == {"all": "107.00", "tipping": "47.00", "greedy": "107.00", "latch": "107.00"}


def test_assumptions_add_up_around_the_headline(store):
    rows = [tuple(map(str, row)) for row in drivers_of(store).select("driver", "low_usd", "high_usd").rows()]
    assert rows == [
        ("goods_list", "107.00", "190.00"),
        ("reading", "47.00", "107.00"),
        ("contested_ieepa", "107.00", "357.00"),
    ]


def test_assumptions_of_one_flag(store):
    assert drivers_of(store, ["f2"])["driver"].to_list() == ["reading"]
    with pytest.raises(UsageError, match="f9"):
        drivers_of(store, ["f9"])


def test_what_ages_out_is_told_for_every_flag_and_what_has_no_day_is_named(bill):
    assert [str(amount) for amount in bill.clock["at_stake_usd"]] == ["7.00", "100.00"]
    assert "$7 had aged out before" not in words.clock_text(bill)  # the last run is in that quarter
    assert [row["wording"] for row in bill.undated]


def test_words_say_the_ends_of_a_flag(bill):
    assert "until March 11, 2030" in words.ends_text(bill.clock_rows, "f1")
    assert words.ends_text(bill.clock_rows, "f3") == ""


def test_words_name_the_greatest_difference_and_what_is_void(bill):
    said = words.tornado_text(bill.drivers)
    assert "It moves the total from $40 to $100." in said
    assert "would add $250; they are in no figure." in said


def test_a_void_duty_is_drawn_hollow(store):
    high = tornado_chart(drivers_of(store)).series[1]
    drawn = dict(zip(high.at, high.colour, strict=True))
    assert drawn["contested_ieepa"] == "rgba(0,0,0,0)"
    assert drawn["reading"] != "rgba(0,0,0,0)"
    assert dict(zip(high.at, high.values, strict=True))["contested_ieepa"] == 250.0


def test_bands_run_from_floor_to_ceiling(bill):
    bars = bands_chart(bill).series[0]
    assert (bars.base[-1], bars.base[-1] + bars.values[-1]) == (10.0, 130.0)


def test_the_strip_marks_the_day_of_the_last_run(bill):
    assert [mark.at for mark in clock_chart(bill).marks] == ["2025-03-17"]


def test_an_empty_store_has_a_section_and_no_chart():
    store = store_of()
    bill = measure_owed(store, read_tables(store), WEEK)
    assert charts_of(bill) == []
    assert words.clock_text(bill) == "No flag puts duty or fees at issue."
    assert words.bands_text(bill).startswith("No flag")


def test_a_disclosure_counts_each_shipment_once(store):
    found = prior_disclosure(store, ["f1", "f2"])
    assert (found.flags, found.shipments) == (2, 3)
    assert found.loss_base == 3 * Decimal("68.62")
    assert (found.interest, found.tender) == (None, None)
    assert "not given" in str(found)


def test_a_flag_without_duty_of_its_own_adds_its_fees(store):
    assert prior_disclosure(store).loss_base == 3 * Decimal("68.62") + Decimal("7.00")


def test_interest_is_taken_as_given(store):
    found = prior_disclosure(store, ["f1"], interest_usd="12.34")
    assert found.tender == 2 * Decimal("68.62") + Decimal("12.34")


@pytest.mark.parametrize("interest", ["much", "-1", "1.001"])
def test_what_is_no_amount_is_refused(store, interest):
    with pytest.raises(UsageError, match="interest"):
        prior_disclosure(store, interest_usd=interest)
