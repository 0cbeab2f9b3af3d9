"""``python -m tests.mutation``: run mutants, and show those that nobody notices and no list holds.

Names of models and paths of modules choose some, else all that are watched run; ``--sample 50`` takes a share of their
mutants. ``--write`` puts what lives into ``survivors.csv``, takes out what is dead, and watches the names from now on.
"""

from __future__ import annotations

import argparse
import sys

from tests.mutation.gate import PYTHON, SQL, Result, keep, run

KINDS = {"sql": SQL, "python": PYTHON}


def main() -> int:
    """Run what was asked for; 1 where a mutant lives that should not."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("kind", nargs="?", choices=[*KINDS], help="models or modules; both where not said")
    parser.add_argument("names", nargs="*", help="models, or modules from analytics/ on")
    parser.add_argument("--sample", type=int, default=100, help="percent of all mutants")
    parser.add_argument("--write", action="store_true", help="put what lives into survivors.csv")
    asked = parser.parse_args()
    kinds = [KINDS[asked.kind]] if asked.kind else [*KINDS.values()]
    results = [run(kind, asked.names or kind.covered(), asked.sample) for kind in kinds]
    for result in results:
        _show(result)
        if asked.write:
            keep(result)
    return int(any(result.unlisted or result.broken for result in results))


def _show(result: Result) -> None:
    print(f"{result.mutants} mutants, {len(result.alive)} alive: {len(result.unlisted)} of them in no list")
    for title, found in (("alive", result.unlisted), ("listed and dead", result.stale)):
        for where, change, nth in found:
            tests = result.alive.get((where, change, nth))
            print(f"  {title}: {where} #{nth}: {change}" + (f" ({tests} tests)" if tests is not None else ""))
    for test in result.broken:
        print(f"  fails as it is: {test}")


if __name__ == "__main__":
    sys.exit(main())
