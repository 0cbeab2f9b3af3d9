"""A whole store with names hidden: whoever reads its tables cannot give away what is not in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Protocol

import polars as pl

from analytics.contracts.fields import masked_columns
from analytics.masking.marks import PARTY_DIGITS, Marks, is_code
from analytics.masking.subjects import masked_subject, masked_subject_id
from analytics.masking.texts import HIDDEN, PARTIES, each_text, replacer

__all__ = ["MaskedStore", "id_of_store"]

_WORDS = {
    "consignee_address2": "unit",
    "consignee_city": "city",
    "consignee_postal_code": "ZIP",
    "consignee_phone": "phone",
    "consignee_email": "e-mail",
    "display_address": "address",
}
"""What stands before the mark of a text; ``address`` or ``number`` where nothing is said."""
_SENTENCES = ("reason", "message", "description", "assumption", "statement")
_JSON = ("counter_reasons", "attributes", "reasons", "assumptions")
_NUMBERS = ("seller_id", "order_issuer", "consignee_id_issuer", "marketplace", "unit")
"""Numbers of sellers and issuers, in whose place a name may stand."""
_NEVER_SHOWN = ("raw", "note", "name_words")
_LETTERS = 2
_LEAST_CODE = 5
_NOBODY = " without id"


class _Open(Protocol):
    @property
    def root(self) -> Path: ...

    def table(self, name: str) -> pl.LazyFrame: ...


def id_of_store(store: object) -> str:
    """Return the id that a store was given when something was first written to it; empty where it has none."""
    return getattr(getattr(store, "state", None), "store_id", None) or ""


class MaskedStore:
    """Hands out the tables of a store with pseudonyms for parties, and marks for what leads to them.

    Equal texts have equal marks, and a party the same pseudonym in every table, so that counts and comparisons are
    those of the open store. Ids, numbers of shipments, orders and sellers, codes of carriers and filers stay.

    Parameters
    ----------
    store : Store
        Anything with ``.table(name) -> polars.LazyFrame``; the secret of the marks is the id that it was given when
        something was first written to it.
    """

    def __init__(self, store: _Open) -> None:
        self._store = store
        self.root = store.root
        self._marks = Marks(id_of_store(store))
        self._how: dict[str, Callable[[str], str]] = {
            **dict.fromkeys(_NUMBERS, self._seller),
            **dict.fromkeys(_JSON, self._texts),
            **dict.fromkeys(_SENTENCES, self._without_quotes),
            "subject": lambda text: masked_subject(text, self._marks),
            "evidence": self._evidence,
        }

    def table(self, name: str) -> pl.LazyFrame:
        """Return one published table; what is known of the law is as it is.

        Parameters
        ----------
        name : str
            As the store has it.
        """
        frame = self._store.table(name)
        if name.startswith("ref_"):
            return frame
        columns = frame.collect_schema().names()
        shown = [told.alias(column) for column in columns if (told := self._told(column, columns)) is not None]
        if name == "rejected":
            shown.append(_mapped("shipment_id", _number))
        return frame.with_columns(shown)

    def case_rows(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows of cases with masked subjects.

        Parameters
        ----------
        rows : polars.DataFrame
            With ``subject_kind`` and ``subject_id``.
        """
        pairs = rows.select("subject_kind", "subject_id").iter_rows()
        shown = [masked_subject_id(kind or "", subject or "", self._marks) for kind, subject in pairs]
        return rows.with_columns(pl.Series("subject_id", shown, pl.String))

    def _told(self, column: str, beside: list[str]) -> pl.Expr | None:
        if column in ("consignee_name", "display_name"):
            return self._consignee(column, beside)
        if column in PARTIES:
            return self._party(column, beside)
        if column in self._how:
            return _mapped(column, self._how[column])
        if column in masked_columns() or column in _WORDS:
            word = _WORDS.get(column, "address" if "address" in column else "number")
            return _mapped(column, lambda text: f"{word} {self._marks.of(text)}")
        return pl.when(pl.col(column).is_not_null()).then(pl.lit(HIDDEN)) if column in _NEVER_SHOWN else None

    def _consignee(self, column: str, beside: list[str]) -> pl.Expr:
        """Return the party, and of a name as written a mark of how it is written."""
        ids = [pl.col(name) for name in ("identity_id", "alias_id") if name in beside]
        party = pl.coalesce(*ids, pl.lit(_NOBODY)).str.slice(*PARTY_DIGITS)
        if column == "display_name":
            return pl.when(pl.col(column).is_not_null()).then(pl.format("Consignee {}", party))
        return pl.format("Consignee {}, name {}", party, _mapped(column, self._marks.of))

    def _party(self, column: str, beside: list[str]) -> pl.Expr:
        named = _mapped(column, lambda name: self._marks.party(PARTIES[column], name))
        if column != "seller_name" or "seller_id" not in beside:
            return named
        number = _mapped("seller_id", lambda text: self._marks.party("Seller", text))
        return pl.when(pl.col(column).is_not_null()).then(pl.coalesce(number, named))

    def _seller(self, text: str) -> str:
        """Return the number of a seller; a name that stands for one is a pseudonym."""
        return text if is_code(text) else self._marks.party("Seller", text)

    def _evidence(self, text: str) -> str:
        """Return what was compared of two aliases, each value as its mark."""
        clues = json.loads(text)
        for clue in clues:
            clue |= {side: self._marks.of(clue[side]) for side in ("left", "right") if isinstance(clue.get(side), str)}
        return json.dumps(clues, ensure_ascii=False)

    def _texts(self, text: str) -> str:
        """Return JSON with each of its sentences masked."""
        return json.dumps(each_text(json.loads(text), self._sentence), ensure_ascii=False)

    def _without_quotes(self, text: str) -> str:
        """Return a sentence masked; the rows are read when the first one is met."""
        return self._sentence(text)

    @cached_property
    def _sentence(self) -> Callable[[str], str]:
        """What hides in a sentence what it quotes of flagged shipments; numbers alone are no names."""
        uids = self._store.table("flag_shipments").select("shipment_uid").unique()
        rows = self._store.table("shipments").join(uids, on="shipment_uid", how="semi")
        known: dict[str, str] = {}
        for column, shown in self._named(rows.collect_schema().names()).items():
            pairs = rows.select(pl.col(column).alias("text"), shown.alias("shown")).drop_nulls().unique()
            known |= {text: word for text, word in pairs.sort("shown", "text").collect().iter_rows() if _names(text)}
        phones = rows.select("consignee_phone").drop_nulls().unique().collect()
        return replacer(known, phones["consignee_phone"].to_list())

    def _named(self, columns: list[str]) -> dict[str, pl.Expr]:
        """Return, for each column of shipments that names somebody, what stands in its place in a sentence."""
        shown: dict[str, pl.Expr] = {}
        for column in masked_columns("text"):
            shown[column] = pl.when(pl.col(column).str.len_chars() >= _LEAST_CODE).then(pl.lit(HIDDEN))
        party = pl.coalesce("identity_id", "alias_id", pl.lit(_NOBODY)).str.slice(*PARTY_DIGITS)
        parties = {column: self._party(column, columns) for column in PARTIES}
        return {**shown, **parties, "consignee_name": pl.format("Consignee {}", party)}


def _number(text: str) -> str:
    """Return the number of a rejected row, in whose place anything may be written."""
    return text if is_code(text) else HIDDEN


def _names(text: str) -> bool:
    """Tell whether a text may be found in a sentence: it has letters, and is no number that a figure could equal."""
    return sum(char.isalpha() for char in text) >= _LETTERS


def _mapped(column: str, shown: Callable[[str], str]) -> pl.Expr:
    """Return a column with each distinct text of it shown otherwise."""

    def each(values: pl.Series) -> pl.Series:
        texts = values.drop_nulls().unique()
        words = pl.Series([shown(text) for text in texts], dtype=pl.String)
        return values.replace_strict(texts, words, default=None, return_dtype=pl.String)

    return pl.col(column).map_batches(each, return_dtype=pl.String, is_elementwise=True)
