"""The rules drawn one after the other."""

import json
import re

import polars as pl
import pytest

from analytics.reports.rule_timeline import lanes, timeline_page
from analytics.rulebook import timeline


@pytest.fixture(scope="module")
def told():
    return timeline("CN", "air")


def figures(page):
    charts = re.search(r'id="charts">(.*?)</script>', page, re.DOTALL)
    return json.loads(charts[1])["figures"]


def test_a_lane_for_each_provision_where_origin_and_mode_are_asked_for(told):
    limits, _ = told
    found = list(lanes(limits, by_origin=False, by_mode=False))
    assert [lane.title for lane in found][:2] == ["a2A_gift, gift", "a2C, standard"]
    assert found[1].stretches[0]["rule_id"] == "US-C-01"
    assert sum(len(lane.stretches) for lane in found) == limits.height


def test_scopes_have_lanes_of_their_own_where_nothing_is_asked_for():
    limits, _ = timeline()
    titles = [lane.title for lane in lanes(limits)]
    assert "a2C, standard, from CN|HK, by POSTAL" in titles
    assert len(titles) == len(set(titles))


def test_every_stretch_is_a_bar_of_its_length(told):
    limits, events = told
    found = list(lanes(limits, by_origin=False, by_mode=False))
    drawn = figures(timeline_page(found, events, "asked", "foot"))["chart-whole"]["data"]
    bars = {bar["name"]: bar for bar in drawn}
    assert sum(len(bar["y"]) for bar in bars.values()) == limits.height
    first = bars["eligible"]["customdata"].index("US-C-01<br>1993-12-08 to 2016-03-10<br>unverified")
    assert bars["eligible"]["x"][first] == 8128 * 86_400_000  # days from 1993-12-08 to 2016-03-10
    assert bars["eligible"]["text"][first] == "$200.00"


def test_the_page_is_sealed_and_the_same_for_the_same_rules(told):
    limits, events = told
    pages = [timeline_page(list(lanes(limits)), events, "asked", "foot") for _ in range(2)]
    assert pages[0] == pages[1]
    assert "default-src &#39;none&#39;" in pages[0] or "default-src 'none'" in pages[0]
    assert '"showSendToCloud":false' in pages[0]


def test_text_of_a_users_table_is_never_markup(told):
    limits, events = told
    hostile = limits.with_columns(provision=pl.lit("<img src=x onerror=alert(1)>"), note=pl.lit("<script>x</script>"))
    page = timeline_page(list(lanes(hostile)), events, "asked", "foot")
    assert "<img" not in page
    assert "<script>x" not in page


def test_without_a_rule_there_is_no_chart_and_no_library_that_draws_it(told):
    limits, events = told
    page = timeline_page(list(lanes(limits.clear())), events.clear(), "asked", "foot")
    assert page.count("<script") == 2  # its data and its script
    assert page.count("sha256-") == 1  # the policy allows the script of the page alone
