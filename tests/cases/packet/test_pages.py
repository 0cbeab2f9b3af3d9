"""The parts of a page: characters that can be drawn, the figure, and words that break only where they must."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import fontpkg_noto_sans
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.cases.dossier import dossier
from analytics.cases.packet.blocks import (
    MOST_ITEMS,
    MOST_ROWS,
    Page,
    bullets,
    facts,
    heading,
    notice,
    paragraph,
    signatures,
    table,
)
from analytics.cases.packet.charts import timeline, timeline_text
from analytics.cases.packet.glyphs import Drawn, covered
from analytics.cases.packet.typesetting import pdf, png

from .reading import text_of_pdf

FONT = next((fontpkg_noto_sans.ROOT / "files").glob("NotoSans[[]*.ttf"))
RUNNING = {"case": "Case", "edition": "Edition", "foot": "Foot"}


def page(*blocks, **asked):
    return Page("A title", list(blocks), **asked)


def test_the_font_is_read_as_it_is():
    known = covered(FONT)
    assert {ord(letter) for letter in "Az09$ëßЖδ“—\ufffd\u2039"} <= known
    assert not {ord(letter) for letter in "王عم😀"} & known
    assert len(known) > 2500


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë Ångström", "Zoë Ångström"),
        ("王芳", "<WangFang>"),
        ("Ann 王 Lee", "Ann <Wang> Lee"),
        ("a\x1bb", "a\ufffdb"),
        ("\U000e0101", "<U+E0101>"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_text_is_drawn_or_shown_in_latin_letters(text, shown):
    assert Drawn(FONT).text(text) == shown.replace("<", "\u2039").replace(">", "\u203a")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=12))
def test_any_text_can_be_set(texts):
    rows = [[text, [(text, True), ("same", False)]] for text in texts]
    first = texts[0] or "-"
    blocks = [paragraph(first), notice(first), bullets(texts), facts([("Label", text) for text in texts])]
    blocks += [heading(first), table(["A", "B"], rows), signatures(["By"])]
    assert pdf(page(*blocks), RUNNING).startswith(b"%PDF")


def test_a_wide_page_lies_on_its_side():
    from io import BytesIO

    from pypdf import PdfReader

    box = PdfReader(BytesIO(pdf(page(paragraph("x"), is_wide=True), RUNNING))).pages[0].mediabox
    assert (float(box.width), float(box.height)) == (792, 612)


def test_only_a_word_that_is_too_wide_is_broken():
    number = "114-1481526-1848602"
    shown = text_of_pdf(pdf(page(paragraph(number), facts([("Number", number)]), bullets([number])), RUNNING))
    assert shown.count(number) == 3


def test_very_many_items_and_rows_are_cut_and_counted():
    items = bullets(str(number) for number in range(1000))["items"]
    assert (len(items), items[-1]) == (MOST_ITEMS + 1, f"{1000 - MOST_ITEMS} more: see the workbooks of this packet.")
    rows = table(["A", "B"], ([str(number), ""] for number in range(1000)))["rows"]
    assert len(rows) == MOST_ROWS + 1
    assert rows[-1] == [[[f"{1000 - MOST_ROWS} more: see the workbooks", False]], [["", False]]]


def test_a_page_can_be_looked_at():
    assert png(page(paragraph("x")), RUNNING)[0].startswith(b"\x89PNG")


@pytest.fixture(scope="module")
def told(samples, case_of, silva):
    return dossier(samples, case_of(identity_id=silva), "C000001")


def drawn(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


def test_the_figure_shows_each_day_against_its_limit(told):
    svg = timeline(told.shipments, told.day_totals)
    texts = drawn(svg)
    assert "2,143.09" in texts
    assert "limit 800 USD" in texts
    assert svg.count("<circle") == told.shipments.height
    assert svg.count("<rect") == 2
    assert svg == timeline(told.shipments, told.day_totals)


def test_lots_of_one_order_on_several_days_are_bracketed(samples, case_of):
    told = dossier(samples, case_of(subject="order K18829, issuer S100336, standard, USD"), "C000001")
    assert "order K18829" in drawn(timeline(told.shipments, told.day_totals))


def test_a_figure_of_many_sellers_and_days_stays_a_figure(told):
    many = pl.concat([
        told.shipments.head(1).with_columns(
            seller=pl.lit(f"Seller <{number}> & Co"),
            arrival_date=pl.lit(date(2025, 1, 1) + timedelta(days=number)),
            shipment_uid=pl.lit(f"S{number}"),
            value_usd=pl.lit(Decimal(number)).cast(pl.Decimal(18, 2)),
        )
        for number in range(40)
    ])  # fmt: skip
    texts = drawn(timeline(many, told.day_totals))
    assert "other sellers" in texts
    assert len([text for text in texts if text.startswith("Seller <")]) == 7


def test_a_figure_without_day_totals_shows_the_packages_alone(told):
    svg = timeline(told.shipments, told.day_totals.clear())
    assert "Total of each day (USD)" not in drawn(svg)
    assert svg.count("<circle") == told.shipments.height


def test_a_day_without_an_exemption_says_so(told):
    suspended = told.day_totals.with_columns(limit=pl.lit(None, pl.Decimal(18, 2)), is_over_limit=pl.lit(False))
    texts = drawn(timeline(told.shipments, suspended))
    assert texts.count("no exemption") == 2
    assert not [text for text in texts if text.startswith("limit")]


def test_the_figure_is_told_in_words(told):
    assert timeline_text(told.day_totals) == (
        "Shipments by day and seller. 2 day totals shown, 1 over the limit; the largest is $2,143 on March 31, 2025."
    )
    assert timeline_text(told.day_totals.clear()).endswith("none over a limit.")
