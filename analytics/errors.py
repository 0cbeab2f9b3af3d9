"""Every error that splitship raises on purpose.

::

    SplitshipError                what a caller may catch to catch them all
    ├── UsageError                the call is wrong: an option, a name, a date         (exit 2)
    │   ├── UnknownTable          no table of that name is published
    │   ├── UnknownCase           no case of that number
    │   ├── IllegalTransition     the state of a case does not allow it
    │   └── NotAllowed            the role does not allow it
    ├── InputError                what was handed in is wrong                          (exit 2)
    │   ├── AmbiguousInput        a heading, date order or decimal mark has two readings
    │   ├── MappingError          a mapping file does not fit
    │   │   └── MissingColumns    one sheet of several lacks a column that every row needs
    │   ├── RulesError            a reference table breaks its contract
    │   └── UnreadableFile        a file cannot be opened or decoded
    │       └── NoTable           a sheet is empty or has no headings
    ├── StoreError                the store cannot be used as it stands                (exit 2)
    │   ├── StoreDamaged          a file that it lists is missing or altered
    │   ├── StoreLocked           another run is writing to it
    │   ├── StoreMissing          nothing has been screened into it
    │   ├── KeyMissing            it holds hashed tax ids and their key is gone
    │   └── LedgerError           its cases cannot be used as they stand
    │       ├── ForeignLedger     they belong to another store
    │       └── StaleCase         somebody wrote to the case meanwhile
    ├── RunsAlready               another weekly run is at work                        (exit 4)
    ├── ContractError             a table of ours breaks what it promises              (exit 1)
    └── StepFailed                a step of the pipeline failed                        (exit 1)

A message says what broke, where, what was there and what to do. It never holds a name, an address or a tax id of a
consignee: messages end up in logs and tickets. What a file name or a URL in it could do to a terminal, or give away, is
taken out here, so that no caller has to think of it; `shown_cause` does so for the error of a library.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from difflib import get_close_matches

from analytics.showing import printable, without_secrets

__all__ = [
    "AmbiguousInput",
    "ContractError",
    "ForeignLedger",
    "IllegalTransition",
    "InputError",
    "KeyMissing",
    "LedgerError",
    "MappingError",
    "MissingColumns",
    "NoTable",
    "NotAllowed",
    "RulesError",
    "RunsAlready",
    "SplitshipError",
    "StaleCase",
    "StepFailed",
    "StoreDamaged",
    "StoreError",
    "StoreLocked",
    "StoreMissing",
    "UnknownCase",
    "UnknownTable",
    "UnreadableFile",
    "UsageError",
    "did_you_mean",
    "shown_cause",
]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Ask ``Did you mean one or other?`` of the names that are most like one; empty where none is like it.

    >>> did_you_mean("daily_limt", ["daily_limit", "order_split"]), did_you_mean("x", ["order_split"])
    ('Did you mean daily_limit?', '')
    """
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else ""


class SplitshipError(Exception):
    """Base of every error raised on purpose; ``exit_code`` is what the command returns."""

    exit_code = 1

    def __init__(self, message: str = "") -> None:
        super().__init__(printable(without_secrets(message)))


class UsageError(SplitshipError):
    """The call itself is wrong."""

    exit_code = 2


class UnknownTable(UsageError):
    """No table of that name is published."""


class UnknownCase(UsageError):
    """There is no case of that number."""


class IllegalTransition(UsageError):
    """The state of a case does not allow what was asked."""


class NotAllowed(UsageError):
    """The role of the caller does not allow what was asked."""


class InputError(SplitshipError):
    """What was handed in is wrong as a whole; a single wrong row goes to ``rejected`` instead.

    Attributes
    ----------
    questions : tuple
        What must be answered, where that is all (`analytics.ingest.questions`).
    """

    exit_code = 2

    def __init__(self, message: str, questions: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.questions = questions


class AmbiguousInput(InputError):
    """A heading, date order or decimal mark can be read in two ways, and we do not guess."""


class MappingError(InputError):
    """A mapping file does not fit the input or is not well formed."""


class MissingColumns(MappingError):
    """One sheet of several has no heading that is understood as a column that every row needs; it is left out."""


class RulesError(InputError):
    """A reference table breaks its contract: a gap, an overlap, a missing source, an unknown column."""


class UnreadableFile(InputError):
    """A file cannot be opened, decoded or recognised."""


class NoTable(UnreadableFile):
    """A sheet is empty or has no headings."""


class StoreError(SplitshipError):
    """The store cannot be used as it stands."""

    exit_code = 2


class StoreDamaged(StoreError):
    """A file that the store lists is missing, or is not as it was written."""


class StoreLocked(StoreError):
    """Another run is writing to the store."""


class StoreMissing(StoreError):
    """There is no store at that place, or nothing has been screened into it."""


class KeyMissing(StoreError):
    """The store holds keyed hashes of tax ids and the key cannot be found."""


class LedgerError(StoreError):
    """The cases of a store cannot be used as they stand."""


class ForeignLedger(LedgerError):
    """The cases in a database belong to another store, or the store has its cases in another database."""


class StaleCase(LedgerError):
    """Somebody wrote to a case after it was read."""


class RunsAlready(SplitshipError):
    """Another run of the same work goes on: nothing is wrong, and nothing was done."""

    exit_code = 4


class ContractError(SplitshipError):
    """A table of ours breaks what it promises: grain, columns, or a check."""


class StepFailed(SplitshipError):
    """A step of the pipeline failed; the message names the step, its file and the statement."""


def shown_cause(error: BaseException) -> BaseException | None:
    """Return what an error is raised from: engines quote values of the data, so None unless debugging was asked for.

    Parameters
    ----------
    error : BaseException
        An engine's error.
    """
    return error if os.environ.get("SPLITSHIP_DEBUG") else None
