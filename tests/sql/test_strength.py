"""A flag is no stronger than the matches it needs: int_flags__standing_on_proven_matches, mart_flags."""

import json

import polars as pl
import pytest

from tests.sql.chain import MONDAY, TUESDAY, lines
from tests.sql.test_thresholds_and_cuts import aliases, spelled


def proven(chain, *parts, sides=()):
    """Let an identity fall into parts where only proven matches hold, and give it bridges; before flags are built."""
    known = aliases(chain)
    rows = [(known[each], min(known[one] for one in part)) for part in parts for each in part]
    schema = chain.table("identity_proven_parts").schema
    chain.put("identity_proven_parts", pl.DataFrame(rows, schema=schema, orient="row"))
    links = [("i", "l1", "r1", chance, known[one]) for chance, part in sides for one in part]
    schema = chain.table("identity_bridge_sides").schema
    chain.put("identity_bridge_sides", pl.DataFrame(links, schema=schema, orient="row"))
    return chain


def told(flag):
    return [reason for reason in json.loads(flag["counter_reasons"]) if reason.startswith("Inferred, ")]


@pytest.mark.parametrize(
    ("values", "strength"),
    [
        (["400.00", "400.00", "500.00"], "inferred"),  # exactly the limit without the third
        (["400.01", "400.00", "500.00"], "objective"),
        (["790.00", "10.01"], "inferred"),
    ],
)
def test_a_flag_is_objective_where_proven_matches_alone_bring_it_over_the_limit(chain, values, strength):
    """The last spelling is joined by a match that is not proven."""
    chain.run(lines(*(spelled(f"{n} Elm", declared_value=value) for n, value in enumerate(values))))
    first, last = [f"{n} Elm" for n in range(len(values) - 1)], [f"{len(values) - 1} Elm"]
    (flag,) = proven(chain, first, last).flags("daily_limit").rows(named=True)
    assert flag["strength"] == strength
    assert bool(told(flag)) is (strength == "inferred")


def test_a_flag_of_one_spelling_needs_no_match(chain):
    chain.run(lines({"declared_value": "500.00"}, {"declared_value": "500.00"}))
    (flag,) = proven(chain).flags("daily_limit").rows(named=True)
    assert (flag["strength"], told(flag)) == ("objective", [])


def test_the_match_that_is_needed_is_named_and_how_to_settle_it(chain):
    chain.run(lines(*(spelled(f"{n} Elm", declared_value="500.00") for n in range(2))))
    (flag,) = proven(chain, ["0 Elm"], ["1 Elm"], sides=[(0.93, ["0 Elm"])]).flags("daily_limit").rows(named=True)
    assert told(flag) == [
        "Inferred, because it needs a match that is likely and not proven (probability 0.93). To settle it: "
        "splitship judge l1 r1, with --same or --different."
    ]


def test_several_matches_are_settled_by_a_review(chain):
    chain.run(lines(*(spelled(f"{n} Elm", declared_value="300.00") for n in range(3))))
    (flag,) = proven(chain, *([f"{n} Elm"] for n in range(3))).flags("daily_limit").rows(named=True)
    assert told(flag) == [
        "Inferred, because it needs matches that are likely and not proven. To settle them: splitship review --next 20."
    ]


def test_the_score_falls_with_the_strength(chain):
    landed = lines(*(spelled(f"{n} Elm", declared_value="500.00") for n in range(2)))
    before = chain.run(landed).flags("daily_limit")["score"].item()
    assert proven(chain.run(landed), ["0 Elm"], ["1 Elm"]).flags("daily_limit")["score"].item() == pytest.approx(
        before / 2
    )


def test_an_order_number_of_an_issuer_needs_no_match(chain):
    order = {"order_id": "LONG-4711", "order_issuer": "shop", "declared_value": "500"}
    chain.run(lines(spelled("1 Elm", **order), spelled("2 Elm", **order, arrival_date=TUESDAY)))
    assert proven(chain, ["1 Elm"], ["2 Elm"]).flags("order_split")["strength"].to_list() == ["objective"]


def test_a_short_order_number_does(chain):
    order = {"order_id": "A12", "declared_value": "500"}
    days = (MONDAY, TUESDAY)
    chain.run(lines(*(spelled(f"{n} Elm", **order, arrival_date=day) for n, day in enumerate(days))))
    strengths = set(proven(chain, ["0 Elm"], ["1 Elm"]).flags("order_split")["strength"])
    assert strengths == {"inferred"}
