"""What a flag is worth: the step over tables as the models leave them."""

import json
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from analytics.contracts.findings import Exposure
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.errors import UsageError
from analytics.exposure import exposure_step
from tests.exposure.tables import reference
from tests.exposure.tables import tables as chain_references
from tests.sql.chain import TUESDAY, LazyChain, lines

JANUARY = {"arrival_date": date(2025, 1, 15), "origin_country": "CN", "hts_code": "6110303053"}


@pytest.fixture(scope="module")
def flagged():
    """Makes the tables about one typology over some lines, once for the same lines."""
    with ExitStack() as engines:

        def run(typology, *changes):
            engine = engines.enter_context(DuckDBEngine(threads=2))
            return LazyChain(engine).run(lines(*changes)).about(typology)

        made = {}
        yield lambda *asked: made.get(repr(asked)) or made.setdefault(repr(asked), run(*asked))


@pytest.fixture
def exposed(flagged):
    """Screens some lines and gives {(component, reading): row} of the only flag of a typology."""

    def run(*changes, typology="daily_limit", **parameters):
        chain = flagged(typology, *changes)
        chain.then(exposure_step(), parameters)
        table = Exposure.validate(chain.table("exposure"))
        (flag_id,) = chain.flags(typology)["flag_id"]
        return {(row["component"], row["reading"]): row for row in table.filter(flag_id=flag_id).rows(named=True)}

    return run


def figures(rows, component, reading):
    row = rows[component, reading]
    return tuple(str(row[name]) for name in ("floor_usd", "base_usd", "ceiling_usd"))


def test_three_sweaters_lose_duty_and_fees_together_or_one_of_them(exposed):
    rows = exposed(*[JANUARY] * 3)
    assert figures(rows, "duty", "all") == ("474.00",) * 3
    assert figures(rows, "fees", "all") == ("2.62", "7.86", "7.86")
    assert figures(rows, "total", "all") == ("476.62", "481.86", "481.86")
    assert figures(rows, "total", "tipping") == ("159.31", "160.62", "160.62")
    assert not rows["total", "all"]["is_unknown"]


def test_the_floor_under_mitigation_stands_beside_the_penalty_and_in_no_total(exposed):
    rows = exposed(*[JANUARY] * 3)
    assert figures(rows, "penalty", "all") == ("0.00", "963.72", "963.72")
    assert figures(rows, "penalty_floor", "all") == ("481.86", "481.86", "963.72")
    assert figures(rows, "penalty_floor", "tipping") == ("160.62", "160.62", "321.24")
    assert json.loads(rows["penalty_floor", "all"]["assumptions"])[0].startswith("Not in force: no rule found.")
    others = [row for (component, _), row in rows.items() if component != "penalty_floor"]
    assert not any("Not in force" in row["assumptions"] for row in others)


@pytest.mark.parametrize(("origin", "is_told"), [("CN", True), ("JP", False)])
def test_the_refund_of_void_duties_is_told_where_one_would_have_applied(exposed, origin, is_told):
    march = {**JANUARY, "arrival_date": date(2025, 3, 10), "origin_country": origin}
    rows = exposed(*[march] * 3)
    told = {component for (component, _), row in rows.items() if "CAPE" in row["assumptions"]}
    assert told == ({"duty", "total"} if is_told else set())


def test_two_pieces_of_exactly_the_limit_together_are_no_finding(engine):
    chain = LazyChain(engine).run(lines(JANUARY, JANUARY))
    chain.then(exposure_step(), {})
    assert chain.table("exposure").is_empty()


@pytest.mark.parametrize(("orders", "typologies"), [("AA", ["order_split"]), ("AB", [])])
def test_lots_of_one_order_on_two_days_are_a_finding_and_two_orders_are_none(engine, orders, typologies):
    lot = {**JANUARY, "order_issuer": "shop", "declared_value": "799.00"}
    days = (date(2025, 1, 13), date(2025, 1, 14))
    chain = LazyChain(engine).run(
        lines(*({**lot, "order_id": order, "arrival_date": day} for order, day in zip(orders, days, strict=True)))
    )
    assert chain.table("mart_flags")["typology"].to_list() == typologies


