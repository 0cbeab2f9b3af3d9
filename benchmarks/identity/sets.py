"""The sets of records, and where they come from."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import polars as pl

Columns = dict[str, tuple[str, ...]]

__all__ = ["MADE", "SETS", "DataSet", "absent", "copied", "made", "scoring", "shared_root"]

MADE = "syn"
"""Name of the peer's model for consignees."""
LARGEST_MADE = 1_000_000
"""Consignees made in one go; a larger file is put together from several seeds."""


@dataclass(frozen=True)
class DataSet:
    """One set of records.

    Attributes
    ----------
    name : str
        Name of its file, and of the peer's model for it.
    columns : dict
        Consignee column to the columns of the file it is put together from; the file's own ``consignee_*`` if empty.
    variants : tuple of str
        Models of the peer; the best of them counts.
    extra : dict
        Further columns by kind.
    is_link : bool
        Two lists without duplicates of their own: pairs within a list do not count.
    """

    name: str
    columns: Columns = field(default_factory=dict)
    variants: tuple[str, ...] = ("fair",)
    extra: dict[str, str] = field(default_factory=dict)
    is_link: bool = False

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Self:
        """Back from JSON."""
        columns = {name: tuple(parts) for name, parts in plain["columns"].items()}
        return cls(**{**plain, "columns": columns, "variants": tuple(plain["variants"])})

    def raw(self, file: Path) -> pl.DataFrame:
        """What the resolver is given: raw strings and the further columns, nothing else."""
        data = pl.scan_parquet(file)
        if not self.columns:
            return data.select(pl.col("^consignee_.*$"), *self.extra).collect()
        joined = (
            pl.concat_str([pl.col(part).cast(pl.String) for part in parts], separator=" ", ignore_nulls=True).alias(
                name
            )
            for name, parts in self.columns.items()
        )
        return data.sort("unique_id").select(*joined, *self.extra).collect()

    def truth(self, file: Path) -> pl.DataFrame:
        """``cluster`` and ``source`` of every row, in the order of `raw`."""
        data = pl.scan_parquet(file)
        return (data.sort("unique_id") if self.columns else data).select("cluster", "source").collect()


_FEBRL: Columns = {
    "consignee_name": ("given_name", "surname"),
    "consignee_address": ("street_number", "address_1"),
    "consignee_address2": ("address_2",),
    "consignee_city": ("suburb",),
    "consignee_state": ("state",),
    "consignee_postal_code": ("postcode",),
    "consignee_tax_id": ("soc_sec_id",),
}
_CHILDCARE: Columns = {
    "consignee_name": ("name",),
    "consignee_address": ("address",),
    "consignee_postal_code": ("zip",),
    "consignee_phone": ("phone",),
}
_RESTAURANTS: Columns = {
    "consignee_name": ("name",),
    "consignee_address": ("addr",),
    "consignee_city": ("city",),
    "consignee_phone": ("phone",),
}
_PERSONS: Columns = {
    "consignee_name": ("first_name", "surname"),
    "consignee_city": ("city",),
    "consignee_email": ("email",),
}
SETS = (
    DataSet("febrl3", _FEBRL, ("nodob",)),
    DataSet("febrl4", _FEBRL, ("nodob",), is_link=True),
    DataSet("chicago_childcare", _CHILDCARE, ("doc", "sup")),
    DataSet("fodors_zagats", _RESTAURANTS, ("doc", "sup"), is_link=True),
    DataSet(
        "historical_50k",
        {"consignee_name": ("full_name",), "consignee_postal_code": ("postcode_fake",)},
        ("wide",),
        {"dob": "date", "birth_place": "text", "occupation": "text"},
    ),
    DataSet("fake_20000", _PERSONS, ("wide",), {"dob": "date"}),
)
"""Public sets: nobody here generated them. Of the first two the peer is not given the date of birth either."""


def shared_root() -> Path:
    """The folder named by SPLITSHIP_SHARED, else ``shared`` beside the repository."""
    return Path(os.environ.get("SPLITSHIP_SHARED") or Path(__file__).parents[3] / "shared")


def absent() -> str:
    """Why peer and public sets cannot be measured; empty where they can."""
    needed = ("bench/peer_splink.py", "bench/make_consignees.py", "bench/score.py", "data/identity")
    missing = [name for name in needed if not (shared_root() / name).exists()]
    if not missing:
        return ""
    return f"{', '.join(missing)} not under {shared_root()}: set SPLITSHIP_SHARED to the folder that has them"


def scoring() -> Any:
    """The scoring that both sides share."""
    spec = importlib.util.spec_from_file_location("score", shared_root() / "bench" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(absent())
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def copied(dataset: DataSet, folder: Path) -> Path:
    """A copy of a public set in a folder of its own, where the peer may write."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{dataset.name}.parquet"
    shutil.copyfile(shared_root() / "data" / "identity" / target.name, target)
    return target


def made(size: int, seed: int, folder: Path) -> Path:
    """Consignees; beyond a million put together from several seeds, their truth told apart."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"consignees_{size}_{seed}.parquet"
    if size <= LARGEST_MADE:
        maker = shared_root() / "bench" / "make_consignees.py"
        command = [sys.executable, str(maker), str(size), str(target), str(seed)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return target
    seeds = range(seed, seed + -(-size // LARGEST_MADE))
    _stacked((made(LARGEST_MADE, each, folder / f"part{each}") for each in seeds), target, size)
    return target


def _stacked(parts: Iterable[Path], target: Path, size: int) -> None:
    frames = []
    for number, part in enumerate(parts):
        frames.append(
            pl.scan_parquet(part).with_columns(
                pl.col("unique_id") + number * LARGEST_MADE, cluster=pl.lit(f"{number}:") + pl.col("cluster")
            )
        )
    pl.concat(frames).head(size).sink_parquet(target)
