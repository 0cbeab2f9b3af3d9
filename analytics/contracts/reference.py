"""The reference tables: what the law, the rates and the fees were on which day."""

from __future__ import annotations

from dataclasses import dataclass

import dataframely as dy

from analytics.contracts import exposure, law, typologies
from analytics.contracts.columns import day, flag, optional, text
from analytics.contracts.law import Dated

__all__ = [
    "GROUPING_FIELDS",
    "GROUPING_KEYS",
    "MODES",
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

MODES = ("air", "truck", "rail", "ocean", "mail", "accompanied")
GROUPING_KEYS = {
    "person_day": "one person on one day",
    "order": "one order, on any days",
    "purchase_day": "one seller, person and day of purchase",
    "consignment": "one transport document and person",
    "sender_conveyance": "one sender, person and conveyance",
    "conveyance_consignee": "one conveyance and consignee",
    "mailing": "one sender, addressee and day of mail",
    "entry": "one entry",
}
"""What a rule may add up, and how that is said. A regime chooses among these and brings no code of its own."""

GROUPING_FIELDS = {
    "person_day": ("consignee_name", "consignee_address", "arrival_date", "declared_value"),
    "order": ("order_id", "seller_id", "arrival_date", "declared_value"),
    "purchase_day": ("seller_id", "consignee_name", "order_date", "declared_value"),
    "consignment": ("house_bill", "consignee_name", "declared_value"),
    "sender_conveyance": ("shipper_name", "consignee_name", "conveyance_id", "arrival_date", "declared_value"),
    "conveyance_consignee": ("conveyance_id", "consignee_name", "arrival_date", "declared_value"),
    "mailing": ("shipper_name", "consignee_name", "arrival_date", "declared_value"),
    "entry": ("entry_number",),
}
"""The columns of the input without which a unit cannot be told."""

_GROUPING = f"^({'|'.join(GROUPING_KEYS)})$"
_KIND = "^(exemption|lots_bar|relief|entry_limit|importer_bar|penalty)$"


class Limits(Dated):
    """One row per rule, scope and stretch of days: what could be brought in, and how it is added up."""

    rule_id = text("Name of the rule; it may hold in several stretches")
    regime = text("Whose law: us …")
    provision = text("What the rule is part of: a2C, a2A_gift, separate_lots_bar, informal_entry …")
    pool = dy.String(nullable=True, regex="^(standard|gift|personal)$", description="Pieces it adds up; empty: all")
    origin_scope = text("ALL, countries such as CN|HK, NOT(CN|HK), or a name in ref_scopes")
    mode_scope = text("ALL, modes such as mail, NOT(mail), or a name in ref_scopes")
    kind = dy.String(
        nullable=True,
        regex=_KIND,
        description="exemption; lots_bar: what else is added up under it; relief: one beside it; entry_limit; "
        "importer_bar: importers abroad may not enter informally; penalty",
    )
    grouping_key = text("What is added up: person_day, order, conveyance_consignee …", regex=_GROUPING)
    limit_amount = dy.Decimal(18, 2, nullable=True, min=0, description="Exactly this passes; empty: no limit")
    limit_currency = dy.String(nullable=True, regex="^[A-Z]{3}$", description="ISO 4217")
    status = text(
        "eligible, suspended, suspended_by_reg, repealed, in_force, or ordered: no rule carries it out yet",
        regex="^(eligible|suspended|suspended_by_reg|repealed|in_force|ordered)$",
    )
    if_suspension = dy.String(
        nullable=True,
        regex="^(valid|invalid)$",
        description="Holds only if the suspension by executive order is taken as valid, or invalid; empty: always",
    )
    value_basis = dy.String(
        nullable=True,
        regex="^(retail|transaction)$",
        description="Which value it is about; empty: of an entry_limit the transaction value, else as the regime says",
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


class PostalDutyMethods(Dated):
    """One row per origin scope and stretch of days: how duty on mail was reckoned. Its status is in ref_limits."""

    rule_id = text("The rule it belongs to")
    regime = text("Whose law")
    origin_scope = text("As in ref_limits")
    duty_method = text("In words")


class FxRates(Dated):
    """One row per currency and stretch of days."""

    currency = text("ISO 4217", regex="^[A-Z]{3}$")
    usd_per_unit = dy.Decimal(18, 8, min_exclusive=0, description="US dollars for one unit")


class Fees(Dated):
    """One row per fee and fiscal year."""

    fee = text("mpf_informal_automated …")
    fiscal_year = text("The year from October to September")
    amount = dy.Decimal(18, 6, min=0, description="For one entry, bill or item; or as a share of the value")
    unit = text("USD or share", regex="^(USD|share)$")


class HtsRates(Dated):
    """One row per tariff line of eight digits: its general rate."""

    hts8 = text("Eight digits", regex="^[0-9]{8}$")
    rate_text = text("The rate as it is written")
    ad_valorem_rate = dy.Decimal(18, 8, nullable=True, min=0, description="Share of the value; empty: more decides")
    is_value_only = flag("The value alone decides the duty", nullable=False)
    read_on = day("Day of the newest revision it was read from; after it the rate is carried forward")


class EntryTypes(Dated):
    """One row per kind of entry and stretch of days."""

    regime = text("Whose law")
    entry_type = text("86, 11, mail …")
    claims_exemption = flag("The exemption is claimed by choosing it", nullable=False)
    claims_gift_exemption = flag("The exemption of gifts is claimed by choosing it for a gift; empty: as the exemption")
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
    is_shared : bool
        It is about no regime. A table that is not shared and has no column ``regime`` is about the United States, and
        empty under any other regime.
    """

    schema: type[dy.Schema]
    scope: tuple[str, ...] = ()
    is_gapless: bool = False
    optional: tuple[str, ...] = ()
    is_shared: bool = False


_GOODS = ("regime", "kind", "goods", "hts_from", "hts_to", "origin_country", "pool")
_GOODS_OPTIONAL = ("origin_country", "entry_types", "pool", "above_usd")
_LIMITS = ("regime", "grouping_key", "provision", "pool")
_MAY_LACK = ("pool", "kind", "if_suspension", "value_basis", "note")
_LAYERS = ("regime", "layer", "goods_list", "origin_scope", "mode_scope")

REFERENCES: dict[str, Reference] = {
    "ref_regimes": Reference(law.Regimes, ("regime",), True, ("note",)),
    "ref_limits": Reference(Limits, _LIMITS, True, _MAY_LACK),
    "ref_scopes": Reference(NamedScopes, is_shared=True),
    "ref_postal_duty_methods": Reference(PostalDutyMethods, ("regime", "origin_scope")),
    "ref_flat_duties": Reference(law.FlatDuties, ("regime", "rule_id", "applies_to")),
    "ref_fx_rates": Reference(FxRates, ("currency",), is_shared=True),
    "ref_fees": Reference(Fees, ("fee",), True),
    "ref_hts_rates": Reference(HtsRates, ("hts8",), optional=("read_on",)),
    "ref_entry_types": Reference(EntryTypes, ("regime", "entry_type"), True, ("claims_gift_exemption",)),
    "ref_order_placeholders": Reference(OrderPlaceholders, is_shared=True),
    "ref_owner_placeholders": Reference(law.OwnerPlaceholders, is_shared=True),
    "ref_persons": Reference(law.Persons, ("regime", "situation"), optional=("note",)),
    "ref_tested_days": Reference(law.TestedDays, ("regime", "applies_to"), optional=("note",)),
    "ref_territories": Reference(law.Territories, ("regime", "place")),
    "ref_port_zones": Reference(law.PortZones, ("district",)),
    "ref_goods_conditions": Reference(
        law.GoodsConditions, ("regime", "goods", "pool"), optional=("hts_headings", "note")
    ),
    "ref_required_data": Reference(law.RequiredData, ("regime", "program", "element"), optional=("column_name",)),
    "ref_deadlines": Reference(law.Deadlines, ("regime", "deadline"), optional=("within_days", "note")),
    "ref_retention": Reference(law.Retention, ("regime", "records"), optional=("note",)),
    "ref_ace_stages": Reference(law.AceStages, ("regime",), True, ("matched_on", "note")),
    "ref_ace_notice_codes": Reference(law.AceNoticeCodes, ("regime", "code", "channel"), optional=("modes", "note")),
    "ref_law_events": Reference(law.LawEvents),
    "ref_reviews": Reference(law.Reviews, optional=("covers_until", "update")),
    "ref_checked_conditions": Reference(law.CheckedConditions, ("regime", "condition")),
    "ref_typologies": Reference(typologies.Typologies, ("regime", "typology")),
    "ref_benign_splits": Reference(typologies.BenignSplits, ("benign", "typology"), is_shared=True),
    "ref_benign_phrases": Reference(typologies.BenignPhrases, is_shared=True),
    "ref_parcel_weights": Reference(typologies.ParcelWeights, ("mode",), is_shared=True),
    "ref_facilities": Reference(typologies.Facilities, ("match_on", "written", "postal_code"), is_shared=True),
    "ref_fictitious_names": Reference(typologies.FictitiousNames, is_shared=True),
    "ref_ineligible_goods": Reference(typologies.IneligibleGoods, _GOODS, optional=_GOODS_OPTIONAL),
    "ref_vague_phrases": Reference(typologies.VaguePhrases, ("phrase",), is_shared=True),
    "ref_zip_states": Reference(typologies.ZipStates, is_shared=True),
    "ref_duty_layers": Reference(exposure.DutyLayers, _LAYERS, optional=("not_with", "note")),
    "ref_duty_layer_goods": Reference(exposure.DutyLayerGoods, ("regime", "scheme", "hts_prefix")),
    "ref_preferences": Reference(exposure.Preferences, ("regime", "program"), optional=("note",)),
    "ref_penalties": Reference(exposure.Penalties, ("regime", "provision", "culpability"), optional=("note",)),
    "ref_claim_penalties": Reference(exposure.ClaimPenalties, ("regime", "provision"), optional=("note",)),
    "ref_penalty_floors": Reference(exposure.PenaltyFloors, ("regime", "provision"), optional=("note",)),
    "ref_refunds": Reference(exposure.Refunds, ("regime", "switch", "step")),
    "ref_interest_rates": Reference(exposure.InterestRates, ("regime",)),
    "ref_tolerances": Reference(exposure.Tolerances, ("regime", "provision")),
    "ref_centers": Reference(law.Centers, ("regime", "chapter_from")),
    "ref_clocks": Reference(exposure.Clocks, ("regime", "clock"), optional=("note",)),
}
