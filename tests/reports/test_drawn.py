"""Plain charts as Plotly draws them."""

from __future__ import annotations

from dataclasses import replace

from analytics.reports.charts import Axis, Chart, Mark, Series
from analytics.reports.drawn import plotly_figure


def test_a_band_is_two_edges_and_only_one_is_named():
    low, high = plotly_figure(Chart("c", [Series("band", ["a"], [2.0], "red", "Span", base=[1.0])])).data
    assert (low.showlegend, low.y, high.y, high.fill, high.name) == (False, (1.0,), (2.0,), "tonexty", "Span")


def test_lying_bars_begin_at_their_base():
    chart = Chart("c", [Series("bars", ["a"], [2.0], "red", base=[1.0], words=["said"])], is_lying=True)
    (bar,) = plotly_figure(chart).data
    assert (bar.orientation, bar.y, bar.x, bar.base, bar.text) == ("h", ("a",), (2.0,), (1.0,), ("said",))


def test_weeks_have_about_six_ticks_counted_back_from_the_last():
    mondays = [f"2025-01-{day:02d}" for day in range(1, 27)]
    axis = plotly_figure(Chart("c", [], across=Axis("week", ticks=mondays))).layout.xaxis
    assert axis.tickvals == tuple(mondays[1::4])
    assert plotly_figure(Chart("c", [], across=Axis("week", ticks=mondays[:2]))).layout.xaxis.tickvals == ("2025-01-01",
        "2025-01-02")  # fmt: skip


def test_marks_stand_above_beside_or_as_badges_by_turns():
    marks = [Mark(1, "A", "red", "badge"), Mark(2, "B", "red", "badge"), Mark(3, "run", "red", "beside")]
    figure = plotly_figure(Chart("c", [Series("line", [1, 3], [1, 2], "blue")], marks=marks))
    said = [(note.text, note.y) for note in figure.layout.annotations]
    assert said == [
        ("<b>A</b>", 1),
        ("<b>B</b>", 0.9),
        (" run", 1),
    ]
    assert [shape.x0 for shape in figure.layout.shapes] == [1, 2, 3]


def test_money_and_shares_are_written_on_their_axes():
    axes = plotly_figure(Chart("c", [], across=Axis("share", ends=(0, 1)), up=Axis("usd", has_zero=True))).layout
    assert (axes.xaxis.tickformat, axes.xaxis.range, axes.yaxis.tickprefix) == (".0%", (0, 1), "$")
    assert axes.yaxis.rangemode == "tozero"


def test_a_hatched_band_and_hatched_bars_have_a_pattern():
    band = Series("band", ["a"], [2.0], "red", base=[1.0], is_hatched=True)
    bars = Series("bars", ["a"], [2.0], "red", is_hatched=True)
    _, high, bar = plotly_figure(Chart("c", [band, bars])).data
    assert (high.fillpattern.shape, bar.marker.pattern.shape) == ("/", "/")
    assert high.showlegend is False
    plain = plotly_figure(Chart("c", [replace(band, is_hatched=False)])).data
    assert plain[1].fillpattern.shape is None


def test_labels_stand_inside_bars_and_words_under_the_pointer():
    chart = Chart("c", [Series("bars", [0, 1], [0.9, 0.9], "red", base=[0, 0], labels=["NY", "TX"], words=["1", "2"])])
    (bar,) = plotly_figure(chart).data
    assert (bar.text, bar.textposition, bar.customdata) == (("NY", "TX"), "inside", ("1", "2"))
    assert bar.hovertemplate == "%{customdata}<extra></extra>"


def test_names_stand_in_place_of_numbers_and_a_log_axis_is_one():
    axes = plotly_figure(Chart("c", [], across=Axis(names=["A", "B"]), up=Axis("whole", is_log=True))).layout
    assert (axes.xaxis.tickvals, axes.xaxis.ticktext) == ((0, 1), ("A", "B"))
    assert (axes.yaxis.type, axes.xaxis.type) == ("log", None)
