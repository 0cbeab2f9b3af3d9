"""How a run wants the open questions of exposure answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.contracts import parameters
from analytics.contracts.steps import ParameterValue
from analytics.errors import UsageError

__all__ = ["PARAMETERS", "Settings"]

_CHOICES = {
    "contested_ieepa": ("excluded", "included"),
    "contested_s122": ("included", "excluded"),
    "culpability": ("negligence", "gross_negligence", "fraud"),
    "mpf_entries": ("per_shipment", "consolidated"),
    "boundary": ("over", "at"),
}
PARAMETERS = ("regime", *_CHOICES, "interest_until")
_NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Settings:
    """The answers of one run.

    Attributes
    ----------
    regime : str
        Whose law.
    counted : tuple of str
        The switches of contested duties that are in the headline.
    culpability : str
        Whose penalty is shown.
    is_consolidated : bool
        The processing fee is for one entry of a day, not for one of each shipment.
    is_limit_over : bool
        A total of exactly the limit is over it.
    interest_until : date or None
        Day up to which interest runs; None where none is asked for.
    """

    regime: str = "us"
    counted: tuple[str, ...] = ("contested_s122",)
    culpability: str = "negligence"
    is_consolidated: bool = False
    is_limit_over: bool = False
    interest_until: date | None = None

    @classmethod
    def of(cls, params: Mapping[str, ParameterValue]) -> Settings:
        """Read them from the parameters of a run; one that is not given has its default.

        Raises
        ------
        UsageError
            An answer is none of those there are.
        """
        params = {**{name: parameters.PARAMETERS[name].default for name in PARAMETERS}, **params}
        for name, choices in _CHOICES.items():
            if params[name] not in choices:
                raise UsageError(f"parameter {name!r} is {params[name]!r}; give one of: {', '.join(choices)}")
        until = params["interest_until"]
        return cls(
            regime=str(params["regime"]),
            counted=tuple(name for name in ("contested_ieepa", "contested_s122") if params[name] == "included"),
            culpability=str(params["culpability"]),
            is_consolidated=params["mpf_entries"] == "consolidated",
            is_limit_over=params["boundary"] == "at",
            interest_until=until if isinstance(until, date) and until < _NEVER else None,
        )