@pytest.mark.parametrize(
    ("culpability", "most"), [("negligence", "963.72"), ("gross_negligence", "1200.00"), ("fraud", "1200.00")]
)
def test_the_penalty_is_shown_for_negligence_unless_asked_otherwise(exposed, culpability, most):
    rows = exposed(*[JANUARY] * 3, **({} if culpability == "negligence" else {"culpability": culpability}))
    assert figures(rows, "penalty", "all") == ("0.00", most, most)
    assert f"most for {culpability.replace('_', ' ')}" in rows["penalty", "all"]["assumptions"]


def test_a_disclosure_without_interest_says_so(exposed):
    row = exposed(*[JANUARY] * 3)["disclosure", "all"]
    assert (str(row["base_usd"]), row["is_unknown"]) == ("481.86", True)
    assert "Interest is left out" in row["assumptions"]


def test_a_disclosure_holds_the_interest_at_the_rates_that_were_brought(engine):
    rate = {
        "regime": "us",
        "annual_rate": Decimal("0.08"),
        "compounding": "simple",
        "valid_from": date(2025, 1, 1),
        "source": "a user",
        "confidence": "official",
    }
    chain = LazyChain(engine).run(lines(*[JANUARY] * 3), {"ref_interest_rates": reference("ref_interest_rates", rate)})
    chain.then(exposure_step(), {"interest_until": date(2026, 1, 15)})
    row = chain.table("exposure").filter(component="disclosure", reading="all").row(0, named=True)
    assert (str(row["base_usd"]), row["is_unknown"]) == ("520.41", False)  # 8% on each 160.62


def test_one_entry_of_the_day_may_be_asked_for(exposed):
    rows = exposed(*[JANUARY] * 3, mpf_entries="consolidated")
    assert figures(rows, "fees", "all") == ("2.62", "2.62", "7.86")


@pytest.mark.parametrize("parameter", ["contested_ieepa", "contested_s122", "culpability", "mpf_entries"])
def test_an_answer_that_there_is_not_is_refused(engine, parameter):
    chain = LazyChain(engine).run(lines({}))
    with pytest.raises(UsageError, match=parameter):
        chain.then(exposure_step(), {parameter: "perhaps"})


PIECES = ["500.00", "400.00", "100.00"]


@pytest.mark.parametrize(
    "order",
    [
        [{"sequence_no": number, "conveyance_id": "X"} for number in (1, 2, 3)],
        [{"declared_at": datetime(2025, 1, 13, hour, tzinfo=UTC)} for hour in (1, 2, 3)],
    ],
)
def test_a_known_order_gives_one_figure_for_each_reading(exposed, order):
    rows = exposed(*({"declared_value": value, **place} for value, place in zip(PIECES, order, strict=True)))
    found = {reading: figures(rows, "value", reading)[0] for reading in ("all", "tipping", "greedy", "latch")}
    assert found == {"all": "1000.00", "tipping": "400.00", "greedy": "400.00", "latch": "500.00"}
    assert "order of the manifest is known" in rows["value", "latch"]["assumptions"]


@pytest.mark.parametrize(
    "order",
    [
        [{}, {}, {}],
        [{"sequence_no": 1, "conveyance_id": "X"}, {"sequence_no": 2, "conveyance_id": "Y"}, {}],
        [{"sequence_no": 1, "conveyance_id": "X"}] * 3,
        [{"declared_at": datetime(2025, 1, 13, tzinfo=UTC)}] * 3,
    ],
)
def test_an_unknown_order_gives_the_least_and_the_most(exposed, order):
    rows = exposed(*({"declared_value": value, **place} for value, place in zip(PIECES, order, strict=True)))
    assert figures(rows, "value", "tipping") == ("400.00", "500.00", "500.00")
    assert figures(rows, "value", "latch") == ("400.00", "600.00", "600.00")
    assert "not known" in json.loads(rows["value", "latch"]["assumptions"])[0]


