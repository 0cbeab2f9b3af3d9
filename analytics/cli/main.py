"""The door: verbs, options, exit codes.

Exit codes: 0 done; 1 the run failed; 2 the call or the input is wrong; 130 interrupted.
"""

from __future__ import annotations

import errno
import io
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer

from analytics.cli.lazy import Verbs
from analytics.cli.narration import note, say
from analytics.errors import SplitshipError

__all__ = ["app", "main"]

app = typer.Typer(
    name="splitship",
    cls=Verbs,
    help="Find shipments split to stay under a duty-free or informal-entry limit, under the law in force on the day.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_INTERRUPTED = 130
_NUMBER = re.compile(r"\(os error (\d+)\)")
_AS_BEFORE = "interrupted; the store is as it was before, or holds all of this run"


@app.callback()
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """Find shipments split to stay under a duty-free or informal-entry limit, under the law in force on the day."""
    if version:
        from importlib.metadata import version as installed

        say(installed("splitship"))
        raise typer.Exit


def main() -> None:
    """Run the command and turn every outcome into its exit code."""
    _open_streams()
    with _heeded() as interrupts:
        try:
            try:
                app()
            finally:
                sys.stdout.flush()  # the library may end by itself, and what is left to print has to be missed here
        except SystemExit as ending:
            if isinstance(ending.__context__, BrokenPipeError):  # the library makes this of it
                _say_no_more()
                return
            if ending.code == _INTERRUPTED:
                note(_AS_BEFORE)
            raise
        except BrokenPipeError:
            _say_no_more()
        except (Exception, KeyboardInterrupt) as error:
            if os.strerror(errno.EPIPE) in str(error):
                _say_no_more()
                return
            if os.environ.get("SPLITSHIP_DEBUG"):
                raise
            message, code = (_AS_BEFORE, _INTERRUPTED) if interrupts else _told(error)
            note(message)
            sys.exit(code)


def _open_streams() -> None:
    """Open a closed stream on nothing, so that no file takes its number, and print any name in any locale."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say_no_more() -> None:
    """Let nobody miss what is left to print: who read it has gone, as ``head`` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


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


def _reason(error: OSError) -> str | None:
    """Return why the system refused: libraries written in Rust leave its number in their text."""
    number = _NUMBER.search(str(error))
    return error.strerror or (os.strerror(int(number[1])) if number else None)


def _told(error: BaseException) -> tuple[str, int]:
    """Return what to say of an error, and its exit code; one that nobody foresaw may quote data, so only its kind."""
    if isinstance(error, SplitshipError):
        return f"splitship: {error}", error.exit_code
    if isinstance(error, OSError) and (reason := _reason(error)):
        return f"splitship: {error.filename or 'a file'}: {reason}. Free the place or name another.", 1
    if os.strerror(errno.ENOSPC) in str(error):  # whatever a library makes of it
        return f"splitship: {os.strerror(errno.ENOSPC)}. Free some, or name another place by --store or --out.", 1
    return f"splitship: stopped by {type(error).__name__}. Set SPLITSHIP_DEBUG=1 and run again to see where.", 1


if __name__ == "__main__":
    main()
