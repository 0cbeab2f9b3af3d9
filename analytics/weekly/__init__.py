"""One command for Monday: what is new in a folder is screened, and the last week that is over is written.

`look` at the folder (`inbox`), screen what is new (`taking`), choose the week (`weeks`), say what changed (`changes`),
put its folder in place (`printing`); `run_week` does all of it.
"""

from __future__ import annotations

from analytics.weekly.running import WeekRun, run_week

__all__ = ["WeekRun", "run_week"]
