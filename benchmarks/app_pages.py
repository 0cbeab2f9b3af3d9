"""The pages of the app on a store of a million shipments and ten thousand cases: how long each takes, and its memory.

    python -m benchmarks.app_pages --shipments 1000000

It prints a Markdown page and writes it to benchmarks/results/app_pages.md. The invented week has twice the usual
schemes, and every flag opens a case.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

import analytics
from benchmarks.national_week.making import make_week
from benchmarks.where import where

RESULT = Path(__file__).resolve().parent / "results" / "app_pages.md"
TAX_KEY = "splitship-demo-key-published-not-secret"
KEPT = """
select * from read_parquet($made)
where
    cast(substr(shipment_id, 2) as bigint) < $others
    or hash((cast(substr(shipment_id, 2) as bigint) // 4) * 31 + 7) % 1000 < 20
"""
SETTINGS = '[[open]]\ntypology = "*"\nmin_value_usd = 0\n'
TIMES = 3
PAGES = {
    "queue": "/queue",
    "queue, by value, page 40": "/queue?sort=value_usd&page=40",
    "queue, by text": "/queue?text=US-C&state=new",
    "a case": "/case/{case}",
    "review": "/review",
    "search for a name": "/search?q=maria+lopez",
    "search for a number": "/search?q=S1000",
    "this week": "/week",
    "rules": "/rules",
    "runs": "/runs",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipments", type=int, default=1_000_000, help="shipments of the store")
    call = parser.parse_args()
    os.environ["SPLITSHIP_TAX_KEY"] = TAX_KEY
    with tempfile.TemporaryDirectory() as folder:
        page = _page(call.shipments, _measured(_store(Path(folder), call.shipments)))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(page, encoding="utf-8")
    print(page)


def _store(folder: Path, shipments: int) -> Path:
    """Screen an invented week with twice the usual schemes, and have every flag open a case."""
    make_week(folder / "made.parquet", 2 * shipments)
    with duckdb.connect() as connection:
        asked = {"made": str(folder / "made.parquet"), "others": shipments - shipments // 25}
        connection.execute(f"copy ({KEPT}) to '{folder / 'week.parquet'}' (format parquet)", asked)
    code = "import analytics, sys; analytics.screen(sys.argv[1], sys.argv[2])"
    subprocess.run([sys.executable, "-c", code, str(folder / "week.parquet"), str(folder / "store")], check=True)
    (folder / "store" / "cases").mkdir()
    (folder / "store" / "cases" / "settings.toml").write_text(SETTINGS)
    return folder / "store"


def _measured(store: Path) -> dict[str, Any]:
    begun = time.perf_counter()
    cases = analytics.open_store(store).cases.cases()
    told: dict[str, Any] = {"opening": time.perf_counter() - begun, "cases": cases.height}
    command = [str(Path(sys.executable).with_name("splitship")), "app", "--store", str(store), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        told["pages"] = list(_visited(address, cases["case_id"][cases.height // 2], server.pid))
    finally:
        server.terminate()
        server.wait()
    return told


def _visited(address: str, case: str, process: int) -> Iterator[tuple[str, float, float, int]]:
    """Yield each page with the seconds of its first and its best later view, and the server's peak memory so far."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    root = address.split("/?", maxsplit=1)[0]
    yield "sign-in and first page", (first := _seconds(browser, address)), first, _peak(process)
    for name, path in PAGES.items():
        took = [_seconds(browser, root + path.format(case=case)) for _ in range(TIMES)]
        yield name, took[0], min(took[1:]), _peak(process)


def _seconds(browser: urllib.request.OpenerDirector, address: str) -> float:
    begun = time.perf_counter()
    with browser.open(address) as answer:
        answer.read()
    return time.perf_counter() - begun


def _peak(process: int) -> int:
    """Return the peak memory of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]


def _page(shipments: int, told: dict[str, Any]) -> str:
    rows = [f"| {name} | {first:.2f} s | {later:.2f} s | {peak:,} MB |" for name, first, later, peak in told["pages"]]
    return "\n".join(
        [
            "# Pages of the app",
            "",
            f"A store of {shipments:,} invented shipments and {told['cases']:,} cases, opened by a rule in"
            f" {told['opening']:.0f} s. Each page as a browser asks for it: its first view and the faster of two later"
            " ones. Memory is the server's peak so far.",
            "",
            where("DuckDB", "Polars", "Flask"),
            "",
            "| page | first view | later | peak memory |",
            "|---|---:|---:|---:|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    main()
