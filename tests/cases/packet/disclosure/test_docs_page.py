"""What docs/disclosure.md quotes is what the document of the samples says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from analytics.cases.packet.disclosure import Terms

from .test_content import said

PAGE = Path(__file__).resolve().parents[4] / "docs" / "disclosure.md"


def test_the_quotes_are_in_the_document_of_the_samples(samples):
    terms = Terms("Acme Express LLC", "carrier", date(2026, 11, 30), date(2026, 3, 15))
    text = said(samples.prior_disclosure(terms=terms))
    table = PAGE.read_text().split("| 162.74 |")[1].split("\n\n")[0]
    quotes = [quote for quote in re.findall(r'"([^"]{20,})"', table) if quote in table]
    assert len(quotes) >= 5
    undated = said(samples.prior_disclosure())
    assert [quote for quote in quotes if quote not in text and quote not in undated] == []
