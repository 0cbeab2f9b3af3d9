"""Writes docs/typologies.md from registry, tests and measurements; `make docs` runs it, a test keeps the page true."""

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

Written by `make docs` from `sql/typologies/*/typology.csv`, the tests and `benchmarks/results/typologies.csv`; do
not edit. A flag is an indicator: it names rows and a rule, says what speaks against it and leaves the rest to a lawyer.

*Strength* is the most a flag of the kind can be: **objective** follows from figures and rule alone, **inferred** rests
on something that was missing, **supporting** is a reason to look and never enough alone. Kinds that put no value at
issue by themselves are in no figure of the weekly report; they stand beside them.

A kind is tested where shipments carry the columns it needs and what its rule is about: a claim, an informal entry.
Where they do not, `typology_status` says so ("not tested: no order_id", "not testable on these entries: no informal
entry") and never a zero; `rows` counts the shipments it could judge. A [regime](regimes.md) without rows
of its own has the kinds that any rule of limits needs: `daily_limit`, `order_split`, `consignment_split`,
`suspended_claim`, each tested where its `ref_limits` hold such a rule.
"""
_SPLITS = """## Harmless reasons

Where the rule asks for purpose, a flag whose shipments show a harmless reason is *explained*: it stays, with the reason
in `suppressions`, and is in no figure. Where it asks for none, as for one person's day, such a flag stands and ranks
lower. `ref_benign_splits` says which is which.

| reason | shown by | explains | lowers the rank of |
|---|---|---|---|
"""
_SHOWN_BY = {
    "backorder_said": "all pieces but one are described as the rest of a back order",
    "backorder_seen": "other goods of the order came two weeks or more after the first",
    "carrier_split": "all pieces travel under one house bill",
    "known_place": "the address is in `ref_facilities`",
    "multi_vendor": "one order of a marketplace, several sellers, each one's part within the limit",
    "oversize": "the two lightest pieces together are heavier than one parcel may be",
    "replacement": "pieces described as replacements; without them the limit is kept",
    "subscription": "three deliveries or more of the same goods at the same price in even steps, or described so",
}
_FIGURES = """## How well it does

Measured on {shipments:,} invented shipments (seed {seed}) in which every kind is planted beside look-alikes that must
not be flagged (`python -m benchmarks.typologies`). The inventor shares no word list with what finds them, but it is one
inventor, and it plants what the rules describe: these figures show that a rule does what it says, not how often the
world is so. `schemes` are true whether anybody meant them or not; precision and recall of *deliberate* ones are of
those that were meant, explained flags left out.

| typology | flags | schemes | precision | recall | precision (deliberate) | recall (deliberate) | explained |
|---|---:|---:|---:|---:|---:|---:|---:|
"""
_REAL = """
`vague_description` misses phrases that are in no list, `description_mismatch` words that the file itself uses for both
chapters, `fictitious_consignee` figures that are in no list. On 393,160 order lines of a real shop (UCI Online Retail
II, CC BY 4.0) in which nobody undervalues for customs, `undervaluation` names 103 (0.03%): clearance sales.
Of 50,578 spellings of historical names (Splink's set, with errors put in) 12 look invented to `fictitious_consignee`,
being mostly digits; of 20,000 made-up names, 3,337 organisations and 690 real addresses with a ZIP code none does.
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
        f"- **at stake**: {row['at_stake']}",
        f"- **where nothing is wrong**: {benign}",
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
    for row in rows:
        meant = (
            (f"{row['deliberate_precision']}", f"{row['deliberate_recall']}") if row["deliberate"] != "0" else ("", "")
        )
        figures = (row["flags"], row["schemes"], row["precision"], row["recall"], *meant, row["explained"])
        lines.append(f"| `{row['typology']}` | {' | '.join(figures)} |")
    return "\n".join([*lines, _REAL])


if __name__ == "__main__":
    (_DOCS / "typologies.md").write_text(page(), encoding="utf-8")
