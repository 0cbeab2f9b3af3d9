"""What a rule's scope means: ``ALL``, ``CN|HK``, ``NOT(CN|HK)``, or a name for one of these."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from analytics.errors import RulesError

__all__ = ["Scope", "check_members", "expand_scopes", "parse_scope"]

_MEMBERS = re.compile(r"^[A-Za-z]+(\|[A-Za-z]+)*$")
_COUNTRY = re.compile(r"^[A-Z]{2}$")
_COLUMNS = {"origin": "origin_scope", "mode": "mode_scope"}


@dataclass(frozen=True)
class Scope:
    """Some countries or modes, or all but some.

    Attributes
    ----------
    members : tuple of str
        What the expression names, sorted.
    is_negated : bool
        The scope is everything else; with no members, everything.
    """

    members: tuple[str, ...]
    is_negated: bool

    def holds(self, value: str) -> bool:
        """Say whether a country or mode is in the scope."""
        return (value in self.members) is not self.is_negated

    def wording(self, kind: str) -> str:
        """Say the scope in words."""
        if not self.members:
            return f"{kind} is any"
        return f"{kind} is {'not ' if self.is_negated else ''}{' or '.join(self.members)}"


def parse_scope(expression: str) -> Scope:
    """Read the expression of a scope.

    Parameters
    ----------
    expression : str
        ``ALL``, members joined by ``|``, or ``NOT(…)`` around such.

    Raises
    ------
    RulesError
        It is neither.

    Examples
    --------
    >>> parse_scope("NOT(CN|HK)").holds("JP")
    True
    """
    text = expression.strip()
    if text == "ALL":
        return Scope((), True)
    is_negated = text.startswith("NOT(") and text.endswith(")")
    listed = text.removeprefix("NOT(").removesuffix(")") if is_negated else text
    if not _MEMBERS.match(listed):
        raise RulesError(f"scope {expression!r} cannot be read; write ALL, CN|HK, NOT(CN|HK) or a name of ref_scopes.")
    return Scope(tuple(sorted(listed.split("|"))), is_negated)


def check_members(kind: str, scope: Scope, modes: tuple[str, ...]) -> None:
    """Raise where a scope names what can never be met: a country that is no code, or a mode that is none.

    Parameters
    ----------
    kind : {"origin", "mode"}
        What the scope is about.
    scope : Scope
        The scope.
    modes : tuple of str
        The modes there are.

    Raises
    ------
    RulesError
        At the first such member.
    """
    for member in scope.members:
        if kind == "origin" and not _COUNTRY.match(member):
            raise RulesError(f"scope names {member!r}, which is no country. Write two capital letters of ISO 3166.")
        if kind == "mode" and member not in modes:
            raise RulesError(f"scope names {member!r}, which is no mode. There are: {', '.join(modes)}.")


def expand_scopes(scoped: Iterable[pl.DataFrame], named: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Spell out every scope that the rules use.

    Parameters
    ----------
    scoped : iterable of polars.DataFrame
        The tables whose rows have scopes: ``ref_limits``, ``ref_duty_layers``.
    named : polars.DataFrame
        scope_kind, scope and expression of the scopes that have a name.

    Returns
    -------
    tuple of polars.DataFrame
        ``ref_scopes`` and ``ref_scope_members``.
    """
    expressions = {(kind, scope): expression for kind, scope, expression in named.select(_NAMED).iter_rows()}
    tables = list(scoped)
    for kind, column in _COLUMNS.items():
        for scope in sorted({scope for table in tables for scope in table[column].unique()}):
            expressions.setdefault((kind, scope), scope)
    parsed = {key: parse_scope(expression) for key, expression in sorted(expressions.items())}
    scopes = [
        (kind, scope, expressions[kind, scope], meant.is_negated, meant.wording(kind))
        for (kind, scope), meant in parsed.items()
    ]
    members = [(kind, scope, member) for (kind, scope), meant in parsed.items() for member in meant.members]
    text = pl.String()
    return (
        pl.DataFrame(scopes, schema=[*_NAMED, ("is_negated", pl.Boolean()), "wording"], orient="row"),
        pl.DataFrame(members, schema=[("scope_kind", text), ("scope", text), ("member", text)], orient="row"),
    )


_NAMED = ["scope_kind", "scope", "expression"]
