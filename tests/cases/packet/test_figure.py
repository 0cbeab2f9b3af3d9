"""The figure of a packet: each day against its limit, orders in lots, and what it says in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import polars as pl
import pytest

from analytics.cases.dossier import dossier
from analytics.cases.packet.charts import timeline, timeline_text


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
