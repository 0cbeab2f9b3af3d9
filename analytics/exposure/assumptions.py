"""What each figure takes for granted, in sentences."""

from __future__ import annotations

import json

import polars as pl

__all__ = ["assumptions"]

_GENERAL_RATE = "Duty is the general rate only; additional duties, such as those under section 301, are left out."
_OTHER_SCHEDULE = "A general rate is taken from the schedule of another day; the floor leaves that duty out."
_NO_RATE = "For some goods the tariff line is not known or asks for more than the value; their duty is left out."
_NO_FEE = "No fee is known for the day of some pieces; it is left out."
_OWN_ENTRY = "One informal entry for each piece, at the automated fee, or the fee for dutiable mail."
_FORMAL_ENTRY = "One formal entry instead of informal ones, at the ad valorem fee between its least and its most."
_SAME_DUTY = "Informal entries owe the same duty as a formal one, so none is at stake."
_ORDERS = {
    "known": "The order of the manifest is known.",
    "every": "The order of the manifest is not known: least and most over every order, the most as the headline.",
    "bounded": "The order of the manifest is not known and the pieces are many: least and most are safe bounds.",
}


def assumptions(component: str) -> pl.Expr:
    """Return the sentences that hold for a component, as a JSON list.

    Parameters
    ----------
    component : str
        value, duty, fees or total.
    """
    informal = pl.col("typology") == "informal_entry_split"
    sentences = [(pl.col("order") == order, sentence) for order, sentence in _ORDERS.items()]
    if component in {"duty", "total"}:
        sentences += [
            (informal, _SAME_DUTY),
            (~informal, _GENERAL_RATE),
            (~informal & pl.col("is_other_schedule"), _OTHER_SCHEDULE),
            (~informal & pl.col("is_duty_unknown"), _NO_RATE),
        ]
    if component in {"fees", "total"}:
        sentences += [(informal, _FORMAL_ENTRY), (~informal, _OWN_ENTRY), (pl.col("is_fee_unknown"), _NO_FEE)]
    said = [pl.when(holds).then(pl.lit(json.dumps(sentence))) for holds, sentence in sentences]
    return pl.concat_str(pl.lit("["), pl.concat_str(said, separator=", ", ignore_nulls=True), pl.lit("]"))
