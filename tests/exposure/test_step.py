"""What a flag is worth: the step over tables as the models leave them."""

import json
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from analytics.contracts.findings import Exposure
from analytics.exposure import exposure_step
from tests.sql.chain import TUESDAY, Chain, lines

JANUARY = {"arrival_date": date(2025, 1, 15), "origin_country": "CN", "hts_code": "6110303053"}


@pytest.fixture
def exposed(engine):
    """Screens some lines and gives {(component, reading): row} of the only flag of a typology."""

    def run(*changes, typology="daily_limit"):
        chain = Chain(engine).run(lines(*changes))
        exposure_step().build(engine, {})
        table = Exposure.validate(chain.table("exposure"))
        (flag_id,) = chain.flags(typology)["flag_id"]
        return {(row["component"], row["reading"]): row for row in table.filter(flag_id=flag_id).rows(named=True)}

    return run


def figures(rows, component, reading):
    row = rows[component, reading]
    return tuple(str(row[name]) for name in ("floor_usd", "base_usd", "ceiling_usd"))


def test_three_sweaters_lose_duty_and_fees_together_or_one_of_them(exposed):
    rows = exposed(*[JANUARY] * 3)
    assert figures(rows, "duty", "all") == ("384.00",) * 3
    assert figures(rows, "fees", "all") == ("7.86",) * 3
    assert figures(rows, "total", "all") == ("391.86",) * 3
    assert figures(rows, "total", "tipping") == ("130.62",) * 3
    assert not rows["total", "all"]["is_unknown"]


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
    assert figures(rows, "duty", "lots") == ("511.36",) * 3


def test_informal_entries_owe_no_more_duty_and_the_fee_of_a_formal_one(exposed):
    lot = {"entry_type": "11", "order_id": "A1", "order_issuer": "shop", "declared_value": "2400.00"}
    rows = exposed(lot, {**lot, "arrival_date": TUESDAY}, typology="informal_entry_split")
    assert figures(rows, "duty", "lots") == ("0.00",) * 3
    assert figures(rows, "fees", "lots") == (str(Decimal("32.71") - 2 * Decimal("2.62")),) * 3


def test_a_suspended_claim_loses_its_shipment(exposed):
    rows = exposed({**JANUARY, "arrival_date": date(2025, 9, 15)}, typology="suspended_claim")
    assert figures(rows, "total", "all") == ("130.62",) * 3


def test_what_is_unknown_is_said_and_the_rest_is_still_added(exposed):
    rows = exposed(JANUARY, JANUARY, {**JANUARY, "hts_code": None})
    assert figures(rows, "duty", "all") == ("256.00",) * 3
    assert rows["duty", "all"]["is_unknown"]
    assert rows["total", "all"]["is_unknown"]
    assert not rows["value", "all"]["is_unknown"]
    assert figures(rows, "duty", "tipping") == ("0.00", "128.00", "128.00")


def test_many_pieces_are_bounded(exposed):
    rows = exposed(*[{"declared_value": "100.00"}] * 30)
    assert figures(rows, "value", "greedy") == ("2200.00", "3000.00", "3000.00")
    assert "safe bounds" in rows["value", "greedy"]["assumptions"]


def test_no_flag_no_exposure(engine):
    chain = Chain(engine).run(lines({}))
    exposure_step().build(engine, {})
    assert chain.table("exposure").is_empty()


def test_ten_thousand_flags_take_seconds(engine):
    chain = Chain(engine).run(
        lines(*({"consignee_name": f"p{person}", "declared_value": "500.00"} for person in range(10_000) for _ in "ab"))
    )
    started = time.perf_counter()
    exposure_step().build(engine, {})
    assert time.perf_counter() - started < 20
    assert chain.table("exposure").height == 10_000 * 16
