"""The first sentences of page one that depend on what is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.wording.news import News, Owing, Week, first_sentence, owed_sentences, total_sentences

WEEK = Week(date(2025, 5, 5), date(2025, 5, 11), "week", 1630, 26, 21, Decimal(9000), 32)


@pytest.mark.parametrize(
    ("news", "sentence"),
    [
        (News("suspension", Decimal(8000), 16, since=date(2025, 5, 2), origins=("CN", "HK"), about="any mode but mail"),
         "The exemption for goods from China and Hong Kong by any mode but mail was suspended on May 2, 2025. 16 of 21 "
         "flags fall under it: $8,000 of $9,000 at issue."),
        (News("rule", Decimal(9000), 21, since=date(2025, 5, 6), about="$700.00 for all origins by any mode"),
         "A rule changed on May 6, 2025: $700.00 for all origins by any mode. 21 of 21 flags fall under it: "
         "all of the $9,000 at issue."),
        (News("most", Decimal(5000), 11, noun=("claim", "claims"), since=date(2025, 5, 2), origins=tuple("ABCD")),
         "11 claims on goods from 4 countries after the suspension of May 2, 2025: $5,000 of $9,000 at issue, more "
         "than any other typology."),
        (News("most", Decimal(5000), 11, noun=("claim", "claims"), since=date(2025, 5, 2), origins=("CN", "IT")),
         "11 claims on goods from China and Italy after the suspension of May 2, 2025: $5,000 of $9,000 at issue, more "
         "than any other typology."),
        (News("most", Decimal(5000), 11, noun=("claim", "claims"), since=date(2025, 5, 2), origins=("CN", "KM")),
         "11 claims on goods from CN and KM after the suspension of May 2, 2025: $5,000 of $9,000 at issue, more than "
         "any other typology."),
        (News("wave", Decimal(5000), 11, noun=("claim", "claims"), usual=1.5),
         "11 claims: $5,000 of $9,000 at issue. A usual week has 1.5."),
    ],
)  # fmt: skip
def test_the_news_in_a_sentence(news, sentence):
    assert first_sentence(news, WEEK) == sentence


def test_what_the_first_sentence_said_of_a_kind_is_not_said_again():
    claims = News("wave", Decimal(8000), 16, noun=("claim", "claims"), since=date(2025, 5, 2), usual=0)
    totals = News("most", Decimal(1000), 5, noun=("day total", "day totals"))
    assert total_sentences(claims, WEEK, [claims, totals]) == [
        "In all: 21 flags on 26 of 1,630 shipments. The week before had 32 flags.",
        "By typology: 16 claims and 5 day totals.",
    ]


def owing(**more):
    known = {"flags": 5, "low": Decimal(30), "base": Decimal(40), "high": Decimal(90), "unknown_flags": 0,
             "unknown_parts": (), "penalty_low": Decimal(60), "penalty_base": Decimal(80), "penalty_high": Decimal(180),
             "culpability": "gross_negligence"}  # fmt: skip
    return Owing(**(known | more))


@pytest.mark.parametrize(
    ("measured", "sentences"),
    [
        (owing(flags=0), []),
        (owing(low=Decimal(40), high=Decimal(40), penalty_base=None), ["May be owed: $40 in duty and fees."]),
        (owing(),
         ["May be owed: $40 in duty and fees (low $30, high $90).",
          "Maximum penalty for gross negligence: $80 (low $60, high $180)."]),
        (owing(unknown_flags=2, unknown_parts=("General rate", "Section 232, copper")),
         ["May be owed: $40 in duty and fees on what can be computed (low $30, high not known). Part of 2 of 5 flags "
          "cannot be computed (rates that are not in the tables: General rate; Section 232, copper).",
          "Maximum penalty for gross negligence: $80 on what can be computed."]),
        (owing(penalty_low=Decimal(0)),
         ["May be owed: $40 in duty and fees (low $30, high $90).",
          "Maximum penalty for gross negligence: $80 (high $180)."]),
    ],
)  # fmt: skip
def test_no_most_is_claimed_where_a_part_is_unknown(measured, sentences):
    assert owed_sentences(measured) == sentences
