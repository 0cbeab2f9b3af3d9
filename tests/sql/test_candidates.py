"""What a typology considered: int_candidates__with_shipments, mart_candidates, mart_candidate_shipments."""

from decimal import Decimal

import pytest

from tests.sql.chain import lines
from tests.typologies.structuring.test_structuring import CROWD, NEAR, buyers


def days(chain, *values, **parameters):
    chain.run(lines(*({"declared_value": value} for value in values)), **parameters)
    return chain.table("mart_candidates").filter(typology="daily_limit").rows(named=True)


@pytest.mark.parametrize(
    ("values", "score"),
    [
        (("199.99", "200.00"), None),
        (("200.00", "200.00"), 0.5),
        (("400.00", "400.00"), 1.0),
        (("400.00", "400.01"), None),
        (("800.00",), None),
    ],
    ids=["below half", "half", "exactly the limit", "over it: a flag", "one piece"],
)
def test_a_day_of_half_the_limit_or_more_that_is_not_over_it_is_a_candidate(chain, values, score):
    found = days(chain, *values)
    assert [row["score"] for row in found] == ([] if score is None else [score])
    assert not any(row["is_above"] for row in found)


def test_how_much_of_the_limit_makes_a_candidate_is_a_parameter(chain):
    assert days(chain, "100.00", "100.00", min_candidate_share=Decimal("0.25"))


def test_a_candidate_names_its_shipments(chain):
    (row,) = days(chain, "300.00", "200.00")
    pieces = chain.table("mart_candidate_shipments")
    assert (row["shipments"], str(row["total_usd"]), pieces.height) == (2, "500.00", 2)
    assert pieces["candidate_id"].unique().to_list() == [row["candidate_id"]]


def test_what_is_flagged_is_above_the_line_and_the_rest_below(chain):
    chain.run(lines(*CROWD, *buyers(NEAR)))
    tested = chain.table("mart_candidates").filter(typology="structuring")
    flagged = set(chain.flags("structuring")["identity_id"])
    assert flagged == set(tested.filter("is_above")["identity_id"]) == {"i-buyer"}
    assert (tested.filter("is_above")["score"] >= tested.filter("is_above")["line"]).all()
    below = tested.filter(~tested["is_above"])
    assert (below["score"] < below["line"]).all()
