"""Runs in processes of their own, one after the other: nothing runs beside what is timed."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.identity.sets import DataSet

__all__ = ["FAILED", "in_child", "run_child"]

FAILED = "failed"
"""Key of what is told of a run that did not finish."""
ROOT = Path(__file__).parents[2]


def in_child(kind: str, **job: Any) -> dict[str, Any]:
    """Have a run of a kind done by another process, and read what it told.

    What the process prints is dropped: the peer prints a great deal. A process that dies, for want of memory say, is
    told as failed, and the page goes on.

    Parameters
    ----------
    kind : str
        ``ours``, ``peer``, ``withheld``, ``synth``, ``hard_pairs`` or ``near_names``.
    **job
        What `run_child` hands on; as JSON takes it.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "told.json"
        command = [sys.executable, "-m", "benchmarks.identity", "--child", kind, json.dumps(job), str(out)]
        errors = subprocess.DEVNULL if kind == "peer" else subprocess.PIPE
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=errors, cwd=ROOT)
        if done.returncode == 0:
            told: dict[str, Any] = json.loads(out.read_text())
            return told
        last = (done.stderr or b"").decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        return {FAILED: f"exit {done.returncode}: {last[0]}"}


def run_child(kind: str, job: dict[str, Any], out: Path) -> None:
    """Do one run in this process and write what it told."""
    told: Any
    if kind == "peer":
        from benchmarks.identity import peer

        told = peer.measured(DataSet.of(job["dataset"]), Path(job["file"]), job["variant"])
    elif kind in {"ours", "withheld"}:
        from benchmarks.identity import ours

        work = ours.measured if kind == "ours" else ours.withheld
        told = work(DataSet.of(job["dataset"]), Path(job["file"]))
    elif kind == "near_names":
        from benchmarks.identity import near_names

        told = near_names.near_names(**job)
    else:
        from benchmarks.identity import ourdata

        told = getattr(ourdata, kind)(**job)
    out.write_text(json.dumps(told))
