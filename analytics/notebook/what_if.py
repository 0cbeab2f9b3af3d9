"""The flags and the value at issue under another limit, identity threshold or legal position, in no second store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from analytics.contracts.parameters import PARAMETERS, resolve_parameters
from analytics.contracts.switches import SWITCHES
from analytics.errors import UsageError, did_you_mean
from analytics.notebook.rehearsal import AS_SCREENED, Answers, rehearse
from analytics.printing import figures, table
from analytics.store import Store

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analytics.pipeline.options import Progress

__all__ = ["Limits", "Positions", "Thresholds", "WhatIf", "what_if"]

Amount: TypeAlias = int | str | Decimal
Limits: TypeAlias = Amount | Sequence[Amount] | None
Thresholds: TypeAlias = float | Sequence[float] | None
Position: TypeAlias = str | Mapping[str, str | int]
Positions: TypeAlias = Position | Sequence[Position] | None

_SWITCHES = {switch.name: switch for switch in SWITCHES}
_AXES = ("limit", "threshold", "position")
_KEPT = "Not recomputed: the intake of files, clerical review, cases, samples and notices; they are those of the store."
_LIMIT = "The limit replaces the amount of the general exemption on days on which it was available, and no other limit."
_THRESHOLD = (
    "The threshold groups the scored pairs of the store again; pairs are not scored again, and cohesion and weakest "
    "link stay those of the identities as screened."
)


@dataclass(frozen=True)
class WhatIf:
    """The figures of each case, beside those of the store as screened.

    Attributes
    ----------
    frame : polars.DataFrame
        One row per case: ``limit``, ``threshold``, ``position`` (null where as screened), ``flags`` and ``shipments``
        that totals count, ``leads``, ``low_usd``, ``base_usd``, ``high_usd`` (value at issue), and how many flags
        ``appeared`` and are ``gone`` against the store as screened.
    changes : polars.DataFrame
        One row per case and flag that appeared or is gone.
    base : dict
        The same figures as screened.
    notes : tuple of str
        What was recomputed, and what was not.
    """

    frame: pl.DataFrame
    changes: pl.DataFrame
    base: dict[str, Any]
    notes: tuple[str, ...] = field(default=())

    @property
    def figure(self) -> go.Figure:
        """Heat map of the flags by the two answers that vary, or by the one."""
        from analytics.notebook.heat import heat_map

        varied = [name for name in _AXES if self.frame[name].n_unique() > 1] or ["limit"]
        if len(varied) > 2:
            raise UsageError("three answers vary. Give one value for one of them, then ask for the figure.")
        one, other = varied[0], varied[1] if len(varied) > 1 else None
        across = self._labels(one)
        up = self._labels(other) if other else [""]
        found = {(_label(row[one]), _label(row[other]) if other else ""): row["flags"] for row in self._rows()}
        values = [[found.get((right, above)) for right in across] for above in up]
        titles = (one.capitalize(), other.capitalize() if other else "")
        return heat_map(across, up, values, titles=titles, says="flags", form=",d")

    def _rows(self) -> Iterable[dict[str, Any]]:
        return self.frame.iter_rows(named=True)

    def _labels(self, name: str) -> list[str]:
        return [_label(value) for value in self.frame[name].unique(maintain_order=True)]

    def __str__(self) -> str:
        said = f"As screened: {self.base['flags']:,} flags, {self.base['base_usd']:,.2f} USD at issue"
        return "\n".join([said, *(f"{_named(row)}: {_figures(row)}" for row in self._rows()), *self.notes])

    def __repr__(self) -> str:
        return f"<WhatIf: {self.frame.height:,} cases; {self.base['flags']:,} flags as screened>"

    def _repr_html_(self) -> str:
        head = figures("As screened", [(name, self.base[name]) for name in ("flags", "leads", "base_usd")])
        under = "".join(f"<div>{note}</div>" for note in self.notes)
        return head + table(self.frame.columns, self.frame.rows()) + under


def _label(value: object) -> str:
    return AS_SCREENED if value is None else str(value)


def _named(row: Mapping[str, Any]) -> str:
    said = [f"{name} {row[name]}" for name in _AXES if row[name] is not None]
    return ", ".join(said) or AS_SCREENED


def _figures(row: Mapping[str, Any]) -> str:
    value = f"{row['low_usd']:,.2f} to {row['high_usd']:,.2f} USD, base {row['base_usd']:,.2f}"
    return f"{row['flags']:,} flags ({row['appeared']:,} appeared, {row['gone']:,} gone), {value}"


def what_if(
    store: Store,
    limit: Limits = None,
    threshold: Thresholds = None,
    position: Positions = None,
    progress: Progress | None = None,
) -> WhatIf:
    """Make flags and value at issue again under other answers, with nothing written to the store.

    Parameters
    ----------
    store : Store
        A screened store.
    limit : int, str or Decimal, or a sequence of them, optional
        Amount of the general exemption per person and day, in the currency of the regime.
    threshold : float or sequence of float, optional
        Identity threshold above 0 and up to 1; 0.5 is that of the screening.
    position : str, mapping, or a sequence of them, optional
        Legal positions that differ, such as ``"gifts=pooled"`` or ``{"gifts": "pooled", "mail": "excluded"}``.
    progress : callable, optional
        Told of each step.

    Returns
    -------
    WhatIf
        Each combination of the answers is a case.

    Raises
    ------
    UsageError
        An answer is no such amount, threshold or position.
    """
    limits = [_amount(each) for each in _listed(limit)]
    thresholds = [_threshold(each) for each in _listed(threshold)]
    positions = [_position(each) for each in _listed(position)]
    cases = [Answers(*each) for each in product(limits, thresholds, positions)]
    made = rehearse(store, cases, progress)
    notes = [_KEPT]
    notes += [_LIMIT] if limit is not None else []
    notes += [_THRESHOLD] if threshold is not None else []
    return WhatIf(made.frame, made.changes, made.base, tuple(notes))


def _listed(value: Any) -> list[Any]:
    """Return the values of one answer; as screened where there is none."""
    if value is None:
        return [None]
    is_several = isinstance(value, Sequence) and not isinstance(value, str)
    if is_several and not value:
        raise UsageError("what_if: an empty list asks nothing. Give one value or more, or leave the argument out.")
    listed = list(dict.fromkeys(value)) if is_several and not any(isinstance(v, Mapping) for v in value) else None
    return listed if listed is not None else list(value) if is_several else [value]


def _amount(value: Amount | None) -> Decimal | None:
    if value is None:
        return None
    try:
        amount = Decimal(value)
    except ArithmeticError:
        raise UsageError(f"limit {value!r} is no amount. Give dollars and cents, such as 800 or '2500.00'.") from None
    if not amount.is_finite() or amount <= 0 or amount != round(amount, 2):
        raise UsageError(f"limit {value!r} is no amount above 0 in whole cents. Give one such as 800 or '2500.00'.")
    return amount


def _threshold(value: float | None) -> float | None:
    if value is not None and not 0 < value <= 1:
        raise UsageError(f"threshold {value} is no identity threshold. Give a number above 0 and up to 1, such as 0.8.")
    return None if value is None else float(value)


def _position(value: Position | None) -> dict[str, str | int]:
    if value is None:
        return {}
    given = dict(value) if isinstance(value, Mapping) else dict([_parted(value)])
    for name in given:
        if name not in _SWITCHES:
            hint = did_you_mean(name, _SWITCHES) or f"There are: {', '.join(_SWITCHES)}."
            raise UsageError(f"no legal position is called {name!r}. {hint}")
    typed = {name: PARAMETERS[name].kind(answer) for name, answer in given.items()}
    resolve_parameters(typed)
    return typed


def _parted(text: str) -> tuple[str, str]:
    name, found, answer = text.partition("=")
    if not found:
        raise UsageError(
            f"position {text!r} names no answer. Write it as 'gifts=pooled'; list them: splitship switches"
        )
    return name.strip(), answer.strip()
