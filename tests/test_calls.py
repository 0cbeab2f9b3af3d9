"""What is checked of an argument, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

import pytest

from analytics.calls import checked, checked_methods
from analytics.errors import UsageError


class Tables(Protocol):
    def table(self) -> None: ...


@checked
def call(
    day: date | None = None,
    share: float = 0.5,
    names: Sequence[str] = (),
    folder: str | Path = "",
    form: Literal["a", "b"] = "a",
    answers: Mapping[str, int] | None = None,
    tables: Tables | None = None,
    anything: Any = None,
) -> str:
    """Do nothing."""
    return "done"


@pytest.mark.parametrize(
    "given",
    [
        {}, {"day": date(2025, 1, 1)}, {"share": 1}, {"names": ("a",)}, {"names": ["a", "b"]}, {"folder": Path()},
        {"form": "b"}, {"answers": {"a": 1}}, {"tables": object()}, {"anything": object()},
    ],
)  # fmt: skip
def test_what_is_declared_is_taken(given):
    assert call(**given) == "done"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": datetime(2025, 1, 1)}, "day is datetime datetime.datetime"),
        ({"share": True}, "share is bool True. Give a number."),
        ({"names": "ab"}, "names is str 'ab'. Give a list (a text)."),
        ({"names": [1]}, "names is a list. Give a list (a text)."),
        ({"folder": None}, "folder is None. Give a text or a path."),
        ({"form": "c"}, "form is str 'c'. Give 'a' or 'b'."),
        ({"answers": {"a": "1"}}, "answers is a dict. Give a dict."),
    ],
)
def test_anything_else_is_named_with_what_is_accepted(given, said):
    with pytest.raises(UsageError) as told:
        call(**given)
    assert f"call: {said}" in str(told.value)


def test_a_missing_argument_is_left_to_python():
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        call(nothing=1)


def test_properties_and_private_methods_stay_as_they_are():
    class Plain:
        def one(self, number: int) -> int:
            return self._two(str(number))

        def _two(self, number: int) -> int:
            return int(number)

        @property
        def three(self) -> int:
            return 3

    assert (checked_methods(Plain)().one(1), Plain().three) == (1, 3)
    with pytest.raises(UsageError, match="one: number is str '1'"):
        Plain().one("1")
