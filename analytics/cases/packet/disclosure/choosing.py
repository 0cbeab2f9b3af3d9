"""Which flags a disclosure is about: named ones, those of cases, or those that totals count."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from analytics.cases.dossier import CaseFile
from analytics.cases.dossier_shipments import excluded_because
from analytics.errors import UsageError, did_you_mean
from analytics.reports.tables import counted
from analytics.reports.wording import counted as how_many
from analytics.store import Store
from analytics.typologies.registry import names

__all__ = ["Chosen", "Selection", "beside_totals", "choose"]


@dataclass(frozen=True)
class Selection:
    """What is asked for. Flags and cases add up; typology, seller and days leave out.

    Attributes
    ----------
    flags, cases : tuple of str
        By id; where neither is given, the flags that totals count: no lead and none that is explained.
    typologies : tuple of str
        By name. Without flags and cases, leads of these typologies are taken too.
    sellers : tuple of str
        A seller_id, or a seller's name whatever its case, of some shipment of the flag.
    start, end : date or None
        A flag is taken where it has a day in the range, both days included.
    """

    flags: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    typologies: tuple[str, ...] = ()
    sellers: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    def wording(self) -> str:
        """Say what was asked for; a seller is not named."""
        named = [
            how_many(len(self.flags), "named flag") if self.flags else "",
            f"cases {', '.join(self.cases)}" if self.cases else "",
            "" if self.flags or self.cases else "flags that totals count",
            f"typologies {', '.join(self.typologies)}" if self.typologies else "",
            how_many(len(self.sellers), "named seller") if self.sellers else "",
            f"from {self.start}" if self.start else "",
            f"to {self.end}" if self.end else "",
        ]
        return ", ".join(part for part in named if part)


@dataclass(frozen=True)
class Chosen:
    """The flags that were chosen.

    Attributes
    ----------
    flags : polars.DataFrame
        Rows of ``flags`` with ``in_totals``, by first day.
    set_aside : dict of str to str
        Shipments that a person excluded from a case, with the reason.
    """

    flags: pl.DataFrame
    set_aside: dict[str, str]


def choose(store: Store, asked: Selection, cases: Callable[[], CaseFile]) -> Chosen:
    """Return the flags that were asked for.

    Parameters
    ----------
    store : Store
        An opened store.
    asked : Selection
        What is asked for.
    cases : callable
        Opens the cases; called only where some are named.

    Raises
    ------
    UsageError
        A flag or typology is not known, or no flag is left.
    UnknownCase
        A case is not known.
    """
    if asked.start and asked.end and asked.start > asked.end:
        raise UsageError(f"the range begins on {asked.start}, after its end on {asked.end}. Swap the two days.")
    flags = store.table("flags").collect()
    of_cases, set_aside = _of_cases(asked.cases, cases)
    _known(asked.flags, flags["flag_id"], "flag", "splitship export flags")
    _known(asked.typologies, [*names(), *flags["typology"]], "typology", "splitship export typology_status")
    is_counted = pl.col("flag_id").is_in(counted(store)["flag_id"].implode())
    every = flags.with_columns(in_totals=is_counted)
    left = every.filter(_base(asked, [*asked.flags, *of_cases]), *_limits(asked, _of_sellers(store, asked.sellers)))
    if left.is_empty():
        raise UsageError(_nothing(asked))
    return Chosen(left.sort("window_start", "typology", "flag_id"), set_aside)


def beside_totals(flags: pl.DataFrame) -> list[str]:
    """Say which of the flags totals do not count: they are in no loss, tender or penalty."""
    explained = int(flags["is_suppressed"].sum())
    leads = int((~flags["in_totals"] & ~flags["is_suppressed"]).sum())
    said = [
        f"{how_many(explained, 'flag').capitalize()} with an innocent explanation: no duty at issue."
        if explained
        else "",
        f"{how_many(leads, 'lead').capitalize()}: a lead, no duty at issue by itself." if leads else "",
    ]
    return [line for line in said if line]


def _of_cases(asked: tuple[str, ...], cases: Callable[[], CaseFile]) -> tuple[list[str], dict[str, str]]:
    flags, set_aside = list[str](), dict[str, str]()
    for case_id in asked:
        ledger = cases()
        case = ledger.case(case_id)
        flags += case.flag_ids
        set_aside |= excluded_because(ledger.events(case_id), case.excluded_shipments)
    return flags, set_aside


def _known(asked: Iterable[str], known: Iterable[str], what: str, where: str) -> None:
    every = sorted(set(known))
    for name in asked:
        if name in every:
            continue
        hint = " ".join(filter(None, (did_you_mean(name, every), f"List them: {where}.")))
        raise UsageError(f"this store knows no {what} {name!r}. {hint}")


def _base(asked: Selection, named: list[str]) -> pl.Expr:
    if asked.flags or asked.cases:
        return pl.col("flag_id").is_in(named)
    return ~pl.col("is_suppressed") if asked.typologies else pl.col("in_totals")


def _limits(asked: Selection, of_sellers: list[str]) -> list[pl.Expr]:
    limits = [pl.col("typology").is_in(list(asked.typologies))] if asked.typologies else []
    limits += [pl.col("flag_id").is_in(of_sellers)] if asked.sellers else []
    limits += [pl.col("window_end") >= asked.start] if asked.start else []
    return limits + ([pl.col("window_start") <= asked.end] if asked.end else [])


def _of_sellers(store: Store, sellers: tuple[str, ...]) -> list[str]:
    if not sellers:
        return []
    written = [seller.strip().casefold() for seller in sellers]
    columns = [pl.col(name).str.strip_chars().str.to_lowercase() for name in ("seller_id", "seller_name")]
    is_theirs = pl.any_horizontal(column.is_in(written).fill_null(value=False) for column in columns)
    theirs = store.table("shipments").filter(is_theirs).select("shipment_uid")
    pairs = store.table("flag_shipments").join(theirs, on="shipment_uid", how="semi").select("flag_id").unique()
    return pairs.collect()["flag_id"].to_list()


def _nothing(asked: Selection) -> str:
    if asked == Selection():
        return "no flag of this store is in the totals, so there is nothing to disclose. Name leads by --typology."
    remedy = "Widen the selection, or list the flags: splitship export flags."
    return f"no flag is left to disclose. Asked for: {asked.wording()}. {remedy}"
