"""Legal positions: open questions of law, each with its answers and the default.

A position is a run parameter. SQL binds it as ``$name``, a TOML file sets it under ``[scenario]``, the run keeps it.
An answer that is not supported yet is rejected, not ignored.
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
        Name in SQL and TOML.
    question : str
        The question, in a few words.
    default : str or int
        The default answer.
    answers : mapping
        Answer to its meaning; empty if the answer is a number.
    refused : mapping
        Answers that are rejected, each with the reason.
    changes : str
        The results that it changes.
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


_NOT_YET = "not supported by entity resolution yet"

SWITCHES: tuple[Switch, ...] = (
    _choice(
        1,
        "excess_reading",
        "Which shipments lose the exemption if a day is over the limit",
        {
            "all": "every shipment of the day",
            "tipping": "the shipment that takes the sum over the limit",
            "greedy": "in manifest order, each shipment that no longer fits",
            "latch": "in manifest order, the first shipment that no longer fits and all later ones",
        },
        "the base estimate of value, duty and fees; every interpretation is kept, and low and high stay",
    ),
    _choice(
        2,
        "person",
        "Who the person is",
        {
            "owner": "the owner or purchaser if one is named, otherwise the consignee",
            "consignee": "the consignee as written, who is also the deliver-to party of this input",
        },
        "the parties that are matched and added up",
        warehouse="the typology warehouse_consignee covers this question",
    ),
    _choice(
        3,
        "date_basis",
        "Which date counts; the others are used if it is missing",
        {
            "arrival": "actual arrival",
            "estimated_arrival": "estimated arrival",
            "release": "release",
            "entry": "the filing day of the data",
            "order": "the day of the order",
        },
        "arrival_date and date_basis of every shipment, and therefore its rule and its day",
    ),
    _choice(
        4,
        "time_zone",
        "Which time zone defines the day",
        {
            "regime": "the regime's: America/New_York for us",
            "port": "the port of entry's",
            "UTC": "universal time",
        },
        "the day of shipments whose arrival has a time of day",
    ),
    _count(
        4,
        "near_midnight_hours",
        "Hours from midnight within which a shipment is marked",
        3,
        "is_near_midnight, and the counter-evidence of its flags",
    ),
    _count(
        5,
        "rolling_window_days",
        "Days of a rolling window, in addition to the calendar day; 0 for none",
        0,
        "rolling_totals, a view of risk; never a flag",
    ),
    _choice(
        6,
        "boundary",
        "Is a total of exactly the limit over the limit",
        {"over": "no, only a higher total", "at": "yes"},
        "every comparison with a limit",
    ),
    _choice(
        7,
        "value_basis",
        "Which value is compared with the limit",
        {
            "regime": "the value of the regime: fair retail value for us",
            "retail": "declared_value",
            "transaction": "customs_value, with declared_value as a proxy",
        },
        "the amounts that are added up and compared",
    ),
    _choice(
        8,
        "fx_date",
        "Which day's exchange rate converts a value into dollars",
        {
            "arrival": "the day of arrival; the input has no column for the day of export",
            "order": "the day of the order if given, the nearest to export",
        },
        "value_usd and customs_value_usd of other currencies",
    ),
    _choice(
        9,
        "missing_order_id",
        "What a missing order number means",
        {"infer": "lots of one order may be inferred, never stated as fact", "ignore": "nothing is inferred"},
        "whether inferred_order_split is tested",
    ),
    _choice(
        10,
        "identity_threshold",
        "Which identity threshold matches two aliases",
        {"medium": "the calibrated threshold; verdicts and account numbers override it"},
        "the aliases that form one identity",
        strict=_NOT_YET,
        loose=_NOT_YET,
    ),
    _choice(
        11,
        "households",
        "Is a household, or a group of companies, one person",
        {"separate": "no: each member is a person; a shared address is not an identity"},
        "the aliases that form one identity",
        merged=_NOT_YET,
    ),
    _choice(
        12,
        "mail",
        "Does mail count with the other modes",
        {
            "combined": "yes: the statute names no mode; each flag says whether it holds without mail",
            "excluded": "no, as in the customs check",
        },
        "the totals of a person's day",
    ),
    _choice(
        13,
        "gifts",
        "Do gifts and baggage count against the general limit",
        {
            "separate": "no: they have their own limits",
            "pooled": "yes, if the general exemption is available",
        },
        "the pool in which gifts and baggage are added up",
    ),
    _choice(
        14,
        "entered_shipments",
        "Do entered shipments count toward the day",
        {"excluded": "no: the statute counts exempted shipments", "counted": "yes, together with an exempted shipment"},
        "the totals of a person's day",
    ),
    _choice(
        15,
        "contested_ieepa",
        "Are the duties of the emergency powers act, held unlawful, in the base estimate",
        {"excluded": "no", "included": "yes"},
        "the base of duty",
    ),
    _choice(
        15,
        "contested_s122",
        "Are the Section 122 duties, contested and expired, in the base estimate",
        {"included": "yes, and marked", "excluded": "no"},
        "the base of duty",
    ),
    _choice(
        16,
        "eo_suspension",
        "Was the suspension by executive order valid",
        {
            "valid": "yes",
            "invalid": "no: the limit continued from 2025-05-02 until the regulation of 2026-06-24",
        },
        "the rule of the days in between",
    ),
    _choice(
        17,
        "penalty_1321c",
        "Is the penalty of 19 USC 1321(c) computed",
        {"manual": "only when a person decides it, case by case"},
        "nothing by itself",
        automatic="it is an open question whether exceeding the limit violates another law; no flag asserts it",
    ),
    _choice(
        18,
        "culpability",
        "Which degree of culpability is shown",
        {
            "negligence": "negligence",
            "gross_negligence": "gross negligence",
            "fraud": "fraud, as an upper bound on request; it is never inferred",
        },
        "the penalty range that is shown",
    ),
    _choice(
        19,
        "mpf_entries",
        "How many entries pay the processing fee",
        {"per_shipment": "one per shipment", "consolidated": "one per person and day"},
        "the fees",
    ),
    _count(
        20,
        "look_back_years",
        "Years to look back from as_of_date; 0 for all. Without as_of_date no row is left out",
        5,
        "the first day screened",
    ),
    _count(21, "retention_years", "Years of record retention by policy", 5, "the record condition of the checklist"),
    _choice(
        22,
        "wording",
        "What a flag is called",
        {"indicator": "an indicator with rule, fields and rows; a lawyer decides"},
        "nothing",
        violation="only a lawyer can decide that",
    ),
)
"""In the order of the list; a question with two parts has two rows with one number."""
