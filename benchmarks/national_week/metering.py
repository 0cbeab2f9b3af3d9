"""Time, CPU, peak memory and bytes written of every stage of a screening, from one call of its progress to the next."""

from __future__ import annotations

import time
from pathlib import Path

__all__ = ["BEFORE", "Meter", "Stage", "bytes_written"]

Stage = tuple[str, float, float, float, int]
"""What is told of a stage: its name, seconds, CPU seconds, peak memory in MB, bytes written to files."""

BEFORE = "starting"
"""What is behind when a screening first says what it does."""
_RESETS_PEAK = "5"
"""What the kernel takes as: the peak of resident memory begins anew (man 5 proc, ``clear_refs``)."""


class Meter:
    """Takes what a screening says of its progress, and knows what each stage took.

    Attributes
    ----------
    passed : list of (float, int, int)
        Moment of each call, in seconds; how much was done then, and how much there was.
    """

    def __init__(self) -> None:
        self.passed: list[tuple[float, int, int]] = []
        self._stages: list[Stage] = []
        self._begin(BEFORE)

    def __call__(self, said: str, done: int, total: int) -> None:
        """End the stage before, and begin that of which is said that it begins."""
        self._end()
        self._begin(_stage(said))
        self.passed.append((time.perf_counter(), done, total))

    def stages(self) -> list[Stage]:
        """End the last stage, and return all as they came.

        Memory is nan where the kernel does not tell it stage by stage.
        """
        self._end()
        return self._stages

    def _begin(self, name: str) -> None:
        self._name, self._wall, self._cpu = name, time.perf_counter(), time.process_time()
        self._written = bytes_written()
        self._knows = _peak_begins_anew()

    def _end(self) -> None:
        peak = _peak() if self._knows else float("nan")
        seconds, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        self._stages.append((self._name, seconds, cpu, peak, bytes_written() - self._written))


def bytes_written() -> int:
    """Bytes that this process has written so far; 0 where the kernel does not tell."""
    try:
        lines = Path("/proc/self/io").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


def _stage(said: str) -> str:
    """Name a stage as the page does: without the path of a file, and without what memory a step said it needs."""
    if "/" in said:
        return said.rsplit(": ", 1)[-1]
    return said.split(": ", maxsplit=1)[0].replace(" ", "_")


def _peak_begins_anew() -> bool:
    try:
        Path("/proc/self/clear_refs").write_text(_RESETS_PEAK)
    except OSError:
        return False
    return True


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
