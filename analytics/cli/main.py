"""The door: verbs, options, exit codes.

Exit codes: 0 done; 1 the run failed; 2 the call or the input is wrong; 130 interrupted.
"""

from __future__ import annotations

import os
import sys

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


def main() -> None:
    """Run the command and turn every outcome into its exit code."""
    try:
        app()
    except SplitshipError as error:
        _stop(str(error), error, error.exit_code)
    except KeyboardInterrupt:
        note("interrupted; the store is as it was before")
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _stop(f"{error.filename or 'a file'}: {error.strerror}. Free the place or name another.", error, 1)


def _stop(message: str, error: BaseException, code: int) -> None:
    if os.environ.get("SPLITSHIP_DEBUG"):
        raise error
    note(f"splitship: {message}")
    sys.exit(code)
