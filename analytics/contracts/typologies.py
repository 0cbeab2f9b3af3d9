"""The reference tables that the typologies lean on: what each of them is, and the dated lists it looks things up in."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import count, flag, optional, text
from analytics.contracts.law import Dated

__all__ = [
    "BenignPhrases",
    "BenignSplits",
    "Facilities",
    "FictitiousNames",
    "GoodsTraits",
    "IneligibleGoods",
    "ParcelWeights",
    "PartyTraits",
    "Typologies",
    "TypologyFields",
    "VaguePhrases",
    "ZipStates",
]

_BENIGN = "^(carrier_split|oversize|multi_vendor|subscription|replacement|backorder_said|backorder_seen|known_place)$"
_REGIME = "^[a-z]{2,8}$"
_NO_QUOTES = r'^[^"\\]+$'


class Typologies(Dated):
    """One row per typology and stretch of days: what it rests on, what it needs, and what it may not mean.

    A typology that words its flags from this table raises none on a day on which it has no row.
    """

    regime = text("Whose law; any: every regime that has no row of its own", regex=_REGIME)
    typology = text("daily_limit, order_split …", regex="^[a-z]+(_[a-z]+)*$")
    t_number = text("Its number in the list of typologies; empty is not allowed, - is", regex=r"^(T[0-9]{2}|-)$")
    family = text("split, claim, party, goods, origin or filing", regex="^(split|claim|party|goods|origin|filing)$")
    strength = text(
        "The most a flag of it can be: objective, inferred or supporting", regex="^(objective|inferred|supporting)$"
    )
    made_by = text("sql, estimator, or missing where this version does not test it", regex="^(sql|estimator|missing)$")
    stands_on = text(
        "What a flag of it stands on: sum (over a limit), each (every row alone), pieces, shipments or names (so many "
        "of them at least), pattern (a statistic or a history)",
        regex="^(sum|each|pieces|shipments|names|pattern)$",
    )
    reading = text(
        "How exposure is read: all, lots, or none where a flag puts no value at issue by itself",
        regex="^(all|lots|none)$",
    )
    fields = text(
        "Columns and circumstances it needs: & joins what must be there, | what may stand in for each other",
        regex="^[a-z_]+([&|][a-z_]+)*$",
    )
    needs_rule = text(
        "What ref_limits must hold for it: a kind (exemption, entry_limit, importer_bar), a grouping key (person_day, "
        "order), unit for any key that is neither person and day nor order, goods for a list of ineligible ones, or -",
        regex="^(-|exemption|entry_limit|importer_bar|person_day|order|unit|goods)$",
    )
    lost = text(
        "What is lost where a flag of it holds: exemption, informal_entry, nothing, or unknown where that hangs on "
        "what is found",
        regex="^(exemption|informal_entry|unknown|nothing)$",
    )
    has_order_readings = flag("It is one person's day, so the readings by manifest order exist too", nullable=False)
    asks_purpose = flag("The rule asks why goods were sent apart: an innocent explanation matters", nullable=False)
    needs_everybody = flag(
        "It counts or adds up by person over more than a day or order, so that a pruned run cannot test it",
        nullable=False,
    )
    rule_id = text("What its flags are filed under, where no row of ref_limits names them")
    at_stake = dy.String(regex=_NO_QUOTES, description="What a flag means is at stake, in a sentence")
    benign = dy.String(regex=_NO_QUOTES, description="Where the same is seen and nothing is wrong; divided by ;")


class TypologyFields(dy.Schema):
    """One row per typology and column it needs, spelled out from ref_typologies."""

    regime = text("Whose law", primary_key=True)
    typology = text("As in ref_typologies", primary_key=True)
    clause_no = count("Fields of one clause stand in for each other; every clause must be met")
    field_no = count("Place among all fields of the typology")
    field = text("A column of the shipments, consignee: one that is somebody, or a circumstance", primary_key=True)
    is_circumstance = flag("It is no column, and something that a shipment is or is not: a claim …", nullable=False)
    wording = text("The column, or the circumstance in words")


class Facilities(Dated):
    """One row per name or address of a place that is seldom the person: a warehouse, a forwarder, a mail drop."""

    kind = text(
        "fulfilment, warehouse, forwarder, carrier, broker, mail_drop, hotel, dormitory, flats or office",
        regex="^(fulfilment|warehouse|forwarder|carrier|broker|mail_drop|hotel|dormitory|flats|office)$",
    )
    match_on = text(
        "name: its words stand in the consignee's name; address: it is the address", regex="^(name|address)$"
    )
    written = text("The words, or house number and street")
    postal_code = text("Of an address: its ZIP code; - for a name", regex="^(-|[0-9]{5}(-[0-9]{4})?)$")


class FictitiousNames(dy.Schema):
    """One row per name that is nobody's, or seldom: cartoon figures, stand-ins."""

    name = text("Lower case, without marks", primary_key=True, regex="^[a-z0-9]+( [a-z0-9]+)*$")
    kind = text("cartoon, comic, story or stand-in", regex="^[a-z-]+$")
    source = text("Where it is from")
    confidence = text("official, secondary or unverified")


