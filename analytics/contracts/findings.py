"""What the screening found."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import count, day, flag, money, optional, text, usd

__all__ = ["DailyTotals", "DateSensitivity", "Exposure", "FlagShipments", "Flags", "TypologyStatus"]

_STRENGTH = "^(objective|inferred|supporting)$"


class DailyTotals(dy.Schema):
    """One row per regime, identity, day, pool, rule and coverage: the exempted pieces of that person-day, added up."""

    regime = text("us …", primary_key=True)
    identity_id = text("The person", primary_key=True)
    arrival_date = dy.Date(primary_key=True, description="The day")
    pool = text("standard, gift or personal", primary_key=True, regex="^(standard|gift|personal)$")
    rule_id = text("Rule or rules the pieces came under, joined by +", primary_key=True)
    coverage = text(
        "known; or which answer this is where origin or mode is missing and the rule depends on it", primary_key=True
    )
    shipments = count("Pieces added up, oversize pieces set aside")
    oversize_count = count("Pieces over the limit alone, set aside")
    total_amount = money("Sum of the pieces, in limit_currency; in USD where there is no limit")
    total_usd = usd("Sum of the pieces")
    limit_amount = money("The limit; null where no exemption was available, never 0")
    limit_currency = optional("ISO 4217; null where there is no limit")
    is_over_limit = flag("Two pieces or more, together over the limit", nullable=False)


class Flags(dy.Schema):
    """One row per indicator. A flag names rows and a rule; what it means is for a lawyer to decide."""

    flag_id = text("'f' and 16 hex digits; stays while what it names is the same", primary_key=True)
    regime = text("us …")
    typology = text("daily_limit, order_split …")
    identity_id = optional("Null where the subject is no person")
    subject = text("What is flagged, in one string: identity and day, order and issuer, shipment …")
    window_start = dy.Date(description="First day")
    window_end = dy.Date(description="Last day")
    shipments = count("Rows in flag_shipments")
    total_usd = usd("Sum of those rows", nullable=False)
    limit_amount = money("The limit gone round; null where none was available")
    limit_currency = optional("ISO 4217")
    excess_usd = usd("Total less limit; null where there is no limit")
    strength = text("objective, inferred or supporting", regex=_STRENGTH)
    score = dy.Float64(min=0, max=1, description="For ordering within a typology: 0 to 1")
    reason = text("One sentence: what was seen, with the figures")
    counter_reasons = text("JSON list of sentences: what speaks against it, and what would change it")
    rule_id = text("As in ref_limits, with a suffix where one rule is tested in several ways")
    legal_basis = text("The citation")
    attributes = text("JSON object: what made it visible")


class FlagShipments(dy.Schema):
    """One row per shipment of a flag."""

    flag_id = text("As in flags", primary_key=True)
    shipment_uid = text("As in shipments", primary_key=True)
    shipment_id = text("As written")


class Exposure(dy.Schema):
    """One row per flag, component and reading of what an excess means."""

    flag_id = text("As in flags", primary_key=True)
    component = text("value, duty, fees, penalty, total (duty and fees) or disclosure", primary_key=True)
    reading = text("all, tipping, greedy, latch or lots", primary_key=True)
    floor_usd = usd("The least that may be owed; null where unknown")
    base_usd = usd("The headline; null where unknown")
    ceiling_usd = usd("The most that may be owed; null where unknown")
    is_unknown = flag("Some part could not be computed: the figures are then of the rest", nullable=False)
    assumptions = text("JSON list of sentences")


class TypologyStatus(dy.Schema):
    """One row per typology: was it tested, and on what."""

    typology = text("The name", primary_key=True)
    tested = text("yes, or 'not tested: no order_id'")
    rows = count("Shipments it could be tested on")
    flags = count("Flags raised")
    window = optional("Days covered")


class DateSensitivity(dy.Schema):
    """One row per daily_limit flag and date basis: whether it would stand on that date."""

    flag_id = text("As in flags", primary_key=True)
    date_basis = text("arrival, estimated_arrival, release or order", primary_key=True)
    shipments = count("Rows of the flag that carry this date")
    is_over_limit = flag("The flag stands if this date is the one that counts; null where too few rows carry it")
    days = day("The day on which it stands", nullable=True)
