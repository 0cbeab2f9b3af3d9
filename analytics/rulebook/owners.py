"""Says whose goods they are where a buyer or an importer is named beside the consignee.

An owner or purchaser who is named is the person that a limit is about, before the consignee
(19 USC 1484(a)(2)(B); CBP FAQ, Domestic Warehouses and Fulfillment Centers). Who is named otherwise and is the same one
stays the consignee, and an importer who clears for many is a broker or carrier and owns nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step

__all__ = ["find_owners", "owner_step"]

_KEY = ("consignee_name", "buyer_name", "importer_name", "seller_name", "is_ordered")
_SPACE = r"[^\p{L}\p{N}]+"
_MARKS = r"\p{M}+"


def owner_step() -> Step:
    """Return the step that writes ``named_owners``."""
    return Step(
        name="named_owners",
        grain=_KEY,
        reads=("int_lines__naming_an_owner", "ref_owner_placeholders"),
        params=("max_consignees_of_importer",),
        build=_build,
        description="One way of naming parties in which someone else than the consignee is the owner.",
    )


def _build(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    named = engine.frame("int_lines__naming_an_owner").sort(*_KEY, nulls_last=True)
    placeholders = engine.frame("ref_owner_placeholders")["owner_name"]
    engine.write("named_owners", find_owners(named, placeholders, int(str(params["max_consignees_of_importer"]))))


def find_owners(named: pl.DataFrame, placeholders: pl.Series, most: int) -> pl.DataFrame:
    """Return the ways of naming parties in which the owner is not the consignee.

    A buyer counts before an importer. An importer does not count where it is the seller of something ordered, which
    was sold before it arrived, or where it is named for more than `most` consignees.

    Parameters
    ----------
    named : polars.DataFrame
        consignee_name, buyer_name, importer_name, seller_name and is_ordered, each combination once.
    placeholders : polars.Series
        Upper-case texts that name nobody.
    most : int
        Consignees an importer may have and still be taken for the owner.

    Returns
    -------
    polars.DataFrame
        The key with owner_role, owner_name, is_importer and is_seller.

    Examples
    --------
    >>> row = {"consignee_name": "Dock 9", "buyer_name": "Shen Li", "importer_name": None, "seller_name": None}
    >>> find_owners(pl.DataFrame([{**row, "is_ordered": False}]), pl.Series([], dtype=pl.String), 8)["owner_role"][0]
    'buyer'
    """
    read = _read(named, placeholders)
    consignees = pl.col("consignee_words").n_unique().over("importer_words")
    is_nominee = (pl.col("is_ordered") & _same("importer", "seller")) | (consignees > most)
    owns = {
        "buyer": _is_another("buyer"),
        "importer": pl.col("buyer").is_null() & _is_another("importer") & ~is_nominee.fill_null(value=False),
    }
    role = pl.when(owns["buyer"]).then(pl.lit("buyer")).when(owns["importer"]).then(pl.lit("importer"))
    decided = read.with_columns(owner_role=role).filter(pl.col("owner_role").is_not_null())
    is_buyer = pl.col("owner_role") == "buyer"
    return decided.select(
        *_KEY,
        "owner_role",
        owner_name=pl.when(is_buyer).then("buyer_name").otherwise("importer_name"),
        is_importer=pl.when(is_buyer).then(_same("buyer", "importer")).otherwise(pl.lit(value=True)),
        is_seller=pl.when(is_buyer).then(_same("buyer", "seller")).otherwise(_same("importer", "seller")),
    )


def _read(named: pl.DataFrame, placeholders: pl.Series) -> pl.DataFrame:
    """Put beside each name its words, sorted; a text that names nobody has none."""
    roles = ("consignee", "buyer", "importer", "seller")
    nobody = placeholders.str.to_lowercase().implode()
    plain = {role: pl.col(f"{role}_name").str.normalize("NFKD").str.replace_all(_MARKS, "") for role in roles}
    texts = {role: text.str.to_lowercase().str.strip_chars() for role, text in plain.items()}
    known = named.with_columns(
        pl.when(~text.is_in(nobody)).then(text.str.replace_all(_SPACE, " ").str.strip_chars()).alias(role)
        for role, text in texts.items()
    )
    said = known.with_columns(pl.when(pl.col(role) != "").then(role).alias(role) for role in roles)
    words = [pl.col(role).str.split(" ").list.unique().list.sort().alias(f"{role}_words") for role in roles]
    return said.with_columns(words)


def _same(one: str, other: str) -> pl.Expr:
    """Tell whether two are named alike: the words of one are all among those of the other."""
    left, right = f"{one}_words", f"{other}_words"
    left_only = pl.col(left).list.set_difference(right).list.len() == 0
    right_only = pl.col(right).list.set_difference(left).list.len() == 0
    return (left_only | right_only).fill_null(value=False)


def _is_another(role: str) -> pl.Expr:
    """Tell whether someone is named, and a consignee too, and they are two; a bare account number is whose it is."""
    return pl.col(role).is_not_null() & pl.col("consignee_name").is_not_null() & ~_same(role, "consignee")
