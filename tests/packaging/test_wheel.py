"""A built wheel works in an empty environment elsewhere."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def run(*command, cwd, check=True):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT, cwd=out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory):
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home / "env", with_pip=True)
    python = home / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "--require-hashes", "-r", ROOT / "requirements" / "run.txt", cwd=home)
    run(python, "-m", "pip", "install", "-q", "--no-deps", wheel, cwd=home)
    return home


def test_the_models_and_the_word_lists_travel_inside(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    in_wheel = {Path(name).relative_to("analytics/_sql") for name in names if name.startswith("analytics/_sql/")}
    here = {path.relative_to(ROOT / "sql") for path in (ROOT / "sql").rglob("*") if path.is_file()}
    assert in_wheel == here
    data = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "analytics").rglob("*")
        if path.suffix in {".csv", ".json", ".toml", ".txt"}
    }
    assert data <= set(names)


def test_screens_reports_and_exports_far_from_the_checkout(elsewhere):
    splitship = elsewhere / "env" / "bin" / "splitship"
    run(splitship, "synth", "made", "--shipments", 1_000, "--weeks", 4, cwd=elsewhere)
    run(splitship, "screen", "made/shipments.csv", "--no-progress", cwd=elsewhere)
    run(splitship, "report", "--out", "report.html", cwd=elsewhere)
    shown = run(splitship, "export", "typology_status", cwd=elsewhere).stdout
    assert shown.startswith("typology,tested,rows,shipments,flags")
    assert (elsewhere / "report.html").stat().st_size > 100_000
