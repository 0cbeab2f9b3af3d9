"""Every chart by name, as a notebook asks for it."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analytics.errors import UsageError
from analytics.reports.flag_timeline import flag_timeline
from analytics.reports.sections import in_order
from tests.reports.fake_store import store_of

OF_ONE = {"flag", "identity", "pair"}


def test_every_chart_of_the_report_has_a_name_that_can_be_completed(samples):
    names = dir(samples.figures)
    assert set(names) == {key for section in in_order() for key in section.draws} | OF_ONE
    assert {"trend", "bunching", "concentration", "match_scores", "tornado"} <= set(names)


def test_printed_it_lists_each_with_what_it_shows(samples):
    lines = str(samples.figures).splitlines()
    assert len(lines) == len(dir(samples.figures))
    assert any(line.startswith("trend ") and "value at issue by week" in line for line in lines)
    assert "trend" in repr(samples.figures)
    assert "value at issue by week" in samples.figures._repr_html_()


def test_a_chart_is_that_of_the_report(samples):
    figure = samples.figures.trend(week="2025-W22")
    assert figure.data[-1].name == "Base"
    assert max(figure.data[-1].x) == "2025-05-26"
    assert max(samples.figures.trend(start="2025-04-01", end=date(2025, 4, 30)).data[-1].x) == "2025-04-28"


def test_a_call_says_what_it_shows(samples):
    call = samples.figures.states
    assert call.__name__ == "states"
    assert call.__doc__.startswith("Draw shipments in flags by state of the consignee.")


def test_an_unknown_name_offers_the_nearest(samples):
    with pytest.raises(AttributeError, match=r"no figure is called 'trends'. Did you mean trend"):
        _ = samples.figures.trends
    assert not hasattr(samples.figures, "_ipython_canary_method_should_not_exist_")


def test_what_cannot_be_drawn_is_said(samples):
    with pytest.raises(UsageError, match=r"bunching: there is nothing to draw in 2019-W10\. Choose another week"):
        samples.figures.bunching(week="2019-W10")
    with pytest.raises(UsageError, match=r"trend: week is int 3"):
        samples.figures.trend(week=3)


def test_an_identity_a_pair_and_a_flag_are_drawn(samples):
    aliases = samples.table("aliases").drop_nulls("identity_id").sort("identity_id", "alias_id").collect()
    largest = aliases.filter(pl.len().over("identity_id") > 1)
    one, other = largest["alias_id"][:2]
    assert samples.figures.identity(largest["identity_id"][0]).data
    assert samples.figures.pair(one, other).data[0].type == "waterfall"
    flag = samples.table("flags").sort("flag_id").collect()["flag_id"][0]
    assert samples.figures.flag(flag).data


DAY = date(2025, 3, 11)


def timeline(**flag):
    rows = {"S1": ("i1", DAY), "S2": ("i1", DAY), "S3": ("i1", DAY - timedelta(days=14)),
            "S4": ("i1", DAY - timedelta(days=15)), "S5": ("i2", DAY)}  # fmt: skip
    store = store_of(
        shipments=[
            {"shipment_uid": uid, "shipment_id": uid, "identity_id": who, "arrival_date": day, "value_usd": "400.00"}
            for uid, (who, day) in rows.items()
        ],
        flags=[{"total_usd": "800.00", **flag}],
        flag_shipments=[{"shipment_uid": "S1"}, {"shipment_uid": "S2"}],
    )
    return flag_timeline(store, "f1")


def test_the_timeline_of_a_flag_holds_its_consignee_for_two_weeks_around():
    chart = timeline()
    inside, others, limit = chart.series
    assert list(zip(inside.at, inside.values, strict=True))[-2:] == [("2025-03-11", 800.0), ("2025-03-12", 0.0)]
    assert (inside.at[0], len(inside.at)) == (
        "2025-02-24",
        17,
    )  # a bar is a day wide: days without a shipment are there
    assert [value for value in others.values if value] == [400.0]
    assert (limit.name, list(limit.values), limit.is_dotted) == ("Limit $800.00", [800.0, 800.0], True)
    assert chart.text == (
        "Daily limit, March 11, 2025: 2 shipments worth $800.00 together. Up to two weeks before and after, the "
        "consignee received $400.00 more."
    )


def test_a_flag_without_consignee_or_limit_shows_its_own_shipments():
    chart = timeline(identity_id=None, limit_amount=None, limit_currency=None)
    assert [series.name for series in chart.series] == ["In the flag"]
    assert chart.rows == [["2025-03-11", "$800.00", "$0.00"]]


def test_an_unknown_flag_is_named():
    with pytest.raises(UsageError, match=r"'f2' is no flag of .*Did you mean f1"):
        flag_timeline(store_of(flags=[{}]), "f2")
