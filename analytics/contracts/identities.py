"""Who is who: what goes into the resolver, what comes out, and what is published of it."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import count, day, flag, optional, probability, text

__all__ = [
    "Aliases",
    "Identities",
    "IdentityChanges",
    "IdentityLinks",
    "IdentityMembers",
    "JudgementOutcomes",
    "Judgements",
    "Parties",
    "PreviousMembers",
]


class Parties(dy.Schema):
    """One row per distinct person as written, the consignee or the owner in his place: what the resolver is given.

    Where the owner is the person, the name is the owner's, the address the one he is written in care of, and tax id and
    account number are his or missing.
    """

    alias_id = text("'a' and 16 hex digits of the md5 of the fields below", primary_key=True)
    consignee_name = optional("As written")
    consignee_address = optional("As written")
    consignee_address2 = optional("As written")
    consignee_city = optional("As written")
    consignee_state = optional("As written")
    consignee_postal_code = optional("As written")
    consignee_country = optional("ISO 3166 alpha-2")
    consignee_phone = optional("As written")
    consignee_email = optional("As written")
    consignee_tax_id_hash = optional("Keyed hash")
    consignee_tax_id_deletions = optional("JSON list of keyed hashes")
    consignee_tax_id_last2 = optional("Last two characters")
    consignee_id = optional("Account number")
    consignee_id_issuer = optional("Whose account number")
    shipments = count("Shipments written so")
    first_day = day("First arrival", nullable=False)
    last_day = day("Last arrival", nullable=False)


class IdentityMembers(dy.Schema):
    """One row per alias that belongs to an identity; placeholders and blanks have no row."""

    alias_id = text("As in parties", primary_key=True)
    identity_id = text("'i' and 16 hex digits, minted from the identity's first alias")
    party_class = text("person, firm or account")
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
        " names nobody; contradicted: not done, since later judgements stand against it or both spellings are equal"
        " once normalised",
        regex="^(kept|replaced|withdrawn|waiting|contradicted)$",
    )


class IdentityLinks(dy.Schema):
    """One row per compared pair of aliases that was scored near the threshold or above it."""

    alias_id_l = text("The smaller alias_id", primary_key=True)
    alias_id_r = text("The larger alias_id", primary_key=True)
    probability = probability("That both are one consignee")
    is_joined = flag("Both ended in one identity", nullable=False)
    evidence = text(
        "JSON list of {feature, left, right, weight, text}: what agreed, what did not, weights in log2 odds"
    )


class Identities(dy.Schema):
    """One row per identity."""

    identity_id = text("Stable id", primary_key=True)
    display_name = optional("The name written most often")
    display_address = optional("The address written most often")
    party_class = text("person, firm or account")
    aliases = count("Spellings")
    shipments = count("Current shipments")
    first_day = day("First arrival", nullable=False)
    last_day = day("Last arrival", nullable=False)
    cohesion = probability("Mean link probability over all pairs of its aliases; 1 for a single alias")
    weakest_link = probability("The lowest link without which it would fall apart; 1 for a single alias")


class Aliases(dy.Schema):
    """One row per spelling of a person, consignee or owner in his place, with the identity it belongs to."""

    alias_id = text("As in parties", primary_key=True)
    identity_id = optional("Null where the consignee is blank or a placeholder")
    party_class = text("person, firm, account or placeholder")
    consignee_name = optional("As written")
    consignee_address = optional("As written")
    consignee_address2 = optional("As written")
    consignee_city = optional("As written")
    consignee_state = optional("As written")
    consignee_postal_code = optional("As written")
    consignee_country = optional("ISO 3166 alpha-2")
    consignee_phone = optional("As written")
    consignee_email = optional("As written")
    consignee_tax_id_hash = optional("Keyed hash")
    consignee_tax_id_last2 = optional("Last two characters")
    consignee_id = optional("Account number")
    consignee_id_issuer = optional("Whose account number")
    shipments = count("Current shipments written so")
    first_day = day("First arrival", nullable=False)
    last_day = day("Last arrival", nullable=False)
    probability = probability("How well it belongs", nullable=True)


class IdentityChanges(dy.Schema):
    """One row per thing that happened to an identity; append-only."""

    identity_id = text("The identity it happened to")
    event = text("created, merged, split or renamed", regex="^(created|merged|split|renamed)$")
    from_ids = text("JSON list of the identities it came from")
    cause = text("data, model or human", regex="^(data|model|human)$")
    run_id = text("The run in which it happened")
