"""The page as text: well formed, sealed, escaped, the same bytes twice."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from analytics.reports import report
from tests.reports.fake_store import store_of
from tests.reports.world import HOSTILE, world

_VOID = {"meta", "br", "input", "link", "img", "path", "polyline", "hr"}
_LIMIT = 7_000_000


class Reader(HTMLParser):
    """Keeps what a page holds, and says where its elements are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.scripts.append((self.elements[-1][1], data))
        elif self.open and self.open[-1] != "style":
            self.texts.append(data)


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    return report(world(), out=tmp_path_factory.mktemp("page") / "r.html").read_text()


@pytest.fixture(scope="module")
def page(text):
    return Reader(text)


def test_every_element_is_closed_and_every_id_is_there_once(page):
    assert page.open == []
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    labels = {attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes}
    assert labels <= set(ids)


def test_has_every_section(page):
    words = " ".join(page.texts)
    for title in ("Bottom line", "Value at issue by week", "Values under the limit", "Indicators by kind",
                  "How few hold how much", "Identities that changed a conclusion", "Sellers, carriers and filers",
                  "New, growing and returning consignees", "The flags", "Reasons to look",
                  "Explained by what the shipments show", "What the figures rest on", "Method and law",
                  "These are indicators, not findings.", "not tested: no conveyance_id"):  # fmt: skip
        assert title in words


def test_nothing_in_it_fetches(page, text):
    fetching = {"link", "img", "iframe", "object", "embed", "audio", "video", "source", "base", "form"}
    assert not fetching & {tag for tag, _ in page.elements}
    for _, attributes in page.elements:
        assert not {"src", "href", "srcset", "action", "data", "poster", "ping", "onload", "onerror"} & set(attributes)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_its_own_scripts_and_no_request(page, text):
    policy = next(a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert set(rules) == {"default-src", "script-src", "style-src", "base-uri", "form-action"}
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert rules["script-src"].split(" ") == [f"'sha256-{digest}'" for digest in digests]
    assert len(scripts) == 2


def test_every_chart_has_its_place_its_words_and_no_upload_button(page):
    attributes, data = next(script for script in page.scripts if script[0].get("id") == "charts")
    assert attributes["type"] == "application/json"
    charts = json.loads(data)
    assert charts["config"]["showSendToCloud"] is False
    assert charts["config"]["displaylogo"] is False
    places = {a["id"]: a for _, a in page.elements if a.get("class") == "chart"}
    assert set(places) == set(charts["figures"])
    assert all(len(place["aria-label"]) > 40 for place in places.values())


def test_hostile_names_are_shown_and_are_only_text(page, text):
    words = "".join(page.texts)
    assert "<script>window.hacked=1</script>" in words
    assert '"><img src=x onerror=window.hacked=1>' in words
    assert "{{ 7*7 }}" in words
    assert "Anna \ufffdynaM\ufffd Lee\ufffd" in words
    assert "window.hacked" not in "".join(data for _, data in page.scripts)
    assert not re.search(
        "[\u202a-\u202e\u2066-\u2069\u0000-\u0008]", re.sub(r"<script>.*?</script>", "", text, flags=re.S)
    )


def test_names_from_outside_never_reach_a_chart(page):
    charts = next(data for attributes, data in page.scripts if attributes.get("id") == "charts")
    assert not any(name[:12] in charts for name in HOSTILE)


def test_same_store_same_bytes_and_small_enough(text, tmp_path):
    again = report(world(), out=tmp_path / "again.html").read_text()
    assert again == text
    assert len(text.encode()) < _LIMIT


def test_folders_of_whoever_screened_stay_out(text):
    assert "/home/ann" not in text


@pytest.mark.parametrize("rows", [{}, {"shipments": [{}]}, {"shipments": [{}], "runs": [], "ref_limits": []}])
def test_an_empty_week_makes_a_page_that_says_so(rows, tmp_path):
    page = Reader(report(store_of(**rows), week="2025-W30", out=tmp_path / "r.html").read_text())
    words = " ".join(page.texts)
    assert "No shipment arrived in July 21\u201327, 2025" in words
    assert "No flag in this period." in words


@pytest.mark.parametrize(("week", "said"), [("2026-W06", False), ("2026-W07", True)])
def test_a_period_past_the_tables_is_said(tmp_path, week, said):
    day = date.fromisocalendar(2026, int(week[-2:]), 7)
    assert (day > date(2026, 2, 12)) is said
    assert (day - timedelta(days=7) > date(2026, 2, 12)) is False
    text = report(store_of(shipments=[{"arrival_date": day}]), week=week, out=tmp_path / "r.html").read_text()
    assert ("The period goes past the tables" in text) is said
    assert ("The general rates were last compared with their sources as of 2026-02-12" in text) is said


def test_a_flag_without_a_person_is_shown_by_its_subject(tmp_path):
    flags = [{"identity_id": None, "subject": "order 77 of <b>Lumen</b>", "typology": "order_split"}]
    page = Reader(report(store_of(shipments=[{}], flags=flags), out=tmp_path / "r.html").read_text())
    assert "order 77 of <b>Lumen</b>" in "".join(page.texts)


def test_what_was_cut_is_said(tmp_path):
    flags = [{"flag_id": f"f{number}"} for number in range(230)]
    page = Reader(report(store_of(shipments=[{}], flags=flags), out=tmp_path / "r.html").read_text())
    assert "The 150 with the most at issue within their kind, of 230 flags" in " ".join(page.texts)


def test_the_largest_page_there_can_be_is_small_enough(tmp_path):
    long = "W" * 300
    flags, pieces = range(150), range(150 * 10)
    store = store_of(
        shipments=[
            {"shipment_uid": f"S{number}", "consignee_name": long, "consignee_address": long, "seller_name": long,
             "order_id": long, "description": long, "source_file": long}
            for number in pieces
        ],
        flags=[
            {"flag_id": f"f{number}", "shipments": 10, "reason": long, "counter_reasons": json.dumps([long] * 3)}
            for number in flags
        ],
        flag_shipments=[{"flag_id": f"f{number // 10}", "shipment_uid": f"S{number}"} for number in pieces],
        exposure=[
            {"flag_id": f"f{number}", "component": component, "reading": reading}
            for number in flags
            for component in ("value", "duty", "fees", "total")
            for reading in ("all", "tipping", "greedy", "latch")
        ],
    )  # fmt: skip
    assert report(store, out=tmp_path / "r.html").stat().st_size < _LIMIT
