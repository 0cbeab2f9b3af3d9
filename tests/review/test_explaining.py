"""Why two aliases are one or two, how an identity formed, and what a flag hangs on."""

import json
from decimal import Decimal

import plotly.graph_objects as go
import polars as pl
import pytest
from typer.testing import CliRunner

import analytics
from analytics.cli.main import app
from analytics.errors import UsageError
from analytics.review.clusters import Cluster, Link, clusters
from analytics.review.cuts import hanging_lines
from analytics.review.figures import CONFIG, cluster_figure, pair_figure
from analytics.review.weighing import Finding, Weighing, in_words, weigh
from analytics.review.wording import cluster_lines, standing_lines


def weighing(probability=0.9, weights=(7.0, -2.0), *, is_kept=True):
    findings = [Finding(f"feature_{place}", weight, "What: found.") for place, weight in enumerate(weights)]
    return Weighing("a", "b", probability, findings, -1.5, is_kept)


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (6.0, "decisively for"),
        (5.9, "strongly for"),
        (3.0, "strongly for"),
        (-2.9, "somewhat against"),
        (-0.9, "slightly against"),
    ],
)
def test_weights_are_told_in_words(weight, words):
    assert in_words(weight) == words


def test_the_findings_of_a_pair_add_up_to_the_weight_of_its_evidence(screened):
    link = screened.table("identity_links").filter(pl.col("probability") < 1).head(1).collect().row(0, named=True)
    found = weigh(screened, link["alias_id_r"], link["alias_id_l"])
    whole = sum(item["weight"] for item in json.loads(link["evidence"]))
    assert sum(finding.weight for finding in found.findings) + found.prior == pytest.approx(whole)
    assert (found.left, found.probability, found.is_kept) == (link["alias_id_l"], link["probability"], True)


def test_two_that_the_screening_never_met_are_compared_now(screened, alias):
    why = str(screened.explain(alias["Bob Stone"], alias["Jon Reyes"]))
    assert "two identities" in why
    assert "compared now" in why
    assert "against" in why


def test_one_consignee_under_two_aliases_says_what_agrees(screened, alias):
    why = screened.explain(alias["Maria Lopez"], alias["Maria G Lopez"])
    assert "one identity" in str(why)
    assert "by this very link" in str(why)
    assert why.frames["aliases"].height == 2


def test_what_a_person_said_stands_beside_the_score(store, alias):
    store.judge(alias["Jon Reyes"], alias["Ana Reyes"], "same", by="ann", note="one passport")
    run = analytics.screen(store=store.root)
    why = str(run.explain(alias["Jon Reyes"], alias["Ana Reyes"]))
    assert "Judged same by ann" in why
    assert "one passport" in why
    assert "a person judged them the same" in why


def test_one_alias_is_no_pair(screened, alias):
    with pytest.raises(UsageError, match="Name two aliases"):
        screened.explain(alias["Bob Stone"], alias["Bob Stone"])


def test_a_flag_says_which_shipment_and_which_link_it_hangs_on(screened):
    (flag,) = screened.table("flags").filter(pl.col("typology") == "daily_limit").collect()["flag_id"]
    why = str(screened.explain(flag))
    assert "Without one of them there is no split. The cheapest that is enough: S2 (400.00 USD)." in why
    assert "Without it no part is over the limit. It is the one between " in why
    assert "It stands up to a threshold of 0." in why
    assert "no part of it is over the limit." in why


class Told:
    """A store of what one flag hangs on."""

    def __init__(self, stands, *cuts):
        rows = [("f1", at, "certain" if at == 1 else "stricter", stood) for at, stood in stands.items()]
        thresholds = {"flag_id": pl.String, "threshold": pl.Float64, "standing": pl.String, "stands": pl.Boolean}
        columns = ("flag_id", "cut", "shipment_id", "amount", "limit_currency", "alias_id_l", "alias_id_r", "reason")
        self.tables = {
            "flag_thresholds": pl.LazyFrame(rows, thresholds, orient="row"),
            "smallest_cuts": pl.LazyFrame({"flag_id": ["f1"], "statement": ["The flag rests on this one shipment."]}),
            "flag_cuts": pl.LazyFrame([("f1", *cut) for cut in cuts], dict.fromkeys(columns, pl.String), orient="row"),
        }

    def table(self, name):
        return self.tables[name]


