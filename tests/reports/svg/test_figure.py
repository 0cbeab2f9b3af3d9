"""Charts as SVG: every kind that a chart may have is drawn, as text and shapes, the same each time."""

from __future__ import annotations

import re
from dataclasses import fields
from xml.etree import ElementTree

import pytest

from analytics.errors import ContractError
from analytics.reports.charts import Axis, Chart, Mark, Series
from analytics.reports.drawn import plotly_figure
from analytics.reports.periods import choose_period
from analytics.reports.section import Contents
from analytics.reports.sections import in_order
from analytics.reports.svg import svg_figure
from analytics.typesetting.shapes import spelled
from tests.reports.svg.gallery import GALLERY
from tests.reports.world import world

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {
    Series: {"kind", "at", "values", "colour", "name", "base", "widths", "outline", "is_dotted", "is_filled",
             "has_last", "covers", "is_hatched", "labels"},
    Axis: {"unit", "title", "ticks", "most_ticks", "ends", "has_zero", "is_small", "names", "is_log"},
    Mark: {"at", "text", "colour", "place", "width", "is_dotted"},
    Chart: {"key", "series", "across", "up", "marks", "height", "bars", "gap", "is_lying", "has_legend"},
}  # fmt: skip
LEFT_TO_OTHERS = {
    Series: {"words", "hover"},
    Axis: set(),
    Mark: {"size"},
    Chart: {"label", "text", "headings", "rows"},
}
"""What is said under a pointer, or beside the drawing."""


@pytest.fixture(scope="module")
def charts():
    store = world()
    contents = Contents(store, choose_period(store))
    return [chart for section in in_order() for chart in section.charts(contents.of(section))]


def parts(chart, tag):
    return ElementTree.fromstring(svg_figure(chart)).findall(f".//{SVG}{tag}")


def texts(chart):
    return [part.text for part in parts(chart, "text")]


def test_both_drawers_draw_every_chart_of_the_report(charts):
    assert len(charts) >= 7
    for chart in [*charts, *GALLERY]:
        assert plotly_figure(chart).layout.height == chart.height
        root = ElementTree.fromstring(svg_figure(chart))
        assert root.get("height") == str(chart.height)
        for name in (series.name for series in chart.series):
            assert not name or len(chart.series) == 1 or not chart.has_legend or name in texts(chart)
        for mark in chart.marks:
            assert mark.text in texts(chart)


def test_a_drawing_stays_within_its_width(charts):
    for chart in [*charts, *GALLERY]:
        for shape in parts(chart, "rect"):
            x, width = float(shape.get("x")), float(shape.get("width"))
            assert -0.1 <= x <= x + width <= 680.1, (chart.key, x, width)


def test_what_a_chart_may_say_is_drawn_or_left_to_others_knowingly():
    for kind, drawn in DRAWN.items():
        assert {field.name for field in fields(kind)} == drawn | LEFT_TO_OTHERS[kind], kind


def test_a_kind_that_is_not_known_fails_loudly():
    with pytest.raises(ContractError, match=r"chart 'c'.*'pie'.*band, line, bars, points"):
        svg_figure(Chart("c", [Series("pie", [1], [1], "red")]))


def test_the_same_chart_gives_the_same_drawing(charts):
    assert [svg_figure(chart) for chart in charts] == [svg_figure(chart) for chart in charts]


def test_no_number_has_more_than_one_decimal():
    for chart in GALLERY:
        assert not re.findall(r'"[^"#]*\d\.\d\d+', re.sub(r'opacity="[\d.]+"', "", svg_figure(chart)))


@pytest.mark.parametrize(("number", "said"), [(1.0, "1"), (1.25, "1.2"), (-0.01, "0"), (-3.96, "-4"), (10, "10")])
def test_numbers_are_spelled_short(number, said):
    assert spelled(number) == said


def test_text_is_text_and_escaped():
    chart = Chart("c", [Series("bars", ["<b>&</b>"], [1], "red")], up=Axis(title="a < b"))
    assert {"<b>&</b>", "a < b"} <= set(texts(chart))


