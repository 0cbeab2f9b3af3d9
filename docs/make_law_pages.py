"""Writes docs/regimes.md and docs/switches.md; `make docs` runs it, a test compares the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from analytics.contracts.reference import GROUPING_FIELDS, GROUPING_KEYS
from analytics.contracts.switches import SWITCHES, Switch
from analytics.rulebook import known_regimes, load_references
from analytics.screening import read_by

__all__ = ["regimes", "switches"]

_DOCS = Path(__file__).resolve().parent
_ROOT = _DOCS.parent
_EXAMPLES = "data_samples/_regimes/_expected.csv"
_TESTS = ("rulebook", "sql", "typologies", "samples")
_TYPOLOGIES = {
    "entry_limit": "informal_entry_split",
    "importer_bar": "foreign_importer_informal",
    "lots_bar": "order_split",
    "relief": "consignment_split",
}

_REGIMES = """# Regimes

`make docs` writes this page from `sql/00_reference/` and the tests. Do not edit it. `splitship screen --regime NAME`
applies a regime, and `splitship rules --regime NAME` shows it. [Adding a regime](add_a_regime.md) needs data files
only. A regime uses only its own rows: it takes no rate, fee, entry type or deadline from another. Each has an example
file in [data_samples/_regimes](../data_samples/_regimes).

*Confidence* rates the source: **official** text, **secondary** account, **unverified**. *Tested by* names the tests in
which the rule affects a result. `splitship rules` shows a rule without a test, and that rule raises no flag.
"""

_SWITCHES = """# Legal positions

A legal position is an open question of law with a chosen answer. `make docs` writes this page from
`analytics/contracts/switches.py`. Do not edit it. Set a position by one line under `[scenario]` of the file for
`--config`; the run keeps the answers. `splitship switches` shows the positions, and `splitship switches --toml` prints
a configuration with all of them. For each position, `tests/sql/test_switches.py` proves that it changes its own results
and nothing else. The default answer is in bold.

```toml
[scenario]
mail = "excluded"
boundary = "at"
```
"""


def regimes() -> str:
    """Return the page of regimes."""
    tables = load_references().tables
    tests = _tests()
    parts = [_regime(name, tables, tests) for name in sorted(known_regimes(), key=lambda name: (name != "us", name))]
    return "\n".join([_REGIMES, *parts])


def _regime(name: str, tables: dict[str, pl.DataFrame], tests: dict[str, str]) -> str:
    facts = tables["ref_regimes"].filter(regime=name).rows(named=True)[-1]
    limits = tables["ref_limits"].filter(regime=name).sort("kind", "provision", "valid_from", "rule_id")
    claiming = tables["ref_entry_types"].filter(pl.col("regime") == name, "claims_exemption")["entry_type"]
    told = [
        f"Time zone: {facts['time_zone']}. Value: {facts['value_basis']}. Origin scopes refer to the "
        f"{_words(facts['origin_basis'])}.",
        f"Excess over the limit: {facts['excess_mode'][0].lower()}{facts['excess_mode'][1:]}.",
        f"Entry types that claim the exemption: {', '.join(claiming.unique().sort())}.",
        *([facts["note"]] if facts["note"] else []),
    ]
    lines = [
        f"## {name}: {facts['name']}",
        "",
        " ".join(told),
        "",
        "| rule | provision | adds up | limit | in force | basis | fields | typology | tested by |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_rule(row, tests) for row in limits.iter_rows(named=True)),
        "",
    ]
    return "\n".join(lines)


def _rule(row: dict[str, Any], tests: dict[str, str]) -> str:
    limit = "" if row["limit_amount"] is None else f"{row['limit_amount']:,.2f} {row['limit_currency']}"
    scope = [f"{kind} {row[f'{kind}_scope']}" for kind in ("origin", "mode") if row[f"{kind}_scope"] != "ALL"]
    what = ", ".join([f"{row['provision']}: {_words(row['status'])}", *scope])
    fields = [*GROUPING_FIELDS[row["grouping_key"]], *(["origin_country"] if row["origin_scope"] != "ALL" else [])]
    fields += ["mode"] if row["mode_scope"] != "ALL" else []
    cells = [
        row["rule_id"],
        what.replace("|", " or "),
        GROUPING_KEYS[row["grouping_key"]],
        limit,
        f"{row['valid_from']} to {row['valid_to'] or 'further notice'}"
        + (f", if the suspension is {row['if_suspension']}" if row["if_suspension"] else ""),
        f"{row['source']} (**{row['confidence']}**)",
        ", ".join(f"`{field}`" for field in fields),
        _typology(row),
        tests.get(row["rule_id"], "shown, raises no flag" if row["kind"] == "penalty" else "shown only"),
    ]
    return f"| {' | '.join(cells)} |"


def _typology(row: dict[str, Any]) -> str:
    if row["kind"] == "penalty":
        return ""
    if row["kind"] == "exemption":
        if row["status"] != "eligible":
            return "`suspended_claim`"
        return "`daily_limit`" if row["grouping_key"] == "person_day" else "`consignment_split`"
    name = _TYPOLOGIES[row["kind"]]
    return f"`{'consignment_split' if row['kind'] == 'lots_bar' and row['grouping_key'] != 'order' else name}`"


def _tests() -> dict[str, str]:
    """Return, for each rule, the tests of the law that name it; the expected flags of an example count too."""
    paths = sorted(path for folder in _TESTS for path in (_ROOT / "tests" / folder).rglob("test_*.py"))
    files = {path.relative_to(_ROOT).as_posix(): path.read_text() for path in paths}
    files["tests/samples/test_regimes.py"] = (_ROOT / _EXAMPLES).read_text()
    found = {}
    for rule in load_references().tables["ref_limits"]["rule_id"].unique().sort():
        names = [name for name, text in sorted(files.items()) if f'{rule}"' in text or f",{rule}," in text]
        if names:
            found[rule] = ", ".join(f"[{Path(name).stem}](../{name})" for name in names)
    return found


def _words(text: str) -> str:
    return text.replace("_", " ")


def switches() -> str:
    """Return the page of switches."""
    readers = read_by()
    lines = ["| # | position | question | answers | effect | read by |", "|---|---|---|---|---|---|"]
    return "\n".join([_SWITCHES, *lines, *(_switch(switch, readers[switch.name]) for switch in SWITCHES), ""])


def _switch(switch: Switch, readers: tuple[str, ...]) -> str:
    answers = [
        f"{'**' if value == switch.default else ''}`{value}`{'**' if value == switch.default else ''}: {meaning}"
        for value, meaning in switch.answers.items()
    ]
    answers += [f"`{value}`: rejected; {reason}" for value, reason in switch.refused.items()]
    told = "<br>".join(answers) or f"a number; **{switch.default}**"
    if not readers and len(switch.answers) != 1:
        raise ValueError(
            f"{switch.name} has several answers, and no model reads it. Bind it in a model or leave it one answer."
        )
    by = ", ".join(f"`{name}`" if "_" in name else name for name in readers) or "has one answer"
    return f"| {switch.number} | `{switch.name}` | {switch.question} | {told} | {switch.changes} | {by} |"


if __name__ == "__main__":
    (_DOCS / "regimes.md").write_text(regimes(), encoding="utf-8")
    (_DOCS / "switches.md").write_text(switches(), encoding="utf-8")