def test_lots_of_an_order_all_lose_the_exemption(exposed):
    lot = {**JANUARY, "order_id": "A1", "order_issuer": "shop", "declared_value": "799.00"}
    rows = exposed(lot, {**lot, "arrival_date": date(2025, 1, 16)}, typology="order_split")
    assert {reading for _, reading in rows} == {"lots"}
    assert figures(rows, "value", "lots") == ("1598.00",) * 3
    assert figures(rows, "duty", "lots") == ("631.22",) * 3  # 511.36 and 119.86


def test_informal_entries_owe_no_more_duty_and_the_fee_of_a_formal_one(exposed):
    lot = {"entry_type": "11", "order_id": "A1", "order_issuer": "shop", "declared_value": "2400.00"}
    rows = exposed(lot, {**lot, "arrival_date": TUESDAY}, typology="informal_entry_split")
    assert figures(rows, "duty", "lots") == ("0.00",) * 3
    assert figures(rows, "fees", "lots") == (str(Decimal("32.71") - 2 * Decimal("2.62")),) * 3


def test_a_suspended_claim_loses_its_shipment(exposed):
    rows = exposed({**JANUARY, "arrival_date": date(2025, 9, 15)}, typology="suspended_claim")
    assert figures(rows, "total", "all") == ("159.31", "160.62", "160.62")


def test_what_is_unknown_is_said_and_the_rest_is_still_added(exposed):
    rows = exposed(JANUARY, JANUARY, {**JANUARY, "hts_code": None})
    assert figures(rows, "duty", "all") == ("316.00",) * 3
    assert rows["duty", "all"]["is_unknown"]
    assert rows["total", "all"]["is_unknown"]
    assert not rows["value", "all"]["is_unknown"]
    assert figures(rows, "duty", "tipping") == ("0.00", "158.00", "158.00")


def test_many_pieces_are_bounded(exposed):
    rows = exposed(*[{"declared_value": "100.00"}] * 30)
    assert figures(rows, "value", "greedy") == ("2200.00", "3000.00", "3000.00")
    assert "safe bounds" in rows["value", "greedy"]["assumptions"]


def test_no_flag_no_exposure(engine):
    chain = LazyChain(engine).run(lines({}))
    chain.then(exposure_step(), {})
    tables = ("exposure", "exposure_layers", "exposure_shipments", "exposure_drivers", "statute_clock")
    assert [chain.table(name).height for name in tables] == [0] * 5


@pytest.mark.parametrize("lost", ["unknown", "nothing", None])
def test_a_flag_that_takes_no_exemption_away_has_a_value_at_most(engine, lost):
    registry = chain_references()["ref_typologies"]
    is_meant = pl.col("typology") == "daily_limit"
    if lost:
        registry = registry.with_columns(lost=pl.when(is_meant).then(pl.lit(lost)).otherwise("lost"))
    else:
        registry = registry.filter(~is_meant)
    chain = LazyChain(engine).run(lines(*[JANUARY] * 3), {"ref_typologies": registry})
    chain.then(exposure_step(), {})
    table = chain.table("exposure")
    assert set(table["component"]) == {"value"}
    assert {str(table[name][0]) for name in ("floor_usd", "base_usd")} == {"0.00"}
    assert str(table["ceiling_usd"][0]) == "1200.00"


def test_many_flags_each_have_all_their_readings(engine):
    days = ({"consignee_name": f"Person {chr(97 + number // 26)}{chr(97 + number % 26)}"} for number in range(600))
    chain = LazyChain(engine).run(lines(*({**who, "declared_value": "500.00"} for who in days for _ in "ab")))
    chain.then(exposure_step(), {})
    flags = chain.flags("daily_limit").select("flag_id")
    per_flag = chain.table("exposure").join(flags, on="flag_id").group_by("flag_id").len()
    assert (per_flag.height, per_flag["len"].unique().to_list()) == (600, [4 * 7])
