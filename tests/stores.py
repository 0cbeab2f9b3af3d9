"""A store as another program would have written it."""

from dataclasses import replace
from pathlib import Path

from analytics.store.contents import measured
from analytics.store.state import read_state, write_state


def list_again(root: Path, file: Path) -> None:
    """Put down a file of a store in its list as it lies there now."""
    state = read_state(root)
    write_state(root, replace(state, contents={**state.contents, **measured(root, [file])}))
