"""The most that a penalty may come to, by degree of culpability, and what a person alone decides."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import polars as pl

from analytics.errors import UsageError
from analytics.exposure.assumptions import quoted
from analytics.exposure.dated import in_force, of_regime
from analytics.exposure.settings import Settings
from analytics.rulebook import load_references

__all__ = ["floor_state", "floored", "manual_penalty", "most_penalty", "with_penalty_floor", "with_penalty_terms"]

_PROVISION = "1592"
_MANUAL = "1321c"
_HUNDRED = 100
_SHARES = ("share_of_assessed", "share_if_repeated")
_IF_ASSESSED = "It takes the penalty as assessed at the most, stands beside today's range, and is in no total."
_STANDS_IN = "Domestic value is not known; the declared value stands in for it."
_LESS = "It may be less: customs mitigates, and a valid prior disclosure leaves"


def with_penalty_terms(readings: pl.DataFrame, penalties: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Join to each reading the terms of the penalty for the run's culpability on the flag's last day.

    Parameters
    ----------
    readings : polars.DataFrame
        With ``last_day``.
    penalties : polars.DataFrame
        ``ref_penalties``.
    settings : Settings
        Whose regime and which culpability.

    Returns
    -------
    polars.DataFrame
        With ``times_loss``, ``share_without_loss``, ``has_penalty`` and ``penalty_said``, a quoted sentence.
    """
    of_law = of_regime(penalties, settings.regime)
    chosen = of_law.filter(pl.col("provision") == _PROVISION, pl.col("culpability") == settings.culpability)
    manual = of_law.filter(~pl.col("is_automatic"))
    days = readings.select("last_day").unique()
    said = pl.Series("said", [_said(row) for row in chosen.rows(named=True)], dtype=pl.String())
    left = pl.Series("left", [_left_to_a_person(row) for row in manual.rows(named=True)], dtype=pl.String())
    terms = _on(days, chosen.with_columns(said), "times_loss", "share_without_loss", "said")
    person = _on(days, manual.with_columns(left), "left").group_by("last_day").agg(pl.col("left").first())
    joined = readings.join(terms, on="last_day", how="left").join(person, on="last_day", how="left")
    spoken = pl.concat_str("said", "left", separator=", ", ignore_nulls=True)
    return joined.with_columns(has_penalty=pl.col("said").is_not_null(), penalty_said=spoken).drop("said", "left")


