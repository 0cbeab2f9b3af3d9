"""Charts made up so that each kind of series, axis and mark is drawn once."""

from __future__ import annotations

from analytics.reports.charts import Axis, Chart, Mark, Series

__all__ = ["GALLERY"]

_WEEKS = ["2025-03-03", "2025-03-10", "2025-03-17", "2025-03-24"]
_QUARTERS = ["2025-01-01", "2025-04-01", "2026-01-01"]

GALLERY = [
    Chart(
        "weeks",
        [
            Series("band", _WEEKS, [3.0, 4.0, 2.0, 5.0], "rgba(31, 78, 121, 0.14)", "Span", base=[1.0, 1.0, 1.0, 2.0]),
            Series("line", _WEEKS, [2.0, 3.0, 1.0, 4.0], "#1f4e79", "Base", has_last=True),
        ],
        across=Axis("week", ticks=_WEEKS),
        up=Axis("usd", has_zero=True),
        marks=[Mark("2025-03-12", "A", "#b5431f", "badge"), Mark("2025-03-18", "B", "#b5431f", "badge")],
    ),
    Chart(
        "stacked",
        [
            Series("bars", _WEEKS, [1.0, 0.0, 2.0, 3.0], "#1f4e79", "First", outline="#ffffff"),
            Series("bars", _WEEKS, [2.0, 1.0, 0.0, 1.0], "#dd9a36", "Second", outline="#ffffff"),
        ],
        across=Axis("week", ticks=_WEEKS),
        up=Axis("whole"),
        bars="stack",
        gap=0.3,
    ),
    Chart(
        "quarters",
        [
            Series("bars", _QUARTERS, [1200.0, 300.0, 800.0], "#1f4e79", "Suits", covers="M3"),
            Series("bars", _QUARTERS[:1], [500.0], "#8fbcd4", "Records", covers="M3"),
        ],
        across=Axis("quarter", most_ticks=10),
        up=Axis("usd", has_zero=True),
        marks=[Mark("2024-12-01", "last run", "#b5431f", "beside", is_dotted=True)],
        bars="group",
    ),
    Chart(
        "lying",
        [
            Series("bars", ["one<br>label", "two"], [50.0, 20.0], ["#1f4e79", "rgba(0,0,0,0)"], base=[100.0, 100.0],
                   outline=["#1f4e79", "#b5431f"]),
            Series("points", ["one<br>label", "two"], [120.0, 110.0], "#1f4e79"),
        ],
        across=Axis("usd", most_ticks=5),
        up=Axis(is_small=True),
        marks=[Mark(100.0, "base $100", "#5d6975")],
        bars="overlay",
        is_lying=True,
        has_legend=False,
    ),
    Chart(
        "shares",
        [
            Series("line", [0, 1], [0, 1], "#5d6975", "If all were alike", is_dotted=True),
            Series("line", [0, 0.2, 1], [0, 0.7, 1], "#1f4e79", "Largest first", is_filled=True),
        ],
        across=Axis("share", title="Share of consignees", ends=(0, 1)),
        up=Axis("share", title="Share of value", ends=(0, 1.02)),
    ),
    Chart(
        "bins",
        [Series("bars", [705.0, 715.0], [4, 9], ["#b9c4ce", "#1f4e79"], widths=[9.2, 9.2])],
        across=Axis("whole", title="Declared value"),
        up=Axis(title="Shipments"),
        marks=[Mark(720.0, "limit $720", "#b5431f", size=13)],
    ),
    Chart("labels", [Series("bars", ["seven to eight days", "more"], [3, -1], "#1f4e79")], up=Axis("whole")),
    Chart(
        "provisional",
        [
            Series("band", _WEEKS[2:], [5.0, 5.0], "#b9c4ce", "Provisional", base=[0.0, 0.0], is_hatched=True),
            Series("bars", _WEEKS, [2.0, 3.0, 1.0, 4.0], "#1f4e79", "Flags", is_hatched=True),
        ],
        across=Axis("week", ticks=_WEEKS),
        up=Axis("usd", has_zero=True),
    ),
    Chart(
        "tiles",
        [Series("bars", [0, 1, 1], [0.9, 0.9, 0.9], ["#b9c4ce", "#eef3f7", "#b9c4ce"], base=[0.55, 0.55, -0.45],
                widths=[0.9, 0.9, 0.9], labels=["12", "3", "40"])],
        across=Axis(names="AB", ends=(-0.5, 1.5)),
        up=Axis(names="BA", ends=(-0.5, 1.5)),
        has_legend=False,
    ),
    Chart(
        "sizes",
        [Series("line", [1, 2, 10, 300], [5000, 900, 40, 1], "#1f4e79", has_last=True)],
        across=Axis("whole", is_log=True),
        up=Axis("whole", is_log=True),
    ),
    Chart("nothing", []),
]  # fmt: skip
