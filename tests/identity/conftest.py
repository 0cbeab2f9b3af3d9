"""What the tests of identity share: small frames, and a town full of strangers around them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import polars as pl
import pytest

from analytics.identity import IdentityResolver
from analytics.identity.training.fitting import made_up_file, some_habits

COLUMNS = (
    "consignee_name",
    "consignee_address",
    "consignee_city",
    "consignee_state",
    "consignee_postal_code",
    "consignee_phone",
    "consignee_email",
    "consignee_tax_id",
)

Row = dict[str, str | None]


def row(name: str | None, address: str | None = "142 Alder St", **others: str) -> Row:
    """A consignee of Macomb, Illinois, unless told otherwise."""
    home = {"city": "Macomb", "state": "IL", "postal_code": "61455"} | others
    return {"consignee_name": name, "consignee_address": address} | {f"consignee_{key}": home[key] for key in home}


def frame(*rows: Row) -> pl.DataFrame:
    """Rows as a frame with every column."""
    return pl.DataFrame(list(rows), schema=dict.fromkeys(COLUMNS, pl.String))


@pytest.fixture(scope="session")
def strangers() -> pl.DataFrame:
    """Three thousand records of people who have nothing to do with the case."""
    random = Random(4)
    made = made_up_file(random, some_habits(random, 2_000))
    return made.frame.select(COLUMNS)


@pytest.fixture(scope="session")
def together(strangers: pl.DataFrame) -> Callable[..., list[int]]:
    """Labels of some rows that stand among strangers."""

    def labels(*rows: Row) -> list[int]:
        found = IdentityResolver().fit_predict(pl.concat([frame(*rows), strangers]))
        return [int(label) for label in found[: len(rows)]]

    return labels
