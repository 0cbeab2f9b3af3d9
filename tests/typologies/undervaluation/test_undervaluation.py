"""Far below the usual price of the same goods: int_goods__priced, int_goods__usual_prices,
int_members__undervaluation, int_measures__undervaluation."""

from decimal import Decimal
from statistics import median

import pytest

from tests.sql.chain import lines

PIECE = {"seller_id": "S", "product_id": "P", "quantity": "1", "declared_value": "100", "weight_kg": "1"}


def found(chain, *changes, **more):
    return chain.only("undervaluation", lines(*changes), **more)


def test_a_price_is_low_below_half_of_what_eight_shipments_make_usual(chain):
    cases = [
        (8, {"declared_value": "49.99"}, True),
        (8, {"declared_value": "50.00"}, False),  # half is not below half
        (7, {"declared_value": "49.99"}, True),  # eight with this one
        (6, {"declared_value": "49.99"}, False),
        (8, {"declared_value": "49.99", "weight_kg": "0.8"}, True),
        (8, {"declared_value": "49.99", "weight_kg": "0.79"}, False),  # a smaller pack
        (8, {"declared_value": "49.99", "weight_kg": None}, True),
        (8, {"declared_value": "99.98", "quantity": "2", "weight_kg": "2"}, True),
        (8, {"declared_value": "100.00", "quantity": "3", "weight_kg": "3"}, False),  # many pieces have another price
        (8, {"declared_value": "49.99", "quantity": None}, False),
        (8, {"declared_value": "49.99", "quantity": "0"}, False),
        (8, {"declared_value": "49.99", "seller_id": "T"}, False),
        (8, {"declared_value": "49.99", "product_id": "Q"}, False),
        (8, {"declared_value": "0.00"}, True),
    ]
    sellers = [{**PIECE, "seller_id": f"S{number}"} for number, _ in enumerate(cases)]
    flags = found(
        chain,
        *(
            row
            for piece, (peers, change, _) in zip(sellers, cases, strict=True)
            for row in [*[piece] * peers, {**piece, **change}]
        ),
    )
    told = {flag["subject"].split(",")[0] for flag in flags}
    assert told == {f"seller S{number}" for number, (*_, flagged) in enumerate(cases) if flagged}
    assert len(flags) == len(told)


def strayed(off, low):
    values = [str(100 + sign * Decimal(off)) for sign in (1, -1)] * 4 + ["100"] * 5 + [low]
    return [{**PIECE, "declared_value": value} for value in values]


@pytest.mark.parametrize(("low", "flagged"), [("39.99", True), ("40.00", False)])
def test_a_low_price_is_many_times_as_far_off_as_prices_usually_are(chain, low, flagged):
    assert bool(found(chain, *strayed("12", low))) is flagged


@pytest.mark.parametrize(("off", "flagged"), [("20.00", True), ("20.01", False)])
def test_where_prices_stray_there_is_no_usual_one(chain, off, flagged):
    assert bool(found(chain, *strayed(off, "0"), price_spread=4)) is flagged


@pytest.mark.parametrize("values", [[90, 100, 110, 120, 130, 140, 150, 160], [9, 1, 8, 2, 7, 3, 6, 4, 5], [7] * 8])
def test_the_usual_price_is_the_median_and_its_spread_the_median_deviation(chain, values):
    found(chain, *({**PIECE, "declared_value": str(value)} for value in values))
    (row,) = chain.table("int_goods__usual_prices").rows(named=True)
    usual = median(values)
    assert float(row["usual_usd"]) == usual
    assert float(row["spread_usd"]) == median(abs(value - usual) for value in values)
    assert (row["peers"], row["usual_kg"]) == (len(values), Decimal(1))
    assert chain.table("int_goods__priced").height == len(values)


def test_weights_are_compared_among_those_that_have_one(chain):
    found(chain, *[{**PIECE, "weight_kg": None}] * 5, *[PIECE] * 2, {**PIECE, "weight_kg": "3"})
    assert chain.table("int_goods__usual_prices")["usual_kg"].to_list() == [Decimal(1)]


@pytest.mark.parametrize(
    ("price", "quantity", "strength"),
    [("400", "2", "supporting"), ("400.01", "2", "inferred"), ("400", "1", "supporting")],
)
def test_what_would_not_have_fitted_at_the_usual_price_is_an_inference(chain, price, quantity, strength):
    usual = {**PIECE, "declared_value": price}
    low = {**PIECE, "declared_value": "100", "quantity": quantity, "weight_kg": quantity}
    (flag,) = found(chain, *[usual] * 8, low)
    assert flag["strength"] == strength
    assert ("over the limit" in flag["reason"]) is (strength == "inferred")


def test_says_at_what_price_and_against_how_many(chain):
    (flag,) = found(chain, *[PIECE] * 9, {**PIECE, "declared_value": "20", "weight_kg": None})
    assert flag["reason"] == (
        "1 shipment is declared at USD 20.00 together; at the usual price of the same goods of the same seller "
        "(USD 100.00 a unit, 10 shipments) it would be USD 100.00."
    )
    assert "smaller pack" in flag["counter_reasons"]
    assert chain.table("int_members__undervaluation")["shipment_uid"].to_list() == ["s10"]


def test_goods_without_a_number_are_told_by_description_and_chapter(chain):
    plain = {**PIECE, "product_id": None, "description": "Silk scarf", "hts_code": "6214100010"}
    assert found(chain, *[plain] * 8, {**plain, "description": " silk SCARF", "declared_value": "9"})
    assert not found(
        chain, *[{**plain, "description": None}] * 8, {**plain, "description": None, "declared_value": "9"}
    )
