"""The reference tables that the typologies lean on: what each of them is, and the dated lists it looks things up in."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import count, flag, text

__all__ = ["Typologies", "TypologyFields"]

_REGIME = "^[a-z]{2,8}$"
_NO_QUOTES = r'^[^"\\]+$'


class _Dated(dy.Schema):
    valid_from = dy.Date(description="First day on which the row holds")
    valid_to = dy.Date(nullable=True, description="First day on which it no longer holds; empty while it is open")
    source = text("Where this is written: statute, notice, ruling, publication")
    confidence = text("official, secondary, unverified or disputed: what was seen of the source")


class Typologies(_Dated):
    """One row per typology and stretch of days: what it rests on, what it needs, and what it may not mean.

    A typology that words its flags from this table raises none on a day on which it has no row.
    """

    regime = text("Whose law", regex=_REGIME)
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
        "Columns it needs: & joins what must be there, | what may stand in for each other",
        regex="^[a-z_]+([&|][a-z_]+)*$",
    )
    needs_rule = text("Provision of ref_limits it cannot do without, or -")
    asks_purpose = flag("The rule asks why goods were sent apart, so that a harmless reason matters", nullable=False)
    rule_id = text("What its flags are filed under, where no row of ref_limits names them")
    at_stake = dy.String(regex=_NO_QUOTES, description="What a flag means is at stake, in a sentence")
    benign = dy.String(regex=_NO_QUOTES, description="Where the same is seen and nothing is wrong; divided by ;")


class TypologyFields(dy.Schema):
    """One row per typology and column it needs, spelled out from ref_typologies."""

    regime = text("Whose law", primary_key=True)
    typology = text("As in ref_typologies", primary_key=True)
    clause_no = count("Fields of one clause stand in for each other; every clause must be met")
    field_no = count("Place among all fields of the typology")
    field = text("A column of the shipments, or consignee: a consignee that is somebody", primary_key=True)
