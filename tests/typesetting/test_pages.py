"""Pages set for paper: characters that can be drawn, words that break only where they must, blocks of every kind."""

from __future__ import annotations

from pathlib import Path

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import UsageError
from analytics.typesetting.blocks import (
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
from analytics.typesetting.glyphs import Drawn, covered
from analytics.typesetting.setting import given_fonts, pdf, png, versions
from tests.debian import install, missing
from tests.reading import text_of_pdf

FONT = next((fontpkg_noto_sans.ROOT / "files").glob("NotoSans[[]*.ttf"))
ARABIC = next((fontpkg_noto_sans_arabic.ROOT / "files").glob("*.ttf"))
RUNNING = {"head": "Case", "edition": "Edition", "foot": "Foot"}


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
    assert Drawn([FONT]).text(text) == shown.replace("<", "\u2039").replace(">", "\u203a")


def test_every_font_draws_what_it_has():
    assert Drawn([FONT, ARABIC]).text("Ann عمر 王") == "Ann عمر \u2039Wang\u203a"


def test_an_arabic_name_is_drawn_as_written():
    shown = text_of_pdf(pdf(page(paragraph("Sold to عمر خالد of Amman.")), RUNNING))
    assert "عمر" in shown
    assert "\u2039" not in shown


def test_a_folder_without_a_font_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("SPLITSHIP_FONTS", str(tmp_path))
    with pytest.raises(UsageError, match=r"SPLITSHIP_FONTS: .* holds no font"):
        pdf(page(paragraph("x")), RUNNING)


def test_the_fonts_of_the_user_are_part_of_what_decides_the_bytes(tmp_path, monkeypatch):
    (tmp_path / "b.ttf").write_bytes(ARABIC.read_bytes())
    monkeypatch.setenv("SPLITSHIP_FONTS", str(tmp_path))
    assert [file.name for file in given_fonts()] == ["b.ttf"]
    assert len(versions()["font b.ttf"]) == 64


@pytest.mark.slow
def test_chinese_and_japanese_names_are_drawn_with_a_font_of_the_user(tmp_path, monkeypatch):
    font = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
    if not font.exists():
        install("fonts-droid-fallback")
    if not font.exists():
        missing("no fonts-droid-fallback; as root: apt-get install fonts-droid-fallback")
    (tmp_path / font.name).write_bytes(font.read_bytes())
    monkeypatch.setenv("SPLITSHIP_FONTS", str(tmp_path))
    made = pdf(page(table(["Name"], [["王芳"], ["東京"]])), RUNNING)
    assert all(name in text_of_pdf(made) for name in ("王芳", "東京"))
    assert made == pdf(page(table(["Name"], [["王芳"], ["東京"]])), RUNNING)


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
