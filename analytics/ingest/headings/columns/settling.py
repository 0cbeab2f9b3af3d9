"""Decide between the claims on a column: the best rank first, then what the cells hold, else a question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from analytics.ingest.headings.columns.contents import Contents
from analytics.ingest.headings.columns.plans import Claim, ColumnUse
from analytics.ingest.questions import Question, setting
from analytics.ingest.words.canonical import TAX_IDS

__all__ = ["Case", "Verdict", "agreed"]

Verdict = ColumnUse | Question | None
"""What becomes of a claim: the column's use, a question, or nothing where the cells speak against it."""


@dataclass
class Case:
    """One input whose columns are being settled.

    Attributes
    ----------
    names : sequence of str
        How each heading may be named in a message and in a mapping.
    claims : mapping
        Column to the claims on it.
    contents : Contents
        Its cells.
    uses : dict
        What is settled so far.
    taken : collection of int
        Headings that the mapping uses.
    places : mapping
        What the mapping says of codes in columns of countries.
    notes : list of str
        What was decided by the cells.
    """

    names: Sequence[str]
    claims: Mapping[str, Sequence[Claim]]
    contents: Contents
    uses: dict[str, ColumnUse]
    taken: Collection[int | None] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def shown(self, claim: Claim) -> str:
        """Return the heading of a claim in quotes."""
        return repr(self.names[claim.heading])

    def place(self, column: str) -> int | None:
        """Return the heading that a column is taken from, if it is."""
        use = self.uses.get(column)
        return use.heading if use else None

    def likely(self, column: str) -> int | None:
        """Return the heading that a column is taken from, or that of the best claim on it."""
        at, claims = self.place(column), self.free(column)
        return min(claims, key=lambda claim: claim.rank).heading if at is None and claims else at

    def free(self, column: str) -> list[Claim]:
        """Return the claims on a column whose heading is free and whose need for another column is met."""
        claims = self.claims.get(column, ())
        return [claim for claim in claims if claim.heading not in self.taken and self._stands(claim)]

    def question(self, column: str, text: str, *choices: str) -> Question:
        """Return what is asked of a column, with settings that answer it; none of them leaves the column out.

        Parameters
        ----------
        column : str
            The canonical column.
        text : str
            What is unclear and why, without a full stop.
        *choices : str
            Lines of a mapping.
        """
        return Question(column, text, choices or (setting("columns", column, ""),))

    def answer(self, column: str, claim: Claim) -> str:
        """Return the setting that takes a column from the heading of a claim."""
        return setting("columns", column, self.names[claim.heading])

    def _stands(self, claim: Claim) -> bool:
        """Tell whether the column that a claim needs is taken from another heading."""
        if claim.needs not in self.claims and claim.needs not in self.uses:
            return True
        if self.place(claim.needs) is not None:
            return self.place(claim.needs) != claim.heading
        claims = self.claims.get(claim.needs, ())
        return bool(claims) and min(claims, key=lambda other: other.rank).heading != claim.heading


def agreed(case: Case, column: str, claims: Sequence[Claim]) -> Claim | Question:
    """Return the one of several equally good claims that the cells leave, else the question which it is.

    Headings without a value in any row are passed over; headings with equal cells are one. Tax ids are hashed before
    their cells can be compared, so that two headings of them are always asked.

    Parameters
    ----------
    case : Case
        The input.
    column : str
        The canonical column.
    claims : sequence of Claim
        At least one.
    """
    if len(claims) == 1:
        return claims[0]
    left = claims if column in TAX_IDS else _with_values(case, claims)
    if len(left) > 1 and (column in TAX_IDS or not _are_equal(case, left)):
        names = " and ".join(map(case.shown, left))
        return case.question(column, f"{column} could be {names}", *(case.answer(column, claim) for claim in left))
    others = " and ".join(case.shown(claim) for claim in claims if claim is not left[0])
    why = "holds nothing" if len(left) == 1 else "holds the same"
    case.notes.append(f"{column} is taken from {case.shown(left[0])}; {others} {why}")
    return left[0]


def _with_values(case: Case, claims: Sequence[Claim]) -> Sequence[Claim]:
    """Leave out the claims whose cells are all empty, unless all are."""
    if not case.contents.is_known:
        return claims
    wanted = {f"c{claim.heading}": case.contents.text(claim.heading).is_not_null() for claim in claims}
    filled = case.contents.number(**wanted)
    return [claim for claim in claims if filled[f"c{claim.heading}"]] or claims[:1]


def _are_equal(case: Case, claims: Sequence[Claim]) -> bool:
    if not case.contents.is_known:
        return False
    first = case.contents.text(claims[0].heading)
    others = {f"c{claim.heading}": first.ne_missing(case.contents.text(claim.heading)) for claim in claims[1:]}
    return not any(case.contents.number(**others).values())
