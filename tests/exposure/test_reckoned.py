"""What holds of every figure, whatever the shipments: an obvious reckoning, and what does not change it."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.exposure.settings import Settings
from analytics.exposure.step import reckoned
from tests.exposure.tables import lines, tables

PIECE = {
    "flag_id": pl.String, "typology": pl.String, "limit_amount": pl.Decimal(18, 2), "lost": pl.String,
    "reading": pl.String, "has_order_readings": pl.Boolean, "shipment_uid": pl.String, "amount": pl.Decimal(18, 2),
    "arrival_date": pl.Date, "released_date": pl.Date, "exemption_claimed": pl.Boolean, "origin_country": pl.String,
    "mode": pl.String, "value_usd": pl.Decimal(18, 2), "customs_value_usd": pl.Decimal(18, 2),
    "conveyance_id": pl.String, "sequence_no": pl.Int64, "declared_at": pl.Datetime("us", "UTC"),
}  # fmt: skip
DAYS = [date(2021, 12, 1), date(2025, 1, 15), date(2025, 4, 12), date(2026, 3, 2), date(2026, 8, 3)]
TARIFF = ["6110303053", "8517620090", "2916390600", "9503000073", "2204215000", "7323930080", None]
LIMIT = Decimal("800.00")

cents = st.integers(1, 80000).map(lambda number: Decimal(number) / 100)
goods = st.fixed_dictionaries(
    {
        "value": cents,
        "hts": st.sampled_from(TARIFF),
        "origin": st.sampled_from(["CN", "VN", "MX", "DE", "RU", None]),
        "mode": st.sampled_from(["air", "mail", None]),
    }
)
flags = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["daily_limit", "order_split", "informal_entry_split", "address_hub"]),
            "day": st.sampled_from(DAYS),
            "goods": st.lists(goods, min_size=2, max_size=5),
            "is_ordered": st.booleans(),
        }
    ),
    min_size=1,
    max_size=4,
)
answers = st.builds(
    Settings,
    counted=st.lists(st.sampled_from(["contested_ieepa", "contested_s122"]), unique=True).map(tuple),
    culpability=st.sampled_from(["negligence", "gross_negligence", "fraud"]),
    is_consolidated=st.booleans(),
)
STAKES = {row["typology"]: row for row in tables()["ref_typologies"].rows(named=True)}


def frames(drawn):
    """Shipments and lines of some flags; a day that is not over its limit is raised above it."""
    shipments, goods_lines = [], []
    for number, flag in enumerate(drawn):
        stake = STAKES[flag["kind"]]
        for place, item in enumerate(flag["goods"]):
            value = item["value"] + (LIMIT if place == 0 and stake["has_order_readings"] else 0)
            value = min(value, LIMIT) if place == 0 else value
            shipment = f"s{number}-{place}"
            day = flag["day"] + timedelta(days=place if stake["reading"] == "lots" else 0)
            shipments.append(
                {
                    "flag_id": f"f{number}", "typology": flag["kind"], "limit_amount": LIMIT, "lost": stake["lost"],
                    "reading": stake["reading"], "has_order_readings": stake["has_order_readings"],
                    "shipment_uid": shipment, "amount": value, "arrival_date": day, "exemption_claimed": True,
                    "origin_country": item["origin"], "mode": item["mode"], "value_usd": value,
                    "customs_value_usd": value,
                    "declared_at": datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=place)
                    if flag["is_ordered"] else None,
                }
            )  # fmt: skip
            if stake["lost"] == "exemption":
                goods_lines.append(
                    {
                        "shipment_uid": shipment, "arrival_date": day, "origin_country": item["origin"],
                        "mode": item["mode"], "hts_code": item["hts"], "customs_value_usd": value,
                    }
                )  # fmt: skip
    schema = [{column: row.get(column) for column in PIECE} for row in shipments]
    return pl.DataFrame(schema, schema=PIECE), lines(*goods_lines)


@settings(max_examples=25, deadline=None)
@given(flags, answers)
def test_floor_headline_and_ceiling_are_in_order(drawn, asked):
    made = reckoned(*frames(drawn), tables(), asked)
    wrong = made["exposure"].filter(
        (pl.col("floor_usd") > pl.col("base_usd"))
        | (pl.col("base_usd") > pl.col("ceiling_usd"))
        | (pl.col("floor_usd") < 0)
    )
    assert wrong.is_empty()
    within = made["exposure_drivers"]
    assert within.filter(
        (pl.col("low_usd") > pl.col("base_usd")) | (pl.col("high_usd") < pl.col("base_usd"))
    ).is_empty()


@settings(max_examples=15, deadline=None)
@given(flags, answers, st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(drawn, asked, seed):
    shipments, goods_lines = frames(drawn)
    made = reckoned(shipments, goods_lines, tables(), asked)
    mixed = reckoned(
        shipments.sample(fraction=1, shuffle=True, seed=seed),
        goods_lines.sample(fraction=1, shuffle=True, seed=seed + 1),
        tables(),
        asked,
    )
    assert all(made[name].equals(mixed[name]) for name in made)


@settings(max_examples=25, deadline=None)
@given(flags)
def test_a_flag_is_worth_the_same_alone_as_among_others(drawn):
    shipments, goods_lines = frames(drawn)
    together = reckoned(shipments, goods_lines, tables(), Settings())["exposure"]
    one = shipments.filter(pl.col("flag_id") == "f0")
    own = goods_lines.join(one, on="shipment_uid", how="semi")
    alone = reckoned(one, own, tables(), Settings())["exposure"]
    assert alone.equals(together.filter(pl.col("flag_id") == "f0"))


def rounded(amount, unit="0.01"):
    return amount.quantize(Decimal(unit), ROUND_HALF_UP)


@settings(max_examples=25, deadline=None)
@given(st.lists(cents, min_size=3, max_size=6))
def test_decimals_are_exact(values):
    drawn = [
        {
            "kind": "order_split", "day": DAYS[1], "is_ordered": False,
            "goods": [{"value": value, "hts": "6110303053", "origin": "CN", "mode": "air"} for value in values],
        }
    ]  # fmt: skip
    table = reckoned(*frames(drawn), tables(), Settings())["exposure"]
    dollars = [rounded(value if place else min(value, LIMIT), "1") for place, value in enumerate(values)]
    duty = sum(rounded(whole * rate) for whole in dollars for rate in (Decimal("0.32"), Decimal("0.075")))
    found = {row["component"]: row["base_usd"] for row in table.rows(named=True)}
    assert found["duty"] == duty
    assert found["total"] == duty + Decimal("2.62") * len(values)
    assert found["penalty"] == min(2 * found["total"], found["value"])


def test_the_drivers_say_what_each_assumption_is_worth():
    sweaters = [{"value": Decimal(400), "hts": "6110303053", "origin": "CN", "mode": "air"}] * 3
    drawn = [{"kind": "daily_limit", "day": DAYS[2], "is_ordered": False, "goods": sweaters}]
    made = reckoned(*frames(drawn), tables(), Settings())["exposure_drivers"]
    found = {
        row["driver"]: (str(row["low_usd"]), str(row["high_usd"]), row["is_in_range"]) for row in made.rows(named=True)
    }
    total = made["base_usd"][0]
    worth = {"contested_ieepa", "entries", "reading"}
    assert set(found) == worth
    assert found["contested_ieepa"] == (str(total), str(total + Decimal("2320.00")), False)


def test_a_duty_is_told_by_shipment_and_layer():
    drawn = [
        {
            "kind": "order_split", "day": DAYS[1], "is_ordered": False,
            "goods": [{"value": Decimal(400), "hts": "6110303053", "origin": "CN", "mode": "air"}] * 2,
        }
    ]  # fmt: skip
    found = reckoned(*frames(drawn), tables(), Settings())["exposure_layers"]
    assert found.select("shipment_uid", "layer", pl.col("base_usd").cast(pl.String)).rows() == [
        ("s0-0", "GENERAL", "128.00"), ("s0-0", "S301_CN", "30.00"),
        ("s0-1", "GENERAL", "128.00"), ("s0-1", "S301_CN", "30.00"),
    ]  # fmt: skip


def test_a_known_order_gives_one_figure_within_the_range_of_an_unknown_one():
    values = (500, 400, 100)
    sweaters = [{"value": Decimal(value), "hts": "6110303053", "origin": "CN", "mode": "air"} for value in values]
    ends = []
    for is_ordered in (True, False):
        drawn = [{"kind": "daily_limit", "day": DAYS[1], "is_ordered": is_ordered, "goods": sweaters}]
        table = reckoned(*frames(drawn), tables(), Settings())["exposure"]
        ends.append(table.filter(component="duty", reading="tipping").select("floor_usd", "ceiling_usd").row(0))
    (known, same), (least, most) = ends
    assert least <= known == same <= most
    assert least < most


def test_a_shipment_in_two_flags_is_told_once():
    sweaters = [{"value": Decimal(400), "hts": "6110303053", "origin": "CN", "mode": "air"}] * 3
    shipments, goods_lines = frames([{"kind": "daily_limit", "day": DAYS[1], "is_ordered": False, "goods": sweaters}])
    twice = pl.concat([shipments, shipments.with_columns(flag_id=pl.lit("f9"))])
    made = reckoned(twice, goods_lines, tables(), Settings())
    assert made["exposure"]["flag_id"].n_unique() == 2
    told = made["exposure_shipments"]
    assert told["shipment_uid"].to_list() == ["s0-0", "s0-1", "s0-2"]
    # 800.00 and twice 400.00 at 39.5%, and three fees
    assert told["duty_base_usd"].sum() + told["fee_usd"].sum() == Decimal("632.00") + 3 * Decimal("2.62")
