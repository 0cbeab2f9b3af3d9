"""Is the line where it should be? A random sample from below it, judged blind, bounds what is missed."""

from __future__ import annotations

from analytics.statistics.below_line import Bound, bounds
from analytics.tuning.answers import Sample, Tuning, sample, tune
from analytics.tuning.samples import draw_sample
from analytics.tuning.sheets import take_sample

__all__ = ["Bound", "Sample", "Tuning", "bounds", "draw_sample", "sample", "take_sample", "tune"]