def _on(days: pl.DataFrame, rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    held = days.join(rows, how="cross").filter(in_force(pl.col("last_day")))
    return held.select("last_day", *columns)


def _said(row: dict[str, object]) -> str:
    degree = str(row["culpability"]).replace("_", " ")
    times, share = row["times_loss"], row["share_without_loss"]
    cap = "the domestic value of the goods"
    if isinstance(times, Decimal) and isinstance(share, Decimal):
        cap = (
            f"{times.normalize():f} times the loss of duties, taxes and fees, or {share * _HUNDRED:.0f}% of the "
            f"dutiable value where nothing was lost, and no more than {cap}"
        )
    most = f"The most for {degree}: {cap} ({row['source']})."
    return ", ".join(map(quoted, (most, f"{_LESS} {row['with_disclosure']}.", _STANDS_IN)))


def _left_to_a_person(row: dict[str, object]) -> str:
    return quoted(f"The penalty of {row['source']} is not reckoned: whether it applies is for a person to decide.")


def with_penalty_floor(readings: pl.DataFrame, floors: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Join to each reading what may be left of an assessed penalty at least, by the newest row of the law.

    A penalty is assessed after the flag, on a day that is not known: the arrival does not choose the row.

    Parameters
    ----------
    readings : polars.DataFrame
        One row a flag and reading.
    floors : polars.DataFrame
        ``ref_penalty_floors``.
    settings : Settings
        Whose regime.

    Returns
    -------
    polars.DataFrame
        With ``share_of_assessed``, ``share_if_repeated`` and ``floor_said``, quoted sentences; null where no row is.
    """
    newest = of_regime(floors, settings.regime).filter(provision=_PROVISION).sort("valid_from").tail(1)
    row: dict[str, object] = newest.row(0, named=True) if newest.height else dict.fromkeys(_SHARES)
    shares = {name: pl.lit(row[name], dtype=newest.schema[name]) for name in _SHARES}
    said = _floor_said(row) if newest.height else None
    return readings.with_columns(**shares, floor_said=pl.lit(said, dtype=pl.String()))


def _floor_said(row: dict[str, object]) -> str:
    share, repeated = (f"{Decimal(str(row[name])) * _HUNDRED:.0f}%" for name in _SHARES)
    is_ordered = row["status"] == "ordered"
    state = "Not in force: no rule found" if is_ordered else f"In force from {row['valid_from']}"
    least = f"no less than {share} of the assessed penalty, and {repeated} for a repeat offender"
    text = (
        f"{state}. {'The order asks for a floor of' if is_ordered else 'Mitigation leaves'} {least} ({row['source']})."
    )
    sentences = [text, *([str(row["note"])] if row["note"] else []), _IF_ASSESSED]
    return ", ".join(map(quoted, sentences))


def floor_state(assumptions: str) -> str:
    """Return whether the floor is in force, in a few words.

    Parameters
    ----------
    assumptions : str
        Those of a row of ``penalty_floor``, a JSON list.

    Examples
    --------
    >>> floor_state('["Not in force: no rule found. The order asks for more.", "A note."]')
    'not in force: no rule found'
    """
    first = str(json.loads(assumptions)[0]).partition(".")[0]
    return first[:1].lower() + first[1:]


def floored(penalty: pl.Expr, share: str) -> pl.Expr:
    """Return what is left of a penalty in cents at a share of it, to the cent."""
    return (penalty * (pl.col(share) * _HUNDRED).cast(pl.Int64) + _HUNDRED // 2) // _HUNDRED


def most_penalty(loss: pl.Expr, dutiable: pl.Expr, domestic: pl.Expr) -> pl.Expr:
    """Return the most that may be asked, in cents, on rows with ``times_loss`` and ``share_without_loss``."""
    times = (pl.col("times_loss") * _HUNDRED).cast(pl.Int64)
    share = (pl.col("share_without_loss") * _HUNDRED).cast(pl.Int64)
    on_loss = (loss * times + _HUNDRED // 2) // _HUNDRED
    without = (dutiable * share + _HUNDRED // 2) // _HUNDRED
    asked = pl.when(loss > 0).then(on_loss).otherwise(without)
    return pl.min_horizontal(asked.fill_null(domestic), domestic)


def manual_penalty(on: date, *, earlier: int = 0, violations: int = 1, regime: str = "us") -> Decimal:
    """Reckon the most under 19 USC 1321(c), which a person decides to ask about; no flag does it by itself.

    Parameters
    ----------
    on : date
        Day of the violation.
    earlier : int
        Violations of the same person before.
    violations : int
        How many are asked about.
    regime : str
        Whose law.

    Returns
    -------
    Decimal
        In US dollars.

    Raises
    ------
    UsageError
        The provision does not hold on that day, or a number is below nought.

    Examples
    --------
    >>> manual_penalty(date(2025, 8, 10), violations=3)
    Decimal('25000.00')
    """
    if earlier < 0 or violations < 0:
        raise UsageError(f"{earlier} earlier and {violations} violations were given; give 0 or more of each.")
    table = of_regime(load_references().tables["ref_penalties"], regime)
    rows = table.filter(pl.col("provision") == _MANUAL, in_force(pl.lit(on)))
    if rows.is_empty():
        raise UsageError(f"no penalty under 19 USC 1321(c) holds on {on}; it holds from 2025-08-03 to 2027-06-30.")
    first, later = rows.select("first_usd", "later_usd").row(0)
    firsts = min(violations, 1 if earlier == 0 else 0)
    return Decimal(firsts * first + (violations - firsts) * later)
