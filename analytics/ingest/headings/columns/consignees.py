"""What stands under headings that may or may not be the consignee's: told by the cells of the whole column."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from analytics.ingest.headings.columns.plans import Claim
from analytics.ingest.headings.columns.settling import Case, Verdict
from analytics.ingest.questions import setting
from analytics.ingest.words.wordlists import codes, countries, plain

__all__ = ["address2", "consignee_country", "consignee_id", "consignee_name", "consignee_state"]

_MOST, _FEW, _HALF = 0.9, 0.1, 0.5
"""Shares of rows from which a column is, and up to which it is not, what is asked."""
_WEAK_RANK = 3
"""The rank of headings that name no party."""
_FEWEST_ADDRESSES = 5
_FEWEST_REPEATED = 3
_ALIKE = 0.95
_HOME = "US"


def address2(case: Case, claim: Claim) -> Verdict:
    """Take a second address line, not a unit of measure such as PCS."""
    share = _share(case.contents.counts(claim.heading), codes("measure"))
    if share <= _FEW:
        return claim.use
    if share < _MOST:
        return case.question(
            "consignee_address2",
            f"{case.shown(claim)} holds units of measure and other text, so it may or may not be part of the address",
            case.answer("consignee_address2", claim),
            setting("columns", "consignee_address2", ""),
        )
    case.notes.append(f"{case.shown(claim)} holds units of measure; it is not used as part of the address")
    return None


def consignee_state(case: Case, claim: Claim) -> Verdict:
    """Take a state, not the state in which a shipment is."""
    found = case.contents.counts(claim.heading)
    if not found or _share(found, [*codes("us_state"), *codes("province")]) >= _MOST:
        return claim.use
    status = _share(found, codes("status"))
    if status >= _HALF:
        case.notes.append(f"{case.shown(claim)} holds statuses of shipments; it is not used as the consignee's state")
        return None
    if claim.rank < _WEAK_RANK or (not status and _is_abroad(case)):
        return claim.use
    return case.question(
        "consignee_state",
        f"{case.shown(claim)} holds values that are no states of the US or provinces of Canada",
        case.answer("consignee_state", claim),
        setting("columns", "consignee_state", ""),
    )


def consignee_country(case: Case, claim: Claim) -> Verdict:
    """Take the consignee's country; foreign countries beside US addresses are those of the goods or the shipper."""
    state = case.place("consignee_state")
    if claim.rank < _WEAK_RANK or state is None:
        return claim.use
    in_home = case.contents.text(state).str.to_lowercase().is_in(sorted(codes("us_state")))
    country = case.contents.word(claim.heading)
    found = case.contents.number(
        addressed=in_home & country.is_not_null(),
        foreign=in_home & country.is_not_null() & ~country.is_in(sorted(_words_of(_HOME))),
    )
    foreign = found["foreign"] / max(found["addressed"], 1)
    if foreign <= _FEW:
        return claim.use
    text = f"{case.shown(claim)} names other countries beside addresses in the US"
    others = [column for column in ("origin_country", "shipper_country") if not _is_claimed(case, column)]
    if foreign >= _MOST and "origin_country" not in others:
        case.notes.append(f"{text}; it is not used as the consignee's country")
        return None
    choices = [case.answer(column, claim) for column in (*others, "consignee_country")]
    return case.question("consignee_country", f"{text}, so it may be the country of origin or the shipper's", *choices)


def _is_claimed(case: Case, column: str) -> bool:
    return bool(case.claims.get(column)) or column in case.uses


def consignee_name(case: Case, claim: Claim) -> Verdict:
    """Take a name; one customer over many addresses is the client of a courier, not the consignee."""
    address = case.likely("consignee_address")
    if claim.rank < _WEAK_RANK or address is None or not case.contents.is_known:
        return claim.use
    contents = case.contents
    distinct = contents.grouped([contents.word(address)], {"name": contents.word(claim.heading).first()})
    addresses, names = distinct.height, distinct["name"].n_unique()
    if addresses < _FEWEST_ADDRESSES or names > _FEW * addresses:
        return claim.use
    case.notes.append(
        f"{case.shown(claim)} is not used as the consignee's name: {addresses:,} addresses stand under {names:,} "
        "of its values, as under the clients of a courier"
    )
    return None


def consignee_id(case: Case, claim: Claim) -> Verdict:
    """Take an account where it is the consignee's: one number for one consignee.

    An account whose heading names nobody needs the support of the cells; one of a customer must not be contradicted.
    """
    name, address = case.place("consignee_name"), case.place("consignee_address")
    needs_support = claim.needs == "content"
    if claim.rank <= 1 or name is None or address is None or not case.contents.is_known:
        return None if needs_support else claim.use
    repeated, differing = _numbers_on_several_rows(case, claim.heading, name, address)
    if not needs_support and differing <= _HALF * repeated:
        return claim.use
    if repeated >= _FEWEST_REPEATED and differing <= (1 - _ALIKE) * repeated:
        case.notes.append(
            f"{case.shown(claim)} is used as consignee_id: of {repeated:,} numbers on several rows, "
            f"{repeated - differing:,} stand for one consignee"
        )
        return claim.use
    case.notes.append(_not_the_consignees(case, claim, repeated, differing))
    return None


def _numbers_on_several_rows(case: Case, number: int, name: int, address: int) -> tuple[int, int]:
    """Count the numbers on several rows, and those of them under which name and address both differ."""
    contents = case.contents
    groups = contents.grouped(
        [contents.word(number)],
        {
            "rows": pl.len(),
            "differs": (contents.word(name).drop_nulls().n_unique() > 1)
            & (contents.word(address).drop_nulls().n_unique() > 1),
        },
    ).filter(pl.col("rows") > 1)
    return groups.height, int(groups["differs"].sum())


def _not_the_consignees(case: Case, claim: Claim, repeated: int, differing: int) -> str:
    shown = f"{case.shown(claim)} is not used as consignee_id"
    told = (
        f"{differing:,} of {repeated:,} numbers on several rows stand with different names and addresses, as the "
        "account of a shipper does"
        if differing
        else "its heading does not say whose account it is, and too few numbers repeat to tell"
    )
    return f"{shown}: {told}. To use it: {case.answer('consignee_id', claim)} in a mapping"


def _is_abroad(case: Case) -> bool:
    """Tell whether the consignees' country says that they live outside the US and Canada."""
    at = case.likely("consignee_country")
    found = case.contents.counts(at) if at is not None else {}
    return bool(found) and _share(found, _words_of("US", "CA")) <= _FEW


def _words_of(*alpha2: str) -> set[str]:
    return {word for word, code in countries().items() if code in alpha2}


def _share(found: dict[str, int], words: Iterable[str]) -> float:
    """Return the share of rows whose value is one of some words."""
    known = {word.casefold() for word in words} | {plain(word) for word in words}
    rows = sum(found.values())
    return sum(count for value, count in found.items() if value in known) / rows if rows else 0.0
