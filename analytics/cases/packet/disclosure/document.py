"""The figures of a disclosure, with its page and workbook made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from analytics.cases.dossier import CaseFile
from analytics.cases.packet.disclosure.basis import Basis, basis_of
from analytics.cases.packet.disclosure.choosing import Chosen, Selection, beside_totals, choose
from analytics.cases.packet.disclosure.page import page_of
from analytics.cases.packet.disclosure.terms import Terms
from analytics.cases.packet.disclosure.totals import totals_of
from analytics.cases.packet.disclosure.workbook import disclosure_workbook
from analytics.cases.packet.editable import docx
from analytics.cases.reentered import reentered
from analytics.errors import UsageError
from analytics.reports.disclosure import PriorDisclosure, prior_disclosure
from analytics.reports.writing import write_whole
from analytics.store import Store
from analytics.typesetting.blocks import Page
from analytics.typesetting.setting import installed, pdf

__all__ = ["FORMS", "Disclosure", "disclose"]

FORMS = (".pdf", ".docx", ".xlsx")
"""What a disclosure is written as."""
_NAME = "disclosure"


@dataclass(frozen=True, eq=False, repr=False)
class Disclosure(PriorDisclosure):
    """The figures of a disclosure (`PriorDisclosure`), and what counsel completes.

    Attributes
    ----------
    store, chosen, asked, terms
        What it is made from.
    """

    store: Store = field(repr=False, kw_only=True)
    chosen: Chosen = field(repr=False, kw_only=True)
    asked: Selection = field(kw_only=True)
    terms: Terms = field(kw_only=True)

    def __eq__(self, other: object) -> bool:
        """Compare the figures."""
        return isinstance(other, PriorDisclosure) and _values(self) == _values(other)

    def __hash__(self) -> int:
        """Hash the figures."""
        return hash(_values(self))

    def __str__(self) -> str:
        """Say the figures, then what puts no duty at issue by itself."""
        figures = [self._figures_said()] if self.chosen.flags["in_totals"].any() else []
        return "\n".join([*figures, *beside_totals(self.chosen.flags)])

    def _figures_said(self) -> str:
        """Say the figures; of interest up to a day that was given, also the part that is known."""
        if self.terms.interest_to is None or self.interest is not None:
            return super().__str__()
        totals = totals_of(self.basis)
        said = super().__str__().splitlines()[:2]
        day = f"to {self.terms.interest_to}, "
        known = "unknown" if totals.interest is None else f"{day}at least {totals.interest:,.2f} USD"
        return "\n".join([*said, f"Interest  {known}", f"Tender    at least {totals.tender:,.2f} USD"])

    @cached_property
    def basis(self) -> Basis:
        """The content: flags, entries, loss, interest, law."""
        return basis_of(self.store, self.chosen, self.asked, self.terms)

    @property
    def page(self) -> Page:
        """The elements of 19 CFR 162.74(b), as blocks."""
        return page_of(self.basis)

    def write(self, out: str | Path) -> list[Path]:
        """Write the document.

        Parameters
        ----------
        out : str or Path
            A file ending in .pdf, .docx or .xlsx; or a folder, into which all three are written.

        Returns
        -------
        list of Path
            The files written. The same store and terms give the same bytes.

        Raises
        ------
        UsageError
            A package that writes pages is missing, or the place cannot be written to.
        """
        place = Path(out)
        files = [place] if place.suffix.lower() in FORMS else [place / f"{_NAME}{form}" for form in FORMS]
        if place.suffix and len(files) > 1 and not place.is_dir():
            raise UsageError(f"cannot write a disclosure as {place.name!r}. Use {', '.join(FORMS)}, or a folder.")
        if any(file.suffix.lower() != ".xlsx" for file in files):
            installed(["docx"])
        makers = self._makers()
        try:
            return [write_whole(file, makers[file.suffix.lower()]()) for file in files]
        except OSError as error:
            raise UsageError(
                f"{place}: cannot be written ({error.strerror or 'refused'}). Name another place."
            ) from error

    def _makers(self) -> dict[str, Callable[[], bytes]]:
        running = {
            "head": "Prior disclosure, working paper for counsel",
            "edition": "Names no consignee",
            "foot": f"An indicator, not a finding. Run {self.basis.run_id}",
        }
        return {
            ".pdf": lambda: pdf(self.page, running),
            ".docx": lambda: docx(self.page, running),
            ".xlsx": lambda: disclosure_workbook(self.basis),
        }


def _values(figures: PriorDisclosure) -> tuple[Any, ...]:
    return tuple(getattr(figures, part.name) for part in fields(PriorDisclosure))


def disclose(
    store: Store,
    cases: Callable[[], CaseFile],
    asked: Selection,
    terms: Terms,
    interest_usd: Decimal | str | int | None = None,
) -> Disclosure:
    """Return the disclosure of some flags.

    Parameters
    ----------
    store : Store
        An opened store.
    cases : callable
        Opens the cases; called only where some are named.
    asked : Selection
        Which flags.
    terms : Terms
        Who discloses, and when.
    interest_usd : Decimal, str or int, optional
        Interest as customs or counsel computed it.

    Raises
    ------
    UsageError
        A flag, typology, role or day is wrong, or no flag is left.
    UnknownCase
        A case is not known.
    """
    chosen = choose(store, asked, cases)
    figures = _figures(store, chosen, interest_usd)
    given = replace(terms, interest_usd=figures.interest) if interest_usd is not None else terms
    told = {part.name: getattr(figures, part.name) for part in fields(figures)}
    made = Disclosure(**told, store=store, chosen=chosen, asked=asked, terms=given)
    is_other = chosen.set_aside or terms.interest_to or reentered(store)
    return replace(made, **_anew(made)) if is_other and figures.flags else made


def _figures(store: Store, chosen: Chosen, interest_usd: Decimal | str | int | None) -> PriorDisclosure:
    """Return the figures of the flags that totals count; where such a flag has no loss, some part is unknown."""
    totals = store.table("exposure").filter(pl.col("component") == "total").select("flag_id").unique().collect()
    flags = chosen.flags.filter("in_totals")
    with_loss = flags.join(totals, on="flag_id", how="semi")["flag_id"].to_list()
    found = prior_disclosure(store, with_loss, interest_usd)
    return replace(found, is_unknown=found.is_unknown or flags.height > len(with_loss))


def _anew(made: Disclosure) -> dict[str, Any]:
    """Return the figures of the content: what was set aside or entered again, and a day of interest, are in it."""
    totals = totals_of(made.basis)
    return {
        "shipments": len(made.basis.at_issue),
        "loss_floor": totals.low,
        "loss_base": totals.base,
        "loss_ceiling": totals.high,
        "interest": totals.interest if totals.is_interest_whole else None,
    }