def flag(typology="daily_limit", survives=1.0, limit=Decimal(800)):
    return {"flag_id": "f1", "typology": typology, "limit_amount": limit, "survives_to_threshold": survives}


def test_what_hangs_on_nothing_single_says_so():
    assert hanging_lines(Told({0.5: True, 1.0: True}), flag()) == [
        "No single piece clears it.",
        "No single link between spellings clears it.",
        "The flag holds at every identity threshold; no uncertain match is involved.",
    ]
    assert hanging_lines(Told({0.5: True, 1.0: True}), flag("order_split"))[:2] == [
        "No single piece clears it.",
        "The flag holds at every identity threshold; no uncertain match is involved.",
    ]


@pytest.mark.parametrize(
    ("stands", "survives", "says"),
    [
        ({0.5: True, 0.8: False, 1.0: False}, 0.5, "up to a threshold of 0.5 on who is who; at 0.8 no part"),
        ({0.5: True, 0.8: True, 1.0: False}, 0.8, "of 0.8 on who is who; where only what is certain counts no part"),
        ({}, None, "was not tested"),
    ],
)
def test_up_to_which_threshold_a_flag_stands(stands, survives, says):
    assert says in hanging_lines(Told(stands), flag(survives=survives))[-1]


def test_a_flag_that_only_a_looser_threshold_would_raise_can_be_explained(screened):
    (would_be,) = screened.table("flag_thresholds").filter(pl.col("is_raised").not_()).collect()["flag_id"].unique()
    why = str(screened.explain(would_be))
    assert "is no flag: it would be one at a threshold of 0." in why
    assert "2 pieces, 1,000.00 USD, if these were one: 2 identities as one" in why


def test_a_reading_of_numbers_is_told_and_a_flag_without_a_limit_hangs_on_its_rows():
    reading = (
        "numbers",
        None,
        None,
        None,
        None,
        None,
        "Read as 2 orders, one for each number, none is over the limit.",
    )
    assert reading[-1] in hanging_lines(Told({1.0: True}, reading), flag("order_split"))
    assert hanging_lines(Told({}), flag("suspended_claim", limit=None)) == [
        "The flag rests on this one shipment.",
        "The flag holds at every identity threshold; no uncertain match is involved.",
    ]


def test_an_identity_tells_its_weakest_bond_and_what_it_would_part():
    chain = Cluster("abc", [Link("a", "b", 0.9, "link"), Link("b", "c", 0.7, "link")])
    assert cluster_lines(chain)[-3:] == [
        "It hangs on 2 links, weakest first:",
        "  [2] and [3] (0.700): without that link [3] would stand apart.",
        "  [1] and [2] (0.900): without that link [1] would stand apart.",
    ]
    pair = Cluster("ab", chain.links[:1])
    assert cluster_lines(pair)[-1] == "It hangs on [1] and [2] (0.900): without that link [1] would stand apart."
    ring = Cluster("abc", [*chain.links, Link("a", "c", 0.8, "account")])
    assert cluster_lines(ring)[-1] == "It hangs on no single link: each is certain or has a way round."
    assert cluster_lines(Cluster("a", [])) == []


def test_an_identity_says_what_other_thresholds_make_of_it(screened, alias):
    ids = dict(screened.table("aliases").select("alias_id", "identity_id").collect().iter_rows())
    maria, jon, bob = (ids[alias[name]] for name in ("Maria Lopez", "Jon Reyes", "Bob Stone"))
    one = str(screened.explain(maria))
    assert "It stays whole up to a threshold of 0." in one
    assert "it falls into 2 parts: [1] | [2]" in one
    household = str(screened.explain(jon))
    assert "It stays whole whatever threshold is set" in household
    assert f"it would be one with {ids[alias['Ana Reyes']]}." in household
    assert "No looser threshold that was tried joins it" in str(screened.explain(bob))


