"""What the README shows of a run is what a run of the samples says."""

from __future__ import annotations

import analytics
from analytics.cli.summary import summary_lines
from tests.samples.conftest import SAMPLES

ROOT = SAMPLES.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LEFT_OUT = "…"


def shown(opening: str) -> list[str]:
    """The lines of the block that opens so, without those that stand for what was left out."""
    block = next(text for text in README.split("```\n") if text.startswith(opening))
    return [line for line in block.splitlines() if not line.strip().startswith(LEFT_OUT)]


def is_said(line: str, said: list[str]) -> bool:
    """Whether a line is among those said; one that breaks off need only begin so."""
    begins, breaks_off, _ = line.partition(LEFT_OUT)
    return any(each.startswith(begins) if breaks_off else each == line for each in said)


def test_the_summary_is_that_of_the_samples(run: analytics.Run) -> None:
    said = summary_lines(run)
    written = [line for line in shown("read  ") if not line.startswith("The weekly report:")]
    assert len(written) > 20
    assert [line for line in written if not is_said(line, said)] == []


def test_the_flag_that_is_explained_is_one_of_the_samples(run: analytics.Run) -> None:
    written = shown("f2993d1bdf4957905  daily_limit")
    said = str(run.explain("f2993d1bdf4957905")).replace(f"{ROOT}/", "").splitlines()
    assert len(written) > 30
    assert [line for line in written if not is_said(line, said)] == []


def test_the_summary_and_the_flag_of_today_are_those_of_the_entries_of_2026(live: analytics.Run) -> None:
    summary, flag = shown("shipments                   543"), shown("f4a7aefa0119ee5e7")
    assert (len(summary), len(flag)) == (17, 5)
    assert [line for line in summary if not is_said(line, summary_lines(live))] == []
    said = str(live.explain("f4a7aefa0119ee5e7")).splitlines()
    assert [line for line in flag if not is_said(line, said)] == []


def test_a_flag_that_puts_no_value_at_issue_says_what_its_shipments_are_worth(run: analytics.Run) -> None:
    leads = run.table("flags").lazy().filter(typology="fictitious_consignee").sort("flag_id").collect()
    worth = run.table("exposure").lazy().filter(flag_id=leads["flag_id"][0], component="value").collect()
    told = f"nothing by this flag alone; its shipments are worth {worth['ceiling_usd'].item():,.2f} USD"
    assert f"  value         all      {told}" in str(run.explain(leads["flag_id"][0])).splitlines()
