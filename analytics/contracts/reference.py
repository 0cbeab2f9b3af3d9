"""The reference tables: what the law, the rates and the fees were on which day."""

from __future__ import annotations

from dataclasses import dataclass

import dataframely as dy

from analytics.contracts import exposure
from analytics.contracts.columns import flag, optional, text

__all__ = [
    "REFERENCES",
    "EntryTypes",
    "Fees",
    "FxRates",
    "HtsRates",
    "Limits",
    "NamedScopes",
    "OrderPlaceholders",
    "PostalDutyMethods",
    "Reference",
    "ScopeMembers",
    "Scopes",
]

_GROUPING = "^(person_day|order|conveyance_consignee|consignment|entry)$"


class _Dated(dy.Schema):
    valid_from = dy.Date(description="First day on which the row holds")
    valid_to = dy.Date(nullable=True, description="First day on which it no longer holds; empty while it is open")
    source = text("Where this is written: statute, notice, ruling, publication")
    confidence = text("official, secondary, unverified or disputed: what was seen of the source")


class Limits(_Dated):
    """One row per rule, scope and stretch of days: what could be brought in, and how it is added up."""

    rule_id = text("Name of the rule; it may hold in several stretches")
    regime = text("Whose law: us …")
    provision = text("What the rule is part of: a2C, a2A_gift, separate_lots_bar, informal_entry …")
    pool = dy.String(nullable=True, regex="^(standard|gift|personal)$", description="Pieces it adds up; empty: all")
    origin_scope = text("ALL, countries such as CN|HK, NOT(CN|HK), or a name in ref_scopes")
    mode_scope = text("ALL, modes such as mail, NOT(mail), or a name in ref_scopes")
    grouping_key = text("What is added up: person_day, order, conveyance_consignee …", regex=_GROUPING)
    limit_amount = dy.Decimal(18, 2, nullable=True, min=0, description="Exactly this passes; empty: no limit")
    limit_currency = dy.String(nullable=True, regex="^[A-Z]{3}$", description="ISO 4217")
    status = text(
        "eligible, suspended, suspended_by_reg, repealed or in_force",
        regex="^(eligible|suspended|suspended_by_reg|repealed|in_force)$",
    )
    note = optional("Why it is so, in a sentence")


class NamedScopes(dy.Schema):
    """One row per scope that has a name."""

    scope_kind = text("origin or mode", primary_key=True, regex="^(origin|mode)$")
    scope = text("As ref_limits names it", primary_key=True)
    expression = text("ALL, A|B or NOT(A|B)")


class Scopes(NamedScopes):
    """One row per scope a rule may have, as it is written and as it is said."""

    is_negated = flag("It holds for all but its members", nullable=False)
    wording = text("In words")


class ScopeMembers(dy.Schema):
    """One row per member that the expression of a scope names."""

    scope_kind = text("origin or mode", primary_key=True)
    scope = text("As ref_limits names it", primary_key=True)
    member = text("Country or mode", primary_key=True)


class PostalDutyMethods(_Dated):
    """One row per origin scope and stretch of days: how duty on mail was reckoned. Its status is in ref_limits."""

    rule_id = text("The rule it belongs to")
    regime = text("Whose law")
    origin_scope = text("As in ref_limits")
    duty_method = text("In words")


class FxRates(_Dated):
    """One row per currency and stretch of days."""

    currency = text("ISO 4217", regex="^[A-Z]{3}$")
    usd_per_unit = dy.Decimal(18, 8, min_exclusive=0, description="US dollars for one unit")


class Fees(_Dated):
    """One row per fee and fiscal year."""

    fee = text("mpf_informal_automated …")
    fiscal_year = text("The year from October to September")
    amount = dy.Decimal(18, 6, min=0, description="For one entry, bill or item; or as a share of the value")
    unit = text("USD or share", regex="^(USD|share)$")


class HtsRates(_Dated):
    """One row per tariff line of eight digits: its general rate."""

    hts8 = text("Eight digits", regex="^[0-9]{8}$")
    rate_text = text("The rate as it is written")
    ad_valorem_rate = dy.Decimal(18, 8, nullable=True, min=0, description="Share of the value; empty: more decides")
    is_value_only = flag("The value alone decides the duty", nullable=False)


class EntryTypes(_Dated):
    """One row per kind of entry and stretch of days."""

    regime = text("Whose law")
    entry_type = text("86, 11, mail …")
    claims_exemption = flag("The exemption is claimed by choosing it", nullable=False)
    is_informal = flag("It is an informal entry", nullable=False)
    pool = text("standard, gift or personal", regex="^(standard|gift|personal)$")
    implied_mode = optional("The mode it goes with")
    description = text("In words")


class OrderPlaceholders(dy.Schema):
    """One row per text that stands where an order number is not known."""

    order_number = text("Upper case", primary_key=True)


@dataclass(frozen=True)
class Reference:
    """A reference table and what holds between its rows.

    Attributes
    ----------
    schema : type
        Its contract.
    scope : tuple of str
        Columns within which no two rows may hold on one day.
    is_gapless : bool
        Once a scope has begun, some row holds on every day until it ends.
    optional : tuple of str
        Columns that a user's file may leave out.
    """

    schema: type[dy.Schema]
    scope: tuple[str, ...] = ()
    is_gapless: bool = False
    optional: tuple[str, ...] = ()


_LAYERS = ("regime", "layer", "goods_list", "origin_scope", "mode_scope")

REFERENCES: dict[str, Reference] = {
    "ref_limits": Reference(Limits, ("regime", "grouping_key", "provision", "pool"), True, ("pool", "note")),
    "ref_scopes": Reference(NamedScopes),
    "ref_postal_duty_methods": Reference(PostalDutyMethods, ("regime", "origin_scope")),
    "ref_fx_rates": Reference(FxRates, ("currency",)),
    "ref_fees": Reference(Fees, ("fee",), True),
    "ref_hts_rates": Reference(HtsRates, ("hts8",)),
    "ref_entry_types": Reference(EntryTypes, ("regime", "entry_type"), True),
    "ref_order_placeholders": Reference(OrderPlaceholders),
    "ref_duty_layers": Reference(exposure.DutyLayers, _LAYERS, optional=("note",)),
    "ref_duty_layer_goods": Reference(exposure.DutyLayerGoods, ("regime", "scheme", "hts_prefix")),
    "ref_preferences": Reference(exposure.Preferences, ("regime", "program"), optional=("note",)),
    "ref_penalties": Reference(exposure.Penalties, ("regime", "provision", "culpability"), optional=("note",)),
    "ref_interest_rates": Reference(exposure.InterestRates, ("regime",)),
    "ref_tolerances": Reference(exposure.Tolerances, ("regime", "provision")),
    "ref_clocks": Reference(exposure.Clocks, ("regime", "clock"), optional=("note",)),
    "ref_stakes": Reference(exposure.Stakes, ("typology",)),
}
