"""What the documents say is what the program does."""

import importlib.util
import re
from pathlib import Path

import pytest
import typer.main

from analytics.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path.name: path.read_text() for path in [*ROOT.glob("docs/[!R]*.md"), *ROOT.glob("*.md")]}
COMMANDS = sorted(typer.main.get_group(app).commands)


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_data_dictionary_is_what_the_contracts_say():
    assert PAGES["data_dictionary.md"] == load(ROOT / "docs" / "make_dictionary.py").dictionary(), "run: make docs"


def test_the_page_of_typologies_is_what_registry_tests_and_measurements_say():
    assert PAGES["typologies.md"] == load(ROOT / "docs" / "make_typologies.py").page(), "run: make docs"


def test_the_lineage_is_what_the_models_say():
    maker = load(ROOT / "docs" / "make_lineage.py")
    assert PAGES["lineage.md"] == maker.lineage_page(), "run: make docs"
    assert (ROOT / "docs" / "img" / "lineage.svg").read_text() == maker.lineage_picture(), "run: make docs"


def test_the_glossary_and_the_index_of_decisions_are_what_their_sources_say():
    maker = load(ROOT / "docs" / "make_glossary.py")
    assert PAGES["glossary.md"] == maker.glossary(), "run: make docs"
    assert (ROOT / "docs" / "decisions" / "README.md").read_text() == maker.decision_index(), "run: make docs"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_in_the_docs(command):
    page = PAGES["command.md"]
    assert f"## splitship {command}" in page
    section = page.split(f"## splitship {command}\n")[1].split("\n## ")[0]
    options = [
        name for item in typer.main.get_group(app).commands[command].params for name in item.opts if name[:2] == "--"
    ]
    assert not [name for name in options if f"`{name}" not in section and f"{name} " not in section]


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda page: page.stem)
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())
    assert not [target for target in targets if not (page.parent / target).exists()]


def test_every_decision_says_what_was_turned_down():
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert decisions
    assert not [path.name for path in decisions if "## Turned down" not in path.read_text()]
