"""The parameters of a run: each declared once, with its type and default.

A parameter is how much of something we ask for (pieces, days, rows). What changes with place or time is no parameter
but a dated row of a reference table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.contracts.steps import ParameterValue
from analytics.errors import UsageError

__all__ = ["PARAMETERS", "Parameter", "resolve_parameters"]


@dataclass(frozen=True)
class Parameter:
    """A named value that models bind as ``$name``.

    Attributes
    ----------
    name : str
        As the SQL writes it, without the dollar.
    kind : type
        int, str, bool, date or Decimal.
    default : object
        Used where a run does not set it.
    description : str
        What it means, with its unit.
    """

    name: str
    kind: type
    default: ParameterValue
    description: str


_DECLARED = (
    Parameter("regime", str, "us", "Whose law is applied"),
    Parameter("run_id", str, "", "The run that is working; written into logs only"),
    Parameter("from_date", date, date(1, 1, 1), "First arrival day that is screened"),
    Parameter("to_date", date, date(9999, 12, 31), "Last arrival day that is screened"),
    Parameter("min_pieces", int, 2, "Pieces that make a split; one shipment alone never is"),
    Parameter("max_order_gap_days", int, 180, "Days after which the same order number is another order"),
    Parameter("max_number_gap_days", int, 365, "Days after which the same shipment number is a new shipment"),
    Parameter("max_lots_of_order", int, 20, "Suffixed numbers that may be lots of one order; more are a series"),
    Parameter("min_order_number_length", int, 8, "Characters of an order number that needs no issuer to be told apart"),
    Parameter("doubtful_probability", Decimal, Decimal("0.9"), "Below it a flag says that its identity is doubtful"),
    Parameter("field_separator", str, "\x1f", "Stands between the fields that are hashed into an alias_id"),
    Parameter("id_digits", int, 16, "Hexadecimal digits of an id"),
    Parameter("score_digits", int, 6, "Places that scores and probabilities are rounded to"),
    Parameter("max_block", int, 30, "Parties that share a blocking key and are still compared each with each"),
    Parameter("window_size", int, 3, "Neighbours by name that a party of a larger block is compared with"),
    Parameter("contested_ieepa", str, "excluded", "Duties under the emergency powers act: excluded or included"),
    Parameter("contested_s122", str, "included", "Section 122 duties: included, and flagged, or excluded"),
    Parameter("culpability", str, "negligence", "Whose penalty is shown: negligence, gross_negligence or fraud"),
    Parameter("mpf_entries", str, "per_shipment", "Entries the processing fee is for: per_shipment or consolidated"),
    Parameter("interest_until", date, date(9999, 12, 31), "Day up to which interest runs; far off: none is reckoned"),
)

PARAMETERS: dict[str, Parameter] = {parameter.name: parameter for parameter in _DECLARED}


def resolve_parameters(given: Mapping[str, Any]) -> dict[str, ParameterValue]:
    """Return every parameter with the value of this run.

    Parameters
    ----------
    given : mapping
        Values that differ from the default, by name.

    Returns
    -------
    dict
        Name to value, for every declared parameter.

    Raises
    ------
    UsageError
        A name is not declared, or a value is not of the declared type.
    """
    unknown = sorted(set(given) - set(PARAMETERS))
    if unknown:
        raise UsageError(f"unknown parameter {unknown[0]!r}; there are: {', '.join(sorted(PARAMETERS))}")
    values: dict[str, ParameterValue] = {}
    for name, parameter in PARAMETERS.items():
        value: ParameterValue = given.get(name, parameter.default)
        if type(value) is not parameter.kind:  # a bool is an int, a datetime is a date: neither is meant
            found = type(value).__name__
            raise UsageError(f"parameter {name!r} is {found} {value!r}; give a {parameter.kind.__name__}")
        values[name] = value
    return values
