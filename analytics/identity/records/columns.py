"""One key of many records: values that records share stand once, and each record says which is its own.

There are a few thousand given names and some ten million parties: what is worked out of a name (its hash, its letters,
how long it is) is worked out once a name, and a record takes four bytes for all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.records.arrays import Numbers

__all__ = ["Column", "shared_once"]

Computed = TypeVar("Computed", bound=NDArray[np.generic])


def shared_once(columns: Iterable[str]) -> dict[str, pl.Categorical]:
    """Return for each column the type under which its values stand once, whichever batch they come from."""
    return {column: pl.Categorical(pl.Categories.random()) for column in columns}


class Column:
    """Values of one key of all records.

    Parameters
    ----------
    series : Series of str or categorical
        Value of each record. Where it is categorical, values stand once.

    Attributes
    ----------
    values : Series of str
        Each value once, null last; or that of each record.
    place : ndarray of uint32 or None
        Where among `values` that of each record stands; None where each has its own.
    """

    def __init__(self, series: pl.Series) -> None:
        self.values, self.place = series, cast(NDArray[np.uint32] | None, None)
        if isinstance(series.dtype, pl.Categorical):
            self.values, self.place = _once(series)
        self._computed: dict[str, NDArray[np.generic]] = {}
        self._text: NDArray[np.object_] | None = None

    def __len__(self) -> int:
        return len(self.values if self.place is None else self.place)

    def few(self, rows: int) -> Column:
        """Return the first rows by themselves, with nothing computed."""
        return Column(self.series(np.arange(min(rows, len(self)))))

    def afresh(self) -> Column:
        """Return the same values with nothing computed."""
        same = Column(self.values)
        same.place = self.place
        return same

    def forget(self) -> None:
        """Drop what was computed."""
        self._computed.clear()
        self._text = None

    def computed(self, what: str, work: Callable[[Column], Computed]) -> Computed:
        """What `work` makes of the values, done once and kept under a name."""
        if what not in self._computed:
            self._computed[what] = work(self)
        return cast(Computed, self._computed[what])  # the name says what it is

    @property
    def known(self) -> tuple[str, ...]:
        """What was asked of the values."""
        return tuple(self._computed)

    def of_all(self, computed: Computed) -> Computed:
        """Spread what is computed of the values over all records."""
        return computed if self.place is None else cast(Computed, computed.take(self.place, axis=0))

    def at(self, computed: Computed, rows: Numbers) -> Computed:
        """Return what is computed of the values of some records."""
        if len(computed) == 1:  # a key that nobody has
            return cast(Computed, computed.repeat(len(rows), axis=0))
        return cast(Computed, computed.take(rows if self.place is None else self.place.take(rows), axis=0))

    def series(self, rows: Numbers | None = None) -> pl.Series:
        """Values of some records, or of all."""
        if rows is None:
            return self.values if self.place is None else self.values.gather(pl.Series(self.place))
        place = rows if self.place is None else self.place.take(rows)
        return self.values.gather(pl.Series(place, dtype=pl.UInt32))

    def text(self, rows: Numbers) -> NDArray[np.object_]:
        """Values of some records as Python text, empty for null; text that records share is made once."""
        if self.place is None:
            return _as_text(self.series(rows))
        if self._text is None:
            self._text = _as_text(self.values)
        return self._text.take(self.place.take(rows))

    def shared_by(self, hashes: NDArray[np.uint64], nothing: np.uint64) -> NDArray[np.int32]:
        """For each value how many records have it; 0 for null.

        Parameters
        ----------
        hashes : ndarray
            Hash of each value.
        nothing : int
            That of null.
        """
        if self.place is not None:
            shared = np.bincount(self.place, minlength=len(self.values))
        else:
            shared = pl.DataFrame({"value": hashes}).select(pl.len().over("value")).to_series().to_numpy()
        return np.where(hashes == nothing, 0, shared).astype(np.int32)


def _as_text(values: pl.Series) -> NDArray[np.object_]:
    return values.fill_null("").to_numpy()


def _once(series: pl.Series) -> tuple[pl.Series, NDArray[np.uint32]]:
    """Each value once, null last, and where that of each record stands."""
    values = series.drop_nulls().unique()
    code = values.to_physical().to_numpy()
    codes = int(code.max(initial=0)) + 2
    place_of = np.full(codes, len(values), dtype=np.uint32)
    place_of[code] = np.arange(len(values), dtype=np.uint32)
    own = series.to_physical().fill_null(codes - 1).to_numpy()
    return values.cast(pl.String).extend(pl.Series([None], dtype=pl.String)), place_of.take(own)
