"""What each figure takes for granted, in sentences."""

from __future__ import annotations

import json

import polars as pl

from analytics.contracts.exposure import DUTIES
from analytics.exposure.settings import Settings

__all__ = ["DRIVERS", "assumptions", "quoted"]

DRIVERS = {
    "reading": "What an excess means, every shipment or fewer",
    "entries": "Entries that the fee is for, one a shipment or one a day",
    "contested_s122": "Section 122 duty, which is contested",
    "contested_ieepa": "Duties under the emergency powers act, held void",
    "goods_list": "Which list of goods a tariff line is on",
    "may_not_apply": "Goods that a duty may leave out",
    "preference": "A claim under a trade agreement",
    "postal_method": "How duty on mail was reckoned",
    "other_schedule": "The general rate of another day's schedule",
    "carried_rate": "The general rate of the newest schedule that is held, carried forward",
}
"""Assumptions that make a difference, in words."""

_IN_FORCE = "Duty is the general rate with the further duties in force on the day of arrival, each brought to the cent."
_DUTY = {
    "postal_method": "Duty on mail of that time had a method of its own; what stands in its place is not settled.",
    "rate_unknown": "For some goods the tariff line is not known, asks for more than the value, or bears a tax that is "
    "not reckoned; that part is left out.",
    "goods_list": "Which list of goods a tariff line is on is not known; the headline takes the least, the ceiling the "
    "most.",
    "may_not_apply": "A duty leaves goods out that are not told here; the floor does without it.",
    "preference": "A claim under a trade agreement might spare duty; the floor does without that duty.",
    "other_schedule": "A general rate is taken from the schedule of another day; the floor leaves that duty out.",
    "carried_rate": "A general rate is carried forward from the newest schedule that is held, which stands beside the "
    "duty; ref_hts_rates of your own brings a newer one.",
}
_SWITCHED = {
    ("contested_ieepa", False): "Duties under the emergency powers act, held void, are left out.",
    ("contested_ieepa", True): "Duties under the emergency powers act, held void, are counted as this run asks; the "
    "floor does without them.",
    ("contested_s122", False): "Section 122 duty, contested, is in the ceiling only, as this run asks.",
    ("contested_s122", True): "Section 122 duty, contested, is in the headline and not in the floor.",
}
_UNREAD = "Not known, whether these duties fall on some of the goods or at what rate, so no most is known: "
_NO_ORIGIN = "The origin of some goods is not known; duties by origin are left out."
_NO_FEE = "No fee is known for the day of some shipments; it is left out."
_OWN_ENTRY = "One informal entry for each shipment, at the automated fee, or the fee for dutiable mail."
_ONE_ENTRY = "One entry for the shipments of a day, formal where they are worth more than the limit of informal entry."
_FEE_RANGE = "The floor takes bills of an express operator or one entry, whichever is less; the ceiling the dearer."
_FORMAL_ENTRY = "One formal entry instead of informal ones, at the ad valorem fee between its least and its most."
_SAME_DUTY = "Informal entries owe the same duty as a formal one, so none is at stake."
_NOT_LOST = "This flag alone takes no exemption away; the most is what its shipments are worth."
_NO_NETTING = "Overpayments elsewhere are not set against it."
_ORDERS = {
    "known": "The order of the manifest is known.",
    "every": "The order of the manifest is not known: least and most over every order, the most as the headline.",
    "bounded": "The order of the manifest is not known and the shipments are many: least and most are safe bounds.",
}
_Sentences = list[tuple[pl.Expr, str | pl.Expr]]


def quoted(sentence: str) -> str:
    """Return a sentence as it stands in a JSON list."""
    return json.dumps(sentence)


def assumptions(component: str, settings: Settings) -> pl.Expr:
    """Return the sentences that hold for a component, as a JSON list.

    Parameters
    ----------
    component : str
        value, duty, fees, penalty, penalty_floor, total or disclosure.
    settings : Settings
        The answers of the run.

    Returns
    -------
    polars.Expr
        Over rows with ``lost``, ``order``, ``drivers``, ``unread``, what is unknown, and ``tolerance_said``,
        ``penalty_said``, ``floor_said``, ``refund_said`` and ``disclosure_said`` (sentences already quoted, or null).
    """
    is_lost = pl.col("lost").is_in(["exemption", "informal_entry"])
    sentences: _Sentences = [(pl.col("order") == order, sentence) for order, sentence in _ORDERS.items()]
    if component == "value":
        sentences.append((~is_lost, _NOT_LOST))
    if component in {"duty", "total"}:
        sentences += _of_duty(settings)
    if component in {"fees", "total"}:
        sentences += _of_fees(settings)
    if component == "total":
        sentences.append((pl.col("is_small"), pl.col("tolerance_said")))
    if component == "penalty":
        sentences.append((pl.lit(value=True), pl.col("penalty_said")))
    if component == "penalty_floor":
        sentences.append((pl.lit(value=True), pl.col("floor_said")))
    if component == "disclosure":
        sentences += [(pl.lit(value=True), pl.col("disclosure_said")), (pl.lit(value=True), _NO_NETTING)]
    return _listed(sentences)


def _of_duty(settings: Settings) -> _Sentences:
    informal = pl.col("lost") == "informal_entry"
    held = {
        driver: ~informal & pl.col("drivers").list.contains(driver)
        for driver in (*_DUTY, "contested_ieepa", "contested_s122")
    }
    said: _Sentences = [(informal, _SAME_DUTY), (~informal, _IN_FORCE)]
    said += [(held[driver], sentence) for driver, sentence in _DUTY.items()]
    said += [
        (held[switch], sentence)
        for (switch, is_counted), sentence in _SWITCHED.items()
        if is_counted is (switch in settings.counted)
    ]
    said.append((held["contested_ieepa"], pl.col("refund_said")))
    said.append((~informal & (pl.col("unread").list.len() > 0), _unread()))
    return [*said, (~informal & pl.col("is_origin_unknown"), _NO_ORIGIN)]


def _unread() -> pl.Expr:
    """Name the duties that could not be computed, as a JSON string."""
    named = pl.col("unread").list.eval(pl.element().replace(DUTIES)).list.join("; ")
    return pl.concat_str(pl.lit(f'"{_UNREAD}'), named, pl.lit('."'))


def _of_fees(settings: Settings) -> _Sentences:
    informal = pl.col("lost") == "informal_entry"
    return [
        (informal, _FORMAL_ENTRY),
        (~informal, _ONE_ENTRY if settings.is_consolidated else _OWN_ENTRY),
        (~informal, _FEE_RANGE),
        (pl.col("is_fee_unknown"), _NO_FEE),
    ]


def _listed(sentences: _Sentences) -> pl.Expr:
    said = [
        pl.when(holds).then(pl.lit(quoted(sentence)) if isinstance(sentence, str) else sentence)
        for holds, sentence in sentences
    ]
    return pl.concat_str(pl.lit("["), pl.concat_str(said, separator=", ", ignore_nulls=True), pl.lit("]"))
