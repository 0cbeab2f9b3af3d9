"""How complete the shipments of a store are: by field, filer and week."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import polars as pl

from analytics.contracts.fields import FIELDS
from analytics.printing import figures
from analytics.store import Store

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["Profile", "profile"]

_NO_FILER = "(none)"
_BESIDE = ("line_no", "record_action")
"""Fields of a row of a file, which no shipment has."""
_AS_PUBLISHED = {"consignee_tax_id": "consignee_tax_id_hash", "importer_id": "importer_id_hash"}


@dataclass(frozen=True)
class Profile:
    """Completeness of the current shipments of a store.

    Attributes
    ----------
    frame : polars.DataFrame
        One row per field, filer and week: ``field``, ``filer``, ``week`` (its Monday), ``shipments``, ``filled``,
        ``share``.
    """

    frame: pl.DataFrame

    @cached_property
    def fields(self) -> pl.DataFrame:
        """One row per field, in the order of the input: ``field``, ``shipments``, ``filled``, ``share``."""
        return self._by("field").select("field", "shipments", "filled", "share")

    @property
    def figure(self) -> go.Figure:
        """Heat map of the share that is filled, by field and week."""
        return self.heat("week")

    def heat(self, by: Literal["week", "filer"] = "week") -> go.Figure:
        """Draw the share that is filled, by field and week or by field and filer.

        Parameters
        ----------
        by : {"week", "filer"}, default="week"
            What stands along the axis to the right.

        Returns
        -------
        plotly.graph_objects.Figure
        """
        from analytics.notebook.heat import heat_map

        shares = self._by("field", by)
        across = shares[by].unique().sort().to_list()
        known = {(row["field"], row[by]): row["share"] for row in shares.iter_rows(named=True)}
        names = self.fields["field"].to_list()
        values = [[known.get((name, each)) for each in across] for name in names]
        title = "Week of" if by == "week" else "Filer"
        return heat_map(
            [str(each) for each in across], names, values, titles=(title, ""), says="filled", form=".0%", ends=(0, 1)
        )

    def _by(self, *columns: str) -> pl.DataFrame:
        grouped = self.frame.group_by(*columns, maintain_order=True).agg(pl.col("shipments", "filled").sum())
        return grouped.with_columns(share=pl.col("filled") / pl.col("shipments"))

    def _figures(self) -> list[tuple[str, object]]:
        shares = self.fields["share"]
        return [
            ("shipments", int(self.fields["shipments"].max() or 0)),  # type: ignore[arg-type]
            ("filers", self.frame["filer"].n_unique()),
            ("weeks", self.frame["week"].n_unique()),
            ("fields", len(shares)),
            ("always filled", int((shares == 1).sum())),
            ("filled in part", int(((shares > 0) & (shares < 1)).sum())),
            ("never filled", int((shares == 0).sum())),
        ]

    def __repr__(self) -> str:
        said = ", ".join(f"{value:,} {name}" for name, value in self._figures())
        return f"<Profile: {said}>"

    def _repr_html_(self) -> str:
        return figures("Completeness", self._figures(), ["By field, filer and week: .frame; as a heat map: .figure"])


def profile(store: Store) -> Profile:
    """Count which fields of the current shipments are filled, by filer and week of arrival.

    Parameters
    ----------
    store : Store
        A screened store.

    Returns
    -------
    Profile
    """
    shipments = store.table("shipments")
    columns = shipments.collect_schema().names()
    fields = {
        field.name: found
        for field in FIELDS
        if field.name not in _BESIDE and (found := _AS_PUBLISHED.get(field.name, field.name)) in columns
    }
    counted = (
        shipments.group_by(
            filer=pl.col("filer_code").fill_null(_NO_FILER), week=pl.col("arrival_date").dt.truncate("1w")
        )
        .agg(pl.len().alias("shipments"), *(pl.col(found).count().alias(name) for name, found in fields.items()))
        .collect()
    )
    tidy = counted.unpivot(
        on=list(fields), index=["filer", "week", "shipments"], variable_name="field", value_name="filled"
    )
    order = pl.col("field").replace_strict({name: place for place, name in enumerate(fields)}, return_dtype=pl.Int32)
    share = pl.col("filled") / pl.col("shipments")
    return Profile(
        tidy.sort(order, "filer", "week").select("field", "filer", "week", "shipments", "filled", share=share)
    )
