"""What exposure is reckoned from, and what is published of it beside the table ``exposure``."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import day, flag, optional, text, usd
from analytics.contracts.law import Dated

__all__ = [
    "DUTIES",
    "ClaimPenalties",
    "Clocks",
    "DutyLayerGoods",
    "DutyLayers",
    "ExposureDrivers",
    "ExposureLayers",
    "ExposureShipments",
    "InterestRates",
    "Penalties",
    "PenaltyFloors",
    "Preferences",
    "Refunds",
    "StatuteClock",
    "Tolerances",
]

_LISTS = r"^[A-Za-z0-9_]+(\|[A-Za-z0-9_]+)*$"
_SHARE = (18, 8)


FINAL_NOTICE_UNREAD = ("S301_FL",)
"""Duties that stand at the rates proposed: in base and high, not in low, until the final notice is read."""

DUTIES = {
    "GENERAL": "General rate",
    "S301_CN": "Section 301, China",
    "S301_BR": "Section 301, Brazil",
    "S301_FL": "Section 301, forced labor (final notice not read)",
    "S122": "Section 122 (contested)",
    "S232_METALS": "Section 232, steel, aluminum and copper",
    "S232_COPPER": "Section 232, copper",
    "S232_VEHICLES": "Section 232, vehicles and parts",
    "S232_WOOD": "Section 232, wood and furniture",
    "S232_SEMICONDUCTORS": "Section 232, semiconductors",
    "S232_PHARMACEUTICALS": "Section 232, pharmaceuticals",
    "S201_SOLAR": "Section 201, solar cells and panels",
    "ADCVD": "Antidumping and countervailing duty",
    "IEEPA_FENTANYL": "Emergency powers, fentanyl (void)",
    "IEEPA_RECIPROCAL": "Emergency powers, reciprocal (void)",
    "IEEPA_BRAZIL": "Emergency powers, Brazil (void)",
    "IEEPA_INDIA": "Emergency powers, India (void)",
    "POSTAL": "Postal duty by emergency order (void)",
    "IRC_TAX": "Taxes on alcohol and tobacco",
    "COLUMN_2": "Rates of column 2",
}
"""How the duties that ship are called; one of the user's own keeps the name it has in ref_duty_layers."""


class DutyLayers(Dated):
    """One row per duty beside the general rate, goods list, scope and stretch of days."""

    regime = text("Whose law")
    layer = text("Name of the duty: S301_CN, S122 …")
    scheme = optional("Which lists of ref_duty_layer_goods tell its goods; empty: all goods")
    goods_list = optional("The list of that scheme which the row is about")
    origin_scope = text("ALL, countries such as CN|HK, or NOT(CN|HK)")
    mode_scope = text("ALL, modes such as mail, or NOT(mail)")
    rate = dy.Decimal(*_SHARE, nullable=True, min=0, description="Share of the value; empty: not known or not by value")
    rate_kind = text("added to the general rate, or minimum_total of both together", regex="^(added|minimum_total)$")
    default_in_exposure = text(
        "yes; flagged: in the headline and contested; no: void, out of every figure", regex="^(yes|flagged|no)$"
    )
    switch = optional("The parameter that takes it in or leaves it out, where the default is not yes")
    may_not_apply = flag("It leaves goods out that are not told here, so the floor does without it", nullable=False)
    stands_for_all = flag("It is paid in place of all other duties", nullable=False)
    not_with = optional("Duties, joined by |, beside which it is not owed")
    note = optional("What else is to be known, in a sentence")


class DutyLayerGoods(Dated):
    """One row per beginning of a tariff number, scheme and stretch of days: the lists it is on."""

    regime = text("Whose law")
    scheme = text("As in ref_duty_layers")
    hts_prefix = text("Two to ten digits; the longest that fits counts; ALL: every other", regex="^([0-9]{2,10}|ALL)$")
    goods_list = text("The list; none; or several, joined by |, one of which it is", regex=_LISTS)


class Preferences(Dated):
    """One row per trade agreement and stretch of days: what a claim under it may spare."""

    regime = text("Whose law")
    program = text("USMCA …")
    origin_scope = text("As in ref_duty_layers")
    layers_waived = text("Duties that originating goods do not owe, joined by |; GENERAL is the general rate")
    is_fee_waived = flag("Nor do they owe the processing fee", nullable=False)
    note = optional("On what terms, in a sentence")


class Penalties(Dated):
    """One row per provision, degree of culpability and stretch of days: the most that may be asked."""

    regime = text("Whose law")
    provision = text("1592, 1321c")
    culpability = optional("negligence, gross_negligence or fraud; empty where it makes no difference")
    times_loss = dy.Decimal(9, 2, nullable=True, min=0, description="Times the loss of duties, taxes and fees")
    share_without_loss = dy.Decimal(
        *_SHARE, nullable=True, min=0, max=1, description="Share of the dutiable value where nothing was lost"
    )
    first_usd = usd("For the first violation")
    later_usd = usd("For each later one")
    with_disclosure = optional("What is asked after a valid prior disclosure")
    is_automatic = flag("It is reckoned for every flag; otherwise a person decides", nullable=False)
    note = optional("What else is to be known, in a sentence")


class ClaimPenalties(Dated):
    """One row per stretch of days on which a penalty is assessed: damages and penalties of the False Claims Act."""

    regime = text("Whose law")
    provision = text("3729")
    times_loss = dy.Decimal(9, 2, min=0, description="Times the damages")
    times_reported = dy.Decimal(9, 2, min=0, description="Least times the damages where the person reported in time")
    least_usd = usd("Least penalty for one claim", nullable=False)
    most_usd = usd("Greatest penalty for one claim", nullable=False)
    note = optional("What else is to be known, in a sentence")


