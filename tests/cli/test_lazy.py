"""Verbs are found by their files, and loaded when they are called."""

import re
import subprocess
import sys

import pytest
import typer.main
from typer.testing import CliRunner

from analytics.cli import verbs
from analytics.cli.main import app

HELLO = '''"""``splitship hello``: a greeting."""

from typing import Annotated

import typer

PLACE = 15


def command(name: Annotated[str, typer.Argument(help="Who is greeted.")]) -> None:
    """Greet somebody."""
    print(f"hello {name}")
'''


@pytest.fixture
def hello(tmp_path, monkeypatch):
    (tmp_path / "say_hello.py").write_text(HELLO)
    monkeypatch.setattr(verbs, "__path__", [*verbs.__path__, str(tmp_path)])
    yield
    sys.modules.pop("analytics.cli.verbs.say_hello", None)


def test_a_new_verb_is_one_file(hello):
    assert CliRunner().invoke(app, ["say-hello", "Ann"]).stdout == "hello Ann\n"
    lines = CliRunner().invoke(app, ["--help"]).stdout.splitlines()
    listed = lines[lines.index("Commands:") + 1 :]
    names = [line.split()[0] for line in listed if line.startswith("  ") and line[2] != " "]
    assert names[:3] == ["screen", "say-hello", "inspect"]


def test_no_verb_is_loaded_before_it_is_called():
    code = (
        "import sys\nfrom analytics.cli.main import app\n"
        "verbs = 'analytics.cli.verbs.'\n"
        "loaded = lambda: sorted(name.removeprefix(verbs) for name in sys.modules if name.startswith(verbs))\n"
        "print(loaded())\n"
        "app(['templates'], standalone_mode=False)\n"
        "print(loaded())"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    ).stdout.splitlines()
    assert (said[0], said[-1]) == ("[]", "['templates']")


@pytest.mark.parametrize("words", [["scren"], ["cases", "lst"]])
def test_a_mistyped_verb_is_asked_about(words):
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert "Did you mean" in done.stderr


@pytest.mark.parametrize("group", [None, "cases", "store"])
def test_no_two_verbs_of_a_group_have_one_place(group):
    found = typer.main.get_group(app).commands
    modules = {name.replace("-", "_") for name in (found[group].commands if group else found)}
    package = f"analytics.cli.verbs.{group}" if group else "analytics.cli.verbs"
    places = [sys.modules[f"{package}.{name}"].PLACE for name in modules]
    assert len(set(places)) == len(places)


def _helps():
    """The help of the command, of its groups and of each verb."""
    found = typer.main.get_group(app).commands
    calls = [[], *([name] for name in found)]
    calls += [[name, verb] for name in found if hasattr(found[name], "commands") for verb in found[name].commands]
    return {" ".join(call): CliRunner().invoke(app, [*call, "--help"]).stdout for call in calls}


def test_no_help_shows_a_type_of_python_or_a_sentence_that_is_cut():
    helps = _helps()
    assert len(helps) > 40
    assert not [call for call, text in helps.items() if re.search(r"<\w|list\[", text)]
    assert not [call for call, text in helps.items() if any(line.endswith("...") for line in text.splitlines()[1:])]


def test_an_option_names_its_value_as_a_manual_would():
    text = CliRunner().invoke(app, ["screen", "--help"]).stdout
    for line in ("Usage: splitship screen [OPTIONS] [INPUT]...", "--store PATH ", "--threads N ", "--map FILE "):
        assert line in text
