"""Each switch changes what it should and nothing else: one world, screened with the default and with the switch set."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from analytics.contracts.switches import SWITCHES
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.rulebook import load_references
from tests.sql.chain import MONDAY, TUESDAY, LazyChain, lines

SEPTEMBER = date(2025, 9, 15)
TABLES = ("mart_flags", "mart_daily_totals", "mart_shipments", "mart_date_sensitivity", "mart_rolling_totals")


def at(day, hour, minute=0):
    return datetime(2025, 1, day, hour, minute, tzinfo=UTC)


def pair(name, first=None, second=None, **both):
    """Two pieces of 500 for one person on one day, that differ as given."""
    usual = {"consignee_name": name, "declared_value": "500.00", **both}
    return [{**usual, **(first or {})}, {**usual, **(second or {})}]


def moved(name, column, day):
    """Two pieces that arrived on two days and carry one day in another column."""
    return pair(name, second={"arrival_date": TUESDAY}, **{column: day})


WORLD = [
    *pair("Plain Split"),
    *pair("Exactly It", declared_value="400.00"),
    *pair("By Mail Too", {"mode": "mail", "entry_type": "mail"}, {"declared_value": "400.00"}),
    *pair("Given One", {"declared_value": "790.00"}, {"declared_value": "50.00", "is_gift": True}),
    *pair("Entered Too", second={"entry_type": "11"}),
    *pair("In Autumn", arrival_date=SEPTEMBER),
    *pair("Dock", {"consignee_name": "Dock A"}, {"consignee_name": "Dock B"}, buyer_name="An Owner"),
    *moved("Expected", "estimated_arrival_date", date(2025, 1, 15)),
    *moved("Released", "released_date", date(2025, 1, 16)),
    *moved("Ordered", "order_date", date(2025, 1, 6)),
    *moved("Filed", "declared_at", at(12, 15)),
    *pair("Night", {"arrival_at": at(14, 3)}, {"arrival_at": at(14, 15), "arrival_date": TUESDAY}),
    *pair(
        "West", {"arrival_at": at(14, 6), "arrival_date": TUESDAY}, {"arrival_at": at(13, 20)}, port_of_entry="2704"
    ),
    *pair("Late", {"arrival_at": at(14, 3, 30)}, {"arrival_at": at(13, 20)}),
    *pair("Two Days", second={"arrival_date": TUESDAY}),
    *pair("Billed More", {"declared_value": "300.00"}, {"declared_value": "200.00"}, customs_value="450.00"),
    *pair("In Pounds", declared_value="300.00", currency="GBP", order_date=date(2024, 9, 30)),
]  # fmt: skip


@pytest.fixture(scope="module")
def rates():
    shipped = load_references().tables["ref_fx_rates"].filter(pl.col("currency") == "USD")
    stretches = [(date(2020, 1, 1), date(2025, 1, 1), "2.00"), (date(2025, 1, 1), None, "1.20")]
    rows = [
        {"currency": "GBP", "usd_per_unit": Decimal(rate), "valid_from": begin, "valid_to": end, "source": "test",
         "confidence": "test"}
        for begin, end, rate in stretches
    ]  # fmt: skip
    return {"ref_fx_rates": pl.concat([shipped, pl.DataFrame(rows, schema=shipped.schema)])}


@pytest.fixture(scope="module")
def screened(rates):
    """Screens the world with some parameters; a screening is kept for the next who asks."""
    kept = {}

    def run(**parameters):
        key = tuple(sorted(parameters.items()))
        if key not in kept:
            with DuckDBEngine(threads=2) as engine:
                chain = LazyChain(engine).run(lines(*WORLD), rates, **parameters)
                kept[key] = {name: chain.table(name) for name in TABLES}
        return kept[key]

    return run


def flagged(tables):
    """Who is in a daily_limit flag."""
    flags = tables["mart_flags"].filter(pl.col("typology") == "daily_limit")
    return {name.removeprefix("i-") for name in flags["identity_id"].drop_nulls()}


def touched(before, after):
    """Whose rows differ between two screenings, in any of the tables."""
    found = set()
    for name in TABLES:
        key = "flag_id" if name == "mart_date_sensitivity" else "identity_id"
        rows = [set(tables[name].rows(named=False)) for tables in (before, after)]
        place = before[name].columns.index(key)
        ids = {row[place] for row in rows[0] ^ rows[1]}
        if key == "flag_id":
            flags = pl.concat([tables["mart_flags"].select("flag_id", "identity_id") for tables in (before, after)])
            ids = set(flags.filter(pl.col("flag_id").is_in(list(ids)))["identity_id"])
        found |= {str(who).removeprefix("i-") for who in ids}
    return found


BY_DEFAULT = {"plain split", "by mail too", "an owner", "late"}
# switch, its other answer, who is flagged then and was not, who was flagged and is not, whose rows differ besides
EFFECTS = [
    ("person", "consignee", set(), {"an owner"}, {"dock a", "dock b"}),
    ("date_basis", "estimated_arrival", {"expected"}, set(), set()),
    ("date_basis", "release", {"released"}, set(), set()),
    ("date_basis", "order", {"ordered"}, set(), {"in pounds"}),
    ("date_basis", "entry", {"filed"}, set(), set()),
    ("time_zone", "UTC", {"night"}, {"late"}, {"west"}),
    ("time_zone", "port", {"west"}, set(), set()),
    ("near_midnight_hours", 1, set(), set(), {"late", "night", "west"}),
    ("rolling_window_days", 2, set(), set(), {"two days", "expected", "released", "ordered", "filed", "night", "west"}),
    ("boundary", "at", {"exactly it"}, set(), set()),
    ("value_basis", "transaction", {"billed more"}, set(), None),
    ("fx_date", "order", {"in pounds"}, set(), set()),
    ("mail", "excluded", set(), {"by mail too"}, set()),
    ("gifts", "pooled", {"given one"}, set(), set()),
    ("entered_shipments", "counted", {"entered too"}, set(), set()),
    ("eo_suspension", "invalid", {"in autumn"}, set(), set()),
]


def test_the_world_as_it_is_judged_by_default(screened):
    assert flagged(screened()) == BY_DEFAULT
    assert screened()["mart_rolling_totals"].is_empty()


@pytest.mark.parametrize(("switch", "answer", "more", "fewer", "besides"), EFFECTS)
def test_a_switch_changes_what_it_should_and_nothing_else(screened, switch, answer, more, fewer, besides):
    before, after = screened(), screened(**{switch: answer})
    assert flagged(after) - flagged(before) == more
    assert flagged(before) - flagged(after) == fewer
    if besides is not None:  # the value compared is named on every shipment
        assert touched(before, after) == more | fewer | besides


def test_the_value_that_is_compared_is_named_and_changes_no_other_sum(screened):
    before, after = screened(), screened(value_basis="transaction")
    bases = dict(after["mart_shipments"].group_by("value_basis").len().rows())
    assert bases == {"transaction": 2, "proxy": len(WORLD) - 2}
    others = pl.col("identity_id") != "i-billed more"
    assert before["mart_daily_totals"].filter(others).equals(after["mart_daily_totals"].filter(others))
    assert before["mart_shipments"].drop("value_basis").equals(after["mart_shipments"].drop("value_basis"))


READ_ELSEWHERE = {
    "excess_reading": "tipping", "missing_order_id": "ignore", "contested_ieepa": "included",
    "contested_s122": "excluded", "culpability": "gross_negligence", "mpf_entries": "consolidated",
    "look_back_years": 6, "retention_years": 10,
}  # fmt: skip
WITH_ONE_ANSWER = {switch.name for switch in SWITCHES if len(switch.answers) == 1}


def test_switches_that_are_read_elsewhere_change_no_finding(screened):
    before, after = screened(), screened(**READ_ELSEWHERE)
    assert all(before[name].equals(after[name]) for name in TABLES)


def test_every_switch_stands_in_one_of_these_tests():
    tested = {switch for switch, *_ in EFFECTS} | set(READ_ELSEWHERE) | WITH_ONE_ANSWER
    assert tested == {switch.name for switch in SWITCHES}


def reasons(tables, who):
    return tables["mart_flags"].filter(pl.col("identity_id") == f"i-{who}")["counter_reasons"].str.join("").item()


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("late", "1 of the shipments arrived within 3 hours of midnight"),
        ("an owner", "For 2 of the shipments the party is the buyer or importer named"),
        ("by mail too", "Without the 1 mail shipment the sum is not over the limit"),
    ],
)
def test_what_an_open_question_means_for_a_flag_stands_beside_it(screened, who, says):
    assert says in reasons(screened(), who)


def test_a_rolling_window_is_a_view_and_no_flag(screened):
    rolled = screened(rolling_window_days=2)["mart_rolling_totals"].filter(pl.col("identity_id") == "i-two days")
    assert rolled.select("window_start", "window_end", "day_count", "shipments", "total_amount").row(0) == (
        MONDAY, TUESDAY, 2, 2, Decimal("1000.00"),
    )  # fmt: skip
