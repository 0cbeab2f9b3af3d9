"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.parties.contacts import email_keys, phone_keys


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("(312) 555-0142", "3125550142"),
        ("+1 312.555.0142", "3125550142"),
        ("13125550142", "3125550142"),
        ("312-555-0142 x12", "3125550142"),
        ("312-555-0142 ext. 12", "3125550142"),
        ("+44 20 7946 0958", "442079460958"),
        ("0044 20 7946 0958", "442079460958"),
        ("555-0142", "5550142"),
        ("12345", None),
        ("0000000000", None),
        ("1234567890", None),
        ("312 000 0000", None),
        ("n/a", None),
        ("", None),
        (None, None),
    ],
)
def test_phones(written: str | None, digits: str | None) -> None:
    assert phone_keys(pl.Series([written], dtype=pl.String))["phone"].item() == digits


@pytest.mark.parametrize(
    ("written", "email", "local", "domain"),
    [
        ("Ann.Poole@Example.org", "ann.poole@example.org", "ann.poole", "example.org"),
        ("ann.poole+shop@example.org", "ann.poole@example.org", "ann.poole", "example.org"),
        ("ann.poole77+x@googlemail.com", "annpoole77@gmail.com", "annpoole77", "gmail.com"),
        ("<ann@example.org>", "ann@example.org", "ann", "example.org"),
        ("noreply@example.org", None, None, None),
        ("a8x2@marketplace.amazon.com", None, None, None),
        ("ann.poole", None, None, None),
        (None, None, None, None),
    ],
)
def test_emails(written: str | None, email: str | None, local: str | None, domain: str | None) -> None:
    found = email_keys(pl.Series([written], dtype=pl.String)).row(0)
    assert found == (email, local, domain)
