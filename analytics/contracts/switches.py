"""The questions that the law leaves open, as switches of a run: each with its answers and the one taken by default.

A switch is a run parameter like any other: SQL binds it as ``$name``, a TOML file sets it under ``[scenario]``, and the
run keeps it. An answer of the law that the program does not give yet is refused, not passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["SWITCHES", "Switch"]


@dataclass(frozen=True)
class Switch:
    """One question with its answers.

    Attributes
    ----------
    number : int
        Place on the list.
    name : str
        As the SQL and the TOML write it.
    question : str
        What is asked, in a few words.
    default : str or int
        The answer taken where none is given.
    answers : mapping
        Answer to what it means; empty where the answer is a number.
    refused : mapping
        Answers that may be meant and are not given, each with the reason.
    changes : str
        What it changes.
    """

    number: int
    name: str
    question: str
    default: str | int
    answers: Mapping[str, str]
    changes: str
    refused: Mapping[str, str]


def _choice(number: int, name: str, question: str, answers: dict[str, str], changes: str, **refused: str) -> Switch:
    """Return a switch whose first answer is the default."""
    return Switch(number, name, question, next(iter(answers)), answers, changes, refused)


def _count(number: int, name: str, question: str, default: int, changes: str) -> Switch:
    return Switch(number, name, question, default, {}, changes, {})


_NOT_YET = "the resolver does not take it as a setting yet"

SWITCHES: tuple[Switch, ...] = (
    _choice(
        1,
        "excess_reading",
        "What loses the exemption where a day is over the limit",
        {
            "all": "every shipment of the day",
            "tipping": "the shipment that takes the sum over",
            "greedy": "in manifest order, each shipment that no longer fits",
            "latch": "in manifest order, the first that no longer fits and all after it",
        },
        "the headline of value, duty and fees; every reading is kept, and floor and ceiling stay",
    ),
    _choice(
        2,
        "person",
        "Who the person is",
        {
            "owner": "the owner or purchaser where one is named, else the consignee",
            "consignee": "the consignee as written, who is also the deliver-to of this input",
        },
        "who is resolved and summed",
        warehouse="the typology warehouse_consignee asks that question",
    ),
    _choice(
        3,
        "date_basis",
        "Which date counts, the others standing in where it is missing",
        {
            "arrival": "actual arrival",
            "estimated_arrival": "estimated arrival",
            "release": "release",
            "entry": "the day the data were filed",
            "order": "the day of the order",
        },
        "arrival_date and date_basis of every shipment, and so its rule and its day",
    ),
    _choice(
        4,
        "time_zone",
        "Whose clock the day goes by",
        {
            "regime": "that of the regime: America/New_York for us",
            "port": "that of the port of entry",
            "UTC": "universal time",
        },
        "the day of shipments whose arrival has a time of day",
    ),
    _count(
        4,
        "near_midnight_hours",
        "Hours from midnight within which a shipment is marked",
        3,
        "is_near_midnight, and what its flags say of it",
    ),
    _count(
        5,
        "rolling_window_days",
        "Days of a rolling window, beside the calendar day; 0 for none",
        0,
        "rolling_totals, a view of risk; never a flag",
    ),
    _choice(
        6,
        "boundary",
        "Is exactly the limit over it",
        {"over": "no, only more is", "at": "yes"},
        "every comparison with a limit",
    ),
    _choice(
        7,
        "value_basis",
        "Which value is compared with the limit",
        {
            "regime": "the one the regime means: fair retail value for us",
            "retail": "declared_value",
            "transaction": "customs_value, declared_value standing in as a proxy",
        },
        "the amounts that are summed and compared",
    ),
    _choice(
        8,
        "fx_date",
        "Which day's rate turns a value into dollars",
        {
            "arrival": "the day of arrival; the day of export is no column of the input",
            "order": "the day of the order, the nearest to export, where it is given",
        },
        "value_usd and customs_value_usd of other currencies",
    ),
    _choice(
        9,
        "missing_order_id",
        "What a missing order number means",
        {"infer": "lots of one order may be inferred, never stated", "ignore": "nothing is inferred"},
        "whether inferred_order_split is tested",
    ),
    _choice(
        10,
        "identity_threshold",
        "How much joins two aliases",
        {"medium": "the calibrated threshold; judgements and account numbers outrank it"},
        "who is taken for one",
        strict=_NOT_YET,
        loose=_NOT_YET,
    ),
    _choice(
        11,
        "households",
        "Are a household, or the companies of a group, one person",
        {"separate": "no: each is a person; an address in common is no identity"},
        "who is taken for one",
        merged=_NOT_YET,
    ),
    _choice(
        12,
        "mail",
        "Does mail count with the other modes",
        {
            "combined": "yes: the statute knows no mode; each flag says whether it stands without mail",
            "excluded": "no, as in customs' own check",
        },
        "the sums of a person's day",
    ),
    _choice(
        13,
        "gifts",
        "Do gifts and baggage count against the general limit",
        {
            "separate": "no: they have limits of their own",
            "pooled": "yes, wherever the general exemption is on offer",
        },
        "the pool that gifts and baggage are summed in",
    ),
    _choice(
        14,
        "entered_shipments",
        "Do shipments that were entered count towards the day",
        {"excluded": "no: the statute counts what was exempted", "counted": "yes, beside a shipment that was exempted"},
        "the sums of a person's day",
    ),
    _choice(
        15,
        "contested_ieepa",
        "Are the duties of the emergency powers act, held unlawful, in the headline",
        {"excluded": "no", "included": "yes"},
        "the base of duty",
    ),
    _choice(
        15,
        "contested_s122",
        "Are the section 122 duties, contested and expired, in the headline",
        {"included": "yes, and flagged", "excluded": "no"},
        "the base of duty",
    ),
    _choice(
        16,
        "eo_suspension",
        "Was the suspension by executive order valid",
        {
            "valid": "yes",
            "invalid": "no: the limit went on from 2025-05-02 until the regulation of 2026-06-24",
        },
        "the rule of the days between",
    ),
    _choice(
        17,
        "penalty_1321c",
        "Is the penalty of 19 USC 1321(c) reckoned",
        {"manual": "only by a person, case by case"},
        "nothing by itself",
        automatic="whether a breach of the limit is a violation of another law is open; it is never asserted",
    ),
    _choice(
        18,
        "culpability",
        "Which degree of culpability is shown",
        {
            "negligence": "negligence",
            "gross_negligence": "gross negligence",
            "fraud": "fraud, as an upper bound somebody asked to see; it is never inferred",
        },
        "the penalty range that is shown",
    ),
    _choice(
        19,
        "mpf_entries",
        "How many entries the processing fee is reckoned for",
        {"per_shipment": "one for each shipment", "consolidated": "one for a person's day"},
        "the fees",
    ),
    _count(
        20,
        "look_back_years",
        "Years looked back from as_of_date; 0 for all. Without as_of_date nothing is left out",
        5,
        "the first day screened",
    ),
    _count(21, "retention_years", "Years that records are to be kept by policy", 5, "what the checklist says"),
    _choice(
        22,
        "wording",
        "What a flag is called",
        {"indicator": "an indicator, with rule, fields and rows; a lawyer decides"},
        "nothing",
        violation="whether something is one is for a lawyer to say",
    ),
)
"""In the order of the list; a question with two parts has two rows of one number."""
