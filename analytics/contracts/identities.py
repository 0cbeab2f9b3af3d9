"""Who is who: what goes into the resolver, what comes out, and what is published of it."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import count, day, flag, json_text, optional, probability, text
from analytics.contracts.fields import consignee_columns

__all__ = [
    "NOTES",
    "Aliases",
    "FrozenStates",
    "Identities",
    "IdentityBridges",
    "IdentityChanges",
    "IdentityLinks",
    "IdentityMembers",
    "IdentityParts",
    "IdentityProvenParts",
    "IdentityThresholds",
    "JudgementOutcomes",
    "Judgements",
    "KnownRecords",
    "Parties",
    "PreviousMembers",
    "Refit",
    "Refits",
    "ScoredPairs",
]

NOTES = ("caution", "calibration")
"""Features of evidence that compare nothing: what brings a probability below what was found, in that order."""


class Parties(dy.Schema):
    """One row per distinct person as written, the consignee or the owner in his place: what the resolver is given.

    Where the owner is the person, the name is the owner's, the address the one he is written in care of, and tax id and
    account number are his or missing.
    """

    alias_id = text("'a' and 16 hex digits of the md5 of the fields below", primary_key=True)
    locals().update(consignee_columns())
    shipments = count("Shipments written so")
    first_day = day("First arrival", nullable=False)
    last_day = day("Last arrival", nullable=False)


class IdentityMembers(dy.Schema):
    """One row per alias that belongs to an identity; placeholders and blanks have no row."""

    alias_id = text("As in parties", primary_key=True)
    identity_id = text("'i' and 16 hex digits, minted from the identity's first alias")
    party_class = text("person, firm, unknown (the name may be either's) or account")
    probability = probability(
        "How well it belongs: the mean link probability to the rest; 1 for an identity of one alias"
    )


class PreviousMembers(dy.Schema):
    """Remembered: which identity each alias belonged to after the last run."""

    alias_id = text("As in parties", primary_key=True)
    identity_id = text("As it was")
    minted_no = dy.Int64(description="Order in which identities were minted; the lower is the older", min=0)


class Judgements(dy.Schema):
    """Remembered, append-only: what a person said of two aliases."""

    alias_id_l = text("The smaller alias_id")
    alias_id_r = text("The larger alias_id")
    verdict = text("same, different or unsure", regex="^(same|different|unsure)$")
    judged_by = text("Who")
    judged_at = text("When, ISO 8601, UTC")
    note = optional("Why")


class JudgementOutcomes(Judgements):
    """One row per judgement of a person on two aliases, with what the last screening made of it."""

    outcome = text(
        "kept; replaced by a later one on the same pair; withdrawn (unsure); waiting for an alias that is not there or"
        " names nobody; contradicted: not done, since later judgements stand against it or both aliases are equal"
        " once normalised",
        regex="^(kept|replaced|withdrawn|waiting|contradicted)$",
    )


class FrozenStates(dy.Schema):
    """Remembered: what the last resolution of everybody counted; see `analytics.identity.incremental.state`."""

    part = text("whole, word, or the column that was counted")
    name = text("Of a figure of the whole; what it was made with")
    hash = dy.UInt64(description="Of a value; 0 for a figure of the whole")
    number = dy.Float64(description="How many shared the value; the figure")


class KnownRecords(dy.Schema):
    """Remembered: the parties of the last run by their content, and which were one."""

    record = dy.UInt64(primary_key=True, description="Hash of all that was compared of a party")
    group = dy.UInt64(description="The same for all parties of one identity")


class ScoredPairs(dy.Schema):
    """Remembered: the pairs of parties that were compared in the last run."""

    left = dy.UInt64(primary_key=True, description="The smaller record")
    right = dy.UInt64(primary_key=True, description="The larger record")
    probability = probability("As it was settled")
    is_forbidden = flag("No score may join them", nullable=False)


class Refit(dy.Schema):
    """One row per term of the model that the refit in force shifts; no row where none is in force."""

    version = text("Name of the shifted model")
    term = text("A comparison, or prior: what is taken for granted", primary_key=True)
    shift = dy.Float64(description="Added to the log odds for the prior; to 1, as a factor, for a comparison")


class Refits(dy.Schema):
    """One row per thing that happened to a refit of the model; append-only."""

    refit_no = dy.Int64(primary_key=True, min=1, description="Running number over the life of the store")
    event = text("adopted or withdrawn", regex="^(adopted|withdrawn)$")
    version = text("Name of the shifted model")
    base = text("The model it shifts")
    at = text("When, ISO 8601, UTC")
    by = text("Who")
    verdicts = count("Verdicts it was fitted to; null where it was withdrawn", nullable=True)
    log_loss_before = dy.Float64(nullable=True, description="Of the model on the verdicts")
    log_loss_after = dy.Float64(
        nullable=True, description="Of refits on verdicts that were held back from each of them"
    )
    wrong_merges_before = count("Verdicts 'different' that the model would join", nullable=True)
    wrong_merges_after = count("The same, held back", nullable=True)
    wrong_partings_before = count("Verdicts 'same' that the model would part", nullable=True)
    wrong_partings_after = count("The same, held back", nullable=True)


class IdentityLinks(dy.Schema):
    """One row per compared pair of aliases that was scored near the threshold or above it."""

    alias_id_l = text("The smaller alias_id", primary_key=True)
    alias_id_r = text("The larger alias_id", primary_key=True)
    probability = probability("That both are one consignee")
    is_joined = flag("Both ended in one identity", nullable=False)
    evidence = json_text(
        "JSON list of {feature, left, right, weight, text}: what agreed, what did not, what holds the "
        "probability back; weights in log2 odds that sum to the probability"
    )


class Identities(dy.Schema):
    """One row per identity."""

    identity_id = text("Stable id", primary_key=True)
    display_name = optional("The name written most often")
    display_address = optional("The address written most often")
    party_class = text("person, firm, unknown (the name may be either's) or account")
    aliases = count("Spellings")
    shipments = count("Current shipments")
    first_day = day("First arrival", nullable=False)
    last_day = day("Last arrival", nullable=False)
    cohesion = probability("Mean link probability over all pairs of its aliases; 1 for a single alias")
    weakest_link = probability("The lowest link without which it would fall apart; 1 for a single alias")
    bridges = count("Links without any one of which it falls in two; see identity_bridges")
    survives_to_threshold = probability(
        "The highest threshold tried at which it has the same members; 1 where nothing doubtful holds it together"
    )
    joins_at_threshold = probability(
        "The highest looser threshold tried at which it is joined with another; null where none joins it", nullable=True
    )


class IdentityBridges(dy.Schema):
    """One row per link without which an identity falls in two: the first thing to look at before it is believed."""

    identity_id = text("The identity that hangs on it", primary_key=True)
    alias_id_l = text("The smaller alias_id", primary_key=True)
    alias_id_r = text("The larger alias_id", primary_key=True)
    probability = probability("Of the link")
    aliases_apart = count("Spellings that would stand apart: those on the smaller side")


class IdentityThresholds(dy.Schema):
    """One row per threshold at which who is who was grouped: the run's setting link_thresholds, and certainty."""

    threshold = dy.Float64(primary_key=True, min=0, max=1, description="Lowest mean probability that joins")
    standing = text(
        "high (the loosest), looser, central (identities are made here), stricter, low (the strictest), certain (only"
        " what nobody doubts)",
        regex="^(high|looser|central|stricter|low|certain)$",
    )