def test_the_bridges_of_the_tables_are_those_of_the_explanation(screened):
    ids = screened.table("identities").filter(pl.col("aliases") > 1).collect()["identity_id"].to_list()
    told = [(link.left, link.right) for one in clusters(screened, ids).values() for link in one.bridges]
    kept = screened.table("identity_bridges").select("alias_id_l", "alias_id_r").collect().rows()
    assert sorted(told) == sorted(kept) != []
    assert screened.table("identities").collect()["bridges"].sum() == len(kept)


@pytest.mark.parametrize(("probability", "says"), [(0.4, "two are likelier"), (0.6, "the score alone would join")])
def test_why_not_is_said(probability, says):
    assert says in standing_lines(weighing(probability), None)[0]


def test_the_waterfall_starts_with_what_is_granted_and_ends_with_the_sum():
    figure = pair_figure(weighing(weights=tuple(float(size) for size in range(14, 0, -1))))
    (bars,) = figure.data
    assert isinstance(bars, go.Waterfall)
    assert (bars.y[0], bars.y[-2], bars.y[-1]) == ("taken for granted", "all else", "together")
    assert bars.x[-1] == pytest.approx(sum(range(15)) - 1.5) == pytest.approx(sum(bars.x[:-1]))


def test_the_graph_marks_the_weakest_bond_of_the_tree():
    links = [Link("a", "b", 0.9, "link"), Link("b", "c", 0.7, "link"), Link("a", "c", 0.6, "link")]
    figure = cluster_figure(Cluster("abc", links))
    assert [trace.name for trace in figure.data] == [
        "further links", "by which it formed", "the weakest of these", None,
    ]  # fmt: skip
    assert figure.data[2].text[0] == "0.700 (link)"
    assert list(figure.data[3].text) == ["1", "2", "3"]


def test_no_text_from_outside_goes_into_a_figure(screened, alias):
    identity = screened.table("aliases").filter(alias_id=alias["Maria Lopez"]).collect()["identity_id"].item()
    pair = screened.explain(alias["Maria Lopez"], alias["Maria G Lopez"]).figure()
    for figure in (pair, screened.explain(identity).figure()):
        assert not [name for name in ("Lopez", "lopez", "Elm", "elm st") if name in figure.to_json()]


def test_a_figure_is_shown_without_a_way_to_the_cloud(screened, alias, monkeypatch):
    shown = {}
    monkeypatch.setattr(go.Figure, "show", lambda figure, **options: shown.update(options))
    screened.explain(alias["Maria Lopez"], alias["Maria G Lopez"]).show()
    assert shown["config"] == CONFIG
    assert CONFIG["showSendToCloud"] is False


def test_a_flag_has_no_figure(screened):
    flag = screened.table("flags").collect()["flag_id"][0]
    with pytest.raises(UsageError, match="no figure"):
        screened.explain(flag).figure()


def test_the_command_explains_a_pair(screened, alias):
    words = ["explain", alias["Jon Reyes"], alias["Ana Reyes"], "--store", str(screened.root)]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0
    assert "What agrees and what does not:" in done.stdout


def test_a_flag_tells_what_it_may_cost_and_when_it_ages_out(screened):
    flag_id = screened.table("flags").collect()["flag_id"][0]
    why = screened.explain(flag_id)
    assert "Duty by duty" in str(why)
    assert "2030-03-14" in str(why)
    assert {"layers", "drivers", "clock"} <= set(why.frames)


def test_a_store_draws_its_tornado_and_reckons_a_disclosure(screened):
    assert isinstance(screened.tornado(), go.Figure)
    fees = screened.prior_disclosure(interest_usd="1.00")
    assert str(fees.tender) == "6.24"  # no tariff number is given: two fees and the interest
    assert fees.is_unknown
