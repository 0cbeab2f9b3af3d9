"""Totals under a changed grouping, without a run: those of the published grouping are daily_totals to the cent."""

import polars as pl
import pytest

import analytics
from analytics.errors import UsageError
from analytics.review.clusters import Link
from analytics.review.preview import _grouped, preview, totals_of_groups

KEYS = ["identity_id", "day", "pool", "is_certain", "limit", "currency"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The sample of the demo: several origins, modes, pools and unsure answers."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        root = analytics.screen("data_samples/shipments.csv", tmp_path_factory.mktemp("demo") / "store").root
    return analytics.open_store(root)


def test_the_published_grouping_gives_daily_totals(demo):
    aliases = demo.table("aliases").drop_nulls("identity_id").select("alias_id", group="identity_id").collect()
    found = totals_of_groups(demo, aliases).rename({"group": "identity_id"})
    published = demo.table("daily_totals").select(
        "identity_id", "pool", "shipments", "total_usd", "is_over_limit", day="arrival_date", limit="limit_amount",
        is_certain=pl.col("coverage") == "known", currency="limit_currency", total="total_amount",
    )  # fmt: skip
    wanted = published.filter(pl.col("shipments") > 0).collect()  # a day of nothing but oversize pieces adds up to 0
    columns = [*KEYS, "shipments", "total", "total_usd", "is_over_limit"]
    assert wanted.height > 2000
    assert found.select(columns).sort(KEYS).equals(wanted.select(columns).sort(KEYS))


def pair_of_flag(store):
    cut = store.table("flag_cuts").filter(cut="link").sort("flag_id").collect().row(0, named=True)
    return cut["alias_id_l"], cut["alias_id_r"]


def test_a_flag_that_hangs_on_one_link_falls_with_it(demo):
    found = preview(demo, *pair_of_flag(demo), "different")
    assert found.changes
    assert found.before["is_over_limit"].sum() > found.after["is_over_limit"].sum()
    assert found.before["total"].sum() == found.after["total"].sum()
    assert found.groups.filter(pl.col("after") > 1).height > 0


def test_what_is_one_already_does_not_change_by_saying_so(demo):
    found = preview(demo, *pair_of_flag(demo), "same")
    assert not found.changes
    assert found.sentences[0] == "The grouping stays as it is: the totals do not change."


def test_two_identities_would_be_added_up(demo):
    apart = demo.table("identity_links").filter(~pl.col("is_joined")).sort("probability", descending=True).collect()
    left, right = apart.select("alias_id_l", "alias_id_r").row(0)
    found = preview(demo, left, right, "same")
    assert found.groups["before"].n_unique() == 2
    assert set(found.groups["after"]) == {1}
    assert found.after["total"].sum() == found.before["total"].sum()


def test_the_strongest_bonds_hold_and_the_two_never_meet():
    links = [Link("a", "b", 0.9, "link"), Link("b", "c", 0.8, "link"), Link("c", "d", 0.95, "link")]
    assert _grouped(list("abcd"), links, set()) == {"a": 1, "b": 1, "c": 1, "d": 1}
    assert _grouped(list("abcd"), links, {"a", "d"}) == {"a": 1, "b": 1, "c": 2, "d": 2}
    assert _grouped(list("abcd"), links[:2], set()) == {"a": 1, "b": 1, "c": 1, "d": 2}


@pytest.mark.parametrize(
    ("one", "other", "verdict", "said"),
    [
        ("a1", "a2", "perhaps", "is not a verdict"),
        ("a1", "a1", "same", "two aliases that name someone"),
        ("a1", "a2", "same", "two aliases that name someone"),
    ],
)
def test_what_is_no_pair_or_verdict_is_refused(demo, one, other, verdict, said):
    with pytest.raises(UsageError, match=said):
        preview(demo, one, other, verdict)
