"""The pages about regimes and switches are what tables and code say; the worked example does what it shows."""

import importlib.util
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analytics.cli.main import app
from analytics.contracts.switches import SWITCHES
from analytics.rulebook import load_references

DOCS = Path(__file__).resolve().parents[2] / "docs"
FENCE = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_law_pages", DOCS / "make_law_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["regimes", "switches"])
def test_the_page_is_what_the_tables_say(maker, page):
    assert (DOCS / f"{page}.md").read_text() == getattr(maker, page)(), "run: make docs"


def test_every_rule_and_every_switch_has_a_row():
    regimes, switches = ((DOCS / f"{page}.md").read_text() for page in ("regimes", "switches"))
    rules = load_references().tables["ref_limits"]["rule_id"].unique()
    assert not [rule for rule in rules if f"| {rule} |" not in regimes]
    assert not [switch.name for switch in SWITCHES if f"| `{switch.name}` |" not in switches]


def test_every_rule_that_decides_something_is_named_by_a_test():
    rows = [line for line in (DOCS / "regimes.md").read_text().splitlines() if line.startswith("| ")]
    assert [row.split(" | ")[0] for row in rows if row.endswith("| shown only |")] == []


def test_the_worked_example_does_what_it_shows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    printed = ""
    shown = 0
    for kind, name, text in FENCE.findall((DOCS / "add_a_regime.md").read_text()):
        if kind == "csv":
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        elif kind == "sh":
            runs = [CliRunner().invoke(app, line.split()[1:], catch_exceptions=False) for line in text.splitlines()]
            assert [run.exit_code for run in runs] == [0] * len(runs)
            printed = "".join(run.stdout for run in runs)
        elif kind == "text":
            assert not [line for line in text.splitlines() if line not in printed]
            shown += 1
    assert shown == 3
    assert len(printed.splitlines()) == 1 + 3
