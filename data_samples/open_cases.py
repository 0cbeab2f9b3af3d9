"""Opens a dozen cases on the samples, in every state a case can be in: what ``make app`` shows.

    python data_samples/open_cases.py STORE

Who does what is made up; the flags are those that screening the samples raised. A store that has cases keeps them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from analytics.cases import Ledger, open_ledger
from analytics.cases.lookup import has_cases
from analytics.cases.subjects import facts_of
from analytics.opened import open_store

_SETTINGS = """\
[review]
second_reviewer_above_usd = 2000.00
blind_share = 0.1

[[open]]
typology = "daily_limit"
strength = "objective"
min_value_usd = 1700.00
"""
_FIRST_DAY = 22
"""Days ago on which the story begins."""


class _Story:
    """The people of a team, at a clock that goes on as the story does."""

    def __init__(self, root: Path) -> None:
        self.now = datetime.now(UTC) - timedelta(days=_FIRST_DAY)
        self.ledger = open_ledger(open_store(root), by="ines", clock=self.clock)

    def clock(self) -> datetime:
        self.now += timedelta(minutes=7)
        return self.now

    def later(self, days: int) -> None:
        self.now += timedelta(days=days)

    def as_(self, who: str) -> Ledger:
        """Return the ledger as one of the team has it: ines and omar investigate, ruth reviews, cole is counsel."""
        roles = {"ines": "investigator", "omar": "investigator", "ruth": "reviewer", "cole": "counsel"}
        return self.ledger.acting_as(who, roles[who])

    def open(self, typology: str, place: int) -> str:
        """Open a case on the flag of a typology that comes so many places from the dearest."""
        flags = facts_of(self.ledger.store).flags.filter(typology=typology)
        held = [flag for flags in self.ledger.cases()["flag_ids"].str.json_decode(pl.List(pl.String)) for flag in flags]
        free = flags.filter(~pl.col("flag_id").is_in(held)).sort("total_usd", "flag_id", descending=[True, False])
        return self.as_("ines").open(free["flag_id"][place]).case_id


def tell(root: Path) -> None:
    """Open the cases of a store of the samples, where it has none."""
    if has_cases(open_store(root)):
        return
    (root / "cases").mkdir(exist_ok=True)
    (root / "cases" / "settings.toml").write_text(_SETTINGS, encoding="utf-8")
    story = _Story(root)
    for chapter in _CHAPTERS:
        chapter(story)


def _rules_open_the_dearest(story: _Story) -> None:
    """The settings opened these; ines begins with one, omar with another, the rest wait."""
    cases = story.ledger.cases()["case_id"].to_list()
    story.as_("ines").take(cases)
    story.as_("omar").take(cases)
    story.as_("omar").note(story.as_("omar").cases()["case_id"][1], "Four sellers, one buyer. Asked for the orders.")


def _a_dismissal(story: _Story) -> None:
    case = story.open("order_split", 2)
    story.as_("omar").take([case])
    story.as_("omar").attach(case, ("order-confirmation.txt", b"Two orders, placed on two days.\n"))
    story.as_("omar").decide(
        case, "dismissed", reason="separate_orders", evidence="order confirmations, attached", scope="flags"
    )
    story.later(2)


def _a_second_review(story: _Story) -> None:
    case = story.open("informal_entry_split", 0)
    story.as_("ines").take([case])
    story.as_("ines").decide(
        case, "dismissed", reason="exempt", evidence="One formal entry was filed for all three lots.", note="See ACE."
    )


def _a_correction(story: _Story) -> None:
    case = story.open("daily_limit", 4)
    story.as_("omar").take([case])
    story.as_("omar").decide(case, "corrected_forward", note="The carrier now consolidates this consignee by day.")
    story.later(3)


def _a_referral_and_a_disclosure(story: _Story) -> None:
    for outcome, who in (("referred_to_counsel", "ines"), ("disclosure_filed", "cole")):
        case = story.open("suspended_claim", 0)
        story.as_(who).take([case])
        story.as_(who).decide(case, outcome, evidence="Claimed after the suspension; no other reading found.")
    story.later(4)


def _one_waits_and_one_sleeps(story: _Story) -> None:
    waits, sleeps = story.open("suspended_claim", 1), story.open("suspended_claim", 2)
    story.as_("omar").take([waits])
    story.as_("omar").wait(waits, due_on=story.ledger.today + timedelta(days=14), note="The broker sends the entry.")
    in_a_month = story.ledger.today + timedelta(days=60)
    story.as_("ines").snooze(sleeps, in_a_month, "Look again when the liquidation is posted.")


def _one_returns(story: _Story) -> None:
    case = story.open("daily_limit", 3)
    story.as_("ines").decide(case, "dismissed", reason="date_basis", evidence="Released on two days.")
    story.later(2)
    story.as_("ruth").reopen(case, "The release dates are those of the truck, not of the goods.")
    story.as_("ruth").assign(case, "ines")


_CHAPTERS: tuple[Callable[[_Story], None], ...] = (
    _rules_open_the_dearest,
    _a_dismissal,
    _a_second_review,
    _a_correction,
    _a_referral_and_a_disclosure,
    _one_waits_and_one_sleeps,
    _one_returns,
)

if __name__ == "__main__":
    tell(Path(sys.argv[1]))
