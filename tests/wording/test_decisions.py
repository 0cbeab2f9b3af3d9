"""What is to be decided is told of the stretch that the report is about."""

from decimal import Decimal

import pytest

from analytics.wording.decisions import Decision, Party, decision_words

SELLER = Party("seller", "S1", "Lamp Shop", "", 3, 6, 1, 40, 0.01)


@pytest.mark.parametrize(
    ("noun", "before", "words"),
    [
        ("week", 40, "3 flags on 6 shipments this week, 1 on 40 in the eight weeks before."),
        ("week", 0, "3 flags on 6 shipments this week, no shipment in the eight weeks before."),
        ("span", 40, "3 flags on 6 shipments this span, 1 on 40 in the span before."),
        ("span", 0, "3 flags on 6 shipments this span, no shipment in the span before."),
    ],
)
def test_a_party_is_held_against_the_stretch_before(noun, before, words):
    party = Party(**{**vars(SELLER), "shipments_before": before})
    asked = Decision("party", "Head of compliance", None, "report", 3, Decimal(0), party=party, noun=noun)
    assert decision_words(asked) == f"Speak to seller Lamp Shop: {words}"


def test_a_case_counts_the_flags_of_the_stretch():
    case = Decision("case", "Ann", None, "case", 2, Decimal(900), "C1 (new)", noun="span")
    assert decision_words(case) == "Decide case C1 (new): 2 flags of this span, $900 at issue."