class PenaltyFloors(Dated):
    """One row per provision and stretch of days: the least that may be left of an assessed penalty.

    The day of assessment counts, which no manifest tells: the newest row is told of every penalty, and is in no total.
    """

    regime = text("Whose law")
    provision = text("As in ref_penalties")
    share_of_assessed = dy.Decimal(*_SHARE, min=0, max=1, description="Share of the assessed penalty that is left")
    share_if_repeated = dy.Decimal(*_SHARE, min=0, max=1, description="The same, of a repeat offender")
    status = text("in_force, or ordered: no rule carries it out yet", regex="^(in_force|ordered)$")
    note = optional("What else is to be known, in a sentence")


class Refunds(Dated):
    """One row per step by which contested duties are given back: what is told beside them, and no figure."""

    regime = text("Whose law")
    switch = text("The parameter of the duties, as in ref_duty_layers")
    step = dy.Int64(min=1, description="Place among the steps")
    wording = dy.String(regex=r'^[^"\\]+$', description="What happened, in words")


class InterestRates(Dated):
    """One row per stretch of days: the rate of interest on what was paid too late."""

    regime = text("Whose law")
    annual_rate = dy.Decimal(*_SHARE, min=0, max=1, description="Share a year")
    compounding = text("simple or daily", regex="^(simple|daily)$")


class Tolerances(Dated):
    """One row per difference that customs may disregard."""

    regime = text("Whose law")
    provision = text("1321a1 …")
    amount_usd = usd("Below it", nullable=False)
    effect = text("In words")


class Clocks(Dated):
    """One row per time limit: within how many years a suit is brought, or records are kept."""

    regime = text("Whose law")
    clock = text("penalty_negligence …")
    kind = text("suit or records", regex="^(suit|records)$")
    years = dy.Int64(min=1, description="How many")
    counted_from = text("violation, discovery, release or entry", regex="^(violation|discovery|release|entry)$")
    applies_to = text("Shipments: all, exempted or entered", regex="^(all|exempted|entered)$")
    wording = text("What ends, in words")
    note = optional("What else is to be known, in a sentence")


class ExposureLayers(dy.Schema):
    """One row per shipment of a flag and duty in force on its day: what it comes to, and in which figures it is."""

    shipment_uid = text("As in shipments", primary_key=True)
    layer = text("GENERAL, or as in ref_duty_layers", primary_key=True)
    driver = text("Why it is not certain; certain where it is", primary_key=True)
    lines = dy.Int64(min=1, description="Lines of the shipment that it falls on")
    rate_least = dy.Decimal(*_SHARE, nullable=True, description="Least rate among the lines; null where not known")
    rate_most = dy.Decimal(*_SHARE, nullable=True, description="Greatest rate among the lines")
    floor_usd = usd("What the floor holds of it", nullable=False)
    base_usd = usd("What the headline holds of it", nullable=False)
    ceiling_usd = usd("What the ceiling holds of it", nullable=False)
    widest_usd = usd("The whole of it, also where it is left out as void", nullable=False)
    is_unknown = flag("It could not be computed for some line", nullable=False)
    source = text("The rate's source")


class ExposureShipments(dy.Schema):
    """One row per shipment that loses the exemption if some flag of it holds: what it owes, counted once."""

    shipment_uid = text("As in shipments", primary_key=True)
    arrival_date = dy.Date(description="As in shipments")
    value_usd = usd("As in shipments")
    duty_floor_usd = usd("The least that may be owed", nullable=False)
    duty_base_usd = usd("The headline", nullable=False)
    duty_ceiling_usd = usd("The most that may be owed", nullable=False)
    fee_usd = usd("Fee of an entry of its own", nullable=False)
    interest_usd = usd("Interest on the headline at the rates of ref_interest_rates; null where they do not reach")
    is_unknown = flag("Some part could not be computed", nullable=False)


class ExposureDrivers(dy.Schema):
    """One row per flag and assumption: the total of duty and fees with that assumption at either end, others as is."""

    flag_id = text("As in flags", primary_key=True)
    driver = text("The assumption: reading, entries, contested_s122 …", primary_key=True)
    low_usd = usd("Total with it at its lower end", nullable=False)
    base_usd = usd("The headline", nullable=False)
    high_usd = usd("Total with it at its upper end", nullable=False)
    is_in_range = flag("Floor and ceiling allow for it; a void duty is shown and not allowed for", nullable=False)
    statement = text("The assumption, in words")


class StatuteClock(dy.Schema):
    """One row per flag and time limit: when it ends."""

    flag_id = text("As in flags", primary_key=True)
    clock = text("As in ref_clocks", primary_key=True)
    kind = text("suit or records", regex="^(suit|records)$")
    counted_from = text("violation, discovery, release or entry")
    first_start = day("First day that it is counted from; null where no manifest tells")
    last_start = day("Last day that it is counted from")
    first_end = day("Last day of the limit for the earliest shipment; null where no manifest tells")
    last_end = day("Last day of the limit for the latest shipment")
    shipments = dy.Int64(min=1, description="Shipments of the flag that it is about")
    at_stake_usd = usd("Headline of duty and fees of the flag; null where it puts none at issue")
    wording = text("What ends, in words")
    source = text("The citation")
    confidence = text("As in ref_clocks")
