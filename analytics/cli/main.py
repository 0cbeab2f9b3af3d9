"""The door: verbs, options, exit codes.

Exit codes: 0 done; 1 the run failed; 2 the call or the input is wrong; 130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from analytics.cli import verbs
from analytics.cli.narration import note
from analytics.errors import SplitshipError

__all__ = ["app", "main"]

app = typer.Typer(
    name="splitship",
    help="Find shipments split to stay under a duty-free or informal-entry limit, under the law in force on the day.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
verbs.register(app)

_INTERRUPTED = 130
_AS_BEFORE = "interrupted; the store is as it was before"


def main() -> None:
    """Run the command and turn every outcome into its exit code."""
    with _heeded() as interrupts:
        try:
            app()
        except SystemExit as ending:
            if ending.code == _INTERRUPTED:
                note(_AS_BEFORE)
            raise
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (Exception, KeyboardInterrupt) as error:
            if os.environ.get("SPLITSHIP_DEBUG"):
                raise
            message, code = (_AS_BEFORE, _INTERRUPTED) if interrupts else _told(error)
            note(message)
            sys.exit(code)


@contextmanager
def _heeded() -> Iterator[list[int]]:
    """Yield what fills when the user interrupts: libraries turn that into errors of their own.

    Where the caller had interrupts ignored, as ``nohup`` does, they stay ignored.
    """
    interrupts: list[int] = []

    def heed(number: int, frame: FrameType | None) -> None:
        interrupts.append(number)
        signal.default_int_handler(number, frame)

    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, heed)
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, before)


def _told(error: BaseException) -> tuple[str, int]:
    """Return what to say of an error, and its exit code; one that nobody foresaw may quote data, so only its kind."""
    if isinstance(error, SplitshipError):
        return f"splitship: {error}", error.exit_code
    if isinstance(error, OSError) and error.strerror:
        return f"splitship: {error.filename or 'a file'}: {error.strerror}. Free the place or name another.", 1
    return f"splitship: stopped by {type(error).__name__}. Set SPLITSHIP_DEBUG=1 and run again to see where.", 1
