"""The reference tables that say how a rule is applied: whose day, which person, which goods, by when, kept how long."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import count, flag, optional, text

__all__ = [
    "AceNoticeCodes",
    "AceStages",
    "Centers",
    "CheckedConditions",
    "Dated",
    "Deadlines",
    "FlatDuties",
    "GoodsConditions",
    "LawEvents",
    "OwnerPlaceholders",
    "Persons",
    "PortZones",
    "Regimes",
    "RequiredData",
    "Retention",
    "Reviews",
    "Territories",
    "TestedDays",
]

_REGIME = "^[a-z]{2,8}$"
_CURRENCY = "^[A-Z]{3}$"
_ZONE = "^(UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_]+)+)$"
_BASIS = "^(arrival|estimated_arrival|release|entry|order)$"


class Dated(dy.Schema):
    """What every dated table has."""

    valid_from = dy.Date(description="First day on which the row holds")
    valid_to = dy.Date(nullable=True, description="First day on which it no longer holds; empty while it is open")
    source = text("Where this is written: statute, notice, ruling, publication")
    confidence = text("official, secondary or unverified: what was seen of the source")


class Regimes(Dated):
    """One row per regime and stretch of days: whose law it is, and in what terms it is written."""

    regime = text("Short name, as --regime takes it", regex=_REGIME)
    name = text("In words")
    time_zone = text("The zone whose calendar days are meant", regex=_ZONE)
    origin_basis = text("Which country an origin scope is about", regex="^(origin_country|export_country)$")
    value_basis = text(
        "retail: declared_value; transaction: customs_value, declared_value standing in where it is not given",
        regex="^(retail|transaction)$",
    )
    excess_mode = text("What loses the relief where a group is over the limit, in words")
    note = optional("What to know of it, in a sentence")


class Persons(Dated):
    """One row per situation: who is the person that a limit is about."""

    regime = text("Whose law", regex=_REGIME)
    precedence = dy.Int64(min=1, description="Of the situations that fit, the one with the lowest number decides")
    situation = text("When it applies")
    person = text("Who is the person then")
    note = optional("Why, in a sentence")


class TestedDays(Dated):
    """One row per test: which day it goes by, on whose clock."""

    regime = text("Whose law", regex=_REGIME)
    applies_to = text("statute, ace_check or type_86_entry")
    date_basis = text("Which date", regex=_BASIS)
    time_zone = text("The zone whose calendar days are meant", regex=_ZONE)
    note = optional("Why, in a sentence")


class AceStages(Dated):
    """One row per stage of customs' own automated check."""

    regime = text("Whose system", regex=_REGIME)
    stage = text("Name of the stage")
    effect = text("What it did to a filing over the limit", regex="^(none|warn|withhold|reject)$")
    modes = text("As a mode scope of ref_limits")
    matched_on = optional("What told it that two shipments were one person's")
    note = optional("What to know of it, in a sentence")


class AceNoticeCodes(Dated):
    """One row per code and channel by which customs tells a filer of an aggregate over the limit."""

    regime = text("Whose system", regex=_REGIME)
    code = text("As the message carries it")
    channel = text("The modes or message it is sent on")
    modes = optional("The modes, joined by |; empty where they were not told")
    effect = text("warn, withhold or reject", regex="^(warn|withhold|reject)$")
    meaning = text("In words")
    note = optional("What to know of it, in a sentence")


class GoodsConditions(Dated):
    """One row per class of goods and pool: whether it may come in under the exemption."""

    regime = text("Whose law", regex=_REGIME)
    goods = text("The class of goods, in words")
    pool = text("standard, gift or personal", regex="^(standard|gift|personal)$")
    is_eligible = flag("It may", nullable=False)
    hts_headings = optional("Tariff headings of four digits by which the class is told, parted by |")
    note = optional("Why, in a sentence")


class Retention(Dated):
    """One row per kind of record: how long it has to be kept."""

    regime = text("Whose law", regex=_REGIME)
    records = text("Which records")
    years = count("How many years")
    counted_from = text("From which day")
    note = optional("What to know of it, in a sentence")


class Deadlines(Dated):
    """One row per deadline and stretch of days."""

    regime = text("Whose law", regex=_REGIME)
    deadline = text("type_86_entry, prior_disclosure_in_writing …")
    within_days = dy.Int64(nullable=True, min=0, description="Days after counted_from; empty where it is no such count")
    counted_from = text("arrival, arrival_month (its last day), oral_disclosure …")
    wording = text("In words")
    note = optional("What to know of it, in a sentence")


class Territories(Dated):
    """One row per place that is told apart from the rest: inside the customs territory or not."""

    regime = text("Whose territory", regex=_REGIME)
    place = text("ISO 3166 alpha-2", regex="^[A-Z]{2}$")
    name = text("In words")
    is_inside = flag("Goods brought there are imports of this regime", nullable=False)


class RequiredData(Dated):
    """One row per data element that a way of bringing goods in asks for."""

    regime = text("Whose law", regex=_REGIME)
    program = text("manifest, type_86, postal_data, postal_informal_entry …")
    element = text("In words")
    column_name = optional("The column of the input it stands in; empty where the input has none")
    need = text("required or conditional", regex="^(required|conditional)$")


class LawEvents(Dated):
    """One row per thing that happened to the law and is no rule: a ruling, a proposal, a notice."""

    regime = text("Whose law", regex=_REGIME)
    event = text("What happened, in a sentence")
    effect = text("none, or what it did to the rules, in words")


class Reviews(dy.Schema):
    """One row per part of the tables: when it was last compared with its sources, and to when it reaches."""

    regime = text("Whose law", regex=_REGIME, primary_key=True)
    subject = text("Which part, in words", primary_key=True)
    tables = text("The reference tables it is in, joined by |", regex=r"^ref_\w+(\|ref_\w+)*$")
    reviewed_on = dy.Date(description="Day up to which it was compared with its sources")
    covers_until = dy.Date(nullable=True, description="First day that it says nothing of; empty: its last row is open")
    source = text("What it was compared with")
    update = optional("How to bring it up to date, in a sentence")


class FlatDuties(Dated):
    """One row per flat duty that takes the place of rates."""

    regime = text("Whose law", regex=_REGIME)
    rule_id = text("The rule it belongs to, as in ref_limits")
    applies_to = text("What it is levied on, in words")
    amount = dy.Decimal(18, 2, min=0, description="For one unit")
    currency = text("ISO 4217", regex=_CURRENCY)
    unit = text("item, consignment …")


class CheckedConditions(Dated):
    """One row per condition of the review checklist."""

    regime = text("Whose law", regex=_REGIME)
    place = dy.Int64(min=1, description="Place on the list")
    condition = text("day_value, one_order, party, goods, papers, timely, origin, available")
    title = text("A few words")
    question = text("What is asked, in a sentence")


class Centers(Dated):
    """One row per stretch of tariff chapters: the center of excellence and expertise that processes such goods."""

    regime = text("Whose law", regex=_REGIME)
    center = text("Its name")
    chapter_from = text("First chapter, two digits", regex="^[0-9]{2}$")
    chapter_to = text("Last chapter, two digits", regex="^[0-9]{2}$")


class PortZones(Dated):
    """One row per customs district: the clock of its ports."""

    district = text("The first two digits of a Schedule D port code", regex="^[0-9]{2}$")
    name = text("In words")
    time_zone = text("The zone of most of its ports", regex=_ZONE)


class OwnerPlaceholders(dy.Schema):
    """One row per text that stands where no owner or buyer is named."""

    owner_name = text("Upper case", primary_key=True)
