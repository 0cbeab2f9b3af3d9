"""Writes docs/regimes.md and docs/switches.md; `make docs` runs it, a test keeps them true."""

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
_TESTS = ("rulebook", "sql", "samples")
_TYPOLOGIES = {"entry_limit": "informal_entry_split", "lots_bar": "order_split", "relief": "consignment_split"}

_REGIMES = """# Regimes

Written by `make docs` from `sql/00_reference/` and the tests; do not edit. `splitship screen --regime NAME` applies
one, `splitship rules --regime NAME` shows it, and [adding one](add_a_regime.md) takes data files alone. Under a regime
only its own rows are held: no rate, fee, entry type or deadline of another is borrowed. Each has an example file in
[data_samples/_regimes](../data_samples/_regimes).

*Confidence* says what was seen of the source: **official** text, **secondary** account, **unverified**. *Tested by*
names the tests in which the rule decides something; a rule without one is told by `splitship rules` and raises nothing.
"""

_SWITCHES = """# Open questions of the law, as switches

Written by `make docs` from `analytics/contracts/switches.py`; do not edit. Each is set by one line under `[scenario]`
of the file given to `--config`, and kept with the run. `splitship switches` shows them, `splitship switches --toml`
prints a configuration with all of them. `tests/sql/test_switches.py` proves of each that it changes what it should and
nothing else.

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
        f"Days of {facts['time_zone']}; {facts['value_basis']} value; scopes are about the "
        f"{_words(facts['origin_basis'])}.",
        f"Over the limit: {facts['excess_mode'][0].lower()}{facts['excess_mode'][1:]}.",
        f"Claimed by entry type {', '.join(claiming.unique().sort())}.",
        *([facts["note"]] if facts["note"] else []),
    ]
    lines = [
        f"## {name}: {facts['name']}",
        "",
        " ".join(told),
        "",
        "| rule | what | adds up | limit | held | basis | fields | typology | tested by |",
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
        tests.get(row["rule_id"], "told, raises nothing" if row["kind"] == "penalty" else "told only"),
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
    lines = ["| # | switch | question | answers | changes | read by |", "|---|---|---|---|---|---|"]
    return "\n".join([_SWITCHES, *lines, *(_switch(switch, readers[switch.name]) for switch in SWITCHES), ""])


def _switch(switch: Switch, readers: tuple[str, ...]) -> str:
    answers = [
        f"{'**' if value == switch.default else ''}`{value}`{'**' if value == switch.default else ''}: {meaning}"
        for value, meaning in switch.answers.items()
    ]
    answers += [f"`{value}`: not taken; {reason}" for value, reason in switch.refused.items()]
    told = "<br>".join(answers) or f"a number; **{switch.default}**"
    if not readers and len(switch.answers) != 1:
        raise ValueError(f"{switch.name} has several answers and nothing reads it: a position that changes nothing.")
    by = ", ".join(f"`{name}`" if "_" in name else name for name in readers) or "has one answer"
    return f"| {switch.number} | `{switch.name}` | {switch.question} | {told} | {switch.changes} | {by} |"


if __name__ == "__main__":
    (_DOCS / "regimes.md").write_text(regimes(), encoding="utf-8")
    (_DOCS / "switches.md").write_text(switches(), encoding="utf-8")
