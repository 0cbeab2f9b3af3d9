"""Intake: files and tables of any common form become landed rows, rejected rows and a count of repeats."""

from __future__ import annotations

from analytics.ingest.intake import take_in
from analytics.ingest.landing.usable import require_usable
from analytics.ingest.privacy.tax_ids import PUBLISHED_TEST_KEY, TaxKey, load_tax_key
from analytics.ingest.records import InputRecord, Intake, KnownStore, Progress

__all__ = [
    "PUBLISHED_TEST_KEY",
    "InputRecord",
    "Intake",
    "KnownStore",
    "Progress",
    "TaxKey",
    "load_tax_key",
    "require_usable",
    "take_in",
]
