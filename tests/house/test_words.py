"""Messages of the intake use the words of the field, in plain sentences."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from analytics.ingest.landing.validate import MESSAGES

INGEST = Path(__file__).resolve().parents[2] / "analytics" / "ingest"
RETIRED = re.compile(
    r"who is who|\bparcels?\b|\bpieces?\b|\bspellings?\b|\bmend\b|for want of|\bnobody\b|is no [a-z]|is none of"
    r"|none we know"
)


def messages(path):
    """Return the texts of all errors that a module raises."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            texts = [part.value for part in ast.walk(node.exc) if isinstance(part, ast.Constant)]
            yield "".join(text for text in texts if isinstance(text, str))


@pytest.mark.parametrize("reason", MESSAGES)
def test_a_reason_is_two_plain_sentences_or_more(reason):
    message = MESSAGES[reason]
    assert not RETIRED.search(message)
    assert re.fullmatch(r"[A-Z][^;]*\. [A-Z][^;]*\.", message)


@pytest.mark.parametrize(
    "name",
    [
        "mapping/settings.py",
        "mapping/row_settings.py",
        "mapping/templates.py",
        "sources/inputs.py",
        "sources/sheets.py",
        "sources/postgres.py",
    ],
)
def test_no_error_uses_a_retired_word(name):
    assert not [text for text in messages(INGEST / name) if RETIRED.search(text)]
