"""The parameters of a run: each declared once, with its type and default.

A parameter is how much of something we ask for (shipments, days, rows). What changes with place or time is no parameter
but a dated row of a reference table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.contracts.steps import ParameterValue
from analytics.contracts.switches import SWITCHES, Switch
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
    choices : tuple of str
        The values it may have; empty where any of its kind will do.
    refused : mapping
        Values that may be meant and are not there, each with the reason.
    minimum : int or None
        The least it may be.
    """

    name: str
    kind: type
    default: ParameterValue
    description: str
    choices: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    minimum: int | None = None


def _of_switch(switch: Switch) -> Parameter:
    minimum = None if isinstance(switch.default, str) else 0
    return Parameter(
        switch.name,
        type(switch.default),
        switch.default,
        f"{switch.question}. It changes {switch.changes}",
        tuple(switch.answers),
        switch.refused,
        minimum,
    )


_DECLARED = (
    Parameter("regime", str, "us", "Whose law is applied"),
    Parameter("run_id", str, "", "The run that is working; written into logs only"),
    Parameter(
        "resolve",
        str,
        "auto",
        "Which consignees are compared: all, those who can matter (hot), or, for auto, all up to most_compared_whole"
        " and else those who can matter; under other regimes than us always all",
        ("auto", "all", "hot"),
    ),
    Parameter(
        "most_compared_whole", int, 5_000_000, "Consignees that are all compared where resolve is auto", minimum=0
    ),
    Parameter(
        "hot_groups",
        int,
        4,
        "Neighbourhoods in which the parties that a person brought goods under on one day lie, at most, where"
        " resolve is hot; no consignee of as many aliases is missed",
        minimum=1,
    ),
    Parameter("from_date", date, date(1, 1, 1), "First arrival day that is screened"),
    Parameter("to_date", date, date(9999, 12, 31), "Last arrival day that is screened"),
    Parameter("min_pieces", int, 2, "Pieces that make a split; one shipment alone never is"),
    Parameter("max_order_gap_days", int, 180, "Days after which the same order number is another order"),
    Parameter("max_number_gap_days", int, 365, "Days after which the same shipment number is a new shipment"),
    Parameter("max_lots_of_order", int, 20, "Suffixed numbers that may be lots of one order; more are a series"),
    Parameter("lot_window_days", int, 10, "Days over which lots of one order without a number are looked for"),
    Parameter("min_lot_score", Decimal, Decimal("0.85"), "Score from which shipments may be lots of one order"),
    Parameter("min_candidate_score", Decimal, Decimal("0.2"), "Score from which lots below the line are kept as such"),
    Parameter("min_candidate_share", Decimal, Decimal("0.5"), "Share of the limit from which a day below it is kept"),
    Parameter("near_limit_share", Decimal, Decimal("0.1"), "Share of the limit by which an amount is just under it"),
    Parameter("around_limit_share", Decimal, Decimal("0.2"), "Share of the limit by which an amount is about as much"),
    Parameter(
        "near_days_share",
        Decimal,
        Decimal("0.15"),
        "Share of the limit by which a day's total is just under it; the width of each of the bands around it",
    ),
    Parameter("min_near_days", int, 3, "Days of a quarter around the limit that are worth a test, and just under it"),
    Parameter("min_band_buyers", int, 20, "Buyers with days around the limit from whom the usual share is learned"),
    Parameter("structuring_false_share", Decimal, Decimal("0.05"), "Share of structuring flags that may be chance"),
    Parameter("min_unit_shipments", int, 100, "Shipments of a party or route around a limit that are worth a test"),
    Parameter("clustering_false_share", Decimal, Decimal("0.05"), "Share of clustering flags that may be chance"),
    Parameter("max_elsewhere_share", Decimal, Decimal("0.1"), "Share of other values that may show as much of a step"),
    Parameter("clear_step", Decimal, Decimal("1.645"), "Standard errors of a step below which it is hardly there"),
    Parameter("min_order_number_length", int, 8, "Characters of an order number that needs no issuer to be told apart"),
    Parameter("max_neighbors", int, 60, "Consignees of one day at one house number above which it tells nothing"),
    Parameter("min_lead_probability", Decimal, Decimal("0.8"), "Probability from which two may be one on a day"),
    Parameter("min_learned_pairs", int, 100, "Pairs known to be one or two parties below which a file tells little"),
    Parameter("doubtful_probability", Decimal, Decimal("0.9"), "Below it a flag says that its identity is doubtful"),
    Parameter("field_separator", str, "\x1f", "Stands between the fields that are hashed into an alias_id"),
    Parameter("id_digits", int, 16, "Hexadecimal digits of an id"),
    Parameter("score_digits", int, 6, "Places that scores and probabilities are rounded to"),
    Parameter("min_pattern_shipments", int, 3, "Shipments that make a pattern where one alone may be a slip"),
    Parameter(
        "min_hub_names", int, 10, "Consignees of one week at one address, not told apart by a unit, that are many"
    ),
    Parameter("min_price_peers", int, 8, "Shipments of the same goods and seller that make a usual price"),
    Parameter("low_price_share", Decimal, Decimal("0.5"), "Share of the usual price below which a price is low"),
    Parameter("steady_part", Decimal, Decimal("0.75"), "Part of the prices that make a usual one"),
    Parameter("steady_share", Decimal, Decimal("0.2"), "Share of the usual price within which that part of them lies"),
    Parameter("price_spread", int, 5, "Median absolute deviations below the usual price that are many"),
    Parameter("most_of_usual_quantity", int, 2, "Times the usual number of pieces above which a price may be another"),
    Parameter("same_weight_share", Decimal, Decimal("0.8"), "Share of the usual weight below which goods are others"),
    Parameter("min_history", int, 10, "Shipments before and after a change, each, that tell of it"),
    Parameter("history_days", int, 90, "Days before and after a change that are looked at"),
    Parameter("most_share", Decimal, Decimal("0.9"), "Share that is nearly all"),
    Parameter("odd_share", Decimal, Decimal("0.05"), "Share that is hardly any"),
    Parameter("min_word_shipments", int, 30, "Shipments whose description holds a word, so that it can tell"),
    Parameter("min_word_sellers", int, 3, "Sellers who use a word, so that it can tell"),
    Parameter("min_delivery_gap_days", int, 6, "Days between the deliveries of a subscription, at least"),
    Parameter("delivery_jitter_days", int, 3, "Days by which the gaps between them may differ"),
    Parameter("min_backorder_days", int, 14, "Days after which other goods of an order look like a back order"),
    Parameter("down_rank_share", Decimal, Decimal("0.25"), "What is left of the score of a flag that ranks lower"),
    Parameter("home_zone", str, "America/New_York", "The zone whose days land in the store"),
    Parameter("min_gift_consignees", int, 10, "Consignees of one week to whom one sender sends gifts, that are many"),
    Parameter("min_series_entries", int, 3, "Informal entries after each other that make a series"),
    Parameter("max_series_gap_days", int, 3, "Days between informal entries of one series"),
    Parameter("min_series_share", Decimal, Decimal("0.5"), "Share of the limit from which an entry is of a series"),
    Parameter("max_gift_gap_days", int, 7, "Days between gifts of one sender to one person that belong together"),
    Parameter("max_block", int, 30, "Parties that share a blocking key and are still compared each with each"),
    Parameter(
        "min_signs", int, 2, "Signs that two parties share before they are compared; a telling key counts for two"
    ),
    Parameter(
        "link_thresholds",
        str,
        "0.25, 0.4, 0.5, 0.8, 0.95",
        "Thresholds at which who is who is grouped; figures come low at the strictest and high at the loosest",
    ),
    Parameter(
        "max_growth",
        Decimal,
        Decimal("0.2"),
        "Share by which the parties of a store may grow before names are counted anew and everybody is compared;"
        " 0 compares everybody in every run",
    ),
    Parameter("window_size", int, 3, "Neighbours by name that a party of a larger block is compared with"),
    Parameter("hours_in_day", int, 24, "Hours of a day"),
    Parameter("max_consignees_of_importer", int, 8, "Consignees an importer may have and still be taken for the owner"),
    Parameter("as_of_date", date, date(9999, 12, 31), "The day that look_back_years counts back from; far off: none"),
    Parameter("interest_until", date, date(9999, 12, 31), "Day up to which interest runs; far off: none is reckoned"),
    *map(_of_switch, SWITCHES),
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
        _check_value(parameter, value)
        values[name] = value
    return values


def _check_value(parameter: Parameter, value: ParameterValue) -> None:
    if parameter.choices and value not in parameter.choices:
        told = f", {value}: {parameter.refused[str(value)]}" if value in parameter.refused else ""
        raise UsageError(
            f"parameter {parameter.name!r} is {value!r}{told}; give one of: {', '.join(parameter.choices)}"
        )
    if parameter.minimum is not None and isinstance(value, int) and value < parameter.minimum:
        raise UsageError(f"parameter {parameter.name!r} is {value}; give {parameter.minimum} or more")
