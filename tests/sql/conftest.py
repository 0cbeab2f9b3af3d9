"""The chain of models over an empty engine."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from analytics.rulebook import load_references
from tests.sql.chain import LazyChain


@pytest.fixture
def chain(engine):
    return LazyChain(engine)


@pytest.fixture(scope="session")
def pounds():
    """Makes ref_fx_rates with some stretches of pounds beside the dollar."""
    shipped = load_references().tables["ref_fx_rates"].filter(pl.col("currency") == "USD")

    def make(*stretches):
        rows = [
            {
                "currency": "GBP",
                "usd_per_unit": Decimal(rate),
                "valid_from": begin,
                "valid_to": end,
                "source": "test",
                "confidence": "test",
            }
            for begin, end, rate in stretches
        ]
        return pl.concat([shipped, pl.DataFrame(rows, schema=shipped.schema)])

    return make


@pytest.fixture(scope="session")
def one_limit():
    """Makes ref_limits with one limit for every day."""
    shipped = load_references().tables["ref_limits"]
    usual = shipped.filter(pl.col("rule_id") == "US-C-02").with_columns(
        rule_id=pl.lit("OWN-1"), valid_from=pl.date(1990, 1, 1), valid_to=pl.lit(None, pl.Date)
    )

    def make(amount, currency):
        return usual.with_columns(
            limit_amount=pl.lit(amount).cast(usual.schema["limit_amount"]), limit_currency=pl.lit(currency)
        )

    return make
