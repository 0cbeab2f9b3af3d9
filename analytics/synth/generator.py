"""The whole of it: a population, its traffic, what is planted in it, and the truth about all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from analytics.calls import checked
from analytics.errors import UsageError
from analytics.synth.planting import TRUTH, Planted, inject, ship
from analytics.synth.truth import true_flags
from analytics.traffic.honest import World, honest_traffic
from analytics.traffic.manifest import write_manifest
from analytics.traffic.people import populate
from analytics.traffic.trade import choose_carriage, make_sellers

__all__ = ["SynthSummary", "synthesize"]

_DEFAULT_START = date(2025, 3, 10)
_FEWEST_SHIPMENTS = 1_000
_SHIPMENTS_A_WEEK = 0.21


@dataclass(frozen=True)
class SynthSummary:
    """What was written.

    Attributes
    ----------
    out : Path
        The folder with shipments.csv, truth_identities.csv and truth_flags.csv.
    shipments, persons : int
        How many shipments were written, and for how many consignees.
    schemes : dict of str to int
        How many true schemes of each typology there are, planted or not.
    deliberate : dict of str to int
        How many of them were planted as deliberate.
    """

    out: Path
    shipments: int
    persons: int
    schemes: dict[str, int]
    deliberate: dict[str, int]

    def __str__(self) -> str:
        """Say it in one line."""
        meant = self.deliberate
        schemes = ", ".join(
            f"{name} {count:,} ({meant.get(name, 0):,} deliberate)" for name, count in self.schemes.items()
        )
        return f"{self.shipments:,} shipments for {self.persons:,} consignees in {self.out}; true schemes: {schemes}"


@checked
def synthesize(
    out: Path,
    *,
    shipments: int = 20_000,
    weeks: int = 12,
    seed: int = 1,
    start: date | None = None,
    patterns: bool = True,
) -> SynthSummary:
    """Write invented shipments with the truth about them.

    Parameters
    ----------
    out : Path
        Folder to write to; made where it is missing.
    shipments : int, default=20_000
        How many, at least 1,000.
    weeks : int, default=12
        Length of the period, at least 2.
    seed : int, default=1
        The same seed and figures give the same bytes.
    start : datetime.date, optional
        First day of arrival, by default 10 March 2025: the period then has the $800 limit for all origins and, from
        2 May on, its suspension for goods of China and Hong Kong.
    patterns : bool, default=True
        Whether there is more to find than splits and claims while suspended: late and duplicate entries, consignees
        that are nobody, descriptions that tell nothing … The rows are the same, with some cells changed.

    Returns
    -------
    SynthSummary
        What was written.

    Raises
    ------
    UsageError
        For fewer shipments or weeks, or a start before the $800 limit.
    """
    start = start or _DEFAULT_START
    _check(shipments, weeks, start)
    streams = [np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(8)]
    people = populate(streams[0], round(shipments / (weeks * _SHIPMENTS_A_WEEK)))
    world = World(people, make_sellers(streams[1], max(60, shipments // 150)), start, weeks * 7)
    planted = ship(streams[2], world, shipments, first_order=shipments)
    honest = honest_traffic(streams[3], world, shipments - len(planted))
    facts = _settled(streams[4], world, pl.concat([honest, planted]))
    manifest = write_manifest(streams[5], world, facts)
    if not patterns:
        return _write(Path(out), Planted(facts, manifest, {}, pl.DataFrame(schema=TRUTH)))
    return _write(Path(out), inject(streams[6:8], seed, world, facts, manifest))


def _check(shipments: int, weeks: int, start: date) -> None:
    if shipments < _FEWEST_SHIPMENTS or weeks < 2:
        raise UsageError(
            f"synth: {shipments:,} shipments over {weeks} weeks are too few to hold every scheme. "
            f"Ask for at least {_FEWEST_SHIPMENTS:,} shipments and 2 weeks."
        )
    if start < date(2016, 3, 10):
        raise UsageError(f"synth: the schemes are made for the $800 limit. Start on 2016-03-10 or later, not {start}.")


def _settled(rng: np.random.Generator, world: World, facts: pl.DataFrame) -> pl.DataFrame:
    """Put the facts in the order of arrival, with carriage, origin and date."""
    seller = world.sellers.select("seller", "numbering", origin="seller_origin")
    facts = facts.with_columns(
        shuffle=pl.Series(rng.permutation(len(facts))),
        date=pl.lit(world.start) + pl.duration(days=pl.col("day")),
    )
    facts = choose_carriage(facts).join(seller, on="seller", how="left", maintain_order="left")
    has_number = pl.col("numbering").fill_null("none") != "none"
    return facts.with_columns(
        pl.when(has_number).then("order").otherwise(-1).alias("order"), pl.col("origin").fill_null("")
    ).drop("numbering").sort("day", "shuffle")  # fmt: skip


def _write(out: Path, planted: Planted) -> SynthSummary:
    out.mkdir(parents=True, exist_ok=True)
    facts, manifest = planted.facts, planted.manifest
    customs = manifest["customs_value"].str.replace(".", "", literal=True).cast(pl.Int64)  # written to the cent
    valued = facts.with_columns(customs=pl.coalesce(customs.alias("customs"), "cents"))
    flags = pl.concat([true_flags(valued), _numbered(planted.truth)])
    flags = flags.with_columns(shipment_id=manifest["shipment_id"].gather(flags["row"]))
    person = facts.select(pl.concat_str(pl.lit("p"), pl.col("person").cast(pl.String).str.zfill(7)))["literal"]
    person = person.scatter(list(planted.persons), list(planted.persons.values()))
    identities = manifest.select("shipment_id", person_id=person).sort("shipment_id")
    manifest.write_csv(out / "shipments.csv")
    identities.write_csv(out / "truth_identities.csv")
    flags.select("scheme_id", "typology", "shipment_id", "is_deliberate").sort("scheme_id", "shipment_id").write_csv(
        out / "truth_flags.csv"
    )
    schemes = flags.unique("scheme_id").sort("typology")
    return SynthSummary(
        out=out,
        shipments=len(manifest),
        persons=identities["person_id"].n_unique(),
        schemes=_counted(schemes),
        deliberate=_counted(schemes.filter("is_deliberate")),
    )


def _numbered(truth: pl.DataFrame) -> pl.DataFrame:
    """Give numbers to what was injected, by typology and first row."""
    first = truth.with_columns(first=pl.col("row").min().over("typology", "about"))
    number = pl.struct("first", "about").rank("dense").over("typology").cast(pl.String).str.zfill(6)
    return first.select(
        scheme_id=pl.concat_str("typology", pl.lit("-"), number),
        typology="typology",
        row=pl.col("row").cast(pl.get_index_type()),
        is_deliberate="is_deliberate",
    )


def _counted(schemes: pl.DataFrame) -> dict[str, int]:
    return dict(schemes.group_by("typology").len().sort("typology").iter_rows())
