"""The words of the glossary are used; those it retired stay out of new text, and what is left of them only shrinks."""

from __future__ import annotations

import ast
import csv
import importlib.util
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT = Path(__file__).with_name("retired_words_left.csv")
"""How often retired words still stand in a file; a file that is not listed holds none."""
GENERATED = {
    "data_dictionary.md",
    "lineage.md",
    "glossary.md",
    "regimes.md",
    "switches.md",
    "typologies.md",
    "intake.md",
}
OF_LAW = re.compile(r"\bcustoms bonds?\b", re.IGNORECASE)
"""A retired word that is the law's own name of something else."""
CODE = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)", re.DOTALL)


def _terms():
    spec = importlib.util.spec_from_file_location("make_glossary", ROOT / "docs" / "make_glossary.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.terms()


WORDS = sorted(word for row in _terms() for word in row["retired"].split("|") if word)
RETIRED = re.compile(r"\b(" + "|".join(map(re.escape, WORDS)) + r")\b", re.IGNORECASE)


def _texts():
    """Yield each file with what of it a person reads: pages without code, strings of modules with a blank in them."""
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]):
        if path.name not in GENERATED:
            yield path, CODE.sub(" ", path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "analytics").rglob("*.py")):
        yield path, "\n".join(_strings(ast.parse(path.read_text(encoding="utf-8"))))
    for path in sorted((ROOT / "analytics").rglob("*.html")):
        yield path, path.read_text(encoding="utf-8")


def _strings(tree):
    """Yield the strings of a module that are sentences, docstrings too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.value


def counted():
    """Return how often retired words stand in each file that has any, by its path."""
    found = Counter(
        {path.relative_to(ROOT).as_posix(): len(RETIRED.findall(OF_LAW.sub(" ", text))) for path, text in _texts()}
    )
    return {name: count for name, count in sorted(found.items()) if count}


def test_retired_words_are_found_as_words():
    assert [match[0] for match in RETIRED.finditer("Two pieces, one masterpiece: who is who?")] == [
        "pieces",
        "who is who",
    ]


def test_no_file_holds_more_retired_words_than_it_did():
    left = {row["file"]: int(row["count"]) for row in csv.DictReader(LEFT.read_text(encoding="utf-8").splitlines())}
    more = {name: count for name, count in counted().items() if count > left.get(name, 0)}
    assert not more, "use the words of docs/glossary.md"


if __name__ == "__main__":  # after words were replaced: writes what is left
    with LEFT.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("file", "count"), *counted().items()])
