"""What the screening found."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import count, day, flag, json_text, money, optional, probability, text, usd

__all__ = [
    "CandidateShipments",
    "Candidates",
    "ClusteringTests",
    "DailyTotals",
    "DateSensitivity",
    "Exposure",
    "FlagCuts",
    "FlagShipments",
    "FlagThresholds",
    "Flags",
    "LeadPairs",
    "RollingTotals",
    "SmallestCuts",
    "StructuringTests",
    "Suppressions",
    "ThresholdTotals",
    "TypologyStatus",
]

_STRENGTH = "^(objective|inferred|supporting)$"


class DailyTotals(dy.Schema):
    """One row per regime, identity, day, pool, rule and coverage: exempted shipments of that day, added up."""

    regime = text("us …", primary_key=True)
    identity_id = text("The person", primary_key=True)
    arrival_date = dy.Date(primary_key=True, description="The day")
    pool = text("standard, gift or personal", primary_key=True, regex="^(standard|gift|personal)$")
    rule_id = text("Rule or rules the shipments came under, joined by +", primary_key=True)
    coverage = text(
        "known; or which answer this is where origin or mode is missing and the rule depends on it", primary_key=True
    )
    shipments = count("Shipments added up, oversize shipments set aside")
    oversize_count = count("Shipments over the limit alone, set aside")
    total_amount = money("Sum of the shipments, in limit_currency; in USD where there is no limit")
    total_usd = usd("Sum of the shipments")
    limit_amount = money("The limit; null where no exemption was available, never 0")
    limit_currency = optional("ISO 4217; null where there is no limit")
    is_over_limit = flag("Two shipments or more, together over the limit", nullable=False)


class RollingTotals(dy.Schema):
    """One row per person, pool and window over the limit of its last day: a view of risk, which no law asks for.

    Empty unless ``rolling_window_days`` is set.
    """

    regime = text("us …")
    identity_id = text("The person", primary_key=True)
    pool = text("standard, gift or personal", primary_key=True, regex="^(standard|gift|personal)$")
    window_start = dy.Date(description="First day of the window with a shipment")
    window_end = dy.Date(primary_key=True, description="Last day")
    day_count = count("Days with a shipment")
    shipments = count("Shipments added up")
    total_amount = money("Their sum, in limit_currency", nullable=False)
    total_usd = usd("Their sum", nullable=False)
    limit_amount = money("The limit of the last day", nullable=False)
    limit_currency = text("ISO 4217")
    rule_id = text("Rule or rules of the last day")


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
    counter_reasons = json_text("JSON list of sentences: what speaks against it, and what would change it")
    rule_id = text("As in ref_limits, with a suffix where one rule is tested in several ways")
    legal_basis = text("The citation")
    attributes = json_text("JSON object: what made it visible")
    survives_to_threshold = dy.Float64(
        nullable=True,
        min=0,
        max=1,
        description="The strictest threshold on who is who, of those tried, at which a part of it still stands; 1 where"
        " it rests on no doubtful link; null where this was not tested for its typology",
    )
    is_suppressed = flag(
        "Its shipments show an innocent explanation (suppressions); it stays, and counts as explained", nullable=False
    )


class FlagShipments(dy.Schema):
    """One row per shipment of a flag."""

    flag_id = text("As in flags", primary_key=True)
    shipment_uid = text("As in shipments", primary_key=True)
    shipment_id = text("As written")
    is_in_cut = flag("One of the fewest shipments without which the flag would not stand", nullable=False)


class Suppressions(dy.Schema):
    """One row per flag and innocent explanation that its shipments show."""

    flag_id = text("As in flags", primary_key=True)
    benign = text("carrier_split, multi_vendor, oversize, subscription, replacement …", primary_key=True)
    typology = text("As in flags")
    effect = text("suppress: the flag counts as explained; down_rank: it stands and ranks lower")
    reason = text("One sentence: what the shipments show")
    source = text("Why that matters: statute, ruling")
    confidence = text("official, secondary or unverified: what was seen of the source")


class SmallestCuts(dy.Schema):
    """One row per flag: the fewest shipments without which it would not stand."""

    flag_id = text("As in flags", primary_key=True)
    stands_on = text("sum, each, pieces, shipments, names or pattern, as in ref_typologies")
    shipments = count("Rows of the flag")
    cut_count = count("How many of them; null where it stands on a pattern", nullable=True)
    cut_usd = usd("What these are worth, where it is clear which ones they are")
    statement = text("The same in a sentence")


class FlagThresholds(dy.Schema):
    """One row per flag and threshold on who is who: whether it stands there, and with how much.

    Flags that only a looser threshold would raise have rows here and none in flags.
    """

    flag_id = text("As in flags; an id of its own where only the threshold would raise it", primary_key=True)
    threshold = dy.Float64(primary_key=True, min=0, max=1, description="As in identity_thresholds")
    standing = text("As in identity_thresholds")
    regime = text("us …")
    typology = text("daily_limit, order_split …")
    subject = text("As in flags; which identities would be one where only the threshold would raise it")
    window_end = dy.Date(description="Last day")
    is_raised = flag("It stands in flags", nullable=False)
    stands = flag("Some part of it is over the limit at this threshold", nullable=False)
    shipments = count("Shipments of the parts that are over the limit there")
    total_usd = usd("What those shipments are worth", nullable=False)


class ThresholdTotals(dy.Schema):
    """One row per week, typology and threshold on who is who: the flags that stand there, low to high.

    At a looser threshold two flags that would become one still count as two, so that strict never has more than loose.
    """

    week_start = dy.Date(primary_key=True, description="Monday of the week of a flag's last day")
    regime = text("us …", primary_key=True)
    typology = text("daily_limit, order_split …", primary_key=True)
    threshold = dy.Float64(primary_key=True, min=0, max=1, description="As in identity_thresholds")
    standing = text("As in identity_thresholds")
    flags = count("Flags that stand there")
    total_usd = usd("Sum of their shipments; a shipment in two flags counts twice", nullable=False)


class LeadPairs(dy.Schema):
    """One row per possible_daily_limit flag and pair of identities that it takes for one party.

    The weights are logs to the base of 10: above 0 speaks for one party, below 0 for two. Day and value are weighed for
    these flags alone, never for identity.
    """

    flag_id = text("As in flags", primary_key=True)
    identity_id_l = text("The smaller identity_id", primary_key=True)
    identity_id_r = text("The larger one", primary_key=True)
    alias_id_l = text("The alias of the first to ask about")
    alias_id_r = text("That of the second")
    arrival_date = day("The day")
    probability = probability("That the two are one party")
    grounds = text("What agrees between them and what does not")
    place = text("dwelling, building, or elsewhere where a phone brought them together")
    weight_of_name = dy.Float64(description="Of the names")
    weight_of_unit = dy.Float64(description="Of the units")
    weight_of_phone = dy.Float64(description="Of the phones")
    weight_of_email = dy.Float64(description="Of the e-mail addresses")
    weight_of_day = dy.Float64(description="Of meeting on one day, by how seldom the two would by chance")
    weight_of_values = dy.Float64(description="Of the values, against those usual in the file")
    new_usd = usd("Shipments of the flag that are in no daily_limit flag", nullable=False)


class FlagCuts(dy.Schema):
    """One row per flag and kind of thing without which it falls: the smallest single one of its kind.

    No row means that no single thing of that kind clears the flag.
    """

    flag_id = text("As in flags", primary_key=True)
    cut = text("piece, link (between two aliases), or numbers (read as orders of their own)", primary_key=True)
    shipment_uid = optional("The cheapest shipment that is enough")
    shipment_id = optional("As written")
    alias_id_l = optional("The weakest link that is enough: the smaller alias_id")
    alias_id_r = optional("The larger alias_id")
    probability = dy.Float64(nullable=True, min=0, max=1, description="Of the link")
    amount = money("What the shipment adds to the total, in limit_currency")
    limit_currency = optional("ISO 4217")
    reason = text("The same in a sentence")


class Exposure(dy.Schema):
    """One row per flag, component and reading of what an excess means."""

    flag_id = text("As in flags", primary_key=True)
    component = text(
        "value, duty, fees, total (duty and fees), penalty, penalty_floor (beside it) or disclosure", primary_key=True
    )
    reading = text("all, tipping, greedy, latch or lots", primary_key=True)
    floor_usd = usd("The least that may be owed; null where unknown")
    base_usd = usd("The headline; null where unknown")
    ceiling_usd = usd("The most that may be owed; null where unknown")
    is_unknown = flag("Some part could not be computed: the figures are then of the rest", nullable=False)
    assumptions = json_text("JSON list of sentences")


class TypologyStatus(dy.Schema):
    """One row per typology: was it tested, and on what."""

    typology = text("The name", primary_key=True)
    tested = text("yes, 'not tested: no order_id', or 'not testable on these entries: no informal entry'")
    rows = count("Shipments it could judge: they carry what it needs, and its rule can bite on them")
    shipments = count("Shipments of the days covered")
    flags = count("Flags raised")
    window = optional("Days covered")


class DateSensitivity(dy.Schema):
    """One row per daily_limit or suspended_claim flag and date basis: whether it would stand on that date."""

    flag_id = text("As in flags", primary_key=True)
    date_basis = text("arrival, estimated_arrival, release or order", primary_key=True)
    shipments = count("Rows of the flag that carry this date")
    is_over_limit = flag("The flag stands if this date is the one that counts; null where too few rows carry it")
    days = day("The day on which it stands", nullable=True)


class ClusteringTests(dy.Schema):
    """One row per party or route and limit with enough shipments around it: do amounts crowd just below the limit."""

    unit_kind = text("all, seller, filer, carrier or route", primary_key=True)
    unit = text("Which one", primary_key=True)
    limit_currency = text("ISO 4217", primary_key=True)
    limit_amount = dy.Decimal(18, 2, primary_key=True, description="The limit")
    method = text("step: against the density above; rise: against the trend below, where nothing lies above")
    statistic = dy.Float64(description="Standard errors by which there is more just below")
    p_value = probability("Chance of as much or more")
    q_value = probability("Rate of false findings among all that are as striking")
    tests = count("Parties and routes tested")
    elsewhere = count("Other values at which the same was measured")
    elsewhere_share = probability("Share of them that shows as much")
    excess = dy.Float64(description="Shipments just below beyond those expected, round amounts not counted")
    excess_low = dy.Float64(description="Lower end of its interval of 95%")
    excess_high = dy.Float64(description="Upper end")
    heaped_share = probability("Share of amounts that are round or end like prices, left out")
    once_statistic = dy.Float64(nullable=True, description="The statistic if each seller (buyer) counts an amount once")
    shipments = count("Around the limit")
    near_shipments = count("Just below it, the limit itself included")
    at_limit = count("Of exactly the limit")


class StructuringTests(dy.Schema):
    """One row per person, pool, limit's currency and quarter with enough days around the limit to be tested."""

    identity_id = text("The person", primary_key=True)
    pool = text("standard, gift or personal", primary_key=True)
    limit_currency = text("ISO 4217", primary_key=True)
    quarter_start = dy.Date(primary_key=True, description="First day of the quarter")
    near_days = count("Days just under the limit, the limit itself included")
    around_days = count("Days around it, these included")
    usual_share = probability("Share of such days expected just under, read off the bands beside")
    spread = probability("How far buyers differ in it: intra-class correlation")
    buyers = count("Buyers and quarters with days in the bands beside")
    method = text("trend: bands on both sides; rise: those below, where hardly anything lies above")
    p_value = probability("Chance of as many or more; 1 where too few days are just under to be flagged")
    q_value = probability("Rate of false findings among all that are as striking")
    tests = count("Persons and quarters tested")


class Candidates(dy.Schema):
    """One row per thing a typology considered; those below its line are what a sample is drawn from.

    Of daily_limit: days of two shipments or more and half of the limit or more that are not over it.
    """

    candidate_id = text("'c' and 16 hex digits", primary_key=True)
    typology = text("inferred_order_split, structuring or daily_limit")
    identity_id = text("The person")
    score = dy.Float64(min=0, description="How far it got; of daily_limit the share of the limit")
    line = probability("Score from which it is flagged; of daily_limit, above which")
    is_above = flag("It is flagged", nullable=False)
    window_start = dy.Date(description="First day")
    window_end = dy.Date(description="Last day")
    shipments = count("Rows in candidate_shipments")
    total_usd = usd("Sum of those rows", nullable=False)


class CandidateShipments(dy.Schema):
    """One row per shipment of a candidate."""

    candidate_id = text("As in candidates", primary_key=True)
    shipment_uid = text("As in shipments", primary_key=True)
