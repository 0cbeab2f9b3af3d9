"""What held on a day."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.errors import UsageError
from analytics.rulebook import rules


def exemption(*question):
    return rules(*question).filter(pool="standard").select("rule_id", "status", "limit_amount").rows()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ((date(2025, 1, 13), "CN", "air"), [("US-C-02", "eligible", Decimal(800))]),
        ((date(2025, 2, 5), "CN", "air"), [("US-C-03", "suspended", None)]),
        ((date(2025, 6, 2), "CN", "mail"), [("US-C-08", "suspended", None)]),
        ((date(2025, 6, 2), "JP", "mail"), [("US-C-05", "eligible", Decimal(800))]),
        ((date(2026, 11, 22), "JP", "air"), [("US-C-13", "suspended_by_reg", None)]),
        ((date(2027, 7, 1), "JP", "air"), [("US-C-16", "repealed", None)]),
        ((date(1990, 1, 1), "JP", "air"), []),
    ],
)
def test_one_rule_answers_for_a_day_origin_and_mode(question, answer):
    assert exemption(*question) == answer


def test_without_origin_and_mode_every_rule_of_the_day_is_shown():
    assert [rule for rule, *_ in exemption(date(2025, 6, 2))] == ["US-C-05", "US-C-06", "US-C-08"]


@pytest.mark.parametrize(
    ("day", "origin", "method"),
    [
        (date(2025, 5, 13), "CN", "120% of the value or USD 100 an item"),
        (date(2025, 5, 14), "CN", "54% of the value or USD 100 an item"),
        (date(2025, 5, 14), "JP", None),
        (date(2026, 7, 23), "JP", "10% of the value (section 122)"),
        (date(2026, 7, 24), "JP", "all duties, taxes and fees by HTS-10, declared by the month"),
    ],
)
def test_mail_shows_how_its_duty_was_reckoned(day, origin, method):
    assert rules(day, origin, "mail").filter(provision="a2C")["duty_method"].to_list() == [method]


def test_every_rule_says_why_and_whence():
    shown = rules(date(2025, 6, 2))
    assert shown.select("source", "confidence", "note", "grouping_key").null_count().sum_horizontal().item() == 0


def test_the_users_rules_are_asked_where_given(tmp_path):
    (tmp_path / "ref_limits.csv").write_text(
        "rule_id,regime,provision,origin_scope,mode_scope,grouping_key,limit_amount,limit_currency,status,valid_from,"
        "valid_to,source,confidence\nOWN,us,a2C,ALL,ALL,person_day,500,GBP,eligible,2010-01-01,,own,own\n"
    )
    assert rules(date(2025, 6, 2), rules_dir=tmp_path)["rule_id"].to_list() == ["OWN"]


def test_whose_law_is_asked_for_must_be_known():
    with pytest.raises(UsageError, match="--regime 'xx' is not known; there are: au, ca, eu, jp, kr, nz, uk, us"):
        rules(date(2025, 6, 2), regime="xx")


@pytest.mark.parametrize(("origin", "mode"), [("cn", None), ("CHN", None), ("", None), ("CN", "post"), ("CN", "Mail")])
def test_a_question_that_would_be_misread_is_refused(origin, mode):
    with pytest.raises(UsageError, match="give"):
        rules(date(2025, 6, 2), origin, mode)
