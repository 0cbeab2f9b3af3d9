"""The page in a real browser: no request, no error, no hostile script, no sideways scrolling."""

from __future__ import annotations

import socket

import pytest

from analytics.reports import report
from tests.reports.world import world

pytestmark = pytest.mark.slow
_CHARTS = 15


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return report(world(), out=tmp_path_factory.mktemp("page") / "r.html")


@pytest.fixture(params=[1280, 390])
def opened(request, browser, file):
    """The page on a desk and on a telephone."""
    yield from _opened(browser, file, request.param)


@pytest.fixture
def wide(browser, file):
    """The page on a desk."""
    yield from _opened(browser, file, 1280)


def _opened(browser, file, width):
    """The page at a width, with what it asked for and what it complained of."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.requests, page.complaints = [], []
    page.on("request", lambda asked: page.requests.append(asked.url))
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_function(f"document.querySelectorAll('.chart .main-svg').length >= {_CHARTS}")
    yield page
    page.close()


def test_asks_for_nothing_but_itself_and_complains_of_nothing(opened, file):
    opened.mouse.move(300, 300)
    opened.wait_for_timeout(300)
    assert opened.requests == [file.as_uri()]
    assert opened.complaints == []


def test_draws_every_chart_inside_its_place(opened):
    sizes = opened.evaluate(
        """[...document.querySelectorAll('.chart')].map(place => {
            const svg = place.querySelector('.main-svg').getBoundingClientRect();
            const room = place.getBoundingClientRect();
            return [svg.width, svg.height, svg.right <= room.right + 1, place.querySelectorAll('path').length];
        })"""
    )
    assert len(sizes) == _CHARTS
    assert all(width > 250 and height >= 150 and fits and paths > 5 for width, height, fits, paths in sizes)


def test_a_hostile_name_does_not_run(opened):
    assert opened.evaluate("window.hacked === undefined")
    opened.evaluate("for (const flag of document.querySelectorAll('details')) flag.open = true")
    assert opened.evaluate("window.hacked === undefined")


def test_does_not_scroll_sideways_even_with_every_flag_open(opened):
    opened.evaluate("for (const flag of document.querySelectorAll('details')) flag.open = true")
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_has_no_button_that_sends_data_away(opened):
    opened.hover("#chart-trend")
    assert opened.locator(".modebar-btn").count() == 0
    assert opened.get_by_text("plotly", exact=False).count() == 0


def test_flags_can_be_found_and_filtered(opened):
    every = opened.locator("details.flag").count()
    opened.fill("#find", "łukasiewicz")
    shown = opened.locator("details.flag:not([hidden])").count()
    assert 0 < shown < every
    assert opened.locator("#found").inner_text() == f"{shown} of {every}"
    opened.fill("#find", "")
    opened.select_option("#kind", "order_split")
    kinds = opened.locator("details.flag:not([hidden])").evaluate_all("flags => flags.map(flag => flag.dataset.kind)")
    assert set(kinds) == {"order_split"}


@pytest.fixture
def listener():
    """A port on this machine, and the connections made to it."""
    connections = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        yield server.getsockname()[1], lambda: _accepted(server, connections)


def _accepted(server, connections):
    try:
        while True:
            connections.append(server.accept()[1])
    except TimeoutError:
        return connections


def test_the_policy_stops_what_the_page_does_not_bring(opened, listener):
    port, connections = listener
    opened.evaluate(f"fetch('http://127.0.0.1:{port}/').catch(() => 0)")
    image = f"<img src=http://127.0.0.1:{port}/x.png onerror=window.hacked=1>"
    opened.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", image)
    opened.wait_for_timeout(300)
    assert connections() == []
    assert opened.evaluate("window.hacked === undefined")
    assert any("Content Security Policy" in said for said in opened.complaints)


def test_prints_on_paper_with_charts_that_fit(wide):
    wide.evaluate("dispatchEvent(new Event('beforeprint'))")
    wide.wait_for_timeout(300)
    widths = wide.evaluate("[...document.querySelectorAll('.chart .main-svg')].map(svg => svg.clientWidth)")
    assert max(widths) <= 680
    wide.evaluate("dispatchEvent(new Event('afterprint'))")
    wide.wait_for_timeout(300)
    box = wide.locator("#chart-trend .main-svg").first.bounding_box()
    assert box["width"] > 900
    assert box["height"] >= 300
    assert wide.pdf(prefer_css_page_size=True)[:4] == b"%PDF"
