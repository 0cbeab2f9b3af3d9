"""Writes docs/typologies.md from registry, tests and measurements; `make docs` runs it, a test compares the page."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl

from analytics.engines.models import load_models
from analytics.rulebook import load_references
from analytics.rulebook.needs import CIRCUMSTANCES

__all__ = ["page"]

_DOCS = Path(__file__).resolve().parent
_ROOT = _DOCS.parent
_MEASURED = _ROOT / "benchmarks" / "results" / "typologies.csv"
_OPENING = """# Typologies

`make docs` writes this page from `sql/typologies/*/typology.csv`, the tests and `benchmarks/results/typologies.csv`. Do
not edit it. A flag is an indicator: it names rows, a rule and the counter-evidence. A lawyer decides the rest.

*Strength* is the highest strength that a flag of the typology can have. **Objective** follows from figures and rule
alone. **Inferred** depends on information that was missing. **Supporting** is a lead and never enough alone.
Typologies that put no value at issue by themselves are in no total of the weekly report; the report lists them
separately.

A typology is tested if shipments have the columns that it needs and the subject of its rule: a claim, an informal
entry. Otherwise `typology_status` gives the reason ("not tested: no order_id", "not testable on these entries: no
informal entry") and never a zero. `rows` counts the shipments that it could test. A [regime](regimes.md) without its
own rows has the typologies that apply to any limit: `daily_limit`, `order_split`, `consignment_split`,
`suspended_claim`. Each is tested if the `ref_limits` of the regime hold such a rule.
"""
_SPLITS = """## Innocent explanations

If the rule requires purpose, a flag with an innocent explanation in its shipments is *explained*. It stays listed, with
the explanation in `suppressions`, and is in no total. If the rule requires no purpose, as for one person's day, the
flag holds and ranks lower. `ref_benign_splits` defines the effect.

| explanation | evidence | explains | lowers the rank of |
|---|---|---|---|
"""
_SHOWN_BY = {
    "backorder_said": "the descriptions of all shipments but one say rest of a back order",
    "backorder_seen": "other goods of the order arrived two weeks or more after the first",
    "carrier_split": "all shipments travel under one house bill",
    "known_place": "the address is in `ref_facilities`",
    "multi_vendor": "one marketplace order, several sellers, the part of each within the limit",
    "oversize": "the two lightest shipments together exceed the maximum weight of one package",
    "replacement": "shipments described as replacements; without them the total is within the limit",
    "subscription": "three or more deliveries of the same goods and price at even intervals, or such a description",
}
_FIGURES = """## Accuracy

These figures are measured on {shipments:,} synthetic shipments (seed {seed}). Schemes of every typology are injected,
with look-alikes that must not be flagged (`python -m benchmarks.typologies`). The generator shares no word list with
the detection code. It is still one generator, and it injects the schemes that the rules describe. So the figures show
that a rule works as described, not its accuracy on real data. `schemes` counts all true schemes, with or without
intent. The *deliberate* columns count only intended schemes and leave out explained flags.
`consignment_split` applies to other regimes only, so these United States shipments hold none of it.
"""
_PERIODS = {
    "2025-03-10": "March 10 to June 1, 2025: $800 for all origins, from May 2 without China and Hong Kong",
    "2026-06-08": "June 8 to September 27, 2026: no exemption but for gifts; duties on nearly all origins from July 24",
}
_HEADING = """
| typology | flags | schemes | precision | recall | precision (deliberate) | recall (deliberate) | explained |
|---|---:|---:|---:|---:|---:|---:|---:|
"""
_NONE = ("0", "0")
_REAL = """
Known misses: `vague_description` misses phrases that are on no list. `description_mismatch` misses words that the file
itself uses for both chapters. `fictitious_consignee` misses invented names that are on no list.

False positives on real data: 393,160 order lines of a shop (UCI Online Retail II, CC BY 4.0) contain no undervaluation
for customs. `undervaluation` flags 103 of them (0.03%): clearance sales. Of 50,578 aliases of historical names
(Splink's set, with errors added), `fictitious_consignee` flags 12, which are mostly digits. It flags none of 20,000
synthetic names, 3,337 organizations and 690 real addresses with a ZIP code.
"""


def _clause(clause: str) -> str:
    """One of the columns or circumstances that a typology needs, in words."""
    return " or ".join(CIRCUMSTANCES.get(field, field) for field in clause.split("|"))


def page() -> str:
    """Return the page."""
    rows = _registry()
    parts = [_OPENING, _overview(rows), _SPLITS + _splits(), *(_section(row) for row in rows), _figures()]
    return "\n".join(parts)


def _registry() -> list[dict[str, Any]]:
    whole = load_references().tables["ref_typologies"]
    own = whole.filter(regime="us")
    beyond = whole.join(own, on="typology", how="anti").unique(["typology", "valid_from"], keep="first")
    table = pl.concat([own, beyond]).sort("t_number", "typology", "valid_from")
    numbered = [row for row in table.iter_rows(named=True) if row["t_number"] != "-"]
    return [*numbered, *(row for row in table.iter_rows(named=True) if row["t_number"] == "-")]


def _overview(rows: list[dict[str, Any]]) -> str:
    lines = ["| typology | number | strength | needs | puts value at issue | status |", "|---|---|---|---|---|---|"]
    for row in rows:
        needs = ", ".join(_clause(clause) for clause in row["fields"].split("&"))
        name = f"[`{row['typology']}`](#{row['typology']})"
        value = "no" if row["reading"] == "none" else "yes"
        lines.append(f"| {name} | {row['t_number']} | {row['strength']} | {needs} | {value} | {_status(row)} |")
    return "\n".join([*lines, ""])


def _status(row: dict[str, Any]) -> str:
    return "not in this version" if row["made_by"] == "missing" else "built, tested"


def _splits() -> str:
    table = load_references().tables["ref_benign_splits"]
    lines = []
    for benign, shown in _SHOWN_BY.items():
        of_it = table.filter(benign=benign)
        names = {
            effect: ", ".join(f"`{name}`" for name in of_it.filter(effect=effect)["typology"].sort())
            for effect in ("suppress", "down_rank")
        }
        lines.append(f"| {benign} | {shown} | {names['suppress']} | {names['down_rank']} |")
    return "\n".join([*lines, ""])


def _section(row: dict[str, Any]) -> str:
    typology = row["typology"]
    until = f" until {row['valid_to']}" if row["valid_to"] else ""
    models = [name for name in sorted(load_models()) if name.endswith(f"__{typology}")]
    benign = row["benign"].replace("; ", ";\n  ")
    lines = [
        f"## {typology}",
        "",
        f"- **basis**: {row['source']} ({row['confidence']}), from {row['valid_from']}{until}",
        f"- **value at issue**: {row['at_stake']}",
        f"- **innocent explanations**: {benign}",
        f"- **models**: {', '.join(f'`{name}`' for name in models) or 'none'}",
        f"- **tests**: {', '.join(_tests(typology)) or 'none'}",
    ]
    return "\n".join([*lines, ""])


def _tests(typology: str) -> list[str]:
    """Link the test files that name the findings of a typology."""
    found = sorted(
        path for path in (_ROOT / "tests").rglob("test_*.py") if f"int_measures__{typology}" in path.read_text()
    )
    return [f"[{path.relative_to(_ROOT)}](../{path.relative_to(_ROOT)})" for path in found]


def _figures() -> str:
    with _MEASURED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [_FIGURES.format(shipments=int(rows[0]["shipments"]), seed=rows[0]["seed"]).rstrip()]
    for start, text in _PERIODS.items():
        lines += ["", f"### {text}", "", _HEADING.strip()]
        lines += [_figures_of(row) for row in rows if row["start"] == start and (row["flags"], row["schemes"]) != _NONE]
    return "\n".join([*lines, _REAL])


def _figures_of(row: dict[str, str]) -> str:
    meant = (row["deliberate_precision"], row["deliberate_recall"]) if row["deliberate"] != "0" else ("", "")
    figures = (row["flags"], row["schemes"], row["precision"], row["recall"], *meant, row["explained"])
    return f"| `{row['typology']}` | {' | '.join(figures)} |"


if __name__ == "__main__":
    (_DOCS / "typologies.md").write_text(page(), encoding="utf-8")