class ZipStates(dy.Schema):
    """One row per first three digits of a ZIP code and state in which such codes are."""

    zip_prefix = text("Three digits", primary_key=True, regex="^[0-9]{3}$")
    state = text("Two letters; - where there are no such codes", primary_key=True, regex="^(-|[A-Z]{2})$")
    source = text("Where it is from, with its licence")
    confidence = text("official, secondary or unverified")


class VaguePhrases(Dated):
    """One row per phrase that does not tell what goods are, where a description holds nothing else."""

    phrase = text("Lower case, without marks", regex="^[a-z0-9]+( [a-z0-9]+)*$")


class IneligibleGoods(Dated):
    """One row per range of tariff numbers that cannot come in under the exemption."""

    regime = text("Whose law", regex=_REGIME)
    kind = text(
        "tax, licence, gift, exclusion (by regulation), hazard, quota, antidumping, countervailing, or agency (another "
        "one asks data of them: a lead)",
        regex="^(tax|licence|gift|exclusion|hazard|quota|antidumping|countervailing|agency)$",
    )
    goods = dy.String(regex=_NO_QUOTES, description="In words")
    hts_from = text("First tariff number of the range, 2 to 10 digits", regex="^[0-9]{2,10}$")
    hts_to = text("Last one, as many digits", regex="^[0-9]{2,10}$")
    origin_country = dy.String(nullable=True, regex="^[A-Z]{2}$", description="Only goods of that origin; empty: all")
    entry_types = dy.String(nullable=True, regex=r"^\w+(\|\w+)*$", description="Only such entries; empty: all")
    pool = dy.String(nullable=True, regex="^(standard|gift|personal)$", description="Only that pool; empty: all")
    above_usd = dy.Decimal(18, 2, nullable=True, min=0, description="Only above that value; empty: any")


class BenignSplits(Dated):
    """One row per innocent explanation and typology: what it does to a flag."""

    benign = text("carrier_split, oversize, multi_vendor, subscription, replacement, backorder_said …", regex=_BENIGN)
    typology = text("As in ref_typologies", regex="^[a-z]+(_[a-z]+)*$")
    effect = text(
        "suppress: the flag is shown as explained; down_rank: it stands and ranks lower", regex="^(suppress|down_rank)$"
    )


class BenignPhrases(dy.Schema):
    """One row per phrase in a description that gives an innocent explanation."""

    benign = text("As in ref_benign_splits", primary_key=True, regex=_BENIGN)
    phrase = text("Lower case", primary_key=True, regex="^[a-z0-9][a-z0-9 -]+$")
    source = text("Where it is from")
    confidence = text("official, secondary or unverified")


class ParcelWeights(Dated):
    """One row per mode and stretch of days: what one parcel may weigh."""

    mode = text("air, truck, mail …")
    most_kg = dy.Decimal(18, 3, min_exclusive=0, description="Heavier goods travel in several parcels")


class PartyTraits(dy.Schema):
    """One row per consignee as written: what its name and address show beside who it is."""

    alias_id = text("As in parties", primary_key=True)
    place_key = optional("House, street and ZIP code, without the unit; null where the address is none")
    unit_key = optional("The unit within it")
    name_kind = optional("Kind of facility that words of the name stand for, as in ref_facilities")
    name_words = optional("Those words")
    name_from = dy.Date(nullable=True, description="From when they do")
    name_to = dy.Date(nullable=True, description="Until when; null while they do")
    place_kind = optional("Kind of facility that the address is listed as")
    place_from = dy.Date(nullable=True, description="From when it is")
    place_to = dy.Date(nullable=True, description="Until when; null while it is")
    is_owner_named = flag("A name stands beside the facility's: c/o, FBO", nullable=False)
    signs = optional("What is odd about name and address, joined by +: stand-in, cartoon, nobody, zip_state …")
    sign_count = count("How many of them")


class GoodsTraits(dy.Schema):
    """One row per description and tariff chapter: does it tell what the goods are, and do both agree."""

    description = text("As written", primary_key=True)
    hts_chapter = text("First two digits of the tariff number; - where there is none", primary_key=True)
    phrase = optional("The vague phrase that is all it holds, as in ref_vague_phrases")
    usual_chapter = optional("The chapter under which its telling words are found, where that is another one")
    telling_words = optional("Those words, joined by blanks")
    usual_shipments = count("Shipments with those words under that chapter")
