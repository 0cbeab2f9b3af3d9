"""The page in a real browser: no request, no error, no hostile script, no sideways scrolling."""

from __future__ import annotations

import socket
from io import BytesIO

import pytest
from pypdf import PdfReader

from analytics.reports import report
from tests.layout import collisions, opened_up, outside, violations
from tests.reports.world import world

pytestmark = pytest.mark.slow
_CHARTS = 16
_WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return report(world(), out=tmp_path_factory.mktemp("page") / "r.html")


@pytest.fixture(params=_WIDTHS)
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
    assert all(width > 250 and height >= 120 and fits and paths > 5 for width, height, fits, paths in sizes)


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


@pytest.mark.parametrize("width", _WIDTHS)
def test_is_accessible_and_no_text_lies_over_other_text_or_leaves_its_box(browser, file, width):
    for page in _opened(browser, file, width):
        assert violations(page) == []
        opened_up(page)
        assert violations(page) == []
        assert collisions(page) == []
        assert outside(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate(_SCROLLING) == []


_SCROLLING = """[...document.querySelectorAll('main *')].filter(part =>
    part.scrollWidth > part.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(part).overflowX)
).map(part => part.outerHTML.slice(0, 120))"""


def test_the_check_of_the_layout_finds_what_is_wrong(browser):
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.set_content(
        "<div style='position:relative;height:40px'><span>under</span>"
        "<span style='position:absolute;top:0;left:0'>over</span></div>"
        "<div style='width:60px;white-space:nowrap'>far too long for sixty pixels</div>"
    )
    assert collisions(page) == [["under", "over"]]
    assert [text for text, _ in outside(page)] == ["far too long for sixty pixels"]
    page.close()


def test_wide_tables_become_cards_with_the_heading_of_each_cell(browser, file):
    for page in _opened(browser, file, 390):
        card = page.locator("table.parties tbody tr:not(.group)").first
        labels = card.locator("td").evaluate_all("cells => cells.map(cell => cell.dataset.label)")
        assert labels[:3] == ["Party", "Shipments", "In flags"]
        assert card.evaluate("row => getComputedStyle(row).display") == "grid"
    for page in _opened(browser, file, 1280):
        assert page.locator("table.cards").count() == 0


def test_ticks_that_are_left_out_on_a_telephone_leave_no_wrong_label(opened):
    axes = opened.evaluate(
        """[...document.querySelectorAll('.chart')].map(({layout: {xaxis}}) => xaxis).filter(({ticktext}) => ticktext)
        .map(({tickvals, ticktext}) => [tickvals.length, ticktext.length])"""
    )
    assert axes
    assert all(places == texts for places, texts in axes)


@pytest.mark.parametrize("width", _WIDTHS)
def test_prints_the_same_from_any_window_with_charts_that_fit(browser, file, width):
    for page in _opened(browser, file, width):
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
        assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [612, 792]
        said = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
        assert "The figures as a table" not in said
        assert "What it takes for one consignee" in said
        page.set_viewport_size({"width": 710, "height": 900})
        page.emulate_media(media="print")
        sizes = page.evaluate(_ON_PAPER)
        assert len(sizes) >= _CHARTS
        assert all(width > 250 and is_inside and is_hidden for width, is_inside, is_hidden in sizes)
        assert page.evaluate("getComputedStyle(document.querySelector('.filter')).display") == "none"


_ON_PAPER = """[...document.querySelectorAll('.on-paper')].map(place => {
    const drawn = place.querySelector('svg').getBoundingClientRect(), room = place.getBoundingClientRect();
    const onScreen = place.previousElementSibling;
    return [drawn.width, drawn.right <= room.right + 1 && drawn.bottom <= room.bottom + 1,
        getComputedStyle(onScreen).display === 'none'];
})"""


def test_the_charts_come_back_after_printing(wide):
    wide.evaluate("dispatchEvent(new Event('beforeprint'))")
    wide.evaluate("dispatchEvent(new Event('afterprint'))")
    wide.wait_for_timeout(300)
    box = wide.locator("#chart-trend .main-svg").first.bounding_box()
    assert box["width"] > 900
    assert box["height"] >= 300
