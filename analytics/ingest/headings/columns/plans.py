"""What is decided of an input's headings: which column is taken from which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from analytics.ingest.headings.text import shown_heading
from analytics.ingest.mapping.expressions import names_in
from analytics.ingest.words.references import matches

__all__ = ["AIRPORTS", "LOCODES", "Claim", "ColumnPlan", "ColumnUse"]

AIRPORTS, LOCODES = "airports", "locodes"
"""What the cells of a country column may be, where they are not countries."""


@dataclass(frozen=True)
class ColumnUse:
    """Where one column comes from.

    Attributes
    ----------
    heading : int or None
        Position of the heading; None for a template.
    template : str or None
        Such as ``{file}:{row}``.
    currency : str or None
        Currency that the heading names, as "Total Value (USD)" does.
    factor : str or None
        What a weight is multiplied with to be kilograms, or an amount to be dollars and the like, where the heading
        names another unit.
    marks : tuple of str
        Decimal mark of each factor, where the template is a product.
    places : str or None
        What the cells of a country column are, where they are not countries: ``airports`` or ``locodes``.
    cancels : tuple of str or None
        Cells, in lower case, that cancel a row, where a record action is taken from a column of statuses; the others
        say nothing of it.
    """

    heading: int | None = None
    template: str | None = None
    currency: str | None = None
    factor: str | None = None
    marks: tuple[str, ...] = ()
    places: str | None = None
    cancels: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ColumnPlan:
    """How the headings of one input are used.

    Attributes
    ----------
    headings : tuple of str
        As they stand in the input.
    uses : mapping
        Canonical column to where it comes from.
    tax_ids : frozenset of int
        Positions of headings that hold tax ids, used or not: they are hashed before anything is kept.
    notes : tuple of str
        What was decided by the cells of a column, not by its heading alone.
    """

    headings: tuple[str, ...]
    uses: Mapping[str, ColumnUse]
    tax_ids: frozenset[int]
    notes: tuple[str, ...] = ()

    @cached_property
    def filled(self) -> dict[int, frozenset[str]]:
        """Position of a heading to the columns that are taken from it, in templates too."""
        columns: dict[int, set[str]] = defaultdict(set)
        for column, use in self.uses.items():
            if use.heading is not None:
                columns[use.heading].add(column)
            for name in names_in(use.template or ""):
                for found in matches(name, self.headings):
                    columns[found.at].add(column)
        return {at: frozenset(names) for at, names in columns.items()}

    @property
    def free(self) -> list[int]:
        """Positions of the headings that no column is taken from; where there are no headings, of all such columns."""
        bare = not any(self.headings)
        return [at for at, heading in enumerate(self.headings) if at not in self.filled and (heading or bare)]

    @property
    def unused(self) -> list[str]:
        """Headings that no column is taken from."""
        return [shown_heading(self.headings[at]) for at in self.free if self.headings[at]]

    @property
    def shown(self) -> dict[str, str]:
        """Canonical column to its heading or template, sorted."""
        return {
            column: (use.template or "") if use.heading is None else shown_heading(self.headings[use.heading])
            for column, use in sorted(self.uses.items())
        }

    @property
    def has_own_key(self) -> bool:
        """False where the shipment number is made from the row's place."""
        return "{row}" not in (self.uses["shipment_id"].template or "")


@dataclass(frozen=True)
class Claim:
    """One heading that could be one column.

    Attributes
    ----------
    heading : int
        Position of the heading.
    rank : int
        The lowest rank is the best claim.
    use : ColumnUse
        The use it would be.
    needs : str
        What must hold for the claim: a column that another heading is, ``content`` or ``place`` where the cells have
        to support it.
    """

    heading: int
    rank: int
    use: ColumnUse
    needs: str = ""
