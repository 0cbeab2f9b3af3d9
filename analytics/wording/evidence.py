"""What a flag says: why it was raised, what speaks against it, and the figures beside it, out of its measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from analytics.wording.texts import as_list, as_object

if TYPE_CHECKING:
    import polars as pl

__all__ = ["EVIDENCE_COLUMNS", "Evidence", "Sentence", "rows_of"]

EVIDENCE_COLUMNS = ("flag_id", "reason", "counter_reasons", "attributes", "codes")
"""Columns of what the flags of a typology say."""
Measures = TypeVar("Measures", bound=NamedTuple)


class Sentence(NamedTuple):
    """A sentence and the code that names it, whatever its words are.

    Attributes
    ----------
    code : str
        Stable name of what is said, such as ``mail_left_out``.
    text : str
        The sentence, ended by a full stop.
    """

    code: str
    text: str


def rows_of(measures: type[Measures], frame: pl.DataFrame) -> Iterator[Measures]:
    """Yield the rows of a frame as measures, in their order; each measure is a column of the frame."""
    return map(measures._make, frame.select(measures._fields).iter_rows())


@dataclass(frozen=True)
class Evidence(Generic[Measures]):
    """How the measures of a typology's flags become sentences.

    Attributes
    ----------
    measures : type
        Columns of the model ``int_measures__NAME`` that are read, with their types.
    reason : callable
        Yields the sentences that say why a flag was raised.
    counter_reasons : callable
        Yields those that say what speaks against it, or would settle it.
    attributes : callable
        Names the figures that stand beside them; one that is None is left out.
    """

    measures: type[Measures]
    reason: Callable[[Measures], Iterable[Sentence]]
    counter_reasons: Callable[[Measures], Iterable[Sentence]]
    attributes: Callable[[Measures], Mapping[str, object]]

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return what each flag says.

        Parameters
        ----------
        frame : polars.DataFrame
            Rows of ``int_measures__NAME``.

        Returns
        -------
        polars.DataFrame
            `EVIDENCE_COLUMNS`, one row per flag in the order given.
        """
        import polars as pl

        told = [self._told(flag) for flag in rows_of(self.measures, frame)]
        schema = dict.fromkeys(EVIDENCE_COLUMNS[1:], pl.String)
        return pl.DataFrame(told, schema=schema, orient="row").insert_column(0, frame["flag_id"].cast(pl.String))

    def _told(self, flag: Any) -> tuple[str, str, str, str]:
        reasons, counters = [*self.reason(flag)], [*self.counter_reasons(flag)]
        return (
            " ".join(text for _, text in reasons),
            as_list(text for _, text in counters),
            as_object(self.attributes(flag)),
            as_list(code for code, _ in (*reasons, *counters)),
        )
