"""What is said of every flag alike: each sentence where its condition holds, and in its place."""

import json
from datetime import date
from decimal import Decimal

import pytest

from analytics.wording.cuts import Cut, SingleCut, cut_statement, single_cut_reason
from analytics.wording.flags import Flag, flag_text
from analytics.wording.innocent import Innocent, innocent_reason

PLAIN = Flag(
    reason="Seen.", counter_reasons='["Own."]', attributes='{"own": 0.850}', codes='["seen", "own"]',
    innocent_codes=None, innocent_reasons=None, cut_codes=None, cut_reasons=None, cut_statement=None, benign=None,
    falls_at_threshold=None, fallen_bases=None, needs_matches=False, likely_probability=None, likely_alias_l=None,
    likely_alias_r=None, doubtful_link=None, near_midnight_hours=3, shipments=2, aliases=1, carriers=1, filers=0,
    modes=1, orders=2, ports=1, sellers=1, mail_count=0, other_date_count=0, assumed_claim_count=0,
    near_midnight_count=0, owner_count=0, proxy_value_count=0, care_of_count=0,
)  # fmt: skip


def said(**changes):
    """Codes beyond those of the typology, of a flag that differs as given."""
    *_, codes = flag_text(PLAIN._replace(**changes))
    return json.loads(codes)[2:]


def test_what_a_typology_says_stays_and_common_figures_come_first():
    reason, counters, attributes, codes = flag_text(PLAIN)
    assert (reason, counters, codes) == ("Seen.", '["Own."]', '["seen", "own"]')
    assert attributes == (
        '{"aliases": 1, "carriers": 1, "filers": 0, "mail_mixed": false, "modes": 1, "orders": 2, "ports": 1, '
        '"sellers": 1, "own": 0.850}'
    )


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        (
            {"innocent_codes": "carrier_split|known_place", "innocent_reasons": "A.|B."},
            ["carrier_split", "known_place"],
        ),
        ({"cut_codes": "link|piece", "cut_reasons": "A.|B."}, ["link", "piece"]),
        ({"falls_at_threshold": 0.95}, ["falls_at_threshold"]),
        ({"fallen_bases": "order, release"}, ["falls_by_date"]),
        ({"other_date_count": 1}, ["other_date"]),
        ({"needs_matches": True}, ["needs_matches"]),
        ({"needs_matches": True, "likely_probability": 0.9}, ["needs_match"]),
        ({"likely_probability": 0.9}, []),
        ({"doubtful_link": 0.0}, ["doubtful_link"]),
        ({"assumed_claim_count": 1}, ["claim_assumed"]),
        ({"near_midnight_count": 1}, ["near_midnight"]),
        ({"owner_count": 1}, ["owner_is_person"]),
        ({"proxy_value_count": 1}, ["proxy_value"]),
        ({"care_of_count": 1}, ["care_of"]),
        ({"cut_statement": "It stands."}, ["smallest_cut"]),
        ({"benign": "two people of one name"}, ["innocent_elsewhere"]),
    ],
)
def test_each_sentence_is_said_where_it_holds(changes, codes):
    assert said(**changes) == codes


def test_innocent_explanations_come_before_what_a_typology_says():
    _, counters, *_ = flag_text(PLAIN._replace(innocent_codes="oversize", innocent_reasons="A.", benign="b"))
    first, own, last = json.loads(counters)
    assert (first, own) == ("A.", "Own.")
    assert last.endswith(": b.")


@pytest.mark.parametrize(("mail", "mixed"), [(0, False), (1, True), (2, False)])
def test_mail_is_mixed_where_some_but_not_all_came_by_it(mail, mixed):
    assert json.loads(flag_text(PLAIN._replace(mail_count=mail))[2])["mail_mixed"] is mixed


def test_figures_are_in_the_sentences():
    told = PLAIN._replace(
        needs_matches=True, likely_probability=0.975, likely_alias_l="a1", likely_alias_r="a2", near_midnight_count=2,
    )  # fmt: skip
    text = flag_text(told)[1]
    assert "0.98" in text
    assert "splitship judge a1 a2" in text
    assert "3 hours" in text


@pytest.mark.parametrize(
    ("cut", "parts"),
    [
        (Cut("each", 1, 1, None), ["this one"]),
        (Cut("each", 2, 2, None), ["enough by itself"]),
        (Cut("pattern", 5, None, None), ["pattern over time"]),
        (Cut("sum", 3, 1, Decimal("400.00")), ["1 of its 3", "USD 400.00"]),
        (Cut("names", 12, 4, None), ["4 of its 12 shipments the flag would not stand"]),
    ],
)
def test_the_smallest_cut_is_told_by_what_a_flag_stands_on(cut, parts):
    assert all(part in cut_statement(cut) for part in parts)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"cut": "link", "probability": 0.9734}, "0.973"),
        ({"cut": "numbers", "number_count": 3}, "3 orders"),
        ({"amount": Decimal("10.00"), "limit_currency": "USD", "arrival_date": date(2025, 1, 2)}, "USD 10.00"),
        ({"is_last_pair": True}, "no split"),
    ],
)
def test_a_single_thing_is_told_by_its_kind(changes, part):
    plain = SingleCut("piece", None, None, None, False, None, None)
    assert part in single_cut_reason(plain._replace(**changes))


@pytest.mark.parametrize(
    ("benign", "part"),
    [
        ("carrier_split", "141.57"), ("multi_vendor", "4 sellers"), ("oversize", "68.1 kg"),
        ("subscription", "every 6 to 8 days"), ("replacement", "2 of the"), ("backorder_said", "back order"),
        ("backorder_seen", "6 days or more"), ("known_place", "many names"),
    ],
)  # fmt: skip
def test_an_innocent_explanation_is_told_with_its_figures(benign, part):
    shown = Innocent(benign, 4, Decimal("68.050"), Decimal("68"), 6, 8, 2)
    assert part in innocent_reason(shown)
