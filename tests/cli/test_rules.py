"""`splitship rules` shows the rule in force, with its citation."""

import pytest
from typer.testing import CliRunner

from analytics.cli.main import app
from analytics.errors import UsageError


def shown(*options):
    done = CliRunner().invoke(app, ["rules", *options], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.parametrize(
    ("on", "origin", "rule"),
    [
        ("2016-03-09", "DE", "US-C-01"),
        ("2016-03-10", "DE", "US-C-02"),
        ("2025-05-01", "CN", "US-C-04"),
        ("2025-05-02", "CN", "US-C-06"),
        ("2025-08-28", "DE", "US-C-05"),
        ("2025-08-29", "DE", "US-C-09"),
        ("2027-06-30", "DE", "US-C-13"),
        ("2027-07-01", "DE", "US-C-16"),
    ],
)
def test_on_both_sides_of_a_switch_day(on, origin, rule):
    assert f"\n{rule}  a2C" in shown("--on", on, "--origin", origin, "--mode", "air")


def test_shows_citation_and_confidence():
    text = shown("--on", "2025-03-14", "--origin", "DE", "--mode", "air")
    assert "800.00 USD, added up over one person on one day" in text
    assert "19 USC 1321(a)(2)(C)" in text
    assert "Not legal advice" in text


def test_a_day_before_any_rule_is_said_so():
    assert shown("--on", "1900-01-01") == "No rule is known for 1900-01-01, goods from anywhere, by any mode.\n"


def test_a_day_that_is_none_is_refused():
    with pytest.raises(UsageError, match="--on '14/3/2025' is not a date"):
        shown("--on", "14/3/2025")


def test_every_provision_that_applies_is_shown_with_its_unit_and_status():
    text = shown("--on", "2025-06-02", "--origin", "CN", "--mode", "mail")
    expected = (
        "US-C-08  a2C: suspended",
        "US-A-01  a2A_gift: eligible",
        "US-LOT-1  separate_lots_bar: in_force",
        "added up over one order, on any days",
        "holds if    the suspension by executive order is taken as valid",
        "mail pays   54% of the value",
    )
    assert not [said for said in expected if said not in text]


@pytest.mark.parametrize(
    ("mode", "rule"), [("accompanied", "US-B-01  a2B_personal"), ("truck", "US-INF-02  informal_entry")]
)
def test_a_mode_has_its_own_provisions(mode, rule):
    assert rule in shown("--on", "2025-06-02", "--origin", "JP", "--mode", mode)


@pytest.mark.parametrize(
    ("on", "rule"),
    [("2025-05-01", "US-C-04"), ("2025-05-02", "US-E-01"), ("2025-08-29", "US-E-02"), ("2026-06-23", "US-E-02"),
     ("2026-06-24", "US-C-13")],
)  # fmt: skip
def test_a_scenario_answers_by_its_own_rules_on_both_sides_of_its_days(tmp_path, on, rule):
    config = tmp_path / "c.toml"
    config.write_text("[scenario]\neo_suspension = 'invalid'\n")
    text = shown("--on", on, "--origin", "CN", "--mode", "air", "--config", str(config))
    assert f"\n{rule}  a2C" in text
    assert "the suspension by executive order taken as invalid" in text


@pytest.mark.parametrize(
    ("regime", "on", "says"),
    [
        ("eu", "2026-06-30", "EU-D-01  duty_relief: eligible"),
        ("eu", "2026-07-01", "duty        EUR 3.00 for each item"),
        ("kr", "2022-11-16", "added up over one person on one day"),
        ("kr", "2022-11-17", "added up over one seller, person and day of purchase"),
    ],
)
def test_another_regime_answers_by_its_own_law(regime, on, says):
    text = shown("--regime", regime, "--on", on)
    assert says in text
    assert "US-" not in text


def test_how_it_is_applied_names_person_day_check_goods_and_deadlines():
    text = shown("--on", "2025-08-20", "--how")
    expected = (
        "1. An owner or purchaser is named",
        "ace check: arrival, America/New_York",
        "Release 3: withhold",
        "4M (air, ocean and rail)",
        "Goods under antidumping",
        "A type 86 entry is filed upon or before arrival",
        "162.74(a)(2); official",
    )
    assert not [said for said in expected if said not in text]


def test_a_timeline_in_the_terminal_has_every_stretch_in_its_order():
    text = shown("--timeline", "--origin", "CN", "--mode", "air")
    lane = text.split("a2C, standard")[1].split("\n\n")[0]
    rules = [word for word in lane.split() if word.startswith("US-C-")]
    assert rules == [f"US-C-{number:02}" for number in (1, 2, 3, 4, 6, 9, 11, 13, 16)]
    assert "2026-02-20  The emergency powers act" in text


def test_a_timeline_is_drawn_as_one_sealed_page(tmp_path):
    out = tmp_path / "t.html"
    assert shown("--timeline", "--out", str(out)).strip() == str(out)
    page = out.read_text()
    assert "Content-Security-Policy" in page
    assert '"showSendToCloud":false' in page


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--timeline", "--out", "t.png"), "cannot draw a timeline as 't.png'; use an ending of .html"),
        (("--out", "t.html"), "add --timeline"),
        (("--regime", "xx"), "'xx' is not known; there are: au"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(options, says):
    with pytest.raises(UsageError, match=says):
        CliRunner().invoke(app, ["rules", *options], catch_exceptions=False)


def test_as_of_tells_how_old_the_tables_are_and_how_to_update_them():
    text = shown("--as-of")
    assert "general rates\n    reviewed    2026-02-12" in text
    assert "newest change 2026-11-10" in text
    assert "ref_hts_rates.csv" in text
    assert "last compared" in shown("--as-of", "--regime", "nz")
