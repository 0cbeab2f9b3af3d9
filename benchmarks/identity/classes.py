"""How many names are read as those of firms, of persons, or of either.

``python -m benchmarks.identity.classes`` prints the share of each class among the distinct names of public sets that
hold businesses (child-care providers, restaurants, merchants of purchase cards) and of sets that hold persons.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from analytics.parties.keys import party_keys
from benchmarks.identity.sets import SETS, shared_root

__all__ = ["CLASSES", "lines", "shares"]

CLASSES = ("firm", "unknown", "person", "placeholder")
_CARDS = "birmingham_purchase_cards"


def shares(names: pl.Series) -> dict[str, float]:
    """Tell the share of each class among names, each distinct name counted once.

    Parameters
    ----------
    names : Series of str
        Names as written.
    """
    distinct = names.drop_nulls().unique()
    classes = party_keys(pl.DataFrame({"consignee_name": distinct}))["party_class"]
    return {each: len(classes.filter(classes == each)) / max(len(classes), 1) for each in CLASSES}


def lines() -> Iterator[str]:
    """Return one line for each set that is there."""
    yield f"{'set':<26}{'names':>8}" + "".join(f"{each:>13}" for each in CLASSES)
    for name, names in _sets():
        told = shares(names)
        yield f"{name:<26}{names.drop_nulls().n_unique():>8,}" + "".join(f"{told[each]:>13.3f}" for each in CLASSES)


def _sets() -> Iterator[tuple[str, pl.Series]]:
    data = shared_root() / "data"
    for dataset in SETS:
        file = data / "identity" / f"{dataset.name}.parquet"
        if file.exists():
            yield dataset.name, dataset.raw(file)["consignee_name"]
    cards = data / _CARDS / "transactions.parquet"
    if cards.exists():
        yield _CARDS, pl.read_parquet(cards, columns=["merchant"])["merchant"]


if __name__ == "__main__":
    print("\n".join(lines()))
