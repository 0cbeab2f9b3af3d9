"""Why two spellings are one or two, how an identity formed, and what a flag hangs on."""

import json
from decimal import Decimal

import plotly.graph_objects as go
import polars as pl
import pytest
from typer.testing import CliRunner

import analytics
from analytics.cli.main import app
from analytics.errors import UsageError
from analytics.review.clusters import Bond, Cluster
from analytics.review.cuts import Cut
from analytics.review.figures import CONFIG, cluster_figure, pair_figure
from analytics.review.weighing import Finding, Weighing, in_words, weigh
from analytics.review.wording import cluster_lines, cut_lines, standing_lines


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
    assert sum(finding.weight for finding in found.findings) + found.granted == pytest.approx(whole)
    assert (found.left, found.probability, found.is_kept) == (link["alias_id_l"], link["probability"], True)


def test_two_that_the_screening_never_met_are_compared_now(screened, alias):
    why = str(screened.explain(alias["Bob Stone"], alias["Jon Reyes"]))
    assert "two identities" in why
    assert "compared now" in why
    assert "against" in why


def test_one_person_in_two_spellings_says_what_agrees(screened, alias):
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


def test_one_spelling_is_no_pair(screened, alias):
    with pytest.raises(UsageError, match="Name two spellings"):
        screened.explain(alias["Bob Stone"], alias["Bob Stone"])


def test_a_flag_says_which_shipment_and_which_link_it_hangs_on(screened):
    (flag,) = screened.table("flags").filter(pl.col("typology") == "daily_limit").collect()["flag_id"]
    why = str(screened.explain(flag))
    assert "Without shipment S2 (400.00 USD) the total is 800.00 USD or less" in why
    assert "Without the bond " in why
    assert "It stands up to a threshold of 0." in why


def test_what_hangs_on_nothing_single_says_so():
    lines = cut_lines(Cut(None, None, 1.0), Decimal(800))
    assert lines == [
        "No single shipment clears it.",
        "No single link between spellings clears it.",
        "It stands whatever threshold links are held to.",
    ]


def test_an_identity_tells_its_weakest_bond_and_what_it_would_part():
    chain = Cluster("abc", [Bond("a", "b", 0.9, "link"), Bond("b", "c", 0.7, "link")])
    assert cluster_lines(chain)[-1] == "It hangs on [2] and [3] (0.700): without that link [3] would stand apart."
    ring = Cluster("abc", [*chain.bonds, Bond("a", "c", 0.8, "account")])
    assert cluster_lines(ring)[-1] == "It hangs on no single link: each is certain or has a way round."
    assert cluster_lines(Cluster("a", [])) == []


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
    bonds = [Bond("a", "b", 0.9, "link"), Bond("b", "c", 0.7, "link"), Bond("a", "c", 0.6, "link")]
    figure = cluster_figure(Cluster("abc", bonds))
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
