"""A retired id leads to the identity that it has become."""

import polars as pl
import pytest

import analytics
from analytics.review.successors import successor


class Told:
    """A store of nothing but identities and what happened to them."""

    def __init__(self, standing, *merged):
        rows = [(heir, "merged", came_from, run) for heir, came_from, run in merged]
        self.tables = {
            "identities": pl.LazyFrame({"identity_id": standing}),
            "identity_changes": pl.LazyFrame(rows, schema=["identity_id", "event", "from_ids", "run_id"], orient="row"),
        }

    def table(self, name):
        return self.tables[name]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("i1", "i3"), ("i2", "i3"), ("i3", "i3"), ("a1", "a1")],
)
def test_it_is_followed_through_several_merges(asked, found):
    told = Told(["i3"], ("i2", '["i1", "i2"]', "r1"), ("i3", '["i2", "i3"]', "r2"))
    assert successor(told, asked) == found


def test_an_id_that_stands_again_is_itself():
    assert successor(Told(["i1", "i2"], ("i2", '["i1", "i2"]', "r1")), "i1") == "i1"


def test_ids_that_merged_both_ways_and_are_gone_lead_nowhere():
    told = Told(["i9"], ("i2", '["i1", "i2"]', "r1"), ("i1", '["i1", "i2"]', "r2"))
    assert successor(told, "i1") in {"i1", "i2"}


def test_a_retired_id_can_be_explained_and_judged(store, alias):
    before = dict(store.table("aliases").select("alias_id", "identity_id").collect().iter_rows())
    pair = alias["Jon Reyes"], alias["Ana Reyes"]
    store.judge(*pair, "same")
    run = analytics.screen(store=store.root)
    standing = set(run.table("identities").collect()["identity_id"])
    (retired,) = {before[one] for one in pair} - standing
    (heir,) = {before[one] for one in pair} & standing
    assert run.explain(retired).lines[0] == f"{retired} has become {heir}."
    assert set(run.judge(retired, alias["Bob Stone"], "different")) <= {*pair, alias["Bob Stone"]}
