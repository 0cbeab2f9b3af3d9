"""Harmless reasons beside a flag: int_shipments__of_splits, int_flags__explained_benignly, mart_suppressions."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from analytics.contracts.findings import Suppressions
from analytics.contracts.parameters import resolve_parameters
from analytics.engines.models import load_model
from analytics.rulebook import load_references
from tests.sql.chain import MONDAY, lines

SPLITS = load_references().tables["ref_benign_splits"]
TEXT, WHOLE, DAY, YES, MONEY = pl.String, pl.Int64, pl.Date, pl.Boolean, pl.Decimal(18, 2)
SHAPE = {
    "flag_id": TEXT, "shipment_uid": TEXT, "typology": TEXT, "amount": MONEY, "limit_amount": MONEY,
    "window_end": DAY, "arrival_date": DAY, "value_usd": MONEY, "house_bill": TEXT, "conveyance_id": TEXT,
    "weight_kg": pl.Decimal(18, 3),
    "order_number": TEXT, "marketplace": TEXT, "seller": TEXT, "goods": TEXT, "most_kg": pl.Decimal(18, 3),
    "is_replacement": YES, "is_backorder": YES, "is_subscription": YES, "is_known_place": YES, "previous_date": DAY,
    "weight_place": WHOLE,
}  # fmt: skip


def pieces(*changes, typology="order_split"):
    """Pieces of one flag, in the order of their days and weights."""
    rows = []
    for place, change in enumerate(changes):
        row = {
            "flag_id": "f1", "shipment_uid": f"s{place}", "typology": typology, "amount": "500", "limit_amount": "800",
            "arrival_date": MONDAY, "value_usd": "500", "is_replacement": False, "is_backorder": False,
            "is_subscription": False, "is_known_place": False, "order_number": "A1", **change,
        }  # fmt: skip
        row["previous_date"] = rows[-1]["arrival_date"] if rows else None
        rows.append(row)
    last = max(row["arrival_date"] for row in rows)
    by_weight = sorted(range(len(rows)), key=lambda place: Decimal(rows[place].get("weight_kg") or "inf"))
    for place, row in enumerate(rows):
        row |= {"window_end": last, "weight_place": by_weight.index(place) + 1}
    columns = [
        pl.Series(name, [row.get(name) for row in rows], dtype=TEXT if isinstance(kind, pl.Decimal) else kind)
        for name, kind in SHAPE.items()
    ]
    return pl.DataFrame(columns).cast(SHAPE)


def reasons(engine, *flags):
    """Reasons that are found for each of some flags, with their effect."""
    numbered = [
        frame.with_columns(flag_id=pl.lit(f"f{number}"), shipment_uid=f"{number}-" + pl.col("shipment_uid"))
        for number, frame in enumerate(flags)
    ]
    engine.write("int_shipments__of_splits", pl.concat(numbered))
    engine.write("ref_benign_splits", SPLITS)
    engine.build(load_model("int_flags__explained_benignly"), resolve_parameters({}))
    found = engine.frame("int_flags__explained_benignly").sort("benign")
    return [
        dict(found.filter(flag_id=f"f{number}").select("benign", "effect").rows()) for number, _ in enumerate(flags)
    ]


@pytest.fixture
def explained(engine):
    def run(*changes, typology="order_split"):
        (found,) = reasons(engine, pieces(*changes, typology=typology))
        return found

    return run


def after(days, **more):
    return {"arrival_date": MONDAY + timedelta(days=days), **more}


BILL = {"house_bill": "HB1"}
BASKET = {"marketplace": "M", "seller": "S1"}
HEAVY = {"weight_kg": "40", "most_kg": "68"}
BOX = {"goods": "BOX", "value_usd": "300"}
SAID = {"is_backorder": True}
REPLACED = {"is_replacement": True}


def test_each_reason_shows_in_the_pieces_or_it_is_none(engine):
    flags = [
        ([{}, {}], {}),
        ([BILL, BILL], {"carrier_split": "suppress"}),
        ([BILL, {"house_bill": "HB2"}], {}),
        ([BILL, {}], {}),
        ([BASKET, {**BASKET, "seller": "S2"}], {"multi_vendor": "suppress"}),
        ([BASKET, BASKET], {}),
        ([BASKET, BASKET, {**BASKET, "seller": "S2"}], {}),  # the first seller's own part is over the limit
        ([BASKET, {**BASKET, "seller": "S2", "order_number": "A2"}], {}),
        ([BASKET, {**BASKET, "seller": None}], {}),
        ([BASKET, {"seller": "S2"}], {}),
        ([HEAVY, HEAVY], {"oversize": "suppress"}),
        ([HEAVY, {**HEAVY, "weight_kg": "28"}], {}),  # 68 kg together: one parcel would do
        ([HEAVY, {**HEAVY, "weight_kg": "28.001"}], {"oversize": "suppress"}),
        ([HEAVY, HEAVY, {**HEAVY, "weight_kg": "1"}], {}),
        ([HEAVY, {"weight_kg": "40"}], {}),
        ([HEAVY, {"most_kg": "68"}], {}),
        ([BOX, after(30, **BOX), after(60, **BOX)], {"subscription": "suppress"}),
        ([BOX, after(30, **BOX), after(57, **BOX)], {"subscription": "suppress"}),
        ([BOX, after(30, **BOX), after(56, **BOX)], {}),  # thirty days and twenty-six
        ([BOX, after(6, **BOX), after(12, **BOX)], {"subscription": "suppress"}),
        ([BOX, after(5, **BOX), after(10, **BOX)], {}),
        ([BOX, after(30, **BOX)], {}),
        ([BOX, after(30, **BOX), after(60, **{**BOX, "value_usd": "301"})], {}),
        ([{"is_subscription": True}, after(6, is_subscription=True)], {"subscription": "suppress"}),
        ([REPLACED, {}], {"replacement": "suppress"}),
        ([REPLACED, {}, {}], {}),  # the rest is still over the limit
        ([REPLACED, {"amount": "400"}, {"amount": "400"}], {"replacement": "suppress"}),
        ([{}, after(3, **SAID)], {"backorder_said": "suppress"}),
        ([{}, {}, after(3, **SAID)], {}),
        ([{"goods": "CUP"}, after(14, goods="POT")], {"backorder_seen": "down_rank"}),
        ([{"goods": "CUP"}, after(13, goods="POT")], {}),
        ([{"goods": "CUP"}, after(14, goods="CUP")], {}),
    ]
    found = reasons(engine, *(pieces(*changes) for changes, _ in flags))
    assert list(enumerate(found)) == list(enumerate(expected for _, expected in flags))


@pytest.mark.parametrize(
    ("typology", "found"),
    [
        ("daily_limit", {"carrier_split": "down_rank"}),  # the day's limit asks for no purpose
        ("informal_entry_split", {"carrier_split": "suppress"}),
        ("inferred_order_split", {"carrier_split": "suppress"}),
        ("suspended_claim", {}),
    ],
)
def test_what_a_reason_does_depends_on_whether_the_rule_asks_for_purpose(explained, typology, found):
    assert explained(BILL, BILL, typology=typology) == found


@pytest.mark.parametrize(("second", "found"), [(True, {"known_place": "suppress"}), (False, {})])
def test_a_hub_is_explained_where_all_of_it_is_at_a_listed_place(explained, second, found):
    late = {"arrival_date": date(2025, 3, 3)}
    pair = [{**late, "is_known_place": True}, {**late, "is_known_place": second}]
    assert explained(*pair, typology="address_hub") == found


ORDER = {"order_id": "A123", "order_issuer": "shop", "declared_value": "700"}


@pytest.mark.parametrize(
    ("changes", "effect"),
    [
        ([{}, {}], None),
        ([{}, {"description": "Lamp (Balance of Order A123)"}], "suppress"),
        ([{}, {"description": "Warranty replacement lamp"}], "suppress"),
        ([{}, {"description": "Replacement filter"}], None),  # goods that are called so
        ([{"weight_kg": "35"}, {"weight_kg": "35"}], "suppress"),
        ([{"description": "'; drop table x"}, {"description": '"}] back  order'}], None),
    ],
)
def test_a_suppressed_flag_stays_visible_with_its_reason(chain, changes, effect):
    chain.run(lines(*({**ORDER, "arrival_date": MONDAY + timedelta(days=place), **change}
                      for place, change in enumerate(changes))))  # fmt: skip
    (flag,) = chain.flags("order_split").rows(named=True)
    found = Suppressions.validate(chain.table("mart_suppressions"), cast=True)
    assert found["effect"].to_list() == ([effect] if effect else [])
    assert flag["is_suppressed"] is (effect == "suppress")
    assert (flag["score"] == 0) is (effect == "suppress")
    assert all(reason in flag["counter_reasons"] for reason in found["reason"])
    assert chain.table("int_shipments__of_splits").filter(typology="order_split").height == 2


def test_a_flag_that_ranks_lower_keeps_a_share_of_its_score(chain):
    pair = {"declared_value": "500", "house_bill": "HB1"}
    (bare,) = chain.run(lines(*[{**pair, "house_bill": None}] * 2)).flags("daily_limit").rows(named=True)
    (lower,) = chain.run(lines(pair, pair)).flags("daily_limit").rows(named=True)
    assert lower["score"] == pytest.approx(0.25 * bare["score"])
    assert not lower["is_suppressed"]
    assert lower["flag_id"] == bare["flag_id"]