def test_bars_stand_on_each_other_where_they_are_stacked():
    chart = next(chart for chart in GALLERY if chart.key == "stacked")
    first, second = (
        [shape for shape in parts(chart, "rect") if shape.get("fill") == color and shape.get("stroke")]
        for color in ("#1f4e79", "#dd9a36")
    )
    below, above = first[0], second[0]
    assert below.get("x") == above.get("x")
    assert float(above.get("y")) + float(above.get("height")) == pytest.approx(float(below.get("y")), abs=0.11)


def test_bars_of_one_place_stand_beside_each_other_in_a_group():
    chart = next(chart for chart in GALLERY if chart.key == "quarters")
    suit = next(
        shape for shape in parts(chart, "rect") if shape.get("fill") == "#1f4e79" and shape.get("width") != "12"
    )
    record = [shape for shape in parts(chart, "rect") if shape.get("fill") == "#8fbcd4"][-1]
    assert float(record.get("x")) == pytest.approx(float(suit.get("x")) + float(suit.get("width")), abs=0.11)


def test_a_lying_bar_begins_at_its_base_and_the_first_label_is_lowest():
    chart = next(chart for chart in GALLERY if chart.key == "lying")
    bar, hollow = parts(chart, "rect")
    assert (hollow.get("stroke"), hollow.get("fill-opacity")) == ("#b5431f", "0")
    assert bar.get("x") == hollow.get("x")
    assert float(bar.get("y")) > float(hollow.get("y"))
    assert {"one", "label", "two"} <= set(texts(chart))


def test_the_area_under_a_line_goes_back_along_the_line_before():
    chart = next(chart for chart in GALLERY if chart.key == "shares")
    area = next(path for path in parts(chart, "path") if path.get("d").endswith("Z"))
    assert area.get("d").count("L") == 4
    assert area.get("fill-opacity") == "0.14"


def test_a_mark_near_the_right_edge_keeps_its_word_inside():
    series = Series("line", [0, 10], [0, 1], "red")
    chart = Chart("c", [series], marks=[Mark(10.0, "a rather long word", "blue", "beside")])
    word = next(part for part in parts(chart, "text") if part.text == "a rather long word")
    assert word.get("text-anchor") == "end"


def test_a_lone_series_needs_no_legend():
    assert "Alone" not in texts(Chart("c", [Series("bars", ["a"], [1], "red", "Alone")]))


def chart_of(key):
    return next(chart for chart in GALLERY if chart.key == key)


def test_a_hatched_area_is_slanting_lines_within_its_outline():
    lines = [
        tuple(float(part.get(end)) for end in ("x1", "y1", "x2", "y2"))
        for part in parts(chart_of("provisional"), "line")
    ]
    slanting = [each for each in lines if each[0] != each[2] and each[1] != each[3]]
    assert len(slanting) > 40
    assert all(abs((right - left) + (bottom - top)) < 0.21 for left, top, right, bottom in slanting)
    assert {"Provisional", "Flags"} <= set(texts(chart_of("provisional")))


def test_labels_stand_in_the_middle_of_their_tiles_and_names_along_the_axes():
    chart = chart_of("tiles")
    assert set(texts(chart)) == {"12", "3", "40", "A", "B"}
    tile = parts(chart, "rect")[0]
    label = next(part for part in parts(chart, "text") if part.text == "12")
    middle = float(tile.get("x")) + float(tile.get("width")) / 2
    assert float(label.get("x")) == pytest.approx(middle, abs=0.11)


def test_equal_ratios_are_equally_far_apart_on_a_log_axis():
    chart = chart_of("sizes")
    assert {"1", "10", "100", "1,000"} <= set(texts(chart))
    at = {part.text: float(part.get("x")) for part in parts(chart, "text") if part.get("text-anchor") == "middle"}
    assert at["100"] - at["10"] == pytest.approx(at["10"] - at["1"], abs=0.21)