class IdentityParts(dy.Schema):
    """One row per alias and threshold at which its identity has other members: fewer, or those of others too."""

    alias_id = text("As in parties", primary_key=True)
    threshold = dy.Float64(primary_key=True, min=0, max=1, description="As in identity_thresholds")
    part_id = text("The smallest alias_id of those it is together with there")


class IdentityProvenParts(dy.Schema):
    """One row per alias whose identity falls into parts where only proven matches hold, and its part there.

    A match is proven by a probability of at least 0.99 and two identifiers that do not follow from one another, or by a
    person who confirmed it.
    """

    alias_id = text("As in parties", primary_key=True)
    part_id = text("The smallest alias_id of those it is together with there")


class Aliases(dy.Schema):
    """One row per alias of a consignee, or of the owner in its place, with the identity it belongs to."""

    alias_id = text("As in parties", primary_key=True)
    identity_id = optional("Null where the consignee is blank or a placeholder")
    party_class = text("person, firm, unknown (the name may be either's), account or placeholder")
    locals().update(consignee_columns())
    shipments = count("Current shipments written so")
    first_day = day("First arrival", nullable=False)
    last_day = day("Last arrival", nullable=False)
    probability = probability("How well it belongs", nullable=True)


class IdentityChanges(dy.Schema):
    """One row per thing that happened to an identity; append-only."""

    identity_id = text("The identity it happened to")
    event = text("created, merged, split or renamed", regex="^(created|merged|split|renamed)$")
    from_ids = json_text("JSON list of the identities it came from")
    cause = text("data, model or human", regex="^(data|model|human)$")
    run_id = text("The run in which it happened")
