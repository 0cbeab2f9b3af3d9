"""Which typologies hit the same shipments, and in which combinations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section, Table
from analytics.reports.tables import Tables
from analytics.reports.theme import QUIET, shade
from analytics.reports.wording import name_of
from analytics.wording.cooccurrence import KEY, LEAD, NOTHING, TOGETHER, Pair, cell_words, overlap_text

__all__ = ["SECTION", "Cooccurrence", "cooccurrence_chart", "measure_cooccurrence"]

_SHOWN_TYPOLOGIES = 10
_SHOWN_COMBINATIONS = 10
_LETTERS = "ABCDEFGHIJ"
_ROW, _AROUND = 34, 70
_TILE = 0.92
_MEANINGS = {
    "typology": "One typology",
    "other_typology": "The other; the same one for the shipments of a typology by itself",
    "shipments": "Shipments in a flag or a lead of both",
    "share": "Of the shipments of the smaller of the two",
}


@dataclass(frozen=True)
class Cooccurrence:
    """Typologies of the quarter, by the shipments in their flags and leads.

    Attributes
    ----------
    shipments, in_several : int
        In a flag or a lead; in two typologies or more.
    pairs : polars.DataFrame
        ``typology``, ``other_typology``, ``shipments`` in both, ``share`` of the smaller; each pair once, and each
        typology with itself. The most frequent typologies come first.
    combinations : polars.DataFrame
        ``typologies`` that hit exactly the same shipments, ``shipments``, ``identities``; the most frequent first.
    """

    shipments: int
    in_several: int
    pairs: pl.DataFrame
    combinations: pl.DataFrame


def measure_cooccurrence(tables: Tables, period: Period) -> Cooccurrence:
    """Count the shipments of the quarter's flags and leads by typology, by pair and by combination.

    Parameters
    ----------
    tables : Tables
        Explained flags are left out.
    period : Period
        Its quarter counts, by the last day of a flag.
    """
    columns = ["flag_id", "typology"]
    flags = pl.concat([each.filter(period.quarter.holds("window_end")) for each in (tables.flags, tables.leads)])
    hits = (
        tables.flagged.select("flag_id", "shipment_uid", "identity_id")
        .join(flags.select(columns), on="flag_id")
        .unique(["typology", "shipment_uid"])
        .select("typology", "shipment_uid", "identity_id")
    )
    sets = hits.group_by("shipment_uid").agg(pl.col("typology").sort(), pl.col("identity_id").first())
    combinations = (
        sets.group_by(typologies="typology")
        .agg(shipments=pl.len().cast(pl.Int64), identities=pl.col("identity_id").drop_nulls().n_unique().cast(pl.Int64))
        .sort("shipments", pl.col("typologies").list.join(","), descending=[True, False])
    )
    in_several = sets.filter(pl.col("typology").list.len() > 1).height
    return Cooccurrence(sets.height, in_several, _pairs(hits.select("typology", "shipment_uid")), combinations)


def _pairs(hits: pl.DataFrame) -> pl.DataFrame:
    sizes = (
        hits.group_by("typology").agg(size=pl.len().cast(pl.Int64)).sort("size", "typology", descending=[True, False])
    )
    ranked = sizes.with_row_index("rank")
    of_each = hits.join(ranked, on="typology")
    met = of_each.join(of_each, on="shipment_uid", suffix="_other").filter(pl.col("rank") <= pl.col("rank_other"))
    return (
        met.group_by("rank", "rank_other", "typology", "typology_other", "size_other")
        .agg(shipments=pl.len().cast(pl.Int64))
        .sort("rank", "rank_other")
        .select(
            "typology",
            "shipments",
            other_typology="typology_other",
            share=(pl.col("shipments") / pl.col("size_other")).round(6),
        )
        .select("typology", "other_typology", "shipments", "share")
    )


def _named(row: Mapping[str, object]) -> Pair:
    one, other = (name_of(str(row[name])) for name in ("typology", "other_typology"))
    return Pair(one, other, int(str(row["shipments"])), float(str(row["share"])))


def _text(it: Cooccurrence) -> str:
    apart = it.pairs.filter(pl.col("typology") != pl.col("other_typology"))
    ranked = apart.sort("shipments", "share", "typology", "other_typology", descending=[True, True, False, False])
    return overlap_text(it.shipments, it.in_several, _named(ranked.row(0, named=True)) if ranked.height else None)


def cooccurrence_chart(it: Cooccurrence) -> Chart:
    """Draw the matrix of the most frequent typologies: each row against those above it, itself at the end."""
    shown = _shown(it)["typology"].to_list()
    place = {typology: number for number, typology in enumerate(shown)}
    within = it.pairs.filter(pl.col("typology").is_in(shown), pl.col("other_typology").is_in(shown))
    tiles = [
        (place[str(row["typology"])], len(shown) - 1 - place[str(row["other_typology"])], _named(row))
        for row in within.iter_rows(named=True)
    ]
    return Chart(
        key="cooccurrence",
        label="Shipments by pair of typologies",
        text=_text(it),
        series=(_tiles(tiles),),
        across=Axis(names=_LETTERS[: len(shown)], ends=(-0.5, len(shown) - 0.5)),
        up=Axis(names=_LETTERS[: len(shown)][::-1], ends=(-0.5, len(shown) - 0.5)),
        headings=("Typology", "Together with", "Shipments", "Of the smaller"),
        rows=[[pair.one, pair.other, f"{pair.shipments:,}", f"{pair.share:.0%}"] for _, _, pair in tiles],
        height=_AROUND + _ROW * len(shown),
        has_legend=False,
    )


def _tiles(tiles: Sequence[tuple[int, int, Pair]]) -> Series:
    """Draw each pair as a tile: a bar on a base, with its count inside."""
    return Series(
        "bars",
        [column for column, _, _ in tiles],
        [_TILE] * len(tiles),
        [QUIET if pair.one == pair.other else shade(pair.share) for _, _, pair in tiles],
        base=[row - _TILE / 2 for _, row, _ in tiles],
        widths=[_TILE] * len(tiles),
        words=[cell_words(pair) for _, _, pair in tiles],
        labels=[f"{pair.shipments:,}" for _, _, pair in tiles],
    )


def _shown(it: Cooccurrence) -> pl.DataFrame:
    """Return the most frequent typologies with their shipments."""
    return it.pairs.filter(pl.col("typology") == pl.col("other_typology")).head(_SHOWN_TYPOLOGIES)


def _tables(it: Cooccurrence) -> list[Table]:
    if not it.shipments:
        return []
    alone = {each[0]: count for each, count, _ in it.combinations.iter_rows() if len(each) == 1}
    keys = [
        [letter, name_of(typology), f"{count:,}", f"{count - alone.get(typology, 0):,}"]
        for letter, (typology, _, count, _) in zip(_LETTERS, _shown(it).iter_rows(), strict=False)
    ]
    several = it.combinations.filter(pl.col("typologies").list.len() > 1)
    rows = [
        [" + ".join(name_of(each) for each in typologies), f"{shipments:,}", f"{identities:,}"]
        for typologies, shipments, identities in several.head(_SHOWN_COMBINATIONS).iter_rows()
    ]
    found = [Table(("Letter", "Typology", "Shipments", "In others too"), keys, KEY, frozenset({2, 3}))]
    if rows:
        found.append(Table(("In exactly these", "Shipments", "Consignees"), rows, TOGETHER, frozenset({1, 2})))
    return found


def _sheets(it: Cooccurrence, _: Contents) -> Mapping[str, pl.DataFrame]:
    return {"typology_pairs": it.pairs}


SECTION: Section[Cooccurrence] = Section(
    key="cooccurrence",
    place=35,
    title="Typologies that occur together",
    lead=LEAD,
    measure=lambda contents: measure_cooccurrence(contents.tables, contents.period),
    charts=lambda it: (cooccurrence_chart(it),) if it.shipments else (),
    draws={"cooccurrence": "shipments that two typologies hit"},
    tables=_tables,
    sheets=_sheets,
    meanings=_MEANINGS,
    says=lambda it: [_text(it)],
    empty=lambda _: NOTHING,
)
