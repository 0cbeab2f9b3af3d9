"""The store: what is remembered and what is published, written whole or not at all."""

from __future__ import annotations

from analytics.store.contents import Fault
from analytics.store.judgements import judged
from analytics.store.logs import append_log, read_log
from analytics.store.nearest import nearest_ids
from analytics.store.reading import Store
from analytics.store.refits import in_force, log_table, refit_log, refit_table
from analytics.store.repairing import Repair, check, repair
from analytics.store.state import InputFile, RunRecord, StoreState
from analytics.store.writing import Transaction, begin

__all__ = [
    "Fault",
    "InputFile",
    "Repair",
    "RunRecord",
    "Store",
    "StoreState",
    "Transaction",
    "append_log",
    "begin",
    "check",
    "in_force",
    "judged",
    "log_table",
    "nearest_ids",
    "read_log",
    "refit_log",
    "refit_table",
    "repair",
]
