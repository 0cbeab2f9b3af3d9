"""The plain pages in a real browser: no request, no complaint, no sideways scrolling, charts inside their places."""

import pytest

from analytics.reports.blocks import Block, plain_page
from analytics.reports.rule_timeline import lanes, timeline_page
from analytics.rulebook import timeline

pytestmark = pytest.mark.slow
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'


def rules_page():
    limits, events = timeline("CN", "air")
    return timeline_page(list(lanes(limits, by_origin=False, by_mode=False)), events, "goods from CN", "foot")


def table_page():
    rows = [[HOSTILE, "fail", "12", "x" * 400]]
    block = Block("t", "Table", "Foreign text.", headings=("What", "Verdict", "Count", "Long"), rows=rows)
    return plain_page(HOSTILE, kicker="Test", caution="None.", blocks=[block], foot=[HOSTILE])


@pytest.fixture(params=[(rules_page, 1280), (rules_page, 390), (table_page, 1280), (table_page, 390)])
def opened(request, browser, tmp_path):
    make, width = request.param
    file = tmp_path / "p.html"
    file.write_text(make(), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.requests, page.complaints = [], []
    page.on("request", lambda asked: page.requests.append(asked.url))
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_timeout(800)
    yield page
    page.close()


def test_asks_for_nothing_complains_of_nothing_and_stays_in_its_width(opened):
    assert len(opened.requests) == 1
    assert opened.complaints == []
    assert opened.evaluate("window.hacked === undefined")
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    drawn = opened.evaluate(
        """[...document.querySelectorAll('.chart')].map(place => {
            const svg = place.querySelector('.main-svg').getBoundingClientRect();
            return svg.right <= place.getBoundingClientRect().right + 1 && svg.height >= 300;
        })"""
    )
    assert all(drawn)
