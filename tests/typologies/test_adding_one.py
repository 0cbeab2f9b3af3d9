"""The page docs/add_a_typology.md does what it says: its files make a typology, and nothing else has to change."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "add_a_typology.md"
NAME = "repeated_value"
FILE = re.compile(r"^`(?P<path>[\w/.]+)`(?:: an empty file\.|:\n\n```\w+\n(?P<text>.*?)```)$", re.M | re.S)
PARTS = ("analytics", "benchmarks", "docs", "sql", "tests")
GENERATED = {
    "docs/img/lineage.svg", "docs/lineage.md", "docs/typologies.md",
    "sql/20_intermediate/flags/int_measures__united.sql", "sql/20_intermediate/flags/int_members__united.sql",
    "tests/sql/golden_spark/int_measures__united.sql", "tests/sql/golden_spark/int_members__united.sql",
    f"tests/sql/golden_spark/int_measures__{NAME}.sql", f"tests/sql/golden_spark/int_members__{NAME}.sql",
}  # fmt: skip
COMMAND = "from analytics.cli.main import main; main()"
SHIPMENTS = """shipment_id,arrival_date,consignee_name,consignee_address,consignee_postal_code,consignee_country,\
declared_value,currency,entry_type,mode,origin_country,seller_id,product_id
A1,2025-01-13,Maria Lopez,12 Elm St,07102,US,49.00,USD,86,air,JP,S1,P1
A2,2025-01-14,John Smith,9 Oak Ave,10001,US,49.00,USD,86,air,JP,S1,P1
A3,2025-01-15,Ana Diaz,3 Pine Rd,60601,US,49.00,USD,86,air,JP,S1,P1
B1,2025-01-15,Li Wei,7 Main St,94103,US,49.00,USD,86,air,JP,S2,P1
"""
TOLD = """
import json, sys
import analytics
from pathlib import Path
run = analytics.open_store("store")
flags = run.table("flags").filter(typology=sys.argv[1]).collect()
status = run.table("typology_status").filter(typology=sys.argv[1]).collect()
report = Path(run.report(out="report.html")).read_text()
print(json.dumps({"flags": flags.to_dicts(), "status": status.to_dicts(), "report": report}, default=str))
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the tree with the files of the page in it, and what is generated made anew."""
    copy = tmp_path_factory.mktemp("tree")
    for part in PARTS:
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name in ("Makefile", "pyproject.toml", "README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, copy / name)
    before = texts(copy)
    for found in FILE.finditer(PAGE.read_text(encoding="utf-8")):
        path = copy / found["path"]
        path.parent.mkdir(exist_ok=True)
        path.write_text(found["text"] or "", encoding="utf-8")
    for command in generators():
        python(copy, *command)
    return copy, before


def texts(copy):
    files = (path for path in copy.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(copy)): path.read_bytes() for path in files if ".cache" not in str(path)}


def generators():
    """What `make typologies` runs."""
    target = (ROOT / "Makefile").read_text().split("\ntypologies:")[1].split("\n\n")[0]
    return [line.split()[1:] for line in target.splitlines() if line.startswith("\t")]


def python(copy, *arguments):
    known = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], check=False, cwd=copy, env=known, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done


def test_only_its_folders_and_what_is_generated_change(tree):
    copy, before = tree
    after = texts(copy)
    changed = {path for path in after if after[path] != before.get(path)}
    own = {path for path in changed if f"typologies/{NAME}/" in path}
    assert len(own) == 8
    assert changed - own <= GENERATED
    assert set(before) <= set(after)


def test_the_house_and_its_own_tests_hold(tree):
    copy, _ = tree
    tests = [f"tests/typologies/{NAME}", "tests/house/test_typologies.py", "tests/typologies/test_registry.py"]
    python(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    shared = "registry or unions or columns or tables"
    python(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", shared, "tests/sql/test_typologies.py")
    python(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", NAME, "tests/house/test_sql.py")


def test_a_small_file_is_screened_with_it(tree):
    copy, _ = tree
    (copy / "shipments.csv").write_text(SHIPMENTS)
    screened = python(copy, "-c", COMMAND, "screen", "shipments.csv", "--store", "store")
    told = json.loads(python(copy, "-c", TOLD, NAME).stdout)
    (flag,), (status,) = told["flags"], told["status"]
    assert flag["reason"] == "3 shipments of one seller and week are each declared at USD 49.00."
    assert flag["shipments"] == 3
    assert "They are of one product, which may have one price." in flag["counter_reasons"]
    assert "one price for all goods of a shop; a set" in flag["counter_reasons"]
    assert (status["tested"], status["rows"], status["flags"]) == ("yes", 4, 1)
    assert "One value for many" in told["report"]
    assert f"1  {NAME}" in screened.stderr


def test_its_scheme_is_planted_and_nothing_else_is_planted_otherwise(tree, tmp_path):
    copy, _ = tree
    made = "import analytics, sys; analytics.synthesize(sys.argv[1], shipments=4000)"
    python(copy, "-c", made, str(tmp_path / "with"))
    python(ROOT, "-c", made, str(tmp_path / "without"))
    told, plain = ((tmp_path / name / "truth_flags.csv").read_text().splitlines() for name in ("with", "without"))
    assert [line for line in told if NAME not in line] == plain
    assert len(told) >= len(plain) + 3
